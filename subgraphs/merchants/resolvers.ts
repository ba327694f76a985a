import { addDays, isoDay, NEVER } from '../../shared/calendar.ts';
import { readFeed } from '../../shared/feeds/read.ts';
import { hasRole, seesAll, seesMember, seesMerchant } from '../../shared/graphql/caller.ts';
import type { Condition } from '../../shared/query-kit/filter.ts';
import { readPage } from '../../shared/query-kit/page.ts';
import { ageMutations, ageQueries } from './ages/resolvers.ts';
import { onboardMerchant } from './commands/onboard-merchant.ts';
import { suspendMerchant } from './commands/suspend-merchant.ts';
import { complianceMutations, complianceQueries, complianceTypes } from './compliance/resolvers.ts';
import type { Context } from './context.ts';
import {
  disclosureMutations,
  disclosureQueries,
  disclosureTypes,
  namesOfMerchant,
  programmeDisclosures,
} from './disclosure/resolvers.ts';
import type { AwardRow } from './entities/award.ts';
import type { ProgrammeRow } from './entities/programme.ts';
import type { PurchaseRow } from './entities/purchase.ts';
import { figureQueries, figureTypes } from './figures/resolvers.ts';
import { grantMutations, grantQueries, grantTypes } from './grants/resolvers.ts';
import { merchantsList, purchasesList } from './lists.ts';
import { importAndPost, recordAndPost, returnAndPost } from './mutations.ts';
import { orderMutations, orderOfPurchase, orderQueries, orderTypes } from './orders/resolvers.ts';
import { present } from './present.ts';
import { profileMutations, profileQueries, profileTypes } from './profile/resolvers.ts';
import { reasonText } from './queries/award-texts.ts';
import { quoteAccrual } from './queries/quote-accrual.ts';
import { isInForce } from './rules/domain/in-force.ts';
import { lifeOf, type PointsLife } from './rules/domain/points-life.ts';
import type { RuleRow } from './rules/entities/rule.ts';
import { programmeRules, ruleMutations, ruleQueries, ruleTypes } from './rules/resolvers.ts';
import type { Resolvers } from './schema.generated.ts';
import {
  issuingOf,
  notIssuedOf,
  standingMutations,
  standingOfMerchant,
  standingQueries,
  standingTypes,
} from './standing/resolvers.ts';
import {
  channelsOfMerchant,
  pricesOfProgramme,
  tillMutations,
  tillQueries,
  tillTypes,
} from './till/resolvers.ts';
import { sentence } from './wording.ts';

