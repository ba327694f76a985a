import type { EntityManager } from 'typeorm';
import { Booking } from '../entities/booking.ts';
import { Slot, type SlotRow } from '../entities/slot.ts';

/** The time that is booked with a redemption; null: none is. */
export async function slotOf(
  manager: EntityManager,
  redemptionId: string,
): Promise<SlotRow | null> {
  const slotId = (await manager.findOneBy(Booking, { redemptionId }))?.slotId ?? null;
  return slotId === null ? null : manager.findOneBy(Slot, { id: slotId });
}
