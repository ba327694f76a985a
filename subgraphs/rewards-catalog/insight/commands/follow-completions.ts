import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { dayOf } from '../../../../shared/calendar.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { monthOf } from '../domain/period.ts';

const completed = z.object({ rewardId: z.string(), completedAt: z.iso.datetime() });

/**
 * Counts how often each reward is redeemed in a month on the calendar of the books. It follows this subgraph's own feed:
 * in the transaction of a redemption a popular reward would be one row that all of them wait for.
 */
export const followCompletions = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'rewards-catalog',
    consumer: 'rewards-demand',
    apply: (manager, events) => count(frame, manager, events),
  });

async function count(
  { database: { dialect } }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const redeemed = events
    .filter(({ kind }) => kind === 'redemption.completed')
    .map(({ payload }) => completed.parse(payload))
    .map(({ rewardId, completedAt }) => ({
      rewardId,
      month: monthOf(dayOf(new Date(completedAt))),
    }));
  const alike = Map.groupBy(redeemed, ({ month, rewardId }) => `${month} ${rewardId}`);
  const rows = [...alike]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...more]]) =>
      first === undefined ? [] : [[first.month, first.rewardId, 1 + more.length]],
    );
  await insertRows(manager, 'rewards_demand', ['month', 'reward_id', 'redemptions'], rows, {
    ending: dialect.onDuplicateAdd('rewards_demand', ['month', 'reward_id'], ['redemptions']),
  });
}
