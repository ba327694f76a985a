import type { FoundBlock } from '../domain/journal-check.ts';
import { merkleRoot } from '../domain/merkle.ts';
import { answersOf, entryOf, headerOf } from '../domain/read-sealed.ts';
import { type SealedEntry, toHex } from '../domain/seal.ts';
import { sha256 } from '../ledger/sha256.ts';
import type { AnsweredBlock } from './read-blocks.ts';

const LEAF = 0x00;
export const LINE_FEED = 0x0a;
/** A line that is longer is none of ours: a block has at most some thousand answers. */
export const LINE_BYTES_MAX = 64 * 1024 * 1024;

/** A line of an export that is not what stands there. */
export class WrongLine extends Error {
  readonly line: number;

  constructor(file: string, line: number) {
    super(`${file}, line ${line}: is not what stands in an export there`);
    this.line = line;
  }
}

/** Puts lines together to blocks. */
export class Assembly {
  readonly #file: string;
  #line = 0;
  #begun: Begun | null = null;
  #answers: Readonly<{ text: Buffer; hash: string }> | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** How many lines there were so far. */
  get line(): number {
    return this.#line;
  }

  get isBegun(): boolean {
    return this.#begun !== null;
  }

  /** `line` begins with a byte that is not of it, where the prefix of what is hashed is put. */
  take(line: Buffer): AnsweredBlock | null {
    this.#line += 1;
    try {
      return this.#take(line);
    } catch {
      throw new WrongLine(this.#file, this.#line);
    }
  }

  end(): void {
    if (this.isBegun) throw new Error(`${this.#file} ends in the middle of a block`);
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
    return { stated, answersHash: hash, answers, root: toHex(merkleRoot(sha256, leaves)), entries };
  }
}

type Begun = Readonly<{
  stated: FoundBlock['stated'];
  leaves: Uint8Array[];
  entries: SealedEntry[];
}>;

/** Cuts the whole lines from a buffer, each with the byte before it. Answers where the rest begins. */
export function cutLines(buffer: Buffer, take: (line: Buffer) => void): number {
  let start = 0;
  for (;;) {
    const end = buffer.indexOf(LINE_FEED, start + 1);
    if (end === -1) return start;
    take(buffer.subarray(start, end));
    start = end;
  }
}
