import type { EntityManager } from 'typeorm';
import { addDays, type Day } from '../../../shared/calendar.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';

/** A place in the order of expiry: behind this wallet, on this day. */
export type Place = Readonly<{ expiresOn: Day; walletId: string }>;

export type ExpiryPage = Readonly<{
  expiresOn: Day;
  walletIds: readonly string[];
  /** Where the next page begins. */
  next: Place;
}>;

/**
 * Some wallets that have lots with one expiry, the earliest from a place on and up to a day. Null when
 * there are none. At most three statements, each a short range of the index, however many lots there are:
 * a day that was begun is gone on with behind the wallet, and not looked for again from its beginning,
 * where the rows of lots that lapsed may not be cleaned away yet.
 */
export async function readExpiryPage(
  manager: EntityManager,
  { from, upTo, limit }: Readonly<{ from: Place; upTo: Day; limit: number }>,
): Promise<ExpiryPage | null> {
  if (from.expiresOn > upTo) return null;
  const isBegun = from.walletId !== '';
  if (isBegun) {
    const others = await readWallets(manager, from, limit);
    if (others.length > 0) return pageOf(from.expiresOn, others, limit);
  }
  const [row] = await manager.query<{ day: unknown }[]>(
    'SELECT MIN(expires_on) AS day FROM points_lot WHERE expires_on >= ? AND expires_on <= ?',
    [isBegun ? addDays(from.expiresOn, 1) : from.expiresOn, upTo],
  );
  if (row === undefined || row.day === null) return null;
  const expiresOn = toSafeInteger(row.day);
  return pageOf(expiresOn, await readWallets(manager, { expiresOn, walletId: '' }, limit), limit);
}

async function readWallets(
  manager: EntityManager,
  { expiresOn, walletId }: Place,
  limit: number,
): Promise<string[]> {
  const rows = await manager.query<{ wallet_id: string }[]>(
    `SELECT DISTINCT wallet_id FROM points_lot WHERE expires_on = ? AND wallet_id > ?
     ORDER BY wallet_id LIMIT ${limit}`,
    [expiresOn, walletId],
  );
  return rows.map(({ wallet_id: id }) => id);
}

function pageOf(expiresOn: Day, walletIds: readonly string[], limit: number): ExpiryPage {
  const last = walletIds.at(-1);
  const isFull = last !== undefined && walletIds.length === limit;
  const next = isFull
    ? { expiresOn, walletId: last }
    : { expiresOn: addDays(expiresOn, 1), walletId: '' };
  return { expiresOn, walletIds, next };
}
