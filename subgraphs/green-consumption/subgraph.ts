import type { SubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import { Act } from './acts/entities/act.ts';
import { Project } from './acts/entities/project.ts';
import { followPlatform } from './certificates/commands/follow-platform.ts';
import { takeBackRevoked } from './certificates/commands/take-back-revoked.ts';
import { Certificate, Scope } from './certificates/entities/certificate.ts';
import { createServices, type Services } from './certificates/services.ts';
import { followCityConsents } from './city/commands/follow-city-consents.ts';
import { CityDeletion, CityExport, CityRecord } from './city/entities/city-export.ts';
import { followPurchases, followRedemptions } from './commands/keep-carbon-accounts.ts';
import { CarbonEntries } from './entities/carbon-entry.ts';
import { factorEntities, factorMigrations } from './factors/tables.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { createCertificatesAndCarbon } from './migrations/1767225600001-create-certificates-and-carbon.ts';
import { revokeCertificates } from './migrations/1767225600011-revoke-certificates.ts';
import { createActs } from './migrations/1767225600015-create-acts.ts';
import { createCityExports } from './migrations/1767225600016-create-city-exports.ts';
import { rollUpDays } from './migrations/1767225600020-roll-up-days.ts';
import { indexMembers } from './migrations/1767225600025-index-members.ts';
import { countMonthMembers } from './migrations/1767225600030-count-month-members.ts';
import { findByCertificate } from './migrations/1767225600031-find-by-certificate.ts';
import { rankMembers } from './migrations/1767225600032-rank-members.ts';
import { listCertificates } from './migrations/1767225600033-list-certificates.ts';
import { publishParts } from './migrations/1767225600034-publish-parts.ts';
import { followRankingConsents } from './report/commands/follow-ranking-consents.ts';
import { resolvers } from './resolvers.ts';
import { wording } from './wording.ts';

/** What is green about purchases and rewards, and what the members saved by them. */
export const greenConsumption: SubgraphDefinition<Loaders, Services> = {
  name: 'green-consumption',
  folder: import.meta.dirname,
  entities: [
    ...[Certificate, Scope, CarbonEntries, Act, Project],
    ...[CityExport, CityRecord, CityDeletion],
    ...factorEntities,
  ],
  migrations: [
    ...[createCertificatesAndCarbon, ...factorMigrations, revokeCertificates],
    ...[createActs, rollUpDays, createCityExports, indexMembers, countMonthMembers],
    findByCertificate,
    rankMembers,
    ...[listCertificates, publishParts],
  ],
  resolvers,
  wording,
  loaders: createLoaders,
  services: createServices,
  workers: (frame, { platform }) => [
    // First, so that what it revokes is known before orders are entered.
    ...(platform === null ? [] : [followPlatform(frame, platform)]),
    followPurchases(frame),
    followRedemptions(frame),
    takeBackRevoked(frame),
    followCityConsents(frame),
    followRankingConsents(frame),
  ],
};
