import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKPOINT_FILE, isBlocksFile } from './export-journal.ts';
import { Assembly, cutLines, LINE_BYTES_MAX, LINE_FEED } from './export-lines.ts';
import type { AnsweredBlock } from './read-blocks.ts';

const CHUNK_BYTES = 1024 * 1024;

/** The files of an export, and of further ones that go on from it, in the order of their blocks. */
export type ExportFiles = Readonly<{
  files: readonly Readonly<{ path: string; bytes: number }>[];
  bytes: number;
  /** What the folders say was signed. */
  notes: readonly string[];
}>;

/** Finds the files of some folders. Throws an Error when one holds no export, or not a whole one. */
export async function findExport(folders: readonly string[]): Promise<ExportFiles> {
  const files: { name: string; path: string }[] = [];
  const notes: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => {
      throw new Error(`${folder} is not a folder that can be read`);
    });
    const own = names.filter(isBlocksFile);
    if (own.length === 0) throw new Error(`${folder} holds no export`);
    if (!names.includes(CHECKPOINT_FILE)) {
      throw new Error(`${folder} holds no ${CHECKPOINT_FILE}: the export was not finished`);
    }
    files.push(...own.map((name) => ({ name, path: join(folder, name) })));
    notes.push(await readFile(join(folder, CHECKPOINT_FILE), 'utf8'));
  }
  const sized = await Promise.all(
    files
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(async ({ path }) => ({ path, bytes: (await stat(path)).size })),
  );
  return { files: sized, bytes: sized.reduce((all, { bytes }) => all + bytes, 0), notes };
}

/** A block of an export. `bytes` is how far into all files it ends. */
export type ExportedBlock = AnsweredBlock & Readonly<{ bytes: number }>;

/**
 * Reads the blocks of an export. Each line is hashed as it stands. Throws an Error that names file and
 * line when one is not in the form of its kind.
 */
export async function* exportedBlocks(files: readonly string[]): AsyncGenerator<ExportedBlock> {
  let bytes = 0;
  for (const file of files) {
    const assembly = new Assembly(file);
    for await (const lines of linesIn(file)) {
      for (const line of lines) {
        bytes += line.length;
        const block = assembly.take(line);
        if (block !== null) yield { ...block, bytes };
      }
    }
    assembly.end();
  }
}

/** The lines of a file, each with one byte before it. What is read is held once. */
async function* linesIn(file: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.of(LINE_FEED);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const buffer = Buffer.concat([rest, chunk as Buffer]);
    const lines: Buffer[] = [];
    const start = cutLines(buffer, (line) => lines.push(line));
    yield lines;
    rest = buffer.subarray(start);
    if (rest.length > LINE_BYTES_MAX) throw new Error(`${file} has a line without an end`);
  }
  if (rest.length > 1) throw new Error(`${file} ends in the middle of a line`);
}
