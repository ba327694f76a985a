import { assert } from '../../shared/assert.ts';
import { dayOf } from '../../shared/calendar.ts';
import { readFeed } from '../../shared/feeds/read.ts';
import { hasRole, seesMember } from '../../shared/graphql/caller.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { word } from '../../shared/graphql/wording.ts';
import { readPage } from '../../shared/query-kit/page.ts';
import { acceptFamilyInvitation } from './commands/accept-family-invitation.ts';
import { createFamily } from './commands/create-family.ts';
import { enrolCustomers } from './commands/enrol-customers.ts';
import { grantConsent } from './commands/grant-consent.ts';
import { inviteToFamily } from './commands/invite-to-family.ts';
import { leaveFamily } from './commands/leave-family.ts';
import { registerMemberWith, registrationOf } from './commands/register-member.ts';
import { withdrawConsent } from './commands/withdraw-consent.ts';
import type { Context } from './context.ts';
import { qualifyingWindow, tierFor, tiers } from './domain/tiers.ts';
import type { FamilyRow } from './entities/family.ts';
import type { MemberRow } from './entities/member.ts';
import { members } from './lists.ts';
import { explainTier } from './queries/explain-tier.ts';
import { invitationCodeFor } from './queries/invitation-code.ts';
import { bearerOf, codeFor } from './queries/member-code.ts';
import { seesFamily, seesName } from './queries/visibility.ts';
import type { Resolvers } from './schema.generated.ts';
import { wording } from './wording.ts';

export const resolvers: Resolvers = {
  Query: {
    me: (_, __, { caller, loaders }) =>
      caller.memberId === null ? null : loaders.memberById.load(caller.memberId),
    member(_, { id }, { caller, loaders }) {
      if (!seesMember(caller, id)) throw fault('FORBIDDEN');
      return loaders.memberById.load(id);
    },
    members: (_, args, { database, keys }) =>
      readPage(members, { reader: database.reader, cursorKey: keys.cursor, args }),
    tiers: () => [...tiers],
    bearerOfCode: (_, { code, shownAt }, context) => bearerOf(context, code, shownAt ?? null),
    isInvited: async (_, { memberId }, { loaders }) => {
      const member = await loaders.memberById.load(memberId);
      return member?.status === 'ACTIVE' && member.referredBy !== null;
    },
    membersFeed: (_, args, { database }) => readFeed(database.reader, args),
  },

  Mutation: {
    registerMember: (_, { input }, { run, services: { personal } }) =>
      run(registerMemberWith(personal, input), registrationOf(personal, input)),
    grantConsent: (_, { input }, { run }) => run(grantConsent, input),
    withdrawConsent: (_, { input }, { run }) => run(withdrawConsent, input),
    createFamily: (_, { input }, { run }) => run(createFamily, input),
    inviteToFamily: (_, { input }, { run }) => run(inviteToFamily, input),
    acceptFamilyInvitation: (_, { input }, { run }) => run(acceptFamilyInvitation, input),
    leaveFamily: (_, { input }, { run }) => run(leaveFamily, input),
    enrolCustomers: async (_, { input }, context) => ({
      memberIds: await enrolCustomers(context, context.services.personal, input),
    }),
  },

  Member: {
    __resolveReference: ({ id }, { loaders }) => loaders.memberById.load(id),
    displayName: async ({ id, displayName }, _, context) =>
      (await seesName(context, id))
        ? (displayName ?? word(wording, 'NAMELESS_MEMBER', context.locale, {}))
        : null,
    phoneEnding: ({ id, phoneEnding }, _, { caller }) =>
      hasRole(caller, 'OPERATOR') || caller.memberId === id ? phoneEnding : null,
    status: (member, _, { caller }) => (seesMember(caller, member.id) ? member.status : null),
    joinedAt: (member, _, { caller }) => (seesMember(caller, member.id) ? member.joinedAt : null),
    locale: (member, _, { caller }) => (seesMember(caller, member.id) ? member.locale : null),
    code: ({ id, status }, _, { caller, services, clock }) =>
      caller.memberId === id && status === 'ACTIVE'
        ? codeFor(services.personal, id, clock.now())
        : null,
    invitationCode: ({ id, status }, _, { caller, services }) =>
      caller.memberId === id && status === 'ACTIVE'
        ? invitationCodeFor(services.personal, id)
        : null,
    tier: async (member, _, context) => {
      const qualified = await qualifiedOf(member, context);
      return qualified === null ? null : tierFor(qualified.points);
    },
    qualifyingPoints: async (member, _, context) =>
      (await qualifiedOf(member, context))?.points ?? null,
    tierExplanation: async (member, _, context) => {
      const qualified = await qualifiedOf(member, context);
      return qualified === null ? null : explainTier(qualified, context.locale);
    },
    consents: ({ id }, _, { caller, loaders }) =>
      seesMember(caller, id) ? loaders.consentsByMember.load(id) : null,
    family: async ({ id }, _, { caller, loaders }) => {
      if (!seesMember(caller, id)) return null;
      const membership = await loaders.familyMemberByMember.load(id);
      return membership === null ? null : loaders.familyById.load(membership.familyId);
    },
  },

  Tier: { name: ({ name }, _, { locale }) => name[locale] },

  Family: {
    __resolveReference: ({ id }, { loaders }) => loaders.familyById.load(id),
    name: async (family, _, context) =>
      (await seesFamily(context, family.id)) ? family.name : null,
    members: async (family, _, context) => {
      if (!(await seesFamily(context, family.id))) return null;
      const { loaders } = context;
      const memberships = await loaders.familyMembersByFamily.load(family.id);
      return Promise.all(memberships.map(({ memberId }) => memberBy(memberId, context)));
    },
    memberships: ({ id }, _, { loaders }) => loaders.familyMembersByFamily.load(id),
  },

  FamilyInvitation: { family: ({ familyId }, _, context) => familyBy(familyId, context) },

  MemberRegistered: { member: ({ memberId }, _, context) => memberBy(memberId, context) },
  ConsentGranted: { member: ({ memberId }, _, context) => memberBy(memberId, context) },
  ConsentWithdrawn: { member: ({ memberId }, _, context) => memberBy(memberId, context) },
  FamilyCreated: { family: ({ familyId }, _, context) => familyBy(familyId, context) },
  FamilyInvitationSent: {
    invitation: async ({ invitationId }, _, { loaders }) => {
      const invitation = await loaders.invitationById.load(invitationId);
      assert(invitation !== null, 'an invitation stays in the table');
      return invitation;
    },
  },
  FamilyJoined: { family: ({ familyId }, _, context) => familyBy(familyId, context) },
  FamilyLeft: { member: ({ memberId }, _, context) => memberBy(memberId, context) },
};

async function memberBy(memberId: string, { loaders }: Context): Promise<MemberRow> {
  const member = await loaders.memberById.load(memberId);
  assert(member !== null, 'a member stays in the table');
  return member;
}

async function familyBy(familyId: string, { loaders }: Context): Promise<FamilyRow> {
  const family = await loaders.familyById.load(familyId);
  assert(family !== null, 'a family stays in the table');
  return family;
}

/** What the tier depends on, for those who may see the member. */
async function qualifiedOf({ id }: MemberRow, { caller, clock, loaders }: Context) {
  if (!seesMember(caller, id)) return null;
  const window = qualifyingWindow(dayOf(clock.now()));
  return { ...window, points: await loaders.qualifyingPoints.load({ memberId: id, ...window }) };
}
