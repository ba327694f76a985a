import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { debtText, expiredPoints, lotPoints, walletOf } from '../domain/books.ts';
import type { Posting } from '../domain/entry.ts';
import { lotText } from '../domain/lot.ts';
import { lapsedOf } from '../domain/replay-merges.ts';
import type { PlacedEntry } from '../domain/seal.ts';
import type { Batch } from './batch.ts';
import { lotColumns, lotValues } from './lot-columns.ts';
import type { Transaction } from './read-books.ts';
import { valueById } from './value-by-id.ts';

/**
 * The second belt under the lock: when a wallet is not as it was read, the whole batch is undone. One that was
 * merged never changes again.
 */
export async function writeWallets(
  manager: EntityManager,
  { books, versions, entries }: Batch,
): Promise<void> {
  const ids = touchedWallets(entries);
  const was = (id: string) => versions.get(id) ?? 0;
  const now = (id: string) => walletOf(books, id);
  const isMerging = entries.some(({ kind }) => kind === 'MERGE');
  const sets = [
    { column: 'version = version +', ...valueById('id', ids, (id) => now(id).version - was(id)) },
    { column: 'freezes =', ...valueById('id', ids, (id) => now(id).freezes) },
    ...(isMerging
      ? [{ column: 'merged_into =', ...valueById('id', ids, (id) => now(id).mergedInto) }]
      : []),
  ];
  // Asked in a way that no index answers: SQLite would go through all wallets that are not merged.
  const matched = await execute(
    manager,
    `UPDATE points_wallet SET ${sets.map(({ column, sql }) => `${column} ${sql}`).join(', ')}
     WHERE id IN (${placeholders(ids.length)}) AND COALESCE(merged_into, '') = ''
       AND CONCAT(id, ' ', version) IN (${placeholders(ids.length)})`,
    [
      ...sets.flatMap(({ parameters }) => parameters),
      ...ids,
      ...ids.map((id) => `${id} ${was(id)}`),
    ],
  );
  assert(matched === ids.length, 'no wallet changes while it is locked');
}

/** Wallets that were made to be locked, and got nothing: a refused command leaves nothing behind. */
export async function removeUnused(
  { manager }: Transaction,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await execute(
    manager,
    `DELETE FROM points_wallet WHERE id IN (${placeholders(ids.length)}) AND version = 0`,
    [...ids],
  );
}

export async function writeUnits({ manager, dialect }: Transaction, batch: Batch): Promise<void> {
  const key = ['wallet_id', 'unit'];
  const columns = ['available', 'pending', 'held', 'debt'];
  const rows = touchedWallets(batch.entries).flatMap((id) =>
    walletOf(batch.books, id)
      .units.entries()
      .map(([unit, state]) => [id, unit, state.available, state.pending, state.held, state.debt])
      .toArray(),
  );
  const ending = dialect.onDuplicateUpdate(key, columns);
  await insertRows(manager, 'points_wallet_unit', [...key, ...columns], rows, { ending });
}

/** Absolute values, so that writing them twice is the same as once; then what is used up goes. */
export async function writeLots({ manager, dialect }: Transaction, batch: Batch): Promise<void> {
  const touched = postingsOf(batch, 'AVAILABLE');
  if (touched.length === 0) return;
  const key = ['wallet_id', ...lotColumns];
  const rows = touched.map((posting) => [
    posting.ownerId,
    ...lotValues(posting.key),
    lotPoints(walletOf(batch.books, posting.ownerId), posting.key),
  ]);
  const ending = dialect.onDuplicateUpdate(key, ['points']);
  await insertRows(manager, 'points_lot', [...key, 'points'], rows, { ending });
  await removeSpent(manager, 'points_lot', rows);
}

export async function writeDebts({ manager, dialect }: Transaction, batch: Batch): Promise<void> {
  const touched = postingsOf(batch, 'DEBT');
  if (touched.length === 0) return;
  const key = ['wallet_id', 'unit', 'issuer_id', 'price_class'];
  const rows = touched.map(({ ownerId, key: { unit, issuerId, priceClass } }) => [
    ownerId,
    unit,
    issuerId,
    priceClass,
    walletOf(batch.books, ownerId).debts.get(debtText({ unit, issuerId, priceClass }))?.points ?? 0,
  ]);
  const ending = dialect.onDuplicateUpdate(key, ['points']);
  await insertRows(manager, 'points_debt', [...key, 'points'], rows, { ending });
  await removeSpent(manager, 'points_debt', rows);
}

/** What lapsed of each lot, and is the issuer's until a return takes it back. */
export async function writeExpired(
  { manager, dialect }: Transaction,
  { books, entries }: Batch,
): Promise<void> {
  const touched = new Map(
    entries.flatMap((entry) =>
      entry.postings
        .filter(({ account }) => account === 'BREAKAGE')
        .map(({ key, amount }) => {
          const walletId = lapsedOf(entry, amount);
          return [`${walletId}\n${lotText(key)}`, { walletId, key }];
        }),
    ),
  );
  if (touched.size === 0) return;
  const key = ['wallet_id', ...lotColumns];
  const rows = [...touched.values()].map(({ walletId, key: lot }) => [
    walletId,
    ...lotValues(lot),
    expiredPoints(walletOf(books, walletId), lot),
  ]);
  const ending = dialect.onDuplicateUpdate(key, ['points']);
  await insertRows(manager, 'points_expired', [...key, 'points'], rows, { ending });
  await removeSpent(manager, 'points_expired', rows);
}

/** `rows` as written: the wallet first, the points last. */
async function removeSpent(
  manager: EntityManager,
  table: 'points_lot' | 'points_debt' | 'points_expired',
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const spent = rows.filter((row) => row.at(-1) === 0);
  const ids = [...new Set(spent.map(([walletId]) => walletId))];
  if (ids.length === 0) return;
  await execute(
    manager,
    `DELETE FROM ${table} WHERE wallet_id IN (${placeholders(ids.length)}) AND points = 0`,
    ids,
  );
}

const touchedWallets = (entries: readonly PlacedEntry[]): string[] =>
  [
    ...new Set(
      entries.flatMap(({ walletId, counterWalletId }) =>
        counterWalletId === null ? [walletId] : [walletId, counterWalletId],
      ),
    ),
  ].toSorted();

/** One posting for each lot or debt that the batch touched. */
function postingsOf({ entries }: Batch, account: 'AVAILABLE' | 'DEBT'): Posting[] {
  const touched = new Map<string, Posting>();
  for (const { postings } of entries) {
    for (const posting of postings) {
      if (posting.account !== account) continue;
      touched.set(`${posting.ownerId}\n${lotText(posting.key)}`, posting);
    }
  }
  return [...touched.values()];
}
