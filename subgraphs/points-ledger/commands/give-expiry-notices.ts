import type { EntityManager } from 'typeorm';
import { addDays, type Day, dayOf, isoDay } from '../../../shared/calendar.ts';
import { execute } from '../../../shared/database/database.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import type { NewEvent } from '../../../shared/feeds/event.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import type { Worker } from '../../../shared/workers.ts';
import { type Place, readExpiryPage } from '../ledger/expiry-page.ts';
import { lotColumns, lotOf } from '../ledger/lot-columns.ts';
import { type BatchFrame, readTime } from '../ledger/run-batch.ts';

const PAGE = 500;

/** How many days before expiry a notice is given (S59), the last one first. */
export const NOTICE_DAYS = [1, 7, 30] as const;

type Notice = Readonly<{ days: number; today: Day; at: Date }>;

/**
 * Tells of lots that are about to lapse, in events `points.expiring`: one for each wallet, unit, issuer
 * and day of expiry, and each number of days before. A notice says what is left when it is given; who
 * has spent all by then gets none. The place up to which notices were given moves in the transaction
 * that gives them, so each is given once, whoever is killed or works at the same time.
 *
 * After an outage, or for points that are good for a short time only, the notice that is due now is
 * given alone, and not the earlier ones with it.
 */
export function giveExpiryNotices(
  frame: BatchFrame,
  { page = PAGE }: Readonly<{ page?: number }> = {},
): Worker {
  const { database } = frame;
  async function step(): Promise<boolean> {
    const at = await readTime(frame);
    const today = dayOf(at);
    const places = await readPlaces(database.reader);
    let mayBeMore = false;
    for (const days of NOTICE_DAYS) {
      // Given up to the last day that this notice is about: most steps end here.
      if ((places.get(days)?.expiresOn ?? 0) > addDays(today, days)) continue;
      mayBeMore = (await givePage({ days, today, at })) || mayBeMore;
    }
    return mayBeMore;
  }

  const givePage = ({ days, today, at }: Notice): Promise<boolean> =>
    database.transaction(async (manager) => {
      const places = await readPlaces(
        manager,
        `WHERE days = ${days} ${database.dialect.forUpdate}`,
      );
      const upTo = addDays(today, days);
      const from = later(places.get(days) ?? START, {
        expiresOn: addDays(today, soonerThan(days) + 1),
        walletId: '',
      });
      const found = await readExpiryPage(manager, { from, upTo, limit: page });
      const next = found?.next ?? later(from, { expiresOn: addDays(upTo, 1), walletId: '' });
      await execute(
        manager,
        'UPDATE points_notice SET expires_on = ?, wallet_id = ? WHERE days = ?',
        [next.expiresOn, next.walletId, days],
      );
      if (found === null) return false;
      await appendEvents(manager, at, await noticesOf(manager, found, days));
      return true;
    });

  return { name: 'notice is given before lots expire', restMs: 60_000, step };
}

const START: Place = { expiresOn: 0, walletId: '' };

/** The number of days of the notice after this one; 0 when this is the last. */
const soonerThan = (days: number): number => Math.max(0, ...NOTICE_DAYS.filter((n) => n < days));

const later = (a: Place, b: Place): Place => (a.expiresOn >= b.expiresOn ? a : b);

/** Up to where each notice was given. */
async function readPlaces(manager: EntityManager, ending = ''): Promise<Map<number, Place>> {
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT days, expires_on, wallet_id FROM points_notice ${ending}`,
  );
  return new Map(
    rows.map((row) => [
      toSafeInteger(row.days),
      { expiresOn: toSafeInteger(row.expires_on), walletId: String(row.wallet_id) },
    ]),
  );
}

/** Lots that differ only in what they cost their issuer are one to the member. */
async function noticesOf(
  manager: EntityManager,
  { expiresOn, walletIds }: Readonly<{ expiresOn: Day; walletIds: readonly string[] }>,
  days: number,
): Promise<NewEvent[]> {
  if (walletIds.length === 0) return [];
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT wallet_id, ${lotColumns.join(', ')}, points FROM points_lot
     WHERE expires_on = ? AND wallet_id IN (${placeholders(walletIds.length)})
     ORDER BY wallet_id, unit, issuer_id`,
    [expiresOn, ...walletIds],
  );
  const lots = rows.map((row) => ({ walletId: String(row.wallet_id), ...lotOf(row) }));
  return Map.groupBy(lots, ({ walletId, key }) => `${walletId}\n${key.unit}\n${key.issuerId}`)
    .values()
    .flatMap((same) =>
      same.slice(0, 1).map(({ walletId, key: { unit, issuerId } }) => ({
        kind: 'points.expiring',
        payload: {
          walletId,
          unit,
          issuerId,
          points: sum(same.map(({ points }) => points)),
          expiresOn: isoDay(expiresOn),
          days,
        },
      })),
    )
    .toArray();
}
