import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Complaint, type ComplaintRow } from './entities/complaint.ts';
import { Override, type OverrideRow } from './entities/override.ts';
import { overridesOf } from './queries/overrides.ts';

/** The batched reads of the guard: one statement each. */
export const complianceLoaders = (reader: EntityManager) => ({
  overrideById: batchByKey<OverrideRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Override, { id: In(ids) }),
  ),
  complaintById: batchByKey<ComplaintRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Complaint, { id: In(ids) }),
  ),
  overridesByRule: batchManyByKey<OverrideRow>(
    ({ ruleId }) => ruleId,
    (ids) => overridesOf(reader, ids),
  ),
});
