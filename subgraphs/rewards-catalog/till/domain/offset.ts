import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import { fraction, multiplyFloor, sum } from '../../../../shared/quantities.ts';
import type { Details } from '../../offers/domain/details.ts';

/**
 * What a merchant declares of points that pay a part of a bill. They pay in steps: each takes `minor` off for `points`,
 * so nothing is ever rounded when they pay. Money is in the smallest unit.
 */
export type OffsetTerms = Readonly<{
  points: number;
  minor: number;
  /** The most of a bill. */
  maxPercent: number;
  /** What the bill must come to. */
  thresholdMinor: number;
  /** The most of one bill, whatever it comes to; null: as much as a code pays. */
  maxMinor: number | null;
}>;

/** What a code that was shown agrees to pay with points at most, without being asked again: 500 yuan. */
export const CODE_PAYS_MINOR = 50_000;

/** The terms of a reward; null when it is none of the kind. */
export function offsetTermsOf(
  reward: Readonly<{ points: number; cashMinor: number; details: Details | null }>,
): OffsetTerms | null {
  const offset = reward.details?.billOffset;
  return offset === undefined
    ? null
    : {
        ...{ points: reward.points, minor: reward.cashMinor },
        ...{ maxPercent: offset.maxPercent, thresholdMinor: offset.thresholdMinor },
        maxMinor: offset.maxMinor ?? null,
      };
}

/** The most that may be taken off a bill, before it is cut to whole steps: a part is always paid in money (L6). */
function mostMinor({ maxPercent, thresholdMinor, maxMinor }: OffsetTerms, bill: number): number {
  if (bill < thresholdMinor) return 0;
  const share = multiplyFloor(bill, fraction(maxPercent, 100));
  return Math.max(0, Math.min(share, bill - 1, maxMinor ?? CODE_PAYS_MINOR, CODE_PAYS_MINOR));
}

/** How many steps a bill takes at most. */
export const mostSteps = (terms: OffsetTerms, bill: number): number =>
  Math.floor(mostMinor(terms, bill) / terms.minor);

export type MoreThanBillAllows = Refused<'MoreThanBillAllows'>;

/** Why so many steps are too many for a bill, with the most that it takes; null: they are not. */
export function refuseSteps(
  terms: OffsetTerms,
  bill: number,
  steps: number,
): MoreThanBillAllows | null {
  const most = mostSteps(terms, bill);
  if (steps <= most) return null;
  const { maxPercent: percent, thresholdMinor } = terms;
  const mostPoints = most * terms.points;
  const no = (code: string) => refused('MoreThanBillAllows', code, { mostPoints, percent });
  if (bill < thresholdMinor) {
    return refused('MoreThanBillAllows', 'OFFSET_BELOW_THRESHOLD', { mostPoints, thresholdMinor });
  }
  const asked = BigInt(steps) * BigInt(terms.minor);
  if (asked >= BigInt(bill)) return no('OFFSET_ABOVE_BILL');
  return asked * 100n > BigInt(bill) * BigInt(terms.maxPercent)
    ? no('OFFSET_ABOVE_SHARE')
    : no('OFFSET_ABOVE_LIMIT');
}

/** A line of a recorded order, as the feed of merchants tells it. Money is what was paid for all pieces. */
export type RecordedLine = Readonly<{
  amountMinor: number;
  quantity: number;
  returnedQuantity: number;
}>;

/** What an order comes to in money, with what came back of it. */
export const totalOf = (lines: readonly RecordedLine[]): number =>
  sum(lines.map(({ amountMinor }) => amountMinor));

/** The money of what is kept of an order. What came back of a line goes by quantity, rounded down, as merchants has it. */
export const keptOf = (lines: readonly RecordedLine[]): number =>
  sum(
    lines.map(
      ({ amountMinor, quantity, returnedQuantity }) =>
        amountMinor - multiplyFloor(amountMinor, fraction(returnedQuantity, quantity)),
    ),
  );

/**
 * How many steps still pay when of an order that came to `base` at most `kept` is left: in proportion, rounded down
 * once, so that what the rounding leaves goes back to the member. None when nothing is left, and never more than paid.
 */
export const stepsKept = (steps: number, kept: number, base: number): number =>
  multiplyFloor(steps, fraction(Math.min(kept, base), base));
