import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { linesOf } from './journal-lines.ts';
import { journalBlocks } from './read-blocks.ts';

/** A file ends with the block that makes it larger. */
const FILE_BYTES = 64 * 1024 * 1024;

/** The names of the files of an export, which sort in the order of the blocks. */
export const blocksFile = (first: number): string =>
  `blocks-${String(first).padStart(12, '0')}.ndjson`;
export const isBlocksFile = (name: string): boolean => /^blocks-\d{12}\.ndjson$/.test(name);
export const CHECKPOINT_FILE = 'checkpoint.txt';
export const KEY_FILE = 'key.txt';

export type ExportOptions = Readonly<{
  folder: string;
  /** The first and the last block. */
  from: number;
  to: number;
  /** The checkpoint over the blocks up to `to`, and the key to check it with. */
  note: string;
  verifierKey: string;
  onProgress: (progress: Readonly<{ blocks: number; entries: number }>) => void;
}>;

/**
 * Writes a range of the journal into an empty folder, a page at a time. The journal is only ever added to,
 * so this may run while others post. The checkpoint comes last: a folder without it is not whole.
 */
export async function exportJournal(
  reader: EntityManager,
  { folder, from, to, note, verifierKey, onProgress }: ExportOptions,
): Promise<Readonly<{ blocks: number; entries: number; files: number }>> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
  const done = { blocks: 0, entries: 0, files: 0 };
  let file: Output | null = null;
  for await (const found of journalBlocks(reader, from - 1, to)) {
    if (file === null) {
      file = openOutput(join(folder, blocksFile(found.block.height)));
      done.files += 1;
    }
    await file.write(linesOf(found));
    done.blocks += 1;
    done.entries += found.entries.length;
    onProgress(done);
    if (file.bytes() < FILE_BYTES) continue;
    await file.end();
    file = null;
  }
  await file?.end();
  if (done.blocks !== to - from + 1)
    throw new Error(`blocks are missing between ${from} and ${to}`);
  await writeFile(join(folder, KEY_FILE), `${verifierKey}\n`);
  await writeFile(join(folder, CHECKPOINT_FILE), note);
  return done;
}

type Output = Readonly<{
  bytes: () => number;
  write: (text: string) => Promise<void>;
  end: () => Promise<void>;
}>;

/** A file that is written no faster than the disk takes it. */
function openOutput(path: string): Output {
  const stream = createWriteStream(path, { flags: 'wx' });
  let failure: unknown;
  stream.on('error', (error) => {
    failure = error;
  });
  return {
    bytes: () => stream.bytesWritten + stream.writableLength,
    write: async (text) => {
      if (failure !== undefined) throw failure;
      if (!stream.write(text)) await once(stream, 'drain');
    },
    end: async () => {
      stream.end();
      await once(stream, 'close');
      if (failure !== undefined) throw failure;
    },
  };
}
