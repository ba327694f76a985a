import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import {
  type Activity,
  DAYS,
  PREFERENCE_KINDS,
  PREFERENCES,
  type Preference,
  type PreferenceKind,
} from '../domain/profile.ts';

/** Whose purchases at which merchant. */
export type Whose = Readonly<{ memberId: string; merchantId: string }>;

type Reader = Pick<EntityManager, 'query'>;
type Found = Readonly<{ member_id: string; merchant_id: string }>;

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT = 'purchase.total_minor - purchase.returned_minor';

/** Purchases of so many members in a span, in the currency of the merchant, of which something was kept. */
const keptBy = (members: number, join = ''): string => `FROM merchants_purchase purchase
  JOIN merchants_merchant merchant
    ON merchant.id = purchase.merchant_id AND merchant.currency = purchase.currency ${join}
  WHERE purchase.member_id IN (${placeholders(members)})
    AND purchase.purchased_ms > ? AND purchase.purchased_ms <= ? AND ${KEPT} > 0`;

const daysBefore = (at: Date, days: number): number => at.getTime() - days * DAY_MS;

/** What these members bought in the year before an instant, by merchant. One statement. */
export async function activitiesOf(
  reader: Reader,
  memberIds: readonly string[],
  at: Date,
): Promise<(Whose & Activity)[]> {
  if (memberIds.length === 0) return [];
  const isRecent = 'purchase.purchased_ms > ?';
  const isEarlier = 'purchase.purchased_ms > ? AND purchase.purchased_ms <= ?';
  const [recent, earlier] = [daysBefore(at, DAYS.recent), daysBefore(at, 2 * DAYS.recent)];
  const rows = await reader.query<(Found & Record<string, unknown> & { currency: string })[]>(
    `SELECT purchase.member_id, purchase.merchant_id, merchant.currency,
       COUNT(*) AS orders, SUM(${KEPT}) AS minor,
       SUM(CASE WHEN ${isRecent} THEN 1 ELSE 0 END) AS recent_orders,
       SUM(CASE WHEN ${isRecent} THEN ${KEPT} ELSE 0 END) AS recent_minor,
       SUM(CASE WHEN ${isEarlier} THEN 1 ELSE 0 END) AS earlier_orders,
       SUM(CASE WHEN ${isEarlier} THEN ${KEPT} ELSE 0 END) AS earlier_minor
     ${keptBy(memberIds.length)}
     GROUP BY purchase.member_id, purchase.merchant_id, merchant.currency`,
    [
      ...[recent, recent, earlier, recent, earlier, recent],
      ...[...memberIds, daysBefore(at, DAYS.year), at.getTime()],
    ],
  );
  return rows.map((row) => ({
    memberId: row.member_id,
    merchantId: row.merchant_id,
    currency: row.currency,
    orders: toSafeInteger(row.orders),
    minor: capped(row.minor),
    recentOrders: toSafeInteger(row.recent_orders),
    recentMinor: capped(row.recent_minor),
    earlierOrders: toSafeInteger(row.earlier_orders),
    earlierMinor: capped(row.earlier_minor),
  }));
}

/** A sum past what is exact says no more than that it is huge: it must not stop the others. */
const capped = (minor: unknown): number => Math.min(Number(minor), Number.MAX_SAFE_INTEGER);

const columns: Readonly<Record<PreferenceKind, string>> = {
  CATEGORY: 'line.category',
  SIZE: 'goods.size',
  COLOUR: 'goods.colour',
};

/** What these members bought repeatedly in the year before an instant and kept. One statement for each kind. */
export async function boughtBy(
  reader: Reader,
  memberIds: readonly string[],
  at: Date,
): Promise<(Whose & Preference)[]> {
  if (memberIds.length === 0) return [];
  const bought: (Whose & Preference)[] = [];
  for (const kind of PREFERENCE_KINDS) {
    const column = columns[kind];
    const goods =
      'JOIN merchants_goods goods ON goods.merchant_id = purchase.merchant_id AND goods.sku = line.sku';
    const rows = await reader.query<(Found & { preferred: string; orders: unknown })[]>(
      `SELECT purchase.member_id, purchase.merchant_id, ${column} AS preferred,
         COUNT(DISTINCT purchase.id) AS orders
       ${keptBy(
         memberIds.length,
         `JOIN merchants_purchase_line line ON line.purchase_id = purchase.id
            AND line.quantity > line.returned_quantity
          ${kind === 'CATEGORY' ? '' : goods}`,
       )} AND ${column} IS NOT NULL
       GROUP BY purchase.member_id, purchase.merchant_id, ${column}
       HAVING COUNT(DISTINCT purchase.id) >= ${PREFERENCES.ordersLeast}`,
      [...memberIds, daysBefore(at, DAYS.year), at.getTime()],
    );
    for (const row of rows) {
      const { member_id: memberId, merchant_id: merchantId, preferred } = row;
      bought.push({ memberId, merchantId, kind, preferred, orders: toSafeInteger(row.orders) });
    }
  }
  return bought;
}
