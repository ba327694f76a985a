import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import type { NewRedemptionEvent } from '../domain/event.ts';

/**
 * Adds to the timeline of a redemption. The transaction has written or locked the row of the redemption before, so
 * no two take the same number.
 */
export async function noteEvent(
  manager: EntityManager,
  redemptionId: string,
  at: Date,
  { kind, reason, quantity, points, rewardId }: NewRedemptionEvent,
): Promise<void> {
  await execute(
    manager,
    `INSERT INTO rewards_redemption_event
       (redemption_id, event_number, kind, at_ms, reason, quantity, points, reward_id)
     SELECT ?, COALESCE(MAX(event_number), 0) + 1, ?, ?, ?, ?, ?, ?
     FROM rewards_redemption_event WHERE redemption_id = ?`,
    [
      ...[redemptionId, kind, at.getTime()],
      reason == null ? null : JSON.stringify({ code: reason.code, parameters: reason.parameters }),
      ...[quantity ?? null, points ?? null, rewardId ?? null, redemptionId],
    ],
  );
}
