import { type EntityManager, In } from 'typeorm';
import { batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Slot, type SlotRow } from './entities/slot.ts';

/** The batched reads of one request. */
export const offerLoaders = (reader: EntityManager) => ({
  slotsByReward: batchManyByKey<SlotRow>(
    ({ rewardId }) => rewardId,
    (rewardIds) =>
      reader.find(Slot, {
        where: { rewardId: In(rewardIds) },
        order: { from: 'ASC', id: 'ASC' },
      }),
  ),
});
