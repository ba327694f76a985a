import DataLoader from 'dataloader';
import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { Incident, type IncidentRow } from './entities/incident.ts';
import { type AppliedRemedy, appliedRemedies } from './queries/applied-remedies.ts';

/** The batched reads of incidents. */
export const createIncidentLoaders = (reader: EntityManager) => ({
  incidentById: batchByKey<IncidentRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Incident, { id: In(ids) }),
  ),
  /** What was done for the member of a redemption. */
  remediesByRedemption: new DataLoader<string, AppliedRemedy[]>(
    (ids) => appliedRemedies(reader, ids),
    { maxBatchSize: 1_000 },
  ),
});
