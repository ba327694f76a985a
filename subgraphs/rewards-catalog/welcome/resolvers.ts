import { assert } from '../../../shared/assert.ts';
import { isoDay } from '../../../shared/calendar.ts';
import { seesAll, seesMember } from '../../../shared/graphql/caller.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { seesVoucherCode } from '../queries/visible.ts';
import type { Resolvers } from '../schema.generated.ts';
import { voucherQr } from '../vouchers/queries/voucher-qr.ts';
import { publishOffer, takeVoucher } from './around-commands.ts';
import { endFirstOrderOffer } from './commands/offer.ts';
import type { FirstOrderOfferRow, FirstOrderVoucherRow } from './entities/first-order.ts';
import { firstOrderOffersList } from './lists.ts';
import { fittingFirstOrder } from './queries/fitting.ts';

export const welcomeQueries = {
  firstOrderOffers: (_, args, { database, keys, caller }) =>
    readPage(firstOrderOffersList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: {
        sql: seesAll(caller) ? '(1 = 1)' : 'row.endedAt IS NULL',
        parameters: {},
      },
    }),
} satisfies Resolvers['Query'];

export const welcomeMutations = {
  publishFirstOrderOffer: (_, { input }, context) => publishOffer(context, input),
  endFirstOrderOffer: (_, { input }, { run }) => run(endFirstOrderOffer, input),
  takeFirstOrderVoucher: (_, { input }, context) => takeVoucher(context, input),
} satisfies Resolvers['Mutation'];

export const welcomeOfMember = {
  firstOrderVoucher: ({ id }, _, { caller, loaders }) =>
    seesMember(caller, id) ? loaders.firstOrderVoucherByMember.load(id) : null,
} satisfies Resolvers['Member'];

export const welcomeOfQuote = {
  firstOrderVoucher: (quote, _, context) => fittingFirstOrder(context, quote),
} satisfies Resolvers['OrderQuote'];

export const welcomeTypes = {
  FirstOrderOffer: {
    merchant: ({ merchantId }) => ({ id: merchantId }),
    face: ({ faceMinor, currency }) => ({ amountMinor: faceMinor, currency }),
    threshold: ({ thresholdMinor, currency }) => ({ amountMinor: thresholdMinor, currency }),
  },
  FirstOrderVoucher: {
    offer: ({ offerId }, _, context) => offerOf(context, offerId),
    code: (voucher, _, { caller, services }) =>
      seesVoucherCode(caller, voucher) ? services.vouchers.open(voucher.codeSealed) : null,
    qr: (voucher, _, { caller, services }) =>
      seesVoucherCode(caller, voucher)
        ? voucherQr(services.vouchers.open(voucher.codeSealed))
        : null,
    validUntil: ({ validUntil }) => isoDay(validUntil),
    usedWith: ({ usedOrder, usedStore }) =>
      usedOrder === null ? null : { orderNumber: usedOrder, storeId: usedStore },
  },
  FittingFirstOrderVoucher: {
    validUntil: ({ voucher }) => isoDay(voucher.validUntil),
    discount: ({ discountMinor, currency }) => ({ amountMinor: discountMinor, currency }),
  },
  FirstOrderOfferChanged: { offer: ({ offerId }, _, context) => offerOf(context, offerId) },
  FirstOrderVoucherTaken: { voucher: ({ voucherId }, _, context) => voucherOf(context, voucherId) },
  FirstOrderVoucherUsed: {
    voucher: ({ voucherId }, _, context) => voucherOf(context, voucherId),
    discount: ({ discountMinor, currency }) => ({ amountMinor: discountMinor, currency }),
  },
} satisfies Partial<Resolvers>;

async function offerOf({ loaders }: Context, id: string): Promise<FirstOrderOfferRow> {
  const offer = await loaders.firstOrderOfferById.load(id);
  assert(offer !== null, 'an offer stays in the table');
  return offer;
}

async function voucherOf({ loaders }: Context, id: string): Promise<FirstOrderVoucherRow> {
  const voucher = await loaders.firstOrderVoucherById.load(id);
  assert(voucher !== null, 'a voucher stays in the table');
  return voucher;
}
