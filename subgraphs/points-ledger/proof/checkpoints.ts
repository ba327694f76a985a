import type { EntityManager } from 'typeorm';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import type { Frame, Keys } from '../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { StandStill, type Worker } from '../../../shared/workers.ts';
import { readHead } from '../ledger/run-batch.ts';
import { blockRoot, growBlockTree } from './block-tree.ts';
import { appendNote, newestNote } from './checkpoint-files.ts';
import { checkpointText, readCheckpoint, type Signer, signerOf, signNote } from './note.ts';

/** How often the head is signed when it has moved, in milliseconds. */
const REST_MS = 60_000;

/** What the books were at one moment, signed. */
export type CheckpointRow = Readonly<{
  /** How many blocks it is over: the height of the newest. */
  blocks: number;
  /** How many entries these hold. */
  entries: number;
  /** The Merkle tree hash over the hashes of the blocks, hexadecimal. */
  root: string;
  /** The signed note, C2SP tlog-checkpoint. */
  note: string;
  /** When the newest block was booked. */
  recordedAt: Date;
}>;

export type Checkpoints = Readonly<{
  /** What those who check are given once: `name+keyid+key`. */
  verifierKey: string;
  /**
   * Signs the head as it is, unless that has been done, and answers the newest checkpoint; null while
   * nothing is booked. Throws StandStill when the books do not go on from what was signed before.
   */
  make: () => Promise<CheckpointRow | null>;
  /** The note over the first `size` blocks, which agrees with all others. They are there. */
  makeOver: (size: number) => Promise<string>;
}>;

/** Signs the head of the chain, and keeps what it signed outside of the database. */
export function createCheckpoints(
  { database }: Pick<Frame, 'database'>,
  { secret, name, folder }: NonNullable<Keys['checkpoint']>,
): Checkpoints {
  const signer = signerOf(secret, name);

  async function make(): Promise<CheckpointRow | null> {
    const { reader } = database;
    const size = (await readHead(reader))?.height ?? 0;
    const latest = await latestCheckpoint(reader);
    const outside = await newestNote(folder);
    const signed = outside === null ? null : readCheckpoint(outside);
    if (latest?.blocks === size && signed?.size === size) return latest;
    if (size === 0 && signed === null) return null;
    await growBlockTree(database, size);
    for (const earlier of [signed, latest === null ? null : readCheckpoint(latest.note)]) {
      if (earlier !== null) await assertFollows(reader, size, earlier);
    }
    const made = await sign(reader, size, signer);
    // Outside first: what the database says of itself is worth nothing without it.
    if (signed?.size !== size) await appendNote(folder, made.recordedAt, made.note);
    await database.transaction((manager) =>
      insertRows(
        manager,
        'points_checkpoint',
        ['blocks', 'entries', 'root', 'note', 'recorded_ms'],
        [[made.blocks, made.entries, made.root, made.note, made.recordedAt.getTime()]],
        { ending: database.dialect.onDuplicateKeep(['blocks']) },
      ),
    );
    return made;
  }

  const makeOver = async (size: number) => (await sign(database.reader, size, signer)).note;

  return { verifierKey: signer.verifierKey, make, makeOver };
}

/** Signs the head each minute when it has moved. */
export const signCheckpoints = ({ make }: Checkpoints): Worker => ({
  name: 'checkpoints are signed',
  restMs: REST_MS,
  step: async () => {
    await make();
    return false;
  },
});

/** Two checkpoints that do not agree would say that the books were changed, whoever holds the first. */
async function assertFollows(
  reader: EntityManager,
  size: number,
  earlier: Readonly<{ size: number; root: string }>,
): Promise<void> {
  if (earlier.size > size) {
    throw new StandStill(
      `block ${earlier.size} was signed, and the books end at ${size}: restore them, nothing is signed`,
    );
  }
  if ((await blockRoot(reader, earlier.size)) !== earlier.root) {
    throw new StandStill(
      `the blocks up to ${earlier.size} are not those that were signed: restore them, nothing is signed`,
    );
  }
}

async function sign(reader: EntityManager, size: number, signer: Signer): Promise<CheckpointRow> {
  const root = await blockRoot(reader, size);
  const [block] = await reader.query<Record<string, unknown>[]>(
    'SELECT last_seq, recorded_ms FROM points_block WHERE height = ?',
    [size],
  );
  return {
    blocks: size,
    entries: toSafeInteger(block?.last_seq),
    root,
    note: signNote(checkpointText({ origin: signer.name, size, root }), signer),
    recordedAt: new Date(toSafeInteger(block?.recorded_ms)),
  };
}

/** The newest checkpoint, for whoever attaches it to something. Null before the first one. */
export async function latestCheckpoint(reader: EntityManager): Promise<CheckpointRow | null> {
  const [row] = await reader.query<Record<string, unknown>[]>(
    `SELECT blocks, entries, root, note, recorded_ms FROM points_checkpoint
     ORDER BY blocks DESC LIMIT 1`,
  );
  return row === undefined ? null : checkpointOf(row);
}

/** A checkpoint over the entries of a clearing cycle. */
export type CycleCheckpoint = CheckpointRow & Readonly<{ cycleId: string }>;

/**
 * For each of these cycles the first checkpoint over all its entries, if there is one yet: what its
 * statements rest on. One statement for all.
 */
export async function checkpointsOfCycles(
  reader: EntityManager,
  cycleIds: readonly string[],
): Promise<CycleCheckpoint[]> {
  const rows = await reader.query<Record<string, unknown>[]>(
    `SELECT cycle.id AS cycle_id, checkpoint.blocks, checkpoint.entries, checkpoint.root,
       checkpoint.note, checkpoint.recorded_ms
     FROM points_clearing_cycle cycle JOIN points_checkpoint checkpoint ON checkpoint.entries =
       (SELECT MIN(entries) FROM points_checkpoint WHERE entries >= cycle.last_seq)
     WHERE cycle.id IN (${placeholders(cycleIds.length)}) ORDER BY checkpoint.blocks`,
    [...cycleIds],
  );
  // Blocks of refusals alone hold no entries, so several checkpoints may be over the same ones.
  const first = new Map<string, CycleCheckpoint>();
  for (const row of rows) {
    const cycleId = String(row.cycle_id);
    if (!first.has(cycleId)) first.set(cycleId, { ...checkpointOf(row), cycleId });
  }
  return [...first.values()];
}

const checkpointOf = (row: Readonly<Record<string, unknown>>): CheckpointRow => ({
  blocks: toSafeInteger(row.blocks),
  entries: toSafeInteger(row.entries),
  root: String(row.root),
  note: String(row.note),
  recordedAt: new Date(toSafeInteger(row.recorded_ms)),
});
