import { EntitySchema } from 'typeorm';
import { key, nullable, reference } from '../../../../shared/database/columns.ts';

/** What a redemption is tied to: the time that is booked, the order that is made better. */
export type BookingRow = Readonly<{
  redemptionId: string;
  slotId: string | null;
  purchaseId: string | null;
}>;

export const Booking = new EntitySchema<BookingRow>({
  name: 'RewardBooking',
  tableName: 'rewards_booking',
  columns: {
    redemptionId: key({ ...reference, name: 'redemption_id' }),
    slotId: nullable({ ...reference, name: 'slot_id' }),
    purchaseId: nullable({ ...reference, name: 'purchase_id' }),
  },
});
