import { sum } from '../../../shared/quantities.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { declareCategories } from './commands/declare-categories.ts';
import { declareChannels } from './commands/declare-channels.ts';
import { publishTierPricesOf } from './commands/publish-tier-prices.ts';
import { pricesInForce } from './entities/tier-prices.ts';
import { quoteOrder } from './queries/quote-order.ts';

export const tillQueries = {
  quoteOrder: (_, { input }, context) => quoteOrder(context, input),
} satisfies Resolvers['Query'];

export const tillMutations = {
  declareChannels: (_, { input }, { run }) => run(declareChannels, input),
  declareCategories: (_, { input }, { run }) => run(declareCategories, input),
  publishTierPrices: (_, { input }, { run, services }) =>
    run(publishTierPricesOf(services.yardstick.notice), input),
} satisfies Resolvers['Mutation'];

/** The fields of a merchant that say how it sells, and in which categories. */
export const channelsOfMerchant = {
  channels: async ({ id }, _, { loaders }) =>
    (await loaders.channelsByMerchant.load(id)).map(({ code }) => code),
  categories: async ({ id }, _, { loaders }) => {
    const declared = await loaders.categoriesByMerchant.load(id);
    return declared.length === 0 ? null : declared.map(({ code }) => code);
  },
} satisfies Resolvers['Merchant'];

/** The fields of a programme that say what members pay by tier. */
export const pricesOfProgramme = {
  tierPrices: async ({ id }, _, { loaders, clock }) =>
    pricesInForce(await loaders.tierPricesByProgramme.load(id), clock.now()),
  nextTierPrices: async ({ id }, _, { loaders, clock }) => {
    const last = (await loaders.tierPricesByProgramme.load(id)).at(-1);
    return last !== undefined && last.effectiveAt > clock.now() ? last : null;
  },
} satisfies Resolvers['Programme'];

export const tillTypes = {
  TierPrices: { prices: ({ prices }) => [...prices] },
  TierPrice: {
    text: ({ tier, part, of }, _, { locale }) => sentence('TIER_PRICE', locale, { tier, part, of }),
  },
  TierPricesPublished: {
    programme: async ({ programmeId }, _, { loaders }: Context) =>
      present(await loaders.programmeById.load(programmeId)),
  },
  ChannelsDeclared: {
    merchant: async ({ merchantId }, _, { loaders }: Context) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  CategoriesDeclared: {
    merchant: async ({ merchantId }, _, { loaders }: Context) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  OrderQuote: {
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
    member: ({ memberId }) => (memberId === null ? null : { id: memberId }),
    total: ({ amounts, currency }) => ({ amountMinor: sum(amounts), currency }),
    toPay: ({ toPay, currency }) => ({ amountMinor: sum(toPay), currency }),
    tierBenefit: ({ benefit, amounts, toPay, currency }) =>
      benefit === null
        ? null
        : { ...benefit, saved: { amountMinor: sum(amounts) - sum(toPay), currency } },
    lines: ({ amounts, toPay }) =>
      amounts.map((amountMinor, index) => ({
        number: index + 1,
        amountMinor,
        toPayMinor: toPay[index] ?? amountMinor,
      })),
    points: ({ accrual }) =>
      Map.groupBy(accrual.awards, ({ programme }) => programme.unit)
        .entries()
        .map(([unit, awards]) => ({ unit, points: sum(awards.map(({ points }) => points)) }))
        .toArray(),
  },
} satisfies Partial<Resolvers>;
