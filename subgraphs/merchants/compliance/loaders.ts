import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { Override, type OverrideRow } from './entities/override.ts';

/** The batched reads of the guard: one statement each. */
export const complianceLoaders = (reader: EntityManager) => ({
  overrideById: batchByKey<OverrideRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Override, { id: In(ids) }),
  ),
});
