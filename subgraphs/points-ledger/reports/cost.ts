import { toSafeInteger } from '../../../shared/quantities.ts';
import type { LotAmount } from '../domain/lot.ts';
import { type Money, priceOf } from '../domain/price.ts';

/** Points of one price class. */
export type Priced = Readonly<{ points: number; priceClass: LotAmount['key']['priceClass'] }>;

type Ratio = Readonly<{ numerator: bigint; denominator: bigint }>;

/**
 * What points cost their issuer, by currency: the exact fractions of all price classes are added up, and
 * the sum of each currency is rounded once, to the nearest smallest unit, halves away from zero. Throws
 * QuantityOverflow beyond the safe integers.
 */
export function costRoundedOnce(parts: readonly Priced[]): Money[] {
  const exact = new Map<string, Ratio>();
  for (const { points, priceClass } of parts) {
    const { minor, per, currency } = priceOf(priceClass);
    const share = { numerator: BigInt(points) * BigInt(minor), denominator: BigInt(per) };
    exact.set(currency, plus(exact.get(currency) ?? { numerator: 0n, denominator: 1n }, share));
  }
  return [...exact]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, ratio]) => ({ amountMinor: rounded(ratio), currency }));
}

const plus = (a: Ratio, b: Ratio): Ratio =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : lowest(
        a.numerator * b.denominator + b.numerator * a.denominator,
        a.denominator * b.denominator,
      );

/** Without it the denominators of many price classes would grow without end. */
function lowest(numerator: bigint, denominator: bigint): Ratio {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

function rounded({ numerator, denominator }: Ratio): number {
  const size = numerator < 0n ? -numerator : numerator;
  const nearest = (2n * size + denominator) / (2n * denominator);
  return toSafeInteger(numerator < 0n ? -nearest : nearest) || 0;
}
