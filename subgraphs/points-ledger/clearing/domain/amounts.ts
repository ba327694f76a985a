import { type Fraction, multiplyHalfUp } from '../../../../shared/quantities.ts';
import { claimAmount, type Money, type PriceClass } from '../../domain/price.ts';

/**
 * The one rounding of clearing: what all points of one debtor, creditor and price class are worth that
 * were redeemed up to a cut. To the nearest minor unit, halves away from zero, so that points given
 * back are worth what they were worth when they came. A cycle clears the difference to what was cleared
 * before it; over all cycles each debtor, creditor and price class is so rounded once.
 */
export const amountUpToCut = (points: number, priceClass: PriceClass): Money =>
  claimAmount(points, priceClass);

/**
 * The fee on what a merchant accepted in one cycle and currency: rounded once for its statement, to the
 * nearest minor unit, halves away from zero. More given back than accepted makes a fee below zero.
 */
export function feeOn(acceptedMinor: number, share: Fraction): number {
  const fee = multiplyHalfUp(Math.abs(acceptedMinor), share);
  return acceptedMinor < 0 ? 0 - fee : fee;
}
