import { assert } from '../../../shared/assert.ts';
import { type Caller, seesAll } from '../../../shared/graphql/caller.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import type { RedemptionRow } from '../entities/redemption.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { extendVoucher, replaceVoucher } from './commands/change-voucher.ts';
import { offlineUses } from './lists.ts';
import { useAtCounter } from './mutations.ts';
import { offlineVouchers } from './queries/offline-vouchers.ts';
import { redemptionOfNumber } from './queries/redemption-of-number.ts';
import { voucherQr } from './queries/voucher-qr.ts';
import { reportUses } from './report-uses.ts';

export const voucherQueries = {
  offlineVouchers: (_, args, context) => offlineVouchers(context, args),
  redemptionOfNumber: (_, { merchantIds, number }, context) =>
    redemptionOfNumber(context, merchantIds, number),
  offlineListKey: (_, __, { services }) => services.offlineLists.publicKey(),
  offlineUses: (_, args, { database, keys, caller }) =>
    readPage(offlineUses, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleToMerchant(caller),
    }),
} satisfies Resolvers['Query'];

export const voucherMutations = {
  reportOfflineUses: (_, { input }, context) => reportUses(context, input),
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
  OfflineUsesReported: {
    uses: async ({ useIds }, _, { loaders }) =>
      Promise.all(
        useIds.map(async (id) => {
          const use = await loaders.offlineUseById.load(id);
          assert(use, `use ${id} of an outcome exists`);
          return use;
        }),
      ),
  },
  OfflineUse: {
    message: ({ conflict, breach }, _, { locale }) =>
      sentence(`OFFLINE_${conflict ?? breach ?? 'SETTLED'}`, locale, {}),
    redemption: ({ redemptionId }, _, { loaders }) =>
      redemptionId === null ? null : loaders.redemptionById.load(redemptionId),
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

/** A merchant finds its own rows, those who see all every one. */
function visibleToMerchant(caller: Caller): Condition {
  return seesAll(caller)
    ? { sql: '(1 = 1)', parameters: {} }
    : {
        sql: 'row.merchantId = :visibleMerchant',
        parameters: { visibleMerchant: caller.merchantId },
      };
}
