import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Booking, type BookingRow } from './entities/booking.ts';
import { Slot, type SlotRow } from './entities/slot.ts';
import { TierPrice, type TierPriceRow } from './entities/tier-price.ts';

/** The batched reads of one request. */
export const offerLoaders = (reader: EntityManager) => ({
  slotById: batchByKey<SlotRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Slot, { id: In(ids) }),
  ),
  bookingByRedemption: batchByKey<BookingRow>(
    ({ redemptionId }) => redemptionId,
    (redemptionIds) => reader.findBy(Booking, { redemptionId: In(redemptionIds) }),
  ),
  tierPricesByReward: batchManyByKey<TierPriceRow>(
    ({ rewardId }) => rewardId,
    (rewardIds) =>
      reader.find(TierPrice, {
        where: { rewardId: In(rewardIds) },
        order: { points: 'DESC', tier: 'ASC' },
      }),
  ),
  slotsByReward: batchManyByKey<SlotRow>(
    ({ rewardId }) => rewardId,
    (rewardIds) =>
      reader.find(Slot, {
        where: { rewardId: In(rewardIds) },
        order: { from: 'ASC', id: 'ASC' },
      }),
  ),
});
