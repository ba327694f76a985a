import type { EntityManager } from 'typeorm';
import { dayOf, isoDay } from '../../../../shared/calendar.ts';
import { refused } from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { RewardRow } from '../../entities/reward.ts';
import {
  type Asked,
  type Facts,
  type Had,
  type OfferRefusal,
  refuseLimit,
  refuseOffer,
  startOfDay,
  startOfTomorrow,
  upgradable,
} from '../domain/conditions.ts';
import { lastDayOf } from '../domain/during-order.ts';
import { Slot } from '../entities/slot.ts';

/** Whether what others take at the same time can change the answer. */
export const isCounted = (reward: RewardRow): boolean =>
  reward.limitPerDay !== null ||
  reward.limitInAll !== null ||
  reward.details?.booking?.isWithoutSlots === false ||
  reward.details?.upgrade !== undefined;

/**
 * Why the member cannot have the reward at this instant; null: she can. What was taken is counted from the
 * redemptions that are not cancelled, less what came back of them, so both give back by themselves.
 */
export async function refuseConditions(
  manager: EntityManager,
  reward: RewardRow,
  { asked, facts, at }: Readonly<{ asked: Asked; facts: Facts; at: Date }>,
): Promise<OfferRefusal | null> {
  return (
    refuseOffer(reward, asked, facts, at) ??
    (await refuseTaken(manager, reward, asked, at)) ??
    (await refuseUpgraded(manager, reward, asked, facts)) ??
    (await refuseSlot(manager, reward, { asked, facts, at }))
  );
}

async function refuseTaken(
  manager: EntityManager,
  reward: RewardRow,
  { memberId, quantity }: Asked,
  at: Date,
): Promise<OfferRefusal | null> {
  if (reward.limitPerDay === null && reward.limitInAll === null) return null;
  const had = await hadOf(manager, reward.id, memberId, startOfDay(at));
  return refuseLimit(reward, quantity, had, startOfTomorrow(at));
}

async function hadOf(
  manager: EntityManager,
  rewardId: string,
  memberId: string,
  today: Date,
): Promise<Had> {
  const [row] = await manager.query<{ today: unknown; total: unknown }[]>(
    `SELECT COALESCE(SUM(CASE WHEN requested_ms >= ? THEN quantity ELSE 0 END), 0) AS today,
       COALESCE(SUM(quantity), 0) AS total
     FROM (SELECT requested_ms, quantity - returned AS quantity FROM rewards_redemption
       WHERE member_id = ? AND reward_id = ? AND state <> 'CANCELLED'
       UNION ALL SELECT redemption.requested_ms, redemption.quantity - redemption.returned FROM rewards_joint_part part
       JOIN rewards_redemption redemption ON redemption.id = part.joint_id
       WHERE part.member_id = ? AND redemption.member_id <> part.member_id
         AND redemption.reward_id = ? AND redemption.state <> 'CANCELLED') AS had`,
    [today.getTime(), memberId, rewardId, memberId, rewardId],
  );
  return { today: toSafeInteger(row?.today), inAll: toSafeInteger(row?.total) };
}

/** No more upgrades of an order than there are goods in it that they make better. */
async function refuseUpgraded(
  manager: EntityManager,
  { id, details }: RewardRow,
  { purchaseId, quantity }: Asked,
  { order }: Facts,
): Promise<OfferRefusal | null> {
  if (details?.upgrade === undefined || order === null) return null;
  const [row] = await manager.query<{ total: unknown }[]>(
    `SELECT COALESCE(SUM(redemption.quantity - redemption.returned), 0) AS total FROM rewards_booking booking
     JOIN rewards_redemption redemption ON redemption.id = booking.redemption_id
     WHERE booking.purchase_id = ? AND redemption.reward_id = ? AND redemption.state <> 'CANCELLED'`,
    [purchaseId, id],
  );
  const had = toSafeInteger(row?.total);
  const limit = upgradable(order, details.upgrade.skus);
  return had + quantity > limit
    ? refused('LimitReached', 'ORDER_UPGRADED', { limit, taken: had })
    : null;
}

async function refuseSlot(
  manager: EntityManager,
  { id, duringOrder }: RewardRow,
  {
    asked: { slotId, quantity },
    facts: { order },
    at,
  }: Readonly<{ asked: Asked; facts: Facts; at: Date }>,
): Promise<OfferRefusal | null> {
  if (slotId === null) return null;
  const slot = await manager.findOneBy(Slot, { id: slotId, rewardId: id });
  const more = { rewardId: id, quantity };
  if (slot === null) return refused('SlotFull', 'SLOT_NOT_THERE', more);
  if (at >= slot.from) return refused('SlotFull', 'SLOT_OVER', more);
  // What is had during a stay is over with it (S16).
  const lastDay = duringOrder && order && lastDayOf(duringOrder, order, at);
  if (lastDay !== null && dayOf(new Date(slot.until.getTime() - 1)) > lastDay) {
    return refused('NotEligible', 'SLOT_AFTER_STAY', { day: isoDay(lastDay) });
  }
  return slot.taken + quantity > slot.capacity ? refused('SlotFull', 'SLOT_FULL', more) : null;
}
