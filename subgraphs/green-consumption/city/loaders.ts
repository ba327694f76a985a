import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import {
  CityDeletion,
  type CityDeletionRow,
  CityExport,
  type CityExportRow,
  CityRecord,
  type CityRecordRow,
} from './entities/city-export.ts';

/** The batched reads of what a city is told. */
export const createCityLoaders = (reader: EntityManager) => ({
  cityExportById: batchByKey<CityExportRow>(
    ({ id }) => id,
    (ids) => reader.findBy(CityExport, { id: In(ids) }),
  ),
  cityRecordsByExport: batchManyByKey<CityRecordRow>(
    ({ exportId }) => exportId,
    (ids) => reader.find(CityRecord, { where: { exportId: In(ids) }, order: { memberId: 'ASC' } }),
  ),
  cityDeletionById: batchByKey<CityDeletionRow>(
    ({ id }) => id,
    (ids) => reader.findBy(CityDeletion, { id: In(ids) }),
  ),
});
