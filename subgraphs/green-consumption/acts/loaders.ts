import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { Act, type ActRow } from './entities/act.ts';
import { Project, type ProjectRow } from './entities/project.ts';
import { holdersOf } from './queries/claim-holders.ts';

/** The batched reads of acts and projects. */
export const createActLoaders = (reader: EntityManager) => ({
  actById: batchByKey<ActRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Act, { id: In(ids) }),
  ),
  projectById: batchByKey<ProjectRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Project, { id: In(ids) }),
  ),
  projectByCode: batchByKey<ProjectRow>(
    ({ code }) => code,
    (codes) => reader.findBy(Project, { code: In(codes) }),
  ),
  /** Who holds a claim; null: nobody. */
  claimByName: batchByKey<Readonly<{ claim: string; holder: string }>>(
    ({ claim }) => claim,
    async (claims) =>
      [...(await holdersOf(reader, claims))].map(([claim, holder]) => ({ claim, holder })),
  ),
});
