import { assert } from '../../../shared/assert.ts';
import { cashPartOf } from '../offers/domain/price.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { cancelAndCarryOut, declineAndCarryOut, fulfilAndCarryOut } from './around-commands.ts';
import { exchangeRedemption } from './commands/exchange-redemption.ts';
import { usualTerms } from './domain/terms.ts';
import { quoteReturn } from './queries/quote-return.ts';

export const aftersalesQueries = {
  quoteReturn: (_, { input }, context) => quoteReturn(context, input),
} satisfies Resolvers['Query'];

export const aftersalesMutations = {
  cancelRedemption: (_, { input }, context) => cancelAndCarryOut(context, input),
  fulfilRedemption: (_, { input }, context) => fulfilAndCarryOut(context, input),
  declineRedemption: (_, { input }, context) => declineAndCarryOut(context, input),
  exchangeRedemption: (_, { input }, { run }) => run(exchangeRedemption, input),
  returnRedemption: (_, { input }, context) => context.services.returns.giveBack(context, input),
} satisfies Resolvers['Mutation'];

/** How a reward is handed over and given back. */
export const aftersalesOfReward = {
  fulfilment: async ({ id }, _, { loaders }) =>
    (await loaders.termsByReward.load(id))?.fulfilHours == null ? 'AT_ONCE' : 'BY_MERCHANT',
  fulfilHours: async ({ id }, _, { loaders }) =>
    (await loaders.termsByReward.load(id))?.fulfilHours ?? null,
  afterSales: async ({ id }, _, { loaders }) =>
    (await loaders.termsByReward.load(id)) ?? usualTerms,
} satisfies Resolvers['Reward'];

/** What became of a redemption. Who sees the redemption sees it. */
export const aftersalesOfRedemption = {
  timeline: ({ id }, _, { loaders }) => loaders.timelineByRedemption.load(id),
  returnedQuantity: ({ returned }) => returned,
  returns: ({ id }, _, { loaders }) => loaders.returnsByRedemption.load(id),
} satisfies Resolvers['Redemption'];

export const aftersalesTypes = {
  RewardAfterSales: {
    voluntaryFeePercent: ({ feePercent }) => feePercent,
    lapsedPointsReturn: ({ keepsLapsed }) => keepsLapsed,
    faultCompensationPercent: ({ compensationPercent }) => compensationPercent,
    faultGoodForMonths: ({ goodForMonths }) => goodForMonths,
  },
  RedemptionReturn: {
    status: ({ state }) => (state === 'DONE' ? 'COMPLETED' : 'PENDING'),
    async cashRefund({ redemptionId, quantity }, _, { loaders }) {
      const redemption = await loaders.redemptionById.load(redemptionId);
      const reward = redemption && (await loaders.rewardById.load(redemption.rewardId));
      return reward && cashPartOf(reward, quantity);
    },
  },
  RedemptionReturned: {
    async return({ returnId }, _, { loaders }) {
      const row = await loaders.returnById.load(returnId);
      assert(row, `return ${returnId} of an outcome exists`);
      return row;
    },
  },
  RedemptionEvent: {
    reason: ({ reason }, _, { locale }) =>
      reason && sentence(reason.code, locale, reason.parameters),
    reward: ({ rewardId }, _, { loaders }) =>
      rewardId === null ? null : loaders.rewardById.load(rewardId),
  },
} satisfies Resolvers;
