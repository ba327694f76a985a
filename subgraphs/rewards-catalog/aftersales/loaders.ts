import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { RedemptionEvent, type RedemptionEventRow } from './entities/redemption-event.ts';
import { Return, type ReturnRow } from './entities/return.ts';
import { RewardTerms, type RewardTermsRow } from './entities/reward-terms.ts';

/** The batched reads of what becomes of redemptions. */
export const createAftersalesLoaders = (reader: EntityManager) => ({
  timelineByRedemption: batchManyByKey<RedemptionEventRow>(
    ({ redemptionId }) => redemptionId,
    (ids) =>
      reader.find(RedemptionEvent, {
        where: { redemptionId: In(ids) },
        order: { redemptionId: 'ASC', number: 'ASC' },
      }),
  ),
  returnById: batchByKey<ReturnRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Return, { id: In(ids) }),
  ),
  returnsByRedemption: batchManyByKey<ReturnRow>(
    ({ redemptionId }) => redemptionId,
    (ids) => reader.find(Return, { where: { redemptionId: In(ids) }, order: { id: 'ASC' } }),
  ),
  termsByReward: batchByKey<RewardTermsRow>(
    ({ rewardId }) => rewardId,
    (ids) => reader.findBy(RewardTerms, { rewardId: In(ids) }),
  ),
});
