import { assert } from '../../shared/assert.ts';
import { isoDay } from '../../shared/calendar.ts';
import { readFeed } from '../../shared/feeds/read.ts';
import { lawTypes } from '../../shared/graphql/law.ts';
import { localeOf } from '../../shared/graphql/wording.ts';
import { sha256 } from '../../shared/identifiers.ts';
import { readPage } from '../../shared/query-kit/page.ts';
import { usualTerms } from './aftersales/domain/terms.ts';
import {
  aftersalesMutations,
  aftersalesOfRedemption,
  aftersalesOfReward,
  aftersalesQueries,
  aftersalesTypes,
} from './aftersales/resolvers.ts';
import { adjustStock } from './commands/adjust-stock.ts';
import { delistReward } from './commands/delist-reward.ts';
import type { Context } from './context.ts';
import { disclose } from './domain/disclose.ts';
import {
  donationMutations,
  donationOfRedemption,
  donationQueries,
  donationTypes,
} from './donations/resolvers.ts';
import type { RedemptionRow } from './entities/redemption.ts';
import type { RewardRow } from './entities/reward.ts';
import {
  incidentMutations,
  incidentQueries,
  incidentsOfRedemption,
  incidentsOfVoucher,
  incidentTypes,
} from './incidents/resolvers.ts';
import { insightQueries, insightTypes } from './insight/resolvers.ts';
import { jointMutations, jointOfRedemption, jointQueries, jointTypes } from './joint/resolvers.ts';
import { redemptions } from './lists.ts';
import { publish } from './mutations.ts';
import { greenSectionWarnings } from './offers/queries/green-section.ts';
import { listRewards } from './offers/queries/list-rewards.ts';
import { offerOfRedemption, offerOfReward, offerTypes } from './offers/resolvers.ts';
import { highestWorths } from './queries/highest-worths.ts';
import { quoteRedemption } from './queries/quote-redemption.ts';
import { seesRedemption, seesVoucherCode, visibleRedemptions } from './queries/visible.ts';
import { reminderTypes } from './reminders/resolvers.ts';
import type { Resolvers } from './schema.generated.ts';
import { tillMutations, tillTypes } from './till/resolvers.ts';
import {
  voucherFields,
  voucherMutations,
  voucherOfReward,
  voucherQueries,
  voucherTypes,
} from './vouchers/resolvers.ts';
import { webhookMutations, webhookQueries, webhookTypes } from './webhooks/resolvers.ts';
import { welcomeMutations, welcomeQueries, welcomeTypes } from './welcome/resolvers.ts';

