import { IsNull } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { isoDay } from '../../../shared/calendar.ts';
import { csvOf } from '../../../shared/csv.ts';
import type { Resolvers } from '../schema.generated.ts';
import { confirmCityDeletion } from './commands/confirm-city-deletion.ts';
import { exportCityRecordsOf } from './commands/export-city-records.ts';
import { CityDeletion } from './entities/city-export.ts';
import { consentingNow } from './queries/consenting.ts';

const DELETIONS_MAX = 100;

export const cityQueries = {
  cityExport: (_, { id }, { loaders }) => loaders.cityExportById.load(id),
  cityDeletions: (_, __, { database }) =>
    database.reader.find(CityDeletion, {
      where: { confirmedAt: IsNull() },
      order: { askedAt: 'ASC', id: 'ASC' },
      take: DELETIONS_MAX,
    }),
} satisfies Resolvers['Query'];

export const cityMutations = {
  exportCityRecords: async (_, { input }, context) => {
    const { database, peers, run } = context;
    const consenting = await consentingNow({ reader: database.reader, peers }, context);
    return run(exportCityRecordsOf(consenting), input);
  },
  confirmCityDeletion: (_, { input }, { run }) => run(confirmCityDeletion, input),
} satisfies Resolvers['Mutation'];

export const cityTypes = {
  CityExport: {
    from: ({ from }) => isoDay(from),
    until: ({ until }) => isoDay(until),
    records: async ({ id }, _, { loaders }) => [...(await loaders.cityRecordsByExport.load(id))],
    csv: async ({ id }, _, { loaders }) =>
      csvOf([
        ['member', 'acts', 'gramsCO2e'],
        ...(await loaders.cityRecordsByExport.load(id)).map(({ memberId, acts, carbonGrams }) => [
          memberId,
          acts,
          carbonGrams,
        ]),
      ]),
  },
  CityRecord: { member: ({ memberId }) => ({ id: memberId }) },
  CityDeletion: { member: ({ memberId }) => ({ id: memberId }) },
  CityRecordsExported: {
    export: async ({ exportId }, _, { loaders }) => {
      const found = await loaders.cityExportById.load(exportId);
      assert(found !== null, 'an export stays in the table');
      return found;
    },
  },
  CityDeletionConfirmed: {
    deletion: async ({ deletionId }, _, { loaders }) => {
      const found = await loaders.cityDeletionById.load(deletionId);
      assert(found !== null, 'a deletion stays in the table');
      return found;
    },
  },
} satisfies Partial<Resolvers>;