export const resolvers: Resolvers = {
  ...ruleTypes,
  ...disclosureTypes,

  ...grantTypes,
  ...orderTypes,
  ...standingTypes,
  ...complianceTypes,
  ...profileTypes,
  ...tillTypes,
  ...figureTypes,
  Query: {
    ...complianceQueries,
    ...ruleQueries,
    ...disclosureQueries,
    ...grantQueries,
    ...orderQueries,
    ...profileQueries,
    ...standingQueries,
    ...tillQueries,
    ...figureQueries,
    ...ageQueries,
    merchant: (_, { id }, { loaders }) => loaders.merchantById.load(id),
    merchants: (_, args, { database, keys }) =>
      readPage(merchantsList, { reader: database.reader, cursorKey: keys.cursor, args }),
    purchase: (_, { id }, context) => visiblePurchase(context, id),
    purchases: (_, args, { database, keys, caller }) =>
      readPage(purchasesList, {
        reader: database.reader,
        cursorKey: keys.cursor,
        args,
        visible: visiblePurchases(caller),
      }),
    quoteAccrual: (_, { input }, context) => quoteAccrual(context, input),
    merchantsFeed: (_, args, { database }) => readFeed(database.reader, args),
  },

  Mutation: {
    ...ruleMutations,
    ...disclosureMutations,
    ...standingMutations,
    ...grantMutations,
    ...orderMutations,
    ...complianceMutations,
    ...profileMutations,
    ...tillMutations,
    ...ageMutations,
    onboardMerchant: (_, { input }, { run }) => run(onboardMerchant, input),
    suspendMerchant: (_, { input }, { run }) => run(suspendMerchant, input),
    recordPurchase: (_, { input }, context) => recordAndPost(context, input),
    returnPurchase: (_, { input }, context) => returnAndPost(context, input),
    importPurchases: (_, { input }, context) => importAndPost(context, input),
  },

  Merchant: {
    __resolveReference: ({ id }, { loaders }) => loaders.merchantById.load(id),
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
    ...standingOfMerchant,
    ...namesOfMerchant,
    ...channelsOfMerchant,
    programmes: ({ id }, _, context) => visibleProgrammes(context, id),
  },

  Programme: {
    ...programmeRules,
    ...programmeDisclosures,
    ...pricesOfProgramme,
    __resolveReference: ({ id }, { loaders }) => loaders.programmeById.load(id),
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    earnRate: async ({ id }, _, context) => {
      const award = (await basicRule(context, id))?.terms.award;
      if (award?.kind !== 'RATE') return null;
      const { points, minor, currency } = award.rate;
      return { points, per: { amountMinor: minor, currency } };
    },
    expiryMonths: async ({ id }, _, context) => {
      const expiry = (await basicRule(context, id))?.terms.expiry;
      return expiry?.kind === 'MONTHS' ? expiry.months : null;
    },
    version: async ({ id }, _, context) => {
      const rule = await basicRule(context, id);
      return rule === null ? null : `v${rule.version}`;
    },
  },

  Purchase: {
    __resolveReference: ({ id }, context) => visiblePurchase(context, id),
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    member: ({ memberId }) => ({ id: memberId }),
    total: ({ totalMinor, currency }) => ({ amountMinor: totalMinor, currency }),
    paidWithPoints: ({ pointsPaymentId, pointsPaidMinor, currency }) =>
      pointsPaymentId === null ? null : { amountMinor: pointsPaidMinor, currency },
    pointsPayment: ({ pointsPaymentId }) =>
      pointsPaymentId === null ? null : { id: pointsPaymentId },
    returned: ({ returnedMinor, currency }) => ({ amountMinor: returnedMinor, currency }),
    notIssued: ({ id }, _, context) => notIssuedOf(context, id),
    lines: ({ id }, _, { loaders }) => loaders.linesByPurchase.load(id),
    ...orderOfPurchase,
    awards: ({ id }, _, { loaders }) => loaders.awardsByPurchase.load(id),
  },

  PurchaseLine: {
    usedFrom: ({ usedFrom }) => (usedFrom == null ? null : isoDay(usedFrom)),
    usedUntil: ({ usedUntil }) => (usedUntil == null ? null : isoDay(usedUntil)),
  },

  PurchaseAward: {
    programme: async ({ programmeId }, _, { loaders }) =>
      present(await loaders.programmeById.load(programmeId)),
    rule: async ({ ruleId }, _, { loaders }) => present(await loaders.ruleById.load(ruleId)),
    issuer: async ({ purchaseId, ruleId }, _, { loaders }) => {
      const { terms } = present(await loaders.ruleById.load(ruleId));
      const { merchantId } = present(await loaders.purchaseById.load(purchaseId));
      return present(await loaders.merchantById.load(terms.sponsorId ?? merchantId));
    },
    lineNumbers: async ({ purchaseId, lineNumbers, isLate }, _, { loaders }) => {
      if (isLate) return [];
      if (lineNumbers !== null) return [...lineNumbers];
      return (await loaders.linesByPurchase.load(purchaseId)).map(({ number }) => number);
    },
    vestsOn: async (award, _, context) => {
      const { vestsOn } = await lifeOfAward(context, award);
      return vestsOn === null ? null : isoDay(vestsOn);
    },
    vestsOnEvent: async (award, _, context) => (await lifeOfAward(context, award)).vestsOnEvent,
    expiresOn: async (award, _, context) => {
      const { expiresOn } = await lifeOfAward(context, award);
      return expiresOn === NEVER ? null : isoDay(expiresOn);
    },
    isOwed: async ({ purchaseId, ruleId }, _, { loaders }) => {
      const open = await loaders.openPostingsByPurchase.load(purchaseId);
      return open.some((posting) => posting.ruleId === ruleId && posting.owedBy !== null);
    },
    isPosted: async ({ purchaseId, ruleId, isLate }, _, { loaders }) => {
      const open = await loaders.openPostingsByPurchase.load(purchaseId);
      return !isLate && open.every((posting) => posting.ruleId !== ruleId);
    },
  },
  AccrualQuote: { issuing: ({ merchantId }, _, context) => issuingOf(context, merchantId) },
  AccrualReason: {
    message: (reason, _, { locale }) => reasonText(reason, locale),
  },

  MerchantOnboarded: {
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  MerchantSuspended: {
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  PurchaseRecorded: {
    purchase: async ({ purchaseId }, _, { loaders }) =>
      present(await loaders.purchaseById.load(purchaseId)),
  },
  PurchaseReturned: {
    purchase: async ({ purchaseId }, _, { loaders }) =>
      present(await loaders.purchaseById.load(purchaseId)),
  },
  RejectedRow: {
    message: ({ code, parameters }, _, { locale }) => sentence(code, locale, parameters),
  },
};

/** The version of a programme's basic rule in force now, or null. */
async function basicRule(
  { loaders, clock }: Context,
  programmeId: string,
): Promise<RuleRow | null> {
  const versions = await loaders.publishedByRuleKey.load(programmeId);
  const now = clock.now();
  return versions.findLast((version) => isInForce(version, now)) ?? null;
}

async function lifeOfAward(
  { loaders }: Context,
  { ruleId, purchaseId }: AwardRow,
): Promise<PointsLife> {
  const { terms } = present(await loaders.ruleById.load(ruleId));
  const life = lifeOf(terms, present(await loaders.purchaseById.load(purchaseId)).recordedAt);
  const waited = await loaders.waitedByPurchase.load(purchaseId);
  const days = waited.find((one) => one.ruleId === ruleId)?.days ?? 0;
  const { expiresOn } = life;
  return { ...life, expiresOn: expiresOn === NEVER ? NEVER : addDays(expiresOn, days) };
}

/** A programme that has never been in force is its merchant's own affair. */
async function visibleProgrammes(
  { loaders, caller }: Context,
  merchantId: string,
): Promise<ProgrammeRow[]> {
  const programmes = await loaders.programmesByMerchant.load(merchantId);
  if (seesMerchant(caller, merchantId)) return programmes;
  const versions = await loaders.versionsByProgramme.loadMany(programmes.map(({ id }) => id));
  return programmes.filter((_, index) => {
    const published = versions[index];
    if (published instanceof Error) throw published;
    return published !== undefined && published.length > 0;
  });
}

/** A purchase, for its member, its merchant and those who see all; for others it is not there. */
async function visiblePurchase(
  { loaders, caller }: Context,
  id: string,
): Promise<PurchaseRow | null> {
  const purchase = await loaders.purchaseById.load(id);
  if (purchase === null) return null;
  const isShown =
    seesMember(caller, purchase.memberId) || seesMerchant(caller, purchase.merchantId);
  return isShown ? purchase : null;
}

/** The purchases that a caller may list. */
function visiblePurchases(caller: Context['caller']): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { memberId, merchantId } = caller;
  const own: string[] = [];
  const parameters: Record<string, string> = {};
  if (hasRole(caller, 'MEMBER') && memberId !== null) {
    own.push('row.memberId = :ownMember');
    parameters.ownMember = memberId;
  }
  if (hasRole(caller, 'MERCHANT') && merchantId !== null) {
    own.push('row.merchantId = :ownMerchant');
    parameters.ownMerchant = merchantId;
  }
  return { sql: own.length === 0 ? '1 = 0' : `(${own.join(' OR ')})`, parameters };
}
