import type { Context } from '../../context.ts';
import { knownOf, type QuotedOrder } from '../../till/queries/order-quote.ts';
import { fitOrder } from '../../vouchers/domain/fit.ts';
import { termsOf, whyNotNow } from '../domain/first-order.ts';
import type { FirstOrderVoucherRow } from '../entities/first-order.ts';
import { firstOrderOf } from './first-order.ts';

/** What it would take off, in the smallest unit of `currency`. */
export type FittingFirstOrder = Readonly<{
  voucher: FirstOrderVoucherRow;
  discountMinor: number;
  currency: string;
}>;

/** The discount on her first order, if the order that is quoted is that. Throws SUBGRAPH_UNAVAILABLE. */
export async function fittingFirstOrder(
  context: Context,
  quote: QuotedOrder,
): Promise<FittingFirstOrder | null> {
  const known = knownOf(context, quote);
  if (known === null) return null;
  const { loaders, clock } = context;
  const voucher = await loaders.firstOrderVoucherByMember.load(known.memberId);
  if (voucher === null || whyNotNow(voucher, clock.now()) !== null) return null;
  const offer = await loaders.firstOrderOfferById.load(voucher.offerId);
  if (offer?.merchantId !== known.merchantId) return null;
  const fits = fitOrder(termsOf(offer), known.order);
  if (fits.kind !== 'Fits' || (await firstOrderOf(context, known.memberId)) !== null) return null;
  const { faceMinor, currency } = offer;
  return { voucher, discountMinor: fits.discountMinor ?? faceMinor, currency };
}
