import { fraction, multiplyFloor } from '../../../shared/quantities.ts';

/** So many points for so much money, in the smallest unit. */
export type EarnRate = Readonly<{ earnPoints: number; earnMinor: number }>;

/** A line of which some may have come back. */
export type EarningLine = Readonly<{
  amountMinor: number;
  quantity: number;
  returnedQuantity: number;
}>;

/**
 * The points an amount earns: exact, rounded down once over the whole order (S1, S9).
 * Throws QuantityOverflow when they leave the range of safe integers.
 */
export const pointsFor = (amountMinor: number, { earnPoints, earnMinor }: EarnRate): number =>
  multiplyFloor(amountMinor, fraction(earnPoints, earnMinor));

/**
 * What has come back of a line's amount: its share by quantity, rounded down in the member's favour.
 * It only depends on how much has come back in all, so over any sequence of returns the parts add
 * up to exactly the line.
 */
export const returnedAmount = ({ amountMinor, quantity, returnedQuantity }: EarningLine): number =>
  multiplyFloor(amountMinor, fraction(returnedQuantity, quantity));

/**
 * The points that returns have taken back so far: what the order earned less what the rest of it
 * earns. When everything came back, that is exactly what was earned, whatever the steps.
 */
export const revokedPoints = (totalMinor: number, returnedMinor: number, rate: EarnRate): number =>
  pointsFor(totalMinor, rate) - pointsFor(totalMinor - returnedMinor, rate);
