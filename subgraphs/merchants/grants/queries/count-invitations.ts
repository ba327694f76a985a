import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';

/** What came of a member's invitations. */
export type Invitations = Readonly<{ registered: number; settled: number; rewarded: number }>;

const NONE: Invitations = { registered: 0, settled: 0, rewarded: 0 };

/** What came of the invitations of each member, in one statement. */
export const countInvitations = (reader: EntityManager): DataLoader<string, Invitations> =>
  new DataLoader(async (memberIds) => {
    const rows = await reader.query<Record<string, unknown>[]>(
      `SELECT inviter_id, COUNT(*) AS registered,
         SUM(CASE WHEN settled_ms IS NOT NULL AND refunded_ms IS NULL THEN 1 ELSE 0 END) AS settled,
         SUM(CASE WHEN rewarded_ms IS NOT NULL AND refunded_ms IS NULL THEN 1 ELSE 0 END) AS rewarded
       FROM merchants_referral WHERE inviter_id IN (${placeholders(memberIds.length)})
       GROUP BY inviter_id`,
      [...memberIds],
    );
    const counts = new Map(
      rows.map(({ inviter_id, registered, settled, rewarded }) => [
        String(inviter_id),
        {
          registered: toSafeInteger(registered),
          settled: toSafeInteger(settled),
          rewarded: toSafeInteger(rewarded),
        },
      ]),
    );
    return memberIds.map((id) => counts.get(id) ?? NONE);
  });
