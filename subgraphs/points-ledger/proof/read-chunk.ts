import { type FileHandle, open } from 'node:fs/promises';
import type { FoundBlock } from '../domain/journal-check.ts';
import { Assembly, cutLines, LINE_BYTES_MAX, LINE_FEED, WrongLine } from './export-lines.ts';
import { type PackedBlocks, packBlocks } from './packed-blocks.ts';

/** Where the line of a block begins: those of answers and entries begin otherwise. */
const BLOCK_LINE = Buffer.from('\n["');
const PIECE_BYTES = 256 * 1024;

/** A part of a file: the blocks that begin at `from` or behind it, and before `to`. */
export type Chunk = Readonly<{ file: string; from: number; to: number }>;

export type ReadChunk = PackedBlocks &
  Readonly<{
    /** How many lines they are of. */
    lines: number;
    /** The first line, counted from the first of the chunk, that is not what stands there. */
    wrongLine: number | null;
  }>;

/** Reads the blocks of a chunk; all chunks together are the file, whatever stands in it. */
export async function readChunk(chunk: Chunk): Promise<ReadChunk> {
  const buffer = await bytesOf(chunk);
  const assembly = new Assembly(chunk.file);
  const found: FoundBlock[] = [];
  let wrongLine: number | null = null;
  try {
    const rest = cutLines(buffer, (line) => {
      const block = assembly.take(line);
      if (block !== null) found.push(block);
    });
    // Another block begins behind it, or the file ends.
    if (rest < buffer.length - 1 || assembly.isBegun) wrongLine = assembly.line + 1;
  } catch (error) {
    if (!(error instanceof WrongLine)) throw error;
    wrongLine = error.line;
  }
  return { ...packBlocks(found), lines: assembly.line, wrongLine };
}

/** The lines of a chunk with one byte before them. No line when no block begins in it. */
async function bytesOf({ file, from, to }: Chunk): Promise<Buffer> {
  const handle = await open(file);
  try {
    const size = to - from;
    let [bytes, isWhole] = [Buffer.alloc(0), false];
    // The byte before `from` comes first; before a file stands nothing, as if a line had ended there.
    if (from === 0) bytes = Buffer.of(LINE_FEED);
    const find = async (start: number): Promise<number> => {
      for (;;) {
        const at = bytes.indexOf(BLOCK_LINE, start);
        if (at !== -1) return at;
        if (isWhole) return bytes.length - 1;
        const piece = await readPiece(handle, from - 1 + bytes.length, Math.max(size, PIECE_BYTES));
        isWhole = piece.length === 0;
        bytes = Buffer.concat([bytes, piece]);
        if (bytes.length > size + LINE_BYTES_MAX)
          throw new Error(`${file} has a block without an end`);
      }
    };
    const start = from === 0 ? 0 : await find(0);
    if (start >= size) return Buffer.of(LINE_FEED);
    // What is behind the last line feed is kept, so that it is seen that the file is cut there.
    const end = await find(size);
    return bytes.subarray(start, end + 1);
  } finally {
    await handle.close();
  }
}

async function readPiece(handle: FileHandle, position: number, size: number): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(size);
  const { bytesRead } = await handle.read(piece, 0, size, position);
  return piece.subarray(0, bytesRead);
}
