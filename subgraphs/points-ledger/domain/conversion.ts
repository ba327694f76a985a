import type { Day } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import { compareLots, isSpendable, type LotAmount, type LotKey } from './lot.ts';
import { type PriceClass, priceClassOf, priceOf } from './price.ts';

/**
 * What an issuer gives for its own points of one unit: `numerator` points of `toUnit` for every `denominator`
 * points of `unit`. A rate never changes; a later version follows it.
 */
export type Rate = Readonly<{
  issuerId: string;
  unit: string;
  toUnit: string;
  /** From 1, without a gap. */
  version: number;
  numerator: number;
  denominator: number;
  /** What the issuer owes for the points that it gives. */
  priceClass: PriceClass;
  effectiveOn: Day;
}>;

/** Points of one lot that become points of another unit. */
export type Conversion = Readonly<{
  from: LotAmount;
  to: LotAmount;
  rate: Rate;
}>;

export type ConversionPlan = Readonly<{
  /** In the order of the lots. */
  conversions: readonly Conversion[];
  taken: number;
  got: number;
  /** What of the wanted points does not divide and stays as it is. */
  left: number;
  /** All that there is a rate for. */
  available: number;
  missing: number;
  /** It gives more points than can be counted. */
  overflows: boolean;
}>;

type Wanted = Readonly<{ unit: string; toUnit: string; points: number }>;

export const rateText = ({
  issuerId,
  unit,
  toUnit,
}: Omit<Wanted, 'points'> & { issuerId: string }) => `${issuerId}\n${unit}\n${toUnit}`;

/** The newest version that has come into effect. */
export const rateInForce = (versions: readonly Rate[], today: Day): Rate | undefined =>
  versions.findLast(({ effectiveOn }) => effectiveOn <= today);

/**
 * Which lots of a unit become what: one after the other, the earliest expiry first, of each only what the
 * rate of its issuer divides, so nobody loses or gains by a rounding. What does not divide stays. Points
 * without a rate, those that are good for one thing only and those that lapsed are left out. Nothing expires
 * earlier than before. `lots` are of that unit, `rates` by `rateText`.
 */
export function planConversion(
  lots: readonly LotAmount[],
  wanted: Wanted,
  rates: ReadonlyMap<string, readonly Rate[]>,
  today: Day,
): ConversionPlan {
  const good = lots
    .filter(({ key }) => isSpendable(key, today) && key.useScope === '')
    .toSorted((a, b) => compareLots(a.key, b.key))
    .flatMap((lot) => {
      const { issuerId } = lot.key;
      const rate = rateInForce(rates.get(rateText({ ...wanted, issuerId })) ?? [], today);
      const priceClass = rate === undefined ? null : priceOfResult(lot.key, rate);
      return rate === undefined || priceClass === null ? [] : [{ lot, rate, priceClass }];
    });
  const available = sum(good.map(({ lot }) => lot.points));
  const conversions: Conversion[] = [];
  let [open, got] = [Math.min(wanted.points, available), 0n];
  for (const { lot, rate, priceClass } of good) {
    const { taken, gives } = wholeSteps(Math.min(open, lot.points), rate);
    if (taken === 0) continue;
    got += gives;
    if (got > BigInt(Number.MAX_SAFE_INTEGER)) break;
    const key: LotKey = { ...lot.key, unit: wanted.toUnit, priceClass };
    const from = { key: lot.key, points: taken };
    conversions.push({ from, to: { key, points: Number(gives) }, rate });
    open -= taken;
  }
  const taken = sum(conversions.map(({ from }) => from.points));
  return {
    conversions,
    taken,
    got: sum(conversions.map(({ to }) => to.points)),
    left: Math.max(0, wanted.points - taken),
    available,
    missing: Math.max(0, wanted.points - available),
    overflows: got > BigInt(Number.MAX_SAFE_INTEGER),
  };
}

/** As much of some points as the rate divides, and what that gives. */
function wholeSteps(
  points: number,
  { numerator, denominator }: Rate,
): Readonly<{ taken: number; gives: bigint }> {
  const common = greatestDivisor(BigInt(numerator), BigInt(denominator));
  const step = BigInt(denominator) / common;
  const steps = BigInt(points) / step;
  return { taken: Number(steps * step), gives: (steps * BigInt(numerator)) / common };
}

/**
 * What the issuer owes for the points that it gives: as its rate says, and never more than it owed for the
 * ones that it takes, whose price was frozen when it issued them. So no conversion makes a debt grow. Another
 * currency cannot be compared: then it owes what it owed. Null when that cannot be written as a price.
 */
function priceOfResult({ priceClass }: LotKey, rate: Rate): PriceClass | null {
  const was = priceOf(priceClass);
  const says = priceOf(rate.priceClass);
  const minor = BigInt(was.minor) * BigInt(rate.denominator);
  const per = BigInt(was.per) * BigInt(rate.numerator);
  const isDearer = BigInt(says.minor) * per > minor * BigInt(says.per);
  if (was.currency === says.currency && !isDearer) return rate.priceClass;
  const common = minor === 0n ? per : greatestDivisor(minor, per);
  const [least, of] = [minor / common, per / common];
  const isWritable =
    least <= BigInt(Number.MAX_SAFE_INTEGER) && of <= BigInt(Number.MAX_SAFE_INTEGER);
  return isWritable ? priceClassOf(Number(least), Number(of), was.currency) : null;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}
