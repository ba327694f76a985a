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

/** So many entries are read at a time; in between others are served. */
const CHUNK = 1_000;

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
 * Some wallets and those that points went to or came from, with how far away. Throws BAD_USER_INPUT (TRACE_TOO_LARGE)
 * when they have more than `most` entries: a trace has to begin with the first, as it says which points of a lot are
 * which.
 */
export async function connectedTo(
  reader: EntityManager,
  walletIds: readonly string[],
  most: number,
): Promise<readonly string[]> {
  let known = walletIds;
  for (;;) {
    await assertTraceable(reader, known, most);
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
    if (all.length === known.length) return known;
    known = all;
  }
}

async function assertTraceable(
  reader: EntityManager,
  walletIds: readonly string[],
  most: number,
): Promise<void> {
  const versions = await reader.query<Row[]>(
    `SELECT version FROM points_wallet WHERE id IN (${placeholders(walletIds.length)})`,
    [...walletIds],
  );
  // Each entry is one version of its wallet.
  if (sum(versions.map(({ version }) => toSafeInteger(version))) <= most) return;
  throw fault('BAD_USER_INPUT', 'TRACE_TOO_LARGE', { max: most });
}

/** All entries of some wallets in the order of the books, so many at a time. */
export async function* entriesOf(
  reader: EntityManager,
  walletIds: readonly string[],
): AsyncGenerator<readonly WalletEntry[]> {
  const rows = await reader.query<Row[]>(
    `SELECT seq FROM points_journal_entry WHERE wallet_id IN (${placeholders(walletIds.length)}) ORDER BY seq`,
    [...walletIds],
  );
  for (let start = 0; start < rows.length; start += CHUNK) {
    yield await readEntries(
      reader,
      rows.slice(start, start + CHUNK).map(({ seq }) => toSafeInteger(seq)),
    );
    // SQLite answers at once, so nobody else would get a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function readEntries(reader: EntityManager, seqs: readonly number[]): Promise<WalletEntry[]> {
  const marks = placeholders(seqs.length);
  const entries = await reader.query<Row[]>(
    `SELECT seq, id, kind, wallet_id, counter_wallet_id, actor_id, cause_kind, cause_id, reverses_id, hold_id, detail
     FROM points_journal_entry WHERE seq IN (${marks}) ORDER BY seq`,
    [...seqs],
  );
  const postings = await reader.query<Row[]>(
    `SELECT seq, account, owner_id, ${lotColumns.join(', ')}, amount AS points, claim_minor, claim_currency
     FROM points_posting WHERE seq IN (${marks}) ORDER BY seq, line`,
    [...seqs],
  );
  const reversals = await reader.query<Row[]>(
    `SELECT entry.seq, reversal.accrual_id, reversal.points
     FROM points_journal_entry entry JOIN points_reversal reversal ON reversal.entry_id = entry.id
     WHERE entry.seq IN (${marks}) AND entry.kind IN ('REVERSE', 'REFUND', 'DEDUCT')
     ORDER BY entry.seq, reversal.line`,
    [...seqs],
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
