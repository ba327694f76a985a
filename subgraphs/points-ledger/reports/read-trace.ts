import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import type { AccountKind } from '../domain/entry.ts';
import { lotColumns, lotOf } from '../ledger/read-books.ts';
import type { JournalEntryKind } from '../schema.generated.ts';
import type { TracedEntry } from './attribute.ts';

type Row = Readonly<Record<string, string | null>>;

/** What is traced: the entries of one purchase or redemption, or a single one. */
export type TraceSubject = Readonly<{
  kind: 'purchaseId' | 'redemptionId' | 'entryId';
  id: string;
}>;

/** An entry of a wallet that is traced. */
export type WalletEntry = TracedEntry &
  Readonly<{ causeKind: string; causeId: string; reversesId: string | null }>;

/** More than this is too much for one answer. */
export const TRACED_ENTRIES_MAX = 10_000;

/** The wallets of the entries that are traced; none when there are no such entries. */
export async function walletsOf(
  reader: EntityManager,
  { kind, id }: TraceSubject,
): Promise<string[]> {
  const [condition, parameters] =
    kind === 'entryId'
      ? ['id = ?', [id]]
      : [
          'cause_id = ? AND cause_kind = ?',
          [id, kind === 'purchaseId' ? 'PURCHASE' : 'REDEMPTION'],
        ];
  const rows = await reader.query<Row[]>(
    `SELECT DISTINCT wallet_id FROM points_journal_entry WHERE ${condition} ORDER BY wallet_id`,
    parameters,
  );
  return rows.map((row) => String(row.wallet_id));
}

/**
 * All entries of some wallets, in the order of the books. Throws BAD_USER_INPUT (TRACE_TOO_LARGE) for too
 * many: a trace has to begin with the first, as it says which points of a lot are which.
 */
export async function readEntriesOf(
  reader: EntityManager,
  walletIds: readonly string[],
): Promise<WalletEntry[]> {
  const marks = placeholders(walletIds.length);
  const ids = [...walletIds];
  const versions = await reader.query<Row[]>(
    `SELECT version FROM points_wallet WHERE id IN (${marks})`,
    ids,
  );
  // Each entry is one version of its wallet.
  const count = sum(versions.map(({ version }) => toSafeInteger(version)));
  if (count > TRACED_ENTRIES_MAX) {
    throw fault('BAD_USER_INPUT', 'TRACE_TOO_LARGE', { max: TRACED_ENTRIES_MAX });
  }
  const entries = await reader.query<Row[]>(
    `SELECT seq, id, kind, wallet_id, cause_kind, cause_id, reverses_id, hold_id
     FROM points_journal_entry WHERE wallet_id IN (${marks}) ORDER BY seq`,
    ids,
  );
  const postings = await reader.query<Row[]>(
    `SELECT posting.seq, account, owner_id,
       ${lotColumns.map((column) => `posting.${column}`).join(', ')}, amount AS points,
       claim_minor, claim_currency
     FROM points_journal_entry entry JOIN points_posting posting ON posting.seq = entry.seq
     WHERE entry.wallet_id IN (${marks}) ORDER BY posting.seq, posting.line`,
    ids,
  );
  const reversals = await reader.query<Row[]>(
    `SELECT entry.seq, reversal.accrual_id, reversal.points
     FROM points_journal_entry entry JOIN points_reversal reversal ON reversal.entry_id = entry.id
     WHERE entry.wallet_id IN (${marks}) AND entry.kind = 'REVERSE'
     ORDER BY entry.seq, reversal.line`,
    ids,
  );
  const postingsBySeq = Map.groupBy(postings, ({ seq }) => String(seq));
  const reversalsBySeq = Map.groupBy(reversals, ({ seq }) => String(seq));
  return entries.map((row) => ({
    seq: toSafeInteger(row.seq),
    id: String(row.id),
    // Only names of kinds are ever written there.
    kind: row.kind as JournalEntryKind,
    walletId: String(row.wallet_id),
    causeKind: String(row.cause_kind),
    causeId: String(row.cause_id),
    reversesId: row.reverses_id ?? null,
    holdId: row.hold_id ?? null,
    postings: (postingsBySeq.get(String(row.seq)) ?? []).map(postingOf),
    reversals: (reversalsBySeq.get(String(row.seq)) ?? []).map((part) => ({
      accrualId: String(part.accrual_id),
      points: toSafeInteger(part.points),
    })),
  }));
}

function postingOf(row: Row): TracedEntry['postings'][number] {
  const { key, points } = lotOf(row);
  const { claim_minor: minor = null, claim_currency: currency = null } = row;
  return {
    // Only names of accounts are ever written there.
    account: row.account as AccountKind,
    ownerId: String(row.owner_id),
    key,
    amount: points,
    // Which points are which does not depend on balances.
    balanceAfter: null,
    claim:
      minor === null || currency === null ? null : { amountMinor: toSafeInteger(minor), currency },
  };
}
