import { type Hash, leafHash, TreeEdge } from './merkle.ts';
import { Replay } from './replay.ts';
import {
  type Block,
  blockHash,
  fromHex,
  GENESIS_HASH,
  headerBytes,
  type PlacedEntry,
  type SealedEntry,
  toHex,
} from './seal.ts';

/** Of the tree over the blocks each eighth level is stored. */
export const STORED_LEVELS = 8;

/** What a checkpoint says: the root over the first `size` blocks, hexadecimal. */
export type Head = Readonly<{ size: number; root: string }>;

/** A block as it says it is, and what is in it. */
export type FoundBlock = Readonly<{
  /** An export leaves the hash to be computed. */
  stated: Omit<Block, 'hash'> & Readonly<{ hash?: string }>;
  answersHash: string;
  /** The Merkle root over its entries, hexadecimal, and the entries, in order. */
  root: string;
  entries: readonly SealedEntry[];
}>;

export type Checked = Readonly<{ block: Block; entries: readonly PlacedEntry[] }>;

const withBalances = (entry: SealedEntry, balances: readonly (number | null)[]): PlacedEntry => ({
  ...entry,
  postings: entry.postings.map((posting, line) => ({
    ...posting,
    balanceAfter: balances[line] ?? null,
  })),
});

/**
 * Goes through the journal block by block: each is sealed over what stands in it and follows the one
 * before, and the replay makes the books again. On the way it meets the checkpoints.
 */
export class JournalCheck {
  readonly replay = new Replay();
  /** The hashes of the complete subtrees over the blocks that are stored, by level and place. */
  readonly subtrees = new Map<string, string>();
  height = 0;
  hash = GENESIS_HASH;
  nextSeq = 1;
  lastMs = 0;
  readonly #sha: Hash;
  readonly #keepsEntries: boolean;
  readonly #tree: TreeEdge;
  /** Those that are not met yet, the smallest last. */
  readonly #heads: Head[];

  /** `keepsEntries`: for who writes them down. */
  constructor(
    hash: Hash,
    heads: readonly Head[] = [],
    { keepsEntries = false }: Readonly<{ keepsEntries?: boolean }> = {},
  ) {
    this.#sha = hash;
    this.#keepsEntries = keepsEntries;
    this.#tree = new TreeEdge(hash, (level, place, node) => {
      if (level % STORED_LEVELS === 0) this.subtrees.set(`${level} ${place}`, toHex(node));
    });
    this.#heads = heads.toSorted((a, b) => b.size - a.size);
  }

  get problems(): string[] {
    return this.replay.problems;
  }

  /** Answers the block as it is sealed, and its entries with the balances that follow. */
  add({ stated, answersHash, root, entries }: FoundBlock): Checked {
    const { recordedMs } = stated;
    const due = {
      prevHash: this.hash,
      height: this.height + 1,
      firstSeq: this.nextSeq,
      lastSeq: this.nextSeq + entries.length - 1,
      entries: entries.length,
      root,
      answersHash,
      recordedMs,
    };
    const sealed: Block = { ...due, hash: blockHash(this.#sha, headerBytes(due)) };
    for (const field of Object.keys(stated) as (keyof Block)[]) {
      if (sealed[field] === stated[field]) continue;
      this.problems.push(`block ${stated.height}: ${field} is not what it seals`);
    }
    this.#check(
      recordedMs > this.lastMs,
      `block ${stated.height}: is not later than the one before`,
    );
    const placed: PlacedEntry[] = [];
    for (const [index, entry] of entries.entries()) {
      const isPlaced = entry.seq === due.firstSeq + index && entry.recordedMs === recordedMs;
      this.#check(isPlaced, `entry ${entry.seq}: is not at its place in block ${stated.height}`);
      this.#follow(entry);
      if (this.#keepsEntries) placed.push(withBalances(entry, this.replay.balances));
    }
    this.height = stated.height;
    this.hash = stated.hash ?? sealed.hash;
    this.nextSeq = stated.lastSeq + 1;
    this.lastMs = recordedMs;
    this.#tree.append(leafHash(this.#sha, fromHex(this.hash)));
    this.#meet();
    return { block: sealed, entries: placed };
  }

  /** What was changed may be such that nothing can be made of it at all: that too is found out. */
  #follow(entry: SealedEntry): void {
    try {
      this.replay.add(entry);
    } catch (error) {
      this.problems.push(`entry ${entry.seq}: cannot be followed: ${String(error)}`);
    }
  }

  /** The journal ends here: what was signed beyond is missing. */
  end(): void {
    this.#meet();
    const [largest] = this.#heads;
    if (largest === undefined) return;
    this.problems.push(
      `the journal ends at block ${this.height}, and ${largest.size} blocks were signed: its end is missing`,
    );
  }

  #meet(): void {
    for (;;) {
      const next = this.#heads.at(-1);
      if (next === undefined || next.size > this.#tree.size) return;
      this.#heads.pop();
      const isSame = next.size === this.#tree.size && toHex(this.#tree.root()) === next.root;
      this.#check(isSame, `the blocks up to ${next.size} are not those that were signed`);
    }
  }

  #check(isRight: boolean, problem: string): void {
    if (!isRight) this.problems.push(problem);
  }
}
