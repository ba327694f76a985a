import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { cancelAndCarryOut, declineAndCarryOut, fulfilAndCarryOut } from './around-commands.ts';

export const aftersalesMutations = {
  cancelRedemption: (_, { input }, context) => cancelAndCarryOut(context, input),
  fulfilRedemption: (_, { input }, context) => fulfilAndCarryOut(context, input),
  declineRedemption: (_, { input }, context) => declineAndCarryOut(context, input),
} satisfies Resolvers['Mutation'];

/** How a reward is handed over. */
export const aftersalesOfReward = {
  fulfilment: async ({ id }, _, { loaders }) =>
    (await loaders.termsByReward.load(id))?.fulfilHours == null ? 'AT_ONCE' : 'BY_MERCHANT',
  fulfilHours: async ({ id }, _, { loaders }) =>
    (await loaders.termsByReward.load(id))?.fulfilHours ?? null,
} satisfies Resolvers['Reward'];

/** What became of a redemption. Who sees the redemption sees it. */
export const aftersalesOfRedemption = {
  timeline: ({ id }, _, { loaders }) => loaders.timelineByRedemption.load(id),
} satisfies Resolvers['Redemption'];

export const aftersalesTypes = {
  RedemptionEvent: {
    reason: ({ reason }, _, { locale }) =>
      reason && sentence(reason.code, locale, reason.parameters),
  },
} satisfies Resolvers;
