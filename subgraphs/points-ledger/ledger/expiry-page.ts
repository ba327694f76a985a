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
 * there are none. Two statements, each a short range of the index, however many lots there are.
 */
export async function readExpiryPage(
  manager: EntityManager,
  { from, upTo, limit }: Readonly<{ from: Place; upTo: Day; limit: number }>,
): Promise<ExpiryPage | null> {
  const [row] = await manager.query<{ day: unknown }[]>(
    'SELECT MIN(expires_on) AS day FROM points_lot WHERE expires_on >= ? AND expires_on <= ?',
    [from.expiresOn, upTo],
  );
  if (row === undefined || row.day === null) return null;
  const expiresOn = toSafeInteger(row.day);
  const after = expiresOn === from.expiresOn ? from.walletId : '';
  const rows = await manager.query<{ wallet_id: string }[]>(
    `SELECT DISTINCT wallet_id FROM points_lot WHERE expires_on = ? AND wallet_id > ?
     ORDER BY wallet_id LIMIT ${limit}`,
    [expiresOn, after],
  );
  const walletIds = rows.map(({ wallet_id: id }) => id);
  const last = walletIds.at(-1);
  const isFull = last !== undefined && walletIds.length === limit;
  const next = isFull
    ? { expiresOn, walletId: last }
    : { expiresOn: addDays(expiresOn, 1), walletId: '' };
  return { expiresOn, walletIds, next };
}
