import type { EntityManager } from 'typeorm';
import { addDays, dayOf } from '../../../shared/calendar.ts';
import type { Replay } from '../domain/replay.ts';
import type { StateRow } from '../domain/state-rows.ts';

/** How many days before expiry a notice is given (S59). */
const DAYS = [1, 7, 30];

/**
 * Up to where notices of expiry were given is not ahead of the books, and is a place: who was told nothing
 * of points that lapse soon would be told nothing later either. That a notice is not given twice, because
 * the place was moved back, cannot be seen here. `nowMs` is at least that of the newest entry.
 */
export async function verifyNotices(
  reader: EntityManager,
  replay: Replay,
  nowMs: number,
): Promise<string[]> {
  const rows = await reader.query<StateRow[]>('SELECT * FROM points_notice ORDER BY days');
  const today = dayOf(new Date(nowMs));
  const days = rows.map((row) => Number(row.days));
  const problems = rows.flatMap((row) => {
    const expiresOn = Number(row.expires_on);
    const walletId = String(row.wallet_id);
    const isDay = expiresOn === 0 || (expiresOn > 0 && addDays(expiresOn, 0) === expiresOn);
    const isReached = expiresOn <= addDays(today, Number(row.days) + 1);
    const isKnown = walletId === '' || replay.wallets.has(walletId);
    if (isDay && isReached && isKnown) return [];
    return [
      `points_notice ${row.days}: ${expiresOn} ${walletId} is ahead of the books, or no place`,
    ];
  });
  if (days.join() !== DAYS.join()) problems.push(`points_notice: is of ${days} days before expiry`);
  return problems;
}
