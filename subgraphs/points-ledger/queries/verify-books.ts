import type { EntityManager } from 'typeorm';
import { type Clock, systemClock } from '../../../shared/clock.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { JournalCheck } from '../domain/journal-check.ts';
import { readHead } from '../ledger/run-batch.ts';
import { sha256 } from '../ledger/sha256.ts';
import { verifyCovers } from '../programmes/queries/verify-covers.ts';
import type { Verifier } from '../proof/note.ts';
import { foundBlock, journalBlocks } from '../proof/read-blocks.ts';
import { verifyClearing } from '../proof/verify-clearing.ts';
import { readNotes } from '../proof/verify-export.ts';
import { verifyNotices } from '../proof/verify-notices.ts';
import { verifyState } from '../proof/verify-state.ts';
import { storedNotes, verifyBlockTree } from '../proof/verify-stored.ts';

const PROBLEMS_MAX = 100;

export type VerifyOptions = Readonly<{
  /** Checkpoints that were kept outside of the database. */
  notes?: readonly string[];
  /** Who is believed to have signed them. Without it signatures are not looked at. */
  verifier?: Verifier | null;
  onProgress?: (done: Readonly<{ entries: number }>) => void;
  clock?: Clock;
}>;

/**
 * Proves the books from the journal alone: every block is sealed over what stands in it, every entry
 * balances, and every table that says what there is now holds what the entries add up to, clearing too.
 * Answers what is wrong, nothing when all is well. It reads in many statements: to be given a reader that sees
 * one moment (`Database.snapshot`) while others post.
 *
 * That the newest blocks were removed with all that follows from them shows only in checkpoints.
 */
export async function verifyBooks(
  reader: EntityManager,
  {
    notes = [],
    verifier = null,
    onProgress = () => undefined,
    clock = systemClock,
  }: VerifyOptions = {},
): Promise<string[]> {
  const stored = await storedNotes(reader);
  const { heads, problems } = readNotes([...stored.notes, ...notes], verifier);
  const check = new JournalCheck(sha256, heads);
  for await (const found of journalBlocks(reader, 0)) {
    const { block, entries } = found;
    for (const entry of entries) {
      if (entry.block !== block.height) {
        check.problems.push(`entry ${entry.seq}: is not in block ${entry.block}`);
      }
      if (entry.flaw !== null) check.problems.push(`entry ${entry.seq}: ${entry.flaw}`);
    }
    check.add(foundBlock(found));
    onProgress({ entries: check.nextSeq - 1 });
    // What follows would only be said again.
    if (check.problems.length >= PROBLEMS_MAX) return check.problems;
  }
  check.end();
  problems.push(...stored.problems, ...check.problems);
  problems.push(...(await verifyHead(reader, check)));
  problems.push(...(await verifyNothingOutside(reader, check)));
  problems.push(...(await verifyBlockTree(reader, check)));
  problems.push(...(await verifyState(reader, check.replay)));
  problems.push(...(await verifyCovers(reader, check.replay)));
  const nowMs = Math.max(clock.now().getTime(), check.lastMs);
  problems.push(...(await verifyNotices(reader, check.replay, nowMs)));
  problems.push(...(await verifyClearing(reader, check.nextSeq).catch(unlessSaid(check))));
  return problems.slice(0, PROBLEMS_MAX);
}

/** Clearing follows from the journal: when that cannot be added up, it was found out already. */
const unlessSaid =
  ({ problems }: JournalCheck) =>
  (error: unknown) => {
    if (problems.length === 0) throw error;
    return [];
  };

async function verifyHead(reader: EntityManager, end: JournalCheck): Promise<string[]> {
  const head = await readHead(reader);
  const problems: string[] = [];
  if (head === null || head.height !== end.height || head.hash !== end.hash) {
    problems.push(`the head is at block ${head?.height}, the chain ends at ${end.height}`);
  }
  if (head?.nextSeq !== end.nextSeq || head.lastMs !== end.lastMs) {
    const due = `${end.nextSeq}, after ${end.lastMs}`;
    problems.push(`the next entry is ${head?.nextSeq}, after ${head?.lastMs}, should be ${due}`);
  }
  return problems;
}

const sumOfCovers = async (reader: EntityManager): Promise<number> =>
  toSafeInteger(
    (
      await reader.query<{ n: unknown }[]>(
        'SELECT COALESCE(SUM(covers), 0) AS n FROM points_chain_head',
      )
    )[0]?.n,
  );

/** What is in no block: rows added behind the chain's back, or left when its end was cut off. */
async function verifyNothingOutside(
  reader: EntityManager,
  { height, nextSeq, replay }: JournalCheck,
): Promise<string[]> {
  const count = async (sql: string, parameters: unknown[] = []) =>
    toSafeInteger(
      (await reader.query<{ n: unknown }[]>(`SELECT COUNT(*) AS n FROM ${sql}`, parameters))[0]?.n,
    );
  const misnumbered = (table: string, group: string, column: string) =>
    count(
      `(SELECT ${group} FROM ${table} GROUP BY ${group}
        HAVING MIN(${column}) <> 0 OR MAX(${column}) <> COUNT(*) - 1) AS gaps`,
    );
  const outside = {
    entries: await count('points_journal_entry WHERE seq >= ? OR seq < 1', [nextSeq]),
    answers: await count('points_command WHERE block > ? OR block < 1', [height]),
    blocks: await count('points_block WHERE height > ? OR height < 1 OR shard <> 0', [height]),
    postings: (await count('points_posting')) - replay.postings,
    'parts of returns': (await count('points_reversal')) - replay.reversals,
    heads: (await count('points_chain_head')) - 1,
    'covers that the head does not count':
      (await count('points_cover')) - (await sumOfCovers(reader)),
    'answers that are out of order': await misnumbered('points_command', 'block', 'ordinal'),
    'returns that are out of order': await misnumbered('points_reversal', 'entry_id', 'line'),
  };
  return Object.entries(outside)
    .filter(([, rows]) => rows !== 0)
    .map(([what, rows]) => `${rows} ${what} are in no block`);
}
