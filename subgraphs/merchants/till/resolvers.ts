import { seesMerchant } from '../../../shared/graphql/caller.ts';
import { sum } from '../../../shared/quantities.ts';
import type { Context } from '../context.ts';
import { nameOf, visibleNames } from '../disclosure/queries/visible-names.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { declareCategories } from './commands/declare-categories.ts';
import { declareChannels } from './commands/declare-channels.ts';
import { proposeTierPricesOf } from './commands/propose-tier-prices.ts';
import { publishTierPricesOf } from './commands/publish-tier-prices.ts';
import { withdrawTierPrices } from './commands/withdraw-tier-prices.ts';
import { pricesInForce, pricesToCome } from './entities/tier-prices.ts';
import { orderBuyer } from './queries/order-buyer.ts';
import { quoteOrder } from './queries/quote-order.ts';
import { tillStanding } from './queries/till-standing.ts';
import { recordQueuedOrders } from './record-queued.ts';

export const tillQueries = {
  quoteOrder: (_, { input }, context) => quoteOrder(context, input),
  tillStanding: (_, asked, context) => tillStanding(context, asked),
  orderBuyer: (_, asked, { database }) => orderBuyer(database.reader, asked),
} satisfies Resolvers['Query'];

export const tillMutations = {
  recordQueuedOrders: (_, { input }, context) => recordQueuedOrders(context, input),
  declareChannels: (_, { input }, { run }) => run(declareChannels, input),
  declareCategories: (_, { input }, { run }) => run(declareCategories, input),
  proposeTierPrices: (_, { input }, { run, services }) =>
    run(proposeTierPricesOf(services.yardstick.notice), input),
  publishTierPrices: (_, { input }, { run, services }) =>
    run(publishTierPricesOf(services.yardstick.notice), input),
  withdrawTierPrices: (_, { input }, { run }) => run(withdrawTierPrices, input),
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
  nextTierPrices: async ({ id }, _, { loaders, clock }) =>
    pricesToCome(await loaders.tierPricesByProgramme.load(id), clock.now()),
  proposedTierPrices: ({ id, merchantId }, _, { loaders, caller }) =>
    seesMerchant(caller, merchantId) ? loaders.openProposalByProgramme.load(id) : null,
} satisfies Resolvers['Programme'];

export const tillTypes = {
  QueuedOrdersRecorded: { orders: ({ orders }) => [...orders] },
  TierPrices: {
    prices: ({ prices, programmeId }) => prices.map((price) => ({ ...price, programmeId })),
  },
  TierPricesProposal: {
    programme: async ({ programmeId }, _, { loaders }) =>
      present(await loaders.programmeById.load(programmeId)),
    prices: ({ prices, programmeId }) => prices.map((price) => ({ ...price, programmeId })),
    effectiveAt: ({ askedAt }) => askedAt,
  },
  TierPrice: {
    categories: ({ categories }) => (categories === undefined ? null : [...categories]),
    text: async ({ tier: code, part, of, categories, programmeId }, _, context) => {
      const { merchantId } = present(await context.loaders.programmeById.load(programmeId));
      const names = await visibleNames(context, merchantId);
      const tier = nameOf(names, 'TIER', code, context.locale);
      if (categories === undefined)
        return sentence('TIER_PRICE', context.locale, { tier, part, of });
      const goods = categories.map((one) => nameOf(names, 'CATEGORY', one, context.locale));
      return sentence('TIER_PRICE_FOR', context.locale, {
        ...{ tier, part, of },
        goods: goods.join(context.locale === 'zh-CN' ? '、' : ', '),
      });
    },
  },
  TierPricesProposed: {
    proposal: async ({ proposalId }, _, { loaders }: Context) =>
      present(await loaders.proposalById.load(proposalId)),
  },
  TierPricesPublished: {
    programme: async ({ programmeId }, _, { loaders }: Context) =>
      present(await loaders.programmeById.load(programmeId)),
  },
  TierPricesWithdrawn: {
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
    // It is kept nowhere, so it is never found again.
    __resolveReference: () => null,
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
    member: ({ memberId }) => (memberId === null ? null : { id: memberId }),
    total: ({ amounts, currency }) => ({ amountMinor: sum(amounts), currency }),
    toPay: ({ toPay, currency }) => ({ amountMinor: sum(toPay), currency }),
    tierBenefit: ({ benefit, amounts, toPay, currency }) =>
      benefit === null
        ? null
        : {
            programme: benefit.programme,
            price: { ...benefit.price, programmeId: benefit.programme.id },
            saved: { amountMinor: sum(amounts) - sum(toPay), currency },
          },
    lines: ({ amounts, toPay, goods }) =>
      amounts.map((amountMinor, index) => ({
        number: index + 1,
        sku: goods[index]?.sku ?? null,
        category: goods[index]?.category ?? null,
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
