import { type EntityManager, In } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../shared/feeds/follow.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import type { Worker } from '../../../shared/workers.ts';
import {
  purchaseRecorded,
  purchaseReturned,
  type Qualified,
  qualifiedByPurchase,
  qualifiedByReturn,
} from '../domain/qualifying.ts';
import { Qualifying } from '../entities/member.ts';

/** Keeps the points that count for tiers, from what merchants record and take back. */
export const followPurchases = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'members-qualifying',
    apply: (manager, events) =>
      applyPurchases(manager, frame.database.dialect.insertOrIgnore, events),
  });

async function applyPurchases(
  manager: EntityManager,
  insertOrIgnore: string,
  events: readonly FollowedEvent[],
): Promise<void> {
  const earned = events
    .filter(({ kind }) => kind === 'purchase.recorded')
    .map(({ payload }) => qualifiedByPurchase(purchaseRecorded.parse(payload)));
  await insertQualified(manager, insertOrIgnore, earned);

  // A return follows its purchase in the feed, so its purchase is in the table by now.
  const returns = events
    .filter(({ kind }) => kind === 'purchase.returned')
    .map(({ payload, at }) => ({ event: purchaseReturned.parse(payload), at }));
  if (returns.length === 0) return;
  const purchases = await manager.findBy(Qualifying, {
    cause: In(returns.map(({ event }) => `purchase:${event.purchaseId}`)),
  });
  const earnedOn = new Map(purchases.map((row) => [row.purchaseId, row.earnedOn]));
  await insertQualified(
    manager,
    insertOrIgnore,
    returns.map(({ event, at }) =>
      qualifiedByReturn(event, earnedOn.get(event.purchaseId) ?? dayOf(at)),
    ),
  );
}

/** A cause that is known is left alone: an event may come more than once. */
const insertQualified = (
  manager: EntityManager,
  insertOrIgnore: string,
  rows: readonly Qualified[],
): Promise<void> =>
  insertRows(
    manager,
    'members_qualifying',
    ['cause', 'member_id', 'purchase_id', 'points', 'earned_on'],
    rows.map((row) => [row.cause, row.memberId, row.purchaseId, row.points, row.earnedOn]),
    { verb: insertOrIgnore },
  );
