import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Within } from '../domain/idle.ts';

/** So many of a unit are looked at: one of them is of a merchant that takes part. */
const LOOKED_AT = 20;

export type Cheap = Within & Readonly<{ merchantId: string }>;

/**
 * The cheapest rewards of a unit that every member can have at the moment without a condition: for no tier, region
 * or order alone, without an appointment or a limit in all. Nobody is reminded of a donation.
 */
export async function cheapestOf(reader: EntityManager, unit: string, at: Date): Promise<Cheap[]> {
  const rows = await reader.query<Record<'id' | 'merchant_id' | 'points', unknown>[]>(
    `SELECT id, merchant_id, points FROM rewards_reward
     WHERE unit = ? AND status = 'PUBLISHED' AND (stock IS NULL OR stock > 0)
       AND (offered_from_ms IS NULL OR offered_from_ms <= ?)
       AND (offered_until_ms IS NULL OR offered_until_ms > ?)
       AND min_tier IS NULL AND regions IS NULL AND during_order IS NULL AND limit_in_all IS NULL
       AND kind NOT IN ('UPGRADE', 'BILL_OFFSET', 'DONATION')
       AND (details IS NULL OR details NOT LIKE '%"isWithoutSlots":false%')
     ORDER BY points, id LIMIT ${LOOKED_AT}`,
    [unit, at.getTime(), at.getTime()],
  );
  return rows.map((row) => ({
    ...{ rewardId: String(row.id), merchantId: String(row.merchant_id), unit },
    points: toSafeInteger(row.points),
  }));
}
