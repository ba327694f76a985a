import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import type { Database } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { STORED_LEVELS } from '../domain/journal-check.ts';
import { joinSubtrees, leafHash, leftSize, merkleRoot } from '../domain/merkle.ts';
import { sha256 } from '../ledger/sha256.ts';

const STEP = STORED_LEVELS;
const WIDTH = 2 ** STEP;

/** Subtrees stored in one transaction. */
const PAGE = 64;

/** A block as a leaf of the tree: its hash, which stands for all that it seals and all before it. */
export const blockLeaf = (blockHash: string): Uint8Array =>
  leafHash(sha256, Buffer.from(blockHash, 'hex'));

/** A range of leaves: blocks from `from` + 1 to `to`. */
type Range = Readonly<{ from: number; to: number }>;

/** The hash over the first `size` blocks, hexadecimal. They are there. */
export async function blockRoot(reader: EntityManager, size: number): Promise<string> {
  if (size === 0) return toHex(joinSubtrees(sha256, []));
  return toHex(await rangeHash(reader, { from: 0, to: size }));
}

/** What proves that block `height` is among the first `size`: hashes from the leaf upwards. */
export async function blockPath(
  reader: EntityManager,
  height: number,
  size: number,
): Promise<string[]> {
  assert(height >= 1 && height <= size, 'a block is among the first ones');
  const path: string[] = [];
  let range: Range = { from: 0, to: size };
  while (range.to - range.from > 1) {
    const middle: number = range.from + leftSize(range.to - range.from);
    const [left, right]: [Range, Range] = [
      { from: range.from, to: middle },
      { from: middle, to: range.to },
    ];
    const isLeft: boolean = height - 1 < middle;
    path.unshift(toHex(await rangeHash(reader, isLeft ? right : left)));
    range = isLeft ? left : right;
  }
  return path;
}

/**
 * Stores the subtrees that became complete since the last time. Two processes that do it at once write
 * the same.
 */
export async function growBlockTree(database: Database, size: number): Promise<void> {
  for (let level = STEP; WIDTH ** (level / STEP) <= size; level += STEP) {
    const complete = Math.floor(size / 2 ** level);
    let stored = await storedSubtrees(database.reader, level);
    while (stored < complete) {
      const end = Math.min(stored + PAGE, complete);
      const rows: unknown[][] = [];
      for (let place = stored; place < end; place += 1) {
        const children = await nodes(database.reader, level - STEP, place * WIDTH, WIDTH);
        rows.push([level, place, toHex(merkleRoot(sha256, children))]);
      }
      await database.transaction((manager) =>
        insertRows(manager, 'points_block_tree', ['level', 'place', 'hash'], rows, {
          ending: database.dialect.onDuplicateKeep(['level', 'place']),
        }),
      );
      stored = end;
    }
  }
}

async function storedSubtrees(reader: EntityManager, level: number): Promise<number> {
  const [row] = await reader.query<{ next: unknown }[]>(
    'SELECT COALESCE(MAX(place) + 1, 0) AS next FROM points_block_tree WHERE level = ?',
    [level],
  );
  return toSafeInteger(row?.next);
}

/** `from` is a multiple of the size of the range's largest subtree, as in every part of such a tree. */
async function rangeHash(reader: EntityManager, { from, to }: Range): Promise<Uint8Array> {
  const subtrees: Uint8Array[] = [];
  let at = from;
  while (at < to) {
    const height = Math.floor(Math.log2(to - at));
    subtrees.push(await subtreeHash(reader, height, at / 2 ** height));
    at += 2 ** height;
  }
  return joinSubtrees(sha256, subtrees);
}

/** The hash of a complete subtree, from the highest level of it that is stored. */
async function subtreeHash(
  reader: EntityManager,
  level: number,
  place: number,
): Promise<Uint8Array> {
  const below = Math.floor(level / STEP) * STEP;
  const count = 2 ** (level - below);
  return merkleRoot(sha256, await nodes(reader, below, place * count, count));
}

async function nodes(
  reader: EntityManager,
  level: number,
  first: number,
  count: number,
): Promise<Uint8Array[]> {
  const [sql, offset] =
    level === 0
      ? ['SELECT hash FROM points_block WHERE height >= ? AND height < ? ORDER BY height', 1]
      : [
          `SELECT hash FROM points_block_tree
           WHERE level = ${level} AND place >= ? AND place < ? ORDER BY place`,
          0,
        ];
  const rows = await reader.query<{ hash: string }[]>(sql, [
    first + offset,
    first + offset + count,
  ]);
  if (rows.length !== count) {
    throw new Error(`blocks are missing: the books are cut, or changed (${level}, ${first})`);
  }
  return level === 0
    ? rows.map(({ hash }) => blockLeaf(hash))
    : rows.map(({ hash }) => Buffer.from(hash, 'hex'));
}

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
