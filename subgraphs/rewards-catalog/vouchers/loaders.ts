import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { OfflineUse, type OfflineUseRow } from './entities/offline-use.ts';

export const voucherLoaders = (reader: EntityManager) => ({
  offlineUseById: batchByKey<OfflineUseRow>(
    ({ id }) => id,
    (ids) => reader.findBy(OfflineUse, { id: In(ids) }),
  ),
});
