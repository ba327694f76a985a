import { join } from 'node:path';
import { inThreads } from '../../../shared/threads.ts';
import type { FoundBlock } from '../domain/journal-check.ts';
import { WrongLine } from './export-lines.ts';
import { unpackBlocks } from './packed-blocks.ts';
import type { Chunk, ReadChunk } from './read-chunk.ts';
import type { ExportFiles } from './read-export.ts';

export type Reading = Readonly<{ threads: number; chunkBytes: number }>;

const script = join(import.meta.dirname, 'export-thread.ts');

/**
 * The blocks of an export as `exportedBlocks` gives them, read, parsed and hashed by several threads. `bytes`
 * is how far into all files the chunk ends that a block is of.
 */
export async function* chunkedBlocks(
  files: ExportFiles['files'],
  { threads, chunkBytes }: Reading,
): AsyncGenerator<FoundBlock & Readonly<{ bytes: number }>> {
  const chunks = files.flatMap(({ path, bytes }) => chunksOf(path, bytes, chunkBytes));
  let [bytes, at] = [0, 0];
  const lines = new Map<string, number>();
  for await (const read of inThreads<Chunk, ReadChunk>({ script, count: threads }, chunks)) {
    const chunk = chunks[at];
    if (chunk === undefined) throw new Error('Broken invariant: there is a chunk for each answer');
    at += 1;
    const { file, from, to } = chunk;
    bytes += to - from;
    for (const block of unpackBlocks(read)) yield { ...block, bytes };
    const before = lines.get(file) ?? 0;
    if (read.wrongLine !== null) throw new WrongLine(file, before + read.wrongLine);
    lines.set(file, before + read.lines);
  }
}

/** The parts of a file. */
export const chunksOf = (file: string, bytes: number, chunkBytes: number): Chunk[] =>
  Array.from({ length: Math.ceil(bytes / chunkBytes) }, (_, index) => ({
    file,
    from: index * chunkBytes,
    to: Math.min(bytes, (index + 1) * chunkBytes),
  }));
