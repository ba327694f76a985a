import { type EntityManager, In } from 'typeorm';
import type { Day } from '../../shared/calendar.ts';
import { placeholders } from '../../shared/database/rows.ts';
import { batchByKey, batchManyByKey } from '../../shared/graphql/batch.ts';
import { toSafeInteger } from '../../shared/quantities.ts';
import { createCaseLoaders } from './cases/loaders.ts';
import { createClearingLoaders } from './clearing/loaders.ts';
import type { AccountKind } from './domain/entry.ts';
import type { LotAmount } from './domain/lot.ts';
import { JournalEntry, type JournalEntryRow } from './entities/journal-entry.ts';
import { lotColumns, lotOf } from './ledger/lot-columns.ts';
import { createMergeLoaders } from './merges/loaders.ts';
import { createReportLoaders } from './reports/loaders.ts';
import { createSharingLoaders } from './sharing/loaders.ts';
import { createStatementLoaders } from './statement/loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

type Row = Record<string, string>;

export type WalletUnit = Readonly<{
  walletId: string;
  unit: string;
  available: number;
  pending: number;
  held: number;
  debt: number;
  /** How many cases freeze the wallet. */
  freezes: number;
}>;

export type WalletLot = LotAmount & Readonly<{ walletId: string }>;

/** A posting with the entry that it belongs to. `claim…` is null where nobody owes anybody. */
export type PostingRow = Readonly<{
  seq: number;
  account: AccountKind;
  ownerId: string;
  key: LotAmount['key'];
  amount: number;
  claimMinor: number | null;
  claimCurrency: string | null;
}>;

/** Points that a purchase brought, or with a minus lost again. */
export type AccrualRow = Readonly<{
  purchaseId: string;
  walletId: string;
  entryId: string;
  key: LotAmount['key'];
  points: number;
  pending: number;
  vestsOn: Day | null;
}>;

/** Points of one lot that a redemption burnt, and how many of them were given back since. */
export type BurnRow = Readonly<{
  causeId: string;
  walletId: string;
  acceptorId: string;
  key: LotAmount['key'];
  points: number;
  refunded: number;
}>;

/** Made once per request: a loader remembers what it has read, which must not outlive the caller. */
export const createLoaders = (reader: EntityManager) => ({
  ...createCaseLoaders(reader),
  ...createClearingLoaders(reader),
  unitsByWallet: batchManyByKey<WalletUnit>(
    ({ walletId }) => walletId,
    (ids) => readUnits(reader, ids),
  ),
  lotsByWallet: batchManyByKey<WalletLot>(
    ({ walletId }) => walletId,
    (ids) => readLots(reader, ids),
  ),
  entryById: batchByKey<JournalEntryRow>(
    ({ id }) => id,
    (ids) => reader.findBy(JournalEntry, { id: In(ids) }),
  ),
  /** In the order of the books. */
  entriesByCause: batchManyByKey<JournalEntryRow>(
    ({ causeId }) => causeId,
    (ids) => reader.find(JournalEntry, { where: { causeId: In(ids) }, order: { seq: 'ASC' } }),
  ),
  /** By the sequence number of the entry, as text. */
  postingsByEntry: batchManyByKey<PostingRow>(
    ({ seq }) => String(seq),
    (seqs) => readPostings(reader, seqs.map(Number)),
  ),
  accrualsByPurchase: batchManyByKey<AccrualRow>(
    ({ purchaseId }) => purchaseId,
    (ids) => readAccruals(reader, ids),
  ),
  burnsByRedemption: batchManyByKey<BurnRow>(
    ({ causeId }) => causeId,
    (ids) => readBurns(reader, ids),
  ),
  ...createMergeLoaders(reader),
  ...createReportLoaders(reader),
  ...createSharingLoaders(reader),
  ...createStatementLoaders(reader),
});