export const resolvers: Resolvers = {
  ...incidentTypes,
  ...voucherTypes,
  ...offerTypes,
  ...insightTypes,
  ...reminderTypes,
  ...donationTypes,
  ...jointTypes,
  ...webhookTypes,
  ...tillTypes,
  ...welcomeTypes,
  Query: {
    ...incidentQueries,
    ...aftersalesQueries,
    ...voucherQueries,
    ...insightQueries,
    ...donationQueries,
    ...jointQueries,
    ...webhookQueries,
    ...welcomeQueries,
    reward: (_, { id }, { loaders }) => loaders.rewardById.load(id),
    rewards: (_, args, context) => listRewards(context, args),
    redemption: (_, { id }, context) => redemptionFor(context, id),
    redemptions: (_, args, { database, keys, caller }) =>
      readPage(redemptions, {
        reader: database.reader,
        cursorKey: keys.cursor,
        args,
        visible: visibleRedemptions(caller),
      }),
    quoteRedemption: (_, { input }, context) => quoteRedemption(context, input),
    highestWorths: (_, { units, merchantIds }, { database }) =>
      highestWorths(database.reader, units, merchantIds),
    rewardsCatalogFeed: (_, page, { database }) => readFeed(database.reader, page),
  },

  Mutation: {
    ...incidentMutations,
    ...donationMutations,
    ...jointMutations,
    ...aftersalesMutations,
    ...webhookMutations,
    ...tillMutations,
    ...welcomeMutations,
    publishReward: (_, { input }, context) => publish(context, input),
    adjustStock: (_, { input }, { run }) => run(adjustStock, input),
    delistReward: (_, { input }, { run }) => run(delistReward, input),
    redeem: (_, { input }, context) => context.services.redemptions.redeem(context, input),
    ...voucherMutations,
  },

  Reward: {
    ...voucherOfReward,
    ...offerOfReward,
    ...aftersalesOfReward,
    __resolveReference: ({ id }, { loaders }) => loaders.rewardById.load(id),
    title: ({ titleZh, titleEn }, _, { locale }) => (locale === 'zh-CN' ? titleZh : titleEn),
    terms: ({ termsZh, termsEn }, _, { locale }) => (locale === 'zh-CN' ? termsZh : termsEn),
    weekdays: ({ weekdays }) => weekdays && [...weekdays],
    merchant: ({ merchantId }) => ({ id: merchantId }),
    cashPrice: ({ cashMinor, cashCurrency }) => ({
      amountMinor: cashMinor,
      currency: cashCurrency,
    }),
    disclosure: async (reward, { language }, { locale, loaders }) => {
      const told = language == null ? locale : localeOf(language);
      const [terms, tierPrices] = await Promise.all([
        loaders.termsByReward.load(reward.id),
        loaders.tierPricesByReward.load(reward.id),
      ]);
      const afterSales = terms ?? usualTerms;
      const { fulfilHours } = afterSales;
      return disclose({ ...reward, fulfilHours, afterSales, tierPrices }, told);
    },
  },

  RewardDisclosure: {
    summary: ({ summary }) => [...summary],
    sha256: ({ text }) => sha256(text),
    fileName: ({ title }) => `${title.replaceAll(/[\s\\/:*?"<>|：]+/g, '-')}.md`,
  },

  Redemption: {
    ...incidentsOfRedemption,
    ...offerOfRedemption,
    ...donationOfRedemption,
    ...jointOfRedemption,
    ...aftersalesOfRedemption,
    __resolveReference: ({ id }, context) => redemptionFor(context, id),
    reward: ({ rewardId }, _, { loaders }) => loaders.rewardById.load(rewardId),
    member: ({ memberId }) => ({ id: memberId }),
    async voucher(redemption, _, { loaders, caller }) {
      if (redemption.state !== 'CAPTURED') return null;
      const voucher = await loaders.voucherByRedemption.load(redemption.id);
      return voucher && { voucher, isCodeShown: seesVoucherCode(caller, redemption) };
    },
  },

  ...aftersalesTypes,

  Voucher: {
    ...incidentsOfVoucher,
    ...voucherFields,
    code: ({ voucher, isCodeShown }, _, { services }) =>
      isCodeShown ? services.vouchers.open(voucher.codeSealed) : null,
    validFrom: ({ voucher: { validFrom } }) => (validFrom === null ? null : isoDay(validFrom)),
    validUntil: ({ voucher }) => isoDay(voucher.validUntil),
    usedAt: ({ voucher }) => voucher.usedAt,
  },

  ...lawTypes,

  RewardPublished: {
    reward: ({ rewardId }, _, context) => rewardOf(context, rewardId),
    warnings: async ({ rewardId }, _, context) =>
      greenSectionWarnings(context, (await rewardOf(context, rewardId)).category),
  },
  StockAdjusted: { reward: ({ rewardId }, _, context) => rewardOf(context, rewardId) },
  RewardDelisted: { reward: ({ rewardId }, _, context) => rewardOf(context, rewardId) },
  RedemptionQuote: { reward: ({ rewardId }, _, context) => rewardOf(context, rewardId) },
  RewardRedeemed: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  RedemptionPending: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  RedemptionCancelled: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  RedemptionReturned: {
    ...aftersalesTypes.RedemptionReturned,
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  RedemptionExchanged: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  RedemptionFulfilled: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  RedemptionDeclined: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
};

/** The redemption, or null when there is none that the caller may see. */
async function redemptionFor(context: Context, id: string): Promise<RedemptionRow | null> {
  const redemption = await context.loaders.redemptionById.load(id);
  return redemption !== null && seesRedemption(context.caller, redemption) ? redemption : null;
}

/** The reward of an outcome. Rewards are never deleted. */
async function rewardOf({ loaders }: Context, id: string): Promise<RewardRow> {
  const reward = await loaders.rewardById.load(id);
  assert(reward, `reward ${id} of an outcome exists`);
  return reward;
}

/** The redemption of an outcome: the caller has just acted on it. */
async function redemptionOf({ loaders }: Context, id: string): Promise<RedemptionRow> {
  const redemption = await loaders.redemptionById.load(id);
  assert(redemption, `redemption ${id} of an outcome exists`);
  return redemption;
}
