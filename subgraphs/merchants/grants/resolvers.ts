import { isoDay, NEVER } from '../../../shared/calendar.ts';
import { seesMember, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fraction, multiplyHalfUp } from '../../../shared/quantities.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import { lifeOf } from '../rules/domain/points-life.ts';
import type { Resolvers } from '../schema.generated.ts';
import { askAndGrant, askAndPropose, engageAndPost } from './around-commands.ts';
import { dropAppreciation } from './commands/decide-appreciation.ts';
import type { GrantRow } from './entities/grant.ts';
import { appreciationsList, grantsList } from './lists.ts';
import { firstOrderOf } from './queries/first-order.ts';
import { pricedIssuerOf } from './queries/granting-rules.ts';
import { previewAppreciation } from './queries/preview.ts';
import { visibleAppreciations, visibleGrants } from './queries/visible-grants.ts';

export const grantQueries = {
  firstOrderOf: (_, { memberId }, { database }) => firstOrderOf(database.reader, memberId),
  grant: (_, { id }, context) => visibleGrant(context, id),
  grants: (_, args, { database, keys, caller }) =>
    readPage(grantsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleGrants(caller),
    }),
  appreciation: async (_, { id }, { loaders, caller }) => {
    const found = await loaders.appreciationById.load(id);
    return found !== null && seesMerchant(caller, found.merchantId) ? found : null;
  },
  appreciations: (_, args, { database, keys, caller }) =>
    readPage(appreciationsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleAppreciations(caller),
    }),
  appreciationPreview: (_, { ruleId }, context) => previewAppreciation(context, ruleId),
} satisfies Resolvers['Query'];

export const grantMutations = {
  recordEngagement: (_, { input }, context) => engageAndPost(context, input),
  proposeAppreciation: (_, { input }, context) => askAndPropose(context, input),
  grantAppreciation: (_, { input }, context) => askAndGrant(context, input),
  dropAppreciation: (_, { input }, { run }) => run(dropAppreciation, input),
} satisfies Resolvers['Mutation'];

type Ids = Readonly<{ merchantId: string; memberId: string; ruleId: string }>;

const links = {
  merchant: ({ merchantId }: Pick<Ids, 'merchantId'>, _: unknown, { loaders }: Context) =>
    loaders.merchantById.load(merchantId),
  member: ({ memberId }: Pick<Ids, 'memberId'>) => ({ id: memberId }),
  rule: ({ ruleId }: Pick<Ids, 'ruleId'>, _: unknown, { loaders }: Context) =>
    loaders.ruleById.load(ruleId),
};

export const grantTypes = {
  Grant: {
    __resolveReference: ({ id }, context) => visibleGrant(context, id),
    ...links,
    engagement: ({ causeKind, causeId }, _, { loaders }) =>
      causeKind === 'ENGAGEMENT' ? loaders.engagementById.load(causeId) : null,
    greenAct: ({ causeKind, causeId }) => (causeKind === 'GREEN_ACT' ? { id: causeId } : null),
    takenBackAt: async ({ causeKind, causeId }, _, { loaders }) => {
      if (causeKind === 'GREEN_ACT') {
        return (await loaders.greenActById.load(causeId))?.takenBackAt ?? null;
      }
      if (causeKind !== 'REFERRAL') return null;
      return (await loaders.referralById.load(causeId))?.refundedAt ?? null;
    },
    issuer: ({ issuerId }, _, { loaders }) => loaders.merchantById.load(issuerId),
    programme: ({ programmeId }, _, { loaders }) => loaders.programmeById.load(programmeId),
    reasons: ({ reasons }) => [...reasons],
    vestsOn: async (grant, _, context) => {
      const { vestsOn } = await lifeOfGrant(context, grant);
      return vestsOn === null ? null : isoDay(vestsOn);
    },
    expiresOn: async (grant, _, context) => {
      const { expiresOn } = await lifeOfGrant(context, grant);
      return expiresOn === NEVER ? null : isoDay(expiresOn);
    },
    // A posting belongs to a purchase or to a grant.
    isPosted: async ({ id }, _, { loaders }) =>
      (await loaders.openPostingsByPurchase.load(id)).length === 0,
  },

  Engagement: {
    merchant: links.merchant,
    member: links.member,
    grants: ({ id }, _, { loaders }) => loaders.grantsByCause.load(id),
  },

  Appreciation: {
    merchant: links.merchant,
    rule: links.rule,
    tiers: ({ tiers }) => (tiers === null ? null : [...tiers]),
    cost: (row, _, context) => costOf(context, row),
    paid: async ({ ruleId, paidMinor }, _, context) => ({
      amountMinor: paidMinor,
      currency: (await issuerOf(context, ruleId)).currency,
    }),
  },

  AppreciationPreview: {
    cost: (preview, _, context) => costOf(context, preview),
    paid: async ({ ruleId, paidMinor }, _, context) => ({
      amountMinor: paidMinor,
      currency: (await issuerOf(context, ruleId)).currency,
    }),
  },

  EngagementRecorded: {
    engagement: async ({ engagementId }, _, { loaders }) =>
      present(await loaders.engagementById.load(engagementId)),
  },
  NothingToGrant: { reasons: ({ reasons }) => [...reasons] },
  AppreciationChanged: {
    appreciation: async ({ appreciationId }, _, { loaders }) =>
      present(await loaders.appreciationById.load(appreciationId)),
  },
} satisfies Partial<Resolvers>;

/** A grant, for its member, its merchant and those who see all; for others it is not there. */
async function visibleGrant({ loaders, caller }: Context, id: string): Promise<GrantRow | null> {
  const grant = await loaders.grantById.load(id);
  if (grant === null) return null;
  const isShown = seesMember(caller, grant.memberId) || seesMerchant(caller, grant.merchantId);
  return isShown ? grant : null;
}

async function lifeOfGrant({ loaders }: Context, { ruleId, grantedAt }: GrantRow) {
  return lifeOf(present(await loaders.ruleById.load(ruleId)).terms, grantedAt);
}

const issuerOf = async (context: Context, ruleId: string) =>
  pricedIssuerOf(context, present(await context.loaders.ruleById.load(ruleId)));

/** What points cost at the price of the contract. */
async function costOf(
  context: Context,
  { ruleId, points }: Pick<Ids, 'ruleId'> & { points: number },
) {
  const { priceMinor, pricePoints, currency } = await issuerOf(context, ruleId);
  return { amountMinor: multiplyHalfUp(points, fraction(priceMinor, pricePoints)), currency };
}
