import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundBlock } from '../domain/journal-check.ts';
import { answersOf, entryOf, headerOf } from '../domain/read-sealed.ts';
import { type SealedEntry, toHex } from '../domain/seal.ts';
import { sha256 } from '../ledger/run-batch.ts';
import { CHECKPOINT_FILE, isBlocksFile } from './export-journal.ts';
import type { AnsweredBlock } from './read-blocks.ts';

const LEAF = 0x00;
const LINE_FEED = 0x0a;
const CHUNK_BYTES = 1024 * 1024;
/** A line that is longer is none of ours: a block has at most some thousand answers. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;

/** The files of an export, and of further ones that go on from it, in the order of their blocks. */
export type ExportFiles = Readonly<{
  files: readonly string[];
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
  const paths = files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ path }) => path);
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return { files: paths, bytes: sizes.reduce((all, size) => all + size, 0), notes };
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

type Begun = Readonly<{
  stated: FoundBlock['stated'];
  leaves: Uint8Array[];
  entries: SealedEntry[];
}>;

/** Puts lines together to blocks. */
class Assembly {
  readonly #file: string;
  #line = 0;
  #begun: Begun | null = null;
  #answers: Readonly<{ text: Buffer; hash: string }> | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** `line` begins with a byte that is not of it, where the prefix of what is hashed is put. */
  take(line: Buffer): AnsweredBlock | null {
    this.#line += 1;
    try {
      return this.#take(line);
    } catch {
      throw new Error(`${this.#file}, line ${this.#line}: is not what stands in an export there`);
    }
  }

  end(): void {
    if (this.#begun !== null) throw new Error(`${this.#file} ends in the middle of a block`);
  }

  #take(line: Buffer): AnsweredBlock | null {
    const text = line.subarray(1);
    if (this.#begun === null) {
      this.#begun = { stated: headerOf(JSON.parse(text.toString())), leaves: [], entries: [] };
      return null;
    }
    const { stated, leaves, entries } = this.#begun;
    if (this.#answers === null) {
      this.#answers = { text, hash: toHex(sha256(text)) };
    } else {
      line[0] = LEAF;
      leaves.push(sha256(line));
      entries.push(entryOf(JSON.parse(text.toString())));
    }
    if (entries.length < stated.entries) return null;
    const { text: sealed, hash } = this.#answers;
    this.#begun = null;
    this.#answers = null;
    const answers = () => answersOf(JSON.parse(sealed.toString()));
    return { stated, answersHash: hash, answers, leaves, entries };
  }
}

/** The lines of a file, each with one byte before it. What is read is held once. */
async function* linesIn(file: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.of(LINE_FEED);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const buffer = Buffer.concat([rest, chunk as Buffer]);
    const lines: Buffer[] = [];
    let start = 0;
    for (;;) {
      const end = buffer.indexOf(LINE_FEED, start + 1);
      if (end === -1) break;
      lines.push(buffer.subarray(start, end));
      start = end;
    }
    yield lines;
    rest = buffer.subarray(start);
    if (rest.length > LINE_BYTES_MAX) throw new Error(`${file} has a line without an end`);
  }
  if (rest.length > 1) throw new Error(`${file} ends in the middle of a line`);
}
