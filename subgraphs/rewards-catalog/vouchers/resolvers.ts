import { assert } from '../../../shared/assert.ts';
import type { Context } from '../context.ts';
import type { RedemptionRow } from '../entities/redemption.ts';
import type { Resolvers } from '../schema.generated.ts';
import { extendVoucher, replaceVoucher } from './commands/change-voucher.ts';
import { useAtCounter } from './mutations.ts';
import { voucherQr } from './queries/voucher-qr.ts';

export const voucherMutations = {
  useVoucher: (_, { input }, context) => useAtCounter(context, input),
  extendVoucher: (_, { input }, { run }) => run(extendVoucher, input),
  replaceVoucher: (_, { input }, { run, services }) =>
    run(replaceVoucher(services.vouchers), input),
} satisfies Resolvers['Mutation'];

/** How its vouchers go with others. */
export const voucherOfReward = {
  perOrder: ({ perOrder }) => perOrder,
} satisfies Resolvers['Reward'];

/** What a voucher says of itself beyond its code and its days. */
export const voucherFields = {
  qr: ({ voucher, isCodeShown }, _, { services }) =>
    isCodeShown ? voucherQr(services.vouchers.open(voucher.codeSealed)) : null,
  usedWith: ({ voucher: { usedOrder, usedStore } }) =>
    usedOrder === null ? null : { orderNumber: usedOrder, storeId: usedStore },
} satisfies Resolvers['Voucher'];

export const voucherTypes = {
  VoucherUsed: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
    discount: ({ discountMinor, currency }) =>
      // A use that was answered before vouchers had amounts tells of none.
      discountMinor == null ? null : { amountMinor: discountMinor, currency },
  },
  OutOfScope: {
    categories: ({ categories }) => [...categories],
    skus: ({ skus }) => [...skus],
    stores: ({ stores }) => [...stores],
  },
  VoucherExtended: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
  VoucherReplaced: {
    redemption: ({ redemptionId }, _, context) => redemptionOf(context, redemptionId),
  },
} satisfies Partial<Resolvers>;

/** The redemption of an outcome: the caller has just acted on its voucher. */
async function redemptionOf({ loaders }: Context, id: string): Promise<RedemptionRow> {
  const redemption = await loaders.redemptionById.load(id);
  assert(redemption, `redemption ${id} of an outcome exists`);
  return redemption;
}
