import { assert } from '../../../shared/assert.ts';
import { isoDay } from '../../../shared/calendar.ts';
import { splitByLargestRemainder, sum } from '../../../shared/quantities.ts';
import type { Context } from '../context.ts';
import type { RedemptionRow } from '../entities/redemption.ts';
import type { Resolvers } from '../schema.generated.ts';
import { welcomeOfQuote } from '../welcome/resolvers.ts';
import { claimPayment } from './commands/claim-payment.ts';
import { payWithPoints, undoPointsPayment } from './pay.ts';
import { fittingVouchers, pointsOffer } from './queries/order-quote.ts';

export const tillMutations = {
  payWithPoints: (_, { input }, context) => payWithPoints(context, input),
  undoPointsPayment: (_, { input }, context) => undoPointsPayment(context, input),
  claimPointsPayment: (_, asked, { database, clock }) => claimPayment(database, clock.now(), asked),
} satisfies Resolvers['Mutation'];

export const tillTypes = {
  OrderQuote: {
    __resolveReference: (quote) => quote,
    vouchers: (quote, _, context) => fittingVouchers(context, quote),
    pointsOffer: (quote, _, context) => pointsOffer(context, quote),
    ...welcomeOfQuote,
  },
  FittingVoucher: {
    validUntil: ({ voucher }) => isoDay(voucher.validUntil),
    discount: ({ discountMinor, reward }) =>
      discountMinor === null ? null : { amountMinor: discountMinor, currency: reward.cashCurrency },
  },
  PointsOffer: {
    unit: ({ reward }) => reward.unit,
    points: ({ reward, steps }) => steps * reward.points,
    amount: ({ reward, steps }) => ({
      amountMinor: steps * reward.cashMinor,
      currency: reward.cashCurrency,
    }),
    stepPoints: ({ reward }) => reward.points,
    stepAmount: ({ reward }) => ({
      amountMinor: reward.cashMinor,
      currency: reward.cashCurrency,
    }),
  },
  PaidWithPoints: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
    paid: async ({ redemptionId }, _, context) => {
      const { amountMinor, currency } = await offsetOf(context, redemptionId);
      return { amountMinor, currency };
    },
    toPay: async ({ redemptionId }, _, context) => {
      const { billMinor, amountMinor, currency } = await offsetOf(context, redemptionId);
      return { amountMinor: billMinor - amountMinor, currency };
    },
    lines: async ({ redemptionId, asked }, _, context) => {
      const { billMinor, amountMinor } = await offsetOf(context, redemptionId);
      assert(sum(asked) === billMinor, 'the lines are those that were paid');
      return splitByLargestRemainder(billMinor - amountMinor, asked);
    },
  },
  PointsPaymentUndone: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
} satisfies Partial<Resolvers>;

async function redemptionOf({ loaders }: Context, id: string): Promise<RedemptionRow> {
  const redemption = await loaders.redemptionById.load(id);
  assert(redemption, `redemption ${id} of an outcome exists`);
  return redemption;
}

async function offsetOf({ loaders }: Context, redemptionId: string) {
  const offset = await loaders.offsetByRedemption.load(redemptionId);
  assert(offset, `redemption ${redemptionId} pays a part of a bill`);
  return offset;
}
