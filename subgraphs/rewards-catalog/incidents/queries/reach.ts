import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';

/** What can still be mended: vouchers neither used nor void, and the pieces that they stand for. */
export type Reach = Readonly<{ vouchers: number; pieces: number }>;

/** Points that lapsed in the window, as was said on the day before; of all units together. */
export async function readLapsed(manager: EntityManager, incidentId: string): Promise<number> {
  const [found] = await manager.query<Readonly<{ points: unknown }>[]>(
    `SELECT COALESCE(SUM(points), 0) AS points FROM rewards_incident_lapse WHERE incident_id = ?`,
    [incidentId],
  );
  return toSafeInteger(found?.points ?? 0);
}

/** Redemptions under way count too: they may be completed before their turn comes. What is handed over has no voucher. */
export async function readReach(manager: EntityManager, incidentId: string): Promise<Reach> {
  type Found = Readonly<{ vouchers: unknown; pieces: unknown }>;
  const [found] = await manager.query<Found[]>(
    `SELECT COUNT(*) AS vouchers, COALESCE(SUM(r.quantity - r.returned), 0) AS pieces
     FROM rewards_incident_case c
     JOIN rewards_redemption r ON r.id = c.redemption_id
     LEFT JOIN rewards_voucher v ON v.redemption_id = r.id
     WHERE c.incident_id = ? AND v.used_ms IS NULL AND v.voided_ms IS NULL
       AND r.state NOT IN ('RELEASING', 'CANCELLED') AND r.fulfil_by_ms IS NULL`,
    [incidentId],
  );
  return {
    vouchers: toSafeInteger(found?.vouchers ?? 0),
    pieces: toSafeInteger(found?.pieces ?? 0),
  };
}