async function readUnits(reader: EntityManager, ids: string[]): Promise<WalletUnit[]> {
  const rows = await reader.query<Row[]>(
    `SELECT unit.wallet_id, unit.unit, unit.available, unit.pending, unit.held, unit.debt, wallet.freezes
     FROM points_wallet_unit unit JOIN points_wallet wallet ON wallet.id = unit.wallet_id
     WHERE unit.wallet_id IN (${placeholders(ids.length)}) ORDER BY unit.wallet_id, unit.unit`,
    ids,
  );
  return rows.map((row) => ({
    walletId: String(row.wallet_id),
    unit: String(row.unit),
    available: toSafeInteger(row.available),
    pending: toSafeInteger(row.pending),
    held: toSafeInteger(row.held),
    debt: toSafeInteger(row.debt),
    freezes: toSafeInteger(row.freezes),
  }));
}

async function readLots(reader: EntityManager, ids: string[]): Promise<WalletLot[]> {
  const rows = await reader.query<Row[]>(
    `SELECT wallet_id, ${lotColumns.join(', ')}, points FROM points_lot
     WHERE wallet_id IN (${placeholders(ids.length)})
     ORDER BY wallet_id, expires_on, issuer_id, unit, price_class`,
    ids,
  );
  return rows.map((row) => ({ walletId: String(row.wallet_id), ...lotOf(row) }));
}

async function readPostings(reader: EntityManager, seqs: number[]): Promise<PostingRow[]> {
  const rows = await reader.query<Row[]>(
    `SELECT seq, account, owner_id, ${lotColumns.join(', ')}, amount AS points, claim_minor,
       claim_currency
     FROM points_posting WHERE seq IN (${placeholders(seqs.length)}) ORDER BY seq, line`,
    seqs,
  );
  return rows.map((row) => {
    const { key, points } = lotOf(row);
    return {
      seq: toSafeInteger(row.seq),
      // Only the names of accounts are ever written there.
      account: row.account as AccountKind,
      ownerId: String(row.owner_id),
      key,
      amount: points,
      claimMinor: row.claim_minor === null ? null : toSafeInteger(row.claim_minor),
      claimCurrency: row.claim_currency ?? null,
    };
  });
}

/** What came in and what was taken back, in the order of the books. */
async function readAccruals(reader: EntityManager, ids: string[]): Promise<AccrualRow[]> {
  const columns = lotColumns.map((column) => `accrual.${column}`).join(', ');
  const found = `accrual.cause_kind = 'PURCHASE'
    AND accrual.cause_id IN (${placeholders(ids.length)})`;
  const rows = await reader.query<Row[]>(
    `SELECT accrual.seq, 0 AS line, accrual.entry_id, accrual.cause_id, accrual.wallet_id, ${columns},
       accrual.points AS points, accrual.pending AS pending, accrual.vests_on AS vests_on
     FROM points_accrual accrual WHERE ${found}
     UNION ALL
     SELECT entry.seq, reversal.line AS line, reversal.entry_id, accrual.cause_id, accrual.wallet_id, ${columns},
       -reversal.points AS points, 0 AS pending, NULL AS vests_on
     FROM points_accrual accrual
     JOIN points_reversal reversal ON reversal.accrual_id = accrual.entry_id
     JOIN points_journal_entry entry ON entry.id = reversal.entry_id
     WHERE ${found} ORDER BY seq, line`,
    [...ids, ...ids],
  );
  return rows.map((row) => ({
    purchaseId: String(row.cause_id),
    walletId: String(row.wallet_id),
    entryId: String(row.entry_id),
    ...lotOf(row),
    pending: toSafeInteger(row.pending),
    vestsOn: row.vests_on === null ? null : toSafeInteger(row.vests_on),
  }));
}

/** In the order of the books. */
async function readBurns(reader: EntityManager, ids: string[]): Promise<BurnRow[]> {
  const rows = await reader.query<Row[]>(
    `SELECT cause_id, wallet_id, acceptor_id, ${lotColumns.join(', ')}, points, refunded
     FROM points_burn WHERE cause_id IN (${placeholders(ids.length)})
       AND cause_kind = 'REDEMPTION' ORDER BY seq, line`,
    ids,
  );
  return rows.map((row) => ({
    causeId: String(row.cause_id),
    walletId: String(row.wallet_id),
    acceptorId: String(row.acceptor_id),
    ...lotOf(row),
    refunded: toSafeInteger(row.refunded),
  }));
}
