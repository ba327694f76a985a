import { type EntityManager, In } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import type { Dialect } from '../../../shared/database/dialect.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../shared/feeds/follow.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import type { Worker } from '../../../shared/workers.ts';
import {
  purchaseAmended,
  purchaseAwarded,
  purchaseRecorded,
  purchaseReturned,
  type Qualified,
  qualifiedByAmendment,
  qualifiedByPurchase,
  qualifiedByReturn,
  qualifiedLater,
} from '../domain/qualifying.ts';
import { Qualifying } from '../entities/member.ts';

/** Keeps the points that count for tiers, from what merchants record and take back. */
export const followPurchases = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'members-qualifying',
    apply: (manager, events) => applyPurchases(frame, manager, events),
  });

async function applyPurchases(
  { database, logger }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const { dialect } = database;
  const unusable: SetAside[] = [];
  const earned = readAll(events, 'purchase.recorded', unusable, ({ payload }) =>
    qualifiedByPurchase(purchaseRecorded.parse(payload)),
  );
  const late = readAll(events, 'purchase.awarded', unusable, ({ payload }) =>
    qualifiedLater(purchaseAwarded.parse(payload)),
  );
  const amended = readAll(events, 'purchase.amended', unusable, ({ payload }) =>
    qualifiedByAmendment(purchaseAmended.parse(payload)),
  );
  // On its own day a return is usable or not; which day counts is known once its purchase is found.
  const returned = readAll(events, 'purchase.returned', unusable, ({ payload, at }) =>
    qualifiedByReturn(purchaseReturned.parse(payload), dayOf(at)),
  );
  await insertQualified({ manager, dialect }, [...earned, ...late, ...amended]);
  await setAside({ manager, dialect }, unusable);
  for (const { position, reason } of unusable) {
    logger.error({ position, reason }, 'an event of merchants is unusable and counts for no tier');
  }
  if (returned.length === 0) return;

  // A return follows its purchase in the feed, so its purchase is in the table by now.
  const purchases = await manager.findBy(Qualifying, {
    cause: In(returned.map(({ purchaseId }) => `purchase:${purchaseId}`)),
  });
  const earnedOn = new Map(purchases.map((row) => [row.purchaseId, row.earnedOn]));
  await insertQualified(
    { manager, dialect },
    returned.map((row) => ({ ...row, earnedOn: earnedOn.get(row.purchaseId) ?? row.earnedOn })),
  );
}

type Transaction = Readonly<{ manager: EntityManager; dialect: Dialect }>;

type SetAside = Readonly<{ position: number; reason: string }>;

const REASON_MAX = 1_000;

/** Reads the events of a kind. One that is unusable must not stop those of everybody else. */
function readAll(
  events: readonly FollowedEvent[],
  kind: string,
  unusable: SetAside[],
  read: (event: FollowedEvent) => Qualified,
): Qualified[] {
  return events.flatMap((event) => {
    if (event.kind !== kind) return [];
    try {
      return [read(event)];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      unusable.push({ position: event.position, reason: reason.slice(0, REASON_MAX) });
      return [];
    }
  });
}

const setAside = (
  { manager, dialect }: Transaction,
  unusable: readonly SetAside[],
): Promise<void> =>
  insertRows(
    manager,
    'members_set_aside',
    ['position', 'reason'],
    unusable.map(({ position, reason }) => [position, reason]),
    { ending: dialect.onDuplicateKeep(['position']) },
  );

/** A cause that is known is left alone: an event may come more than once. */
const insertQualified = (
  { manager, dialect }: Transaction,
  rows: readonly Qualified[],
): Promise<void> =>
  insertRows(
    manager,
    'members_qualifying',
    ['cause', 'member_id', 'purchase_id', 'points', 'earned_on'],
    rows.map((row) => [row.cause, row.memberId, row.purchaseId, row.points, row.earnedOn]),
    { ending: dialect.onDuplicateKeep(['cause']) },
  );
