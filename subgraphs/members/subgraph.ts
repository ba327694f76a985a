import type { SubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import { followPurchases } from './commands/follow-purchases.ts';
import type { Services } from './context.ts';
import { Consent } from './entities/consent.ts';
import { Family, FamilyMember, Invitation } from './entities/family.ts';
import { Customer, Member, Qualifying } from './entities/member.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { createMembers } from './migrations/1767225600001-create-members.ts';
import { createSetAside } from './migrations/1767225600002-create-set-aside.ts';
import { tellFamilies } from './migrations/1767225600003-tell-families.ts';
import { tellConsents } from './migrations/1767225600008-tell-consents.ts';
import { askForCityCredit } from './migrations/1767225600009-ask-for-city-credit.ts';
import { inviteMembers } from './migrations/1767225600010-invite-members.ts';
import { askForRanking } from './migrations/1767225600012-ask-for-ranking.ts';
import { personalData } from './personal-data.ts';
import { resolvers } from './resolvers.ts';
import { wording } from './wording.ts';

/** People and what they agreed to: registration, consents, families, tiers. */
export const members: SubgraphDefinition<Loaders, Services> = {
  name: 'members',
  folder: import.meta.dirname,
  entities: [Member, Customer, Qualifying, Consent, Family, FamilyMember, Invitation],
  migrations: [
    createMembers,
    createSetAside,
    tellFamilies,
    tellConsents,
    askForCityCredit,
    inviteMembers,
    askForRanking,
  ],
  resolvers,
  wording,
  loaders: createLoaders,
  services: ({ keys }) => ({ personal: personalData(keys.personal) }),
  workers: (frame) => [followPurchases(frame)],
};
