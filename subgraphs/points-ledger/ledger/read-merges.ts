import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import type { Request } from '../domain/answer.ts';
import type { Books } from '../domain/books.ts';
import type { Merge } from '../domain/command.ts';
import { lotText } from '../domain/lot.ts';
import { lotColumns, lotOf } from './lot-columns.ts';

type Row = Record<string, string>;

/** A batch concerns wallets that it did not lock: others were merged into them. It is to be begun again with them. */
export class MergedElsewhere extends Error {
  readonly walletIds: readonly string[];

  constructor(walletIds: readonly string[]) {
    super('a wallet was merged into one that is not locked');
    this.walletIds = walletIds;
  }
}

/**
 * What was merged is known only under the lock. A wallet that would be locked now might come before one that is
 * locked already, and two batches would wait for each other: so the locks are given up, and the transaction begins
 * anew with all of them, in the order of ids. What was merged stays so, so none is found twice.
 */
export function assertAllLocked({ wallets }: Books): void {
  const targets = [...wallets.values()].flatMap(({ mergedInto }) => mergedInto ?? []);
  const missing = targets.filter((id) => !wallets.has(id));
  if (missing.length > 0) throw new MergedElsewhere(missing);
}

const mergesIn = (requests: readonly Request[]): Merge[] =>
  requests.flatMap(({ command }) => (command.kind === 'MERGE' ? [command] : []));

/**
 * Which wallets, that are not locked, were merged into which: those whose accruals or burns the commands are about,
 * and those that came to a wallet which is to be merged itself. A wallet is merged only under the lock of that
 * which it is merged into, so what matters of this does not change. Most batches make no statement for it.
 */
export async function readMerged(
  manager: EntityManager,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const origins = [...books.accruals.values(), ...books.burns.values()].flat();
  const owners = unique(origins.map(({ walletId }) => walletId));
  const strangers = owners.filter((id) => !books.wallets.has(id));
  const ids = unique(mergesIn(requests).map(({ walletId }) => walletId));
  const found = [
    ...(strangers.length > 0 ? [await findMerged(manager, 'id', strangers)] : []),
    ...(ids.length > 0 ? [await findMerged(manager, 'merged_into', ids)] : []),
  ];
  books.merged = new Map(
    found.flat().map(({ id, merged_into: into }) => [String(id), String(into)]),
  );
}

const findMerged = (
  manager: EntityManager,
  column: 'id' | 'merged_into',
  values: readonly string[],
): Promise<Row[]> =>
  manager.query<Row[]>(
    `SELECT id, merged_into FROM points_wallet
     WHERE ${column} IN (${placeholders(values.length)}) AND merged_into IS NOT NULL`,
    [...values],
  );

/**
 * What has not vested of wallets that are to be merged, by lot: their accruals say so only one by one. Points come
 * in pending by an entry of the wallet's own or by a merge into it, and who others were merged into is not merged:
 * so the entries of which it is the other wallet are left out.
 */
export async function readPending(
  manager: EntityManager,
  { wallets }: Books,
  requests: readonly Request[],
): Promise<void> {
  const ids = unique(mergesIn(requests).map(({ walletId }) => walletId)).filter((id) =>
    wallets
      .get(id)
      ?.units.values()
      .some(({ pending }) => pending > 0),
  );
  if (ids.length === 0) return;
  const columns = lotColumns.map((column) => `posting.${column}`).join(', ');
  const rows = await manager.query<Row[]>(
    `SELECT posting.owner_id, ${columns}, SUM(posting.amount) AS points
     FROM points_journal_entry entry
     JOIN points_posting posting ON posting.seq = entry.seq AND posting.owner_id = entry.wallet_id
     WHERE entry.wallet_id IN (${placeholders(ids.length)}) AND posting.account = 'PENDING'
     GROUP BY posting.owner_id, ${columns} HAVING SUM(posting.amount) > 0`,
    ids,
  );
  for (const row of rows) {
    const lot = lotOf(row);
    wallets.get(String(row.owner_id))?.pending.set(lotText(lot.key), lot);
  }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
