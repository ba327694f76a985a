import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { BillOffset, type BillOffsetRow } from './entities/bill-offset.ts';

export const tillLoaders = (reader: EntityManager) => ({
  offsetByRedemption: batchByKey<BillOffsetRow>(
    ({ redemptionId }) => redemptionId,
    (redemptionIds) => reader.findBy(BillOffset, { redemptionId: In(redemptionIds) }),
  ),
});
