import { type Fraction, multiplyHalfUp } from '../../../../shared/quantities.ts';
import { claimAmount, type Money, type PriceClass } from '../../domain/price.ts';

/**
 * The one rounding of clearing: what all points of one debtor, creditor and price class are worth that
 * were redeemed up to a cut. To the nearest minor unit, halves away from zero, so that points given
 * back are worth what they were worth when they came. A cycle clears the difference to what was cleared
 * before it; over all cycles each debtor, creditor and price class is so rounded once.
 */
export function amountUpToCut(points: number, priceClass: PriceClass): Money {
  const { amountMinor, currency } = claimAmount(Math.abs(points), priceClass);
  return { amountMinor: mirrored(points, amountMinor), currency };
}

/**
 * The fee on what a merchant accepted in one cycle and currency: rounded once for its statement, to the
 * nearest minor unit, halves away from zero. More given back than accepted makes a fee below zero.
 */
export const feeOn = (acceptedMinor: number, share: Fraction): number =>
  mirrored(acceptedMinor, multiplyHalfUp(Math.abs(acceptedMinor), share));

const mirrored = (of: number, amount: number): number => (of < 0 ? 0 - amount : amount);
