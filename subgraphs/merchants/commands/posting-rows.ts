import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import type { PointsCommand } from '../domain/points-command.ts';
import type { PostingRow } from '../entities/posting.ts';

/** What the ledger is to be told, at which place among the postings of its purchase. */
export type NewPosting = Readonly<{
  purchaseId: string;
  position: number;
  ruleId: string;
  command: PointsCommand;
  /** Whose promise it is that cannot be kept at the moment; else null. */
  owedBy?: string | null;
}>;

/**
 * What a command has just written down for the ledger, by purchase: it is posted as it is in hand, and not read
 * again. A purchase of which there may be more to tell is not in it.
 */
export type PostingsInHand = Map<string, readonly PostingRow[]>;

/** Puts what was written of new purchases into the hand; of those `besides` there is more to tell. */
export function takeInHand(
  inHand: PostingsInHand,
  purchaseIds: readonly string[],
  postings: readonly PostingRow[],
  besides: ReadonlySet<string> = new Set(),
): void {
  // A transaction that is run again leaves nothing of its first run.
  inHand.clear();
  const byPurchase = Map.groupBy(postings, ({ purchaseId }) => purchaseId);
  for (const id of purchaseIds) {
    if (!besides.has(id)) inHand.set(id, byPurchase.get(id) ?? []);
  }
}

/** Writes down what the ledger has to be told once the transaction stands, and answers it as it was written. */
export async function insertPostings(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  postings: readonly NewPosting[],
): Promise<PostingRow[]> {
  const rows = postings.map((posting) => postingRow(posting, at));
  await insertRows(manager, 'merchants_posting', COLUMNS, rows.map(valuesOf), { areLong: true });
  return rows;
}

const postingRow = (
  { purchaseId, position, ruleId, command, owedBy = null }: NewPosting,
  at: Date,
): PostingRow => ({
  postingKey: command.key,
  purchaseId,
  position,
  ruleId,
  causeId: command.causeId,
  command,
  state: 'WAITING',
  refusal: null,
  recordedAt: at,
  attempts: 0,
  nextAttemptAt: at,
  owedBy,
});

const COLUMNS = [
  'posting_key',
  'purchase_id',
  'position',
  'rule_id',
  'cause_id',
  'command',
  'state',
  'recorded_ms',
  'attempts',
  'next_attempt_ms',
  'owed_by',
];

const valuesOf = (row: PostingRow): unknown[] => [
  row.postingKey,
  row.purchaseId,
  row.position,
  row.ruleId,
  row.causeId,
  JSON.stringify(row.command),
  row.state,
  row.recordedAt.getTime(),
  row.attempts,
  row.nextAttemptAt.getTime(),
  row.owedBy,
];
