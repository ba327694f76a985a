import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import { day, key, nullable, reference } from '../../../../shared/database/columns.ts';

/** What a redemption is tied to: the time that is booked, the order that it belongs to. */
export type BookingRow = Readonly<{
  redemptionId: string;
  slotId: string | null;
  purchaseId: string | null;
  /** The last day on which it can be used, because the order is used no longer; null: its reward alone says so. */
  lastDay: Day | null;
}>;

export const Booking = new EntitySchema<BookingRow>({
  name: 'RewardBooking',
  tableName: 'rewards_booking',
  columns: {
    redemptionId: key({ ...reference, name: 'redemption_id' }),
    slotId: nullable({ ...reference, name: 'slot_id' }),
    purchaseId: nullable({ ...reference, name: 'purchase_id' }),
    lastDay: nullable({ ...day, name: 'last_day' }),
  },
});
