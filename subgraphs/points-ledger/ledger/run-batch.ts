import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { dayOf } from '../../../shared/calendar.ts';
import type { Clock } from '../../../shared/clock.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { answer, type Request } from '../domain/answer.ts';
import { walletOf } from '../domain/books.ts';
import type { Outcome } from '../domain/command.ts';
import { type AnsweredRequest, type PlacedEntry, sealBlock } from '../domain/seal.ts';
import { lockCovers } from './covers.ts';
import { readBooks, type Transaction } from './read-books.ts';
import { MergedElsewhere } from './read-merges.ts';
import { sha256 } from './sha256.ts';
import { writeBooks } from './write-books.ts';
import { removeUnused } from './write-wallets.ts';

export type BatchFrame = Pick<Frame, 'database' | 'clock' | 'newId'>;

/**
 * Applies requests one after the other in one transaction, seals what they did in one block, and
 * answers each. The number of statements does not depend on how many there are. Nothing is kept
 * outside of the database, so the whole may be run again when the database gives way, or when a wallet
 * turns out to be merged into one that is to be locked too.
 */
export async function runBatch(
  frame: BatchFrame,
  requests: readonly Request[],
): Promise<Outcome[]> {
  const { database } = frame;
  const further: string[] = [];
  for (;;) {
    try {
      return await database.transaction((manager) =>
        applyAll({ manager, dialect: database.dialect }, frame, { requests, further }),
      );
    } catch (error) {
      if (!(error instanceof MergedElsewhere)) throw error;
      further.push(...error.walletIds);
    }
  }
}

async function applyAll(
  transaction: Transaction,
  { clock, newId }: BatchFrame,
  { requests, further }: Readonly<{ requests: readonly Request[]; further: readonly string[] }>,
): Promise<Outcome[]> {
  const { books, memory, versions, added } = await readBooks(transaction, requests, further);
  const head = await lockHead(transaction);
  if (head.covers > 0) await lockCovers(transaction, books, requests);
  const recordedMs = timeOfBooks(clock, head);
  const moment = { atMs: recordedMs, today: dayOf(new Date(recordedMs)) };
  const entries: PlacedEntry[] = [];
  const answers: AnsweredRequest[] = [];
  const outcomes = requests.map((request) => {
    const { outcome, entry, isNew } = answer(books, memory, request, {
      ...moment,
      entryId: newId(),
    });
    if (entry !== null) entries.push({ ...entry, seq: head.nextSeq + entries.length, recordedMs });
    const { scope, key, requestHash } = request;
    if (isNew) answers.push({ scope, key, requestHash, outcome: JSON.stringify(outcome) });
    return outcome;
  });
  if (answers.length > 0) {
    const block = sealBlock(sha256, head, { entries, answers, recordedMs });
    await writeBooks(transaction, { books, versions, entries, answers, block });
    await appendEvents(transaction.manager, new Date(recordedMs), entries.map(eventOf));
  }
  await removeUnused(
    transaction,
    added.filter((id) => walletOf(books, id).version === 0),
  );
  return outcomes;
}

/** `covers` is how many issuers may not issue at will, by unit. */
type Head = Readonly<{
  height: number;
  nextSeq: number;
  lastMs: number;
  hash: string;
  covers: number;
}>;

/** Locked until commit, so the order of the books is the order of commit. */
async function lockHead({ manager, dialect }: Transaction): Promise<Head> {
  const head = await readHead(manager, dialect.forUpdate);
  assert(head !== null, 'the migration makes the head of the chain');
  return head;
}

/** Time in the books never stands still or goes back, whatever the clock of the machine does. */
const timeOfBooks = (clock: Clock, { lastMs }: Pick<Head, 'lastMs'>): number =>
  Math.max(clock.now().getTime(), lastMs + 1);

/** The instant that a batch would be booked at now. */
export async function readTime({ database, clock }: BatchFrame): Promise<Date> {
  const head = await readHead(database.reader);
  assert(head !== null, 'the migration makes the head of the chain');
  return new Date(timeOfBooks(clock, head));
}

export async function readHead(manager: EntityManager, ending = ''): Promise<Head | null> {
  const [row] = await manager.query<Record<string, string>[]>(
    `SELECT height, next_seq, last_ms, hash, covers FROM points_chain_head WHERE shard = 0 ${ending}`,
  );
  if (row === undefined) return null;
  return {
    height: toSafeInteger(row.height),
    nextSeq: toSafeInteger(row.next_seq),
    lastMs: toSafeInteger(row.last_ms),
    hash: String(row.hash),
    covers: toSafeInteger(row.covers),
  };
}

/** What the other subgraphs are told of an entry. */
const eventOf = ({ id, kind, walletId, unit, points, causeKind, causeId }: PlacedEntry) => ({
  kind: 'points.posted',
  payload: { entryId: id, kind, walletId, unit, points, causeKind, causeId },
});
