import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../shared/graphql/batch.ts';
import { createActLoaders } from './acts/loaders.ts';
import { Certificate, type CertificateRow } from './certificates/entities/certificate.ts';
import {
  type CertificateWithSkus,
  certificatesByNumber,
  certificatesOfRewards,
  type RewardCertificateRow,
} from './certificates/queries/certificates.ts';
import { createCityLoaders } from './city/loaders.ts';
import type { CarbonEntry } from './domain/carbon-entries.ts';
import { CarbonEntries } from './entities/carbon-entry.ts';
import { readFactors } from './factors/queries/read-factors.ts';
import { type MemberGrams, memberGrams } from './queries/member-grams.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batched reads of this subgraph. */
export const createLoaders = (reader: EntityManager) => ({
  ...createActLoaders(reader),
  ...createCityLoaders(reader),
  factors: once(() => readFactors(reader)),
  certificateById: batchByKey<CertificateRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Certificate, { id: In(ids) }),
  ),
  certificateByNumber: batchByKey<CertificateWithSkus>(
    ({ number }) => number,
    (numbers) => certificatesByNumber(reader, numbers),
  ),
  certificatesByReward: batchManyByKey<RewardCertificateRow>(
    ({ rewardId }) => rewardId,
    (rewardIds) => certificatesOfRewards(reader, rewardIds),
  ),
  entriesByOrigin: batchManyByKey<CarbonEntry>(
    ({ origin }) => origin,
    (origins) => reader.findBy(CarbonEntries, { origin: In(origins) }),
  ),
  gramsByMember: batchByKey<MemberGrams>(
    ({ memberId }) => memberId,
    (memberIds) => memberGrams(reader, memberIds),
  ),
});

/** Read when it is first asked for, and then kept. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => {
    value ??= read();
    return value;
  };
}
