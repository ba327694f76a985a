import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import type { AccountKind } from '../domain/entry.ts';
import { lotColumns, lotOf } from '../ledger/lot-columns.ts';
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
  Readonly<{
    counterWalletId: string | null;
    actorId: string | null;
    causeKind: string;
    causeId: string;
    reversesId: string | null;
  }>;

/** More than this is too much for one answer. */
export const TRACED_ENTRIES_MAX = 10_000;

/** Which wallets the traced entries are of, and whose they are to see. Nothing when there are none. */
export async function concernedBy(
  reader: EntityManager,
  { kind, id }: TraceSubject,
): Promise<Readonly<{ walletIds: string[]; memberIds: string[] }>> {
  const [condition, parameters] =
    kind === 'entryId'
      ? ['id = ?', [id]]
      : [
          'cause_id = ? AND cause_kind = ?',
          [id, kind === 'purchaseId' ? 'PURCHASE' : 'REDEMPTION'],
        ];
  const rows = await reader.query<Row[]>(
    `SELECT DISTINCT wallet_id, counter_wallet_id, actor_id FROM points_journal_entry
     WHERE ${condition}`,
    parameters,
  );
  const walletIds = rows.flatMap((row) =>
    [row.wallet_id ?? [], row.counter_wallet_id ?? []].flat(),
  );
  const actorIds = rows.flatMap(({ actor_id: actorId }) => actorId ?? []);
  return { walletIds: unique(walletIds), memberIds: unique([...walletIds, ...actorIds]) };
}

/**
 * All entries of some wallets and of those that points went to or came from, in the order of the books.
 * Throws BAD_USER_INPUT (TRACE_TOO_LARGE) for too many: a trace has to begin with the first, as it says
 * which points of a lot are which.
 */
export async function readConnected(
  reader: EntityManager,
  walletIds: readonly string[],
): Promise<WalletEntry[]> {
  let known = walletIds;
  for (;;) {
    await assertTraceable(reader, known);
    const marks = placeholders(known.length);
    const rows = await reader.query<Row[]>(
      `SELECT wallet_id, counter_wallet_id FROM points_journal_entry
       WHERE counter_wallet_id IN (${marks})
       UNION
       SELECT wallet_id, counter_wallet_id FROM points_journal_entry
       WHERE wallet_id IN (${marks}) AND counter_wallet_id IS NOT NULL`,
      [...known, ...known],
    );
    const found = rows.flatMap((row) => [String(row.wallet_id), String(row.counter_wallet_id)]);
    const all = unique([...known, ...found]);
    if (all.length === known.length) return readEntriesOf(reader, known);
    known = all;
  }
}

async function assertTraceable(reader: EntityManager, walletIds: readonly string[]): Promise<void> {
  const versions = await reader.query<Row[]>(
    `SELECT version FROM points_wallet WHERE id IN (${placeholders(walletIds.length)})`,
    [...walletIds],
  );
  // Each entry is one version of its wallet.
  if (sum(versions.map(({ version }) => toSafeInteger(version))) <= TRACED_ENTRIES_MAX) return;
  throw fault('BAD_USER_INPUT', 'TRACE_TOO_LARGE', { max: TRACED_ENTRIES_MAX });
}

async function readEntriesOf(
  reader: EntityManager,
  walletIds: readonly string[],
): Promise<WalletEntry[]> {
  const marks = placeholders(walletIds.length);
  const ids = [...walletIds];
  const entries = await reader.query<Row[]>(
    `SELECT seq, id, kind, wallet_id, counter_wallet_id, actor_id, cause_kind, cause_id, reverses_id, hold_id, detail
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
     WHERE entry.wallet_id IN (${marks}) AND entry.kind IN ('REVERSE', 'REFUND', 'DEDUCT')
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
    counterWalletId: row.counter_wallet_id ?? null,
    actorId: row.actor_id ?? null,
    causeKind: String(row.cause_kind),
    causeId: String(row.cause_id),
    reversesId: row.reverses_id ?? null,
    holdId: row.hold_id ?? null,
    detail: row.detail == null ? null : JSON.parse(row.detail),
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

const unique = (values: readonly string[]): string[] => [...new Set(values)];
