import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';

const completed = z.object({
  redemptionId: z.string(),
  memberId: z.string(),
  merchantId: z.string(),
  unit: z.string(),
  points: z.number().int().nonnegative(),
  completedAt: z.iso.datetime(),
});

/** Keeps who redeemed how many points when, to tell what she bought after it (S53). */
export const followRedemptions = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'rewards-catalog',
    consumer: 'merchants-redemptions',
    apply: (manager, events) => applyRedemptions(frame, manager, events),
  });

async function applyRedemptions(
  { database: { dialect } }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const redemptions = events
    .filter(({ kind }) => kind === 'redemption.completed')
    .map(({ payload }) => completed.parse(payload));
  await insertRows(
    manager,
    'merchants_redemption',
    ['id', 'member_id', 'merchant_id', 'unit', 'points', 'completed_ms'],
    redemptions.map(({ redemptionId, memberId, merchantId, unit, points, completedAt }) => [
      redemptionId,
      memberId,
      merchantId,
      unit,
      points,
      Date.parse(completedAt),
    ]),
    { ending: dialect.onDuplicateKeep(['id']) },
  );
}
