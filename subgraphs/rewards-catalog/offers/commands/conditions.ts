import type { EntityManager } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import type { Day } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { RewardRow } from '../../entities/reward.ts';
import type { Asked, Facts, OfferRefusal } from '../domain/conditions.ts';
import { Booking } from '../entities/booking.ts';
import { isCounted, refuseConditions } from '../queries/read-conditions.ts';

/** What a client asks for, null where it said nothing. */
export const askedOf = (
  input: Readonly<{
    memberId: string;
    quantity?: number | null | undefined;
    slotId?: string | null | undefined;
    region?: string | null | undefined;
    purchaseId?: string | null | undefined;
  }>,
): Asked => ({
  memberId: input.memberId,
  quantity: input.quantity ?? 1,
  slotId: input.slotId ?? null,
  region: input.region ?? null,
  purchaseId: input.purchaseId ?? null,
});

/**
 * Why the member cannot have the reward; null: she can, until the transaction ends. Of a reward whose counts matter
 * the row is locked before they are read, so of many at once no one takes what another has taken.
 */
export async function checkConditions(
  { manager, at }: Work,
  reward: RewardRow,
  asked: Asked,
  facts: Facts,
): Promise<OfferRefusal | null> {
  if (isCounted(reward)) {
    await execute(manager, 'UPDATE rewards_reward SET status = status WHERE id = ?', [reward.id]);
  }
  return refuseConditions(manager, reward, { asked, facts, at });
}

/** Ties a redemption to the slot and the order that were checked before. `lastDay`: of the use of the order. */
export async function bookOffer(
  { manager }: Work,
  redemptionId: string,
  { slotId, purchaseId, quantity }: Asked,
  lastDay: Day | null,
): Promise<void> {
  if (slotId === null && purchaseId === null) return;
  if (slotId !== null) {
    const booked = await execute(
      manager,
      'UPDATE rewards_slot SET taken = taken + ? WHERE id = ? AND taken + ? <= capacity',
      [quantity, slotId, quantity],
    );
    assert(booked === 1, 'a slot that was free under the lock can be booked');
  }
  await insertRows(
    manager,
    'rewards_booking',
    ['redemption_id', 'slot_id', 'purchase_id', 'last_day'],
    [[redemptionId, slotId, purchaseId, lastDay]],
  );
}

/** Gives back what `bookOffer` took, of so many. Goes with the stock, after it, as the row of the reward is the lock. */
export async function returnBooking(
  manager: EntityManager,
  redemptionId: string,
  quantity: number,
): Promise<void> {
  const booking = await manager.findOneBy(Booking, { redemptionId });
  if (booking === null || booking.slotId === null) return;
  await execute(manager, 'UPDATE rewards_slot SET taken = taken - ? WHERE id = ?', [
    quantity,
    booking.slotId,
  ]);
}
