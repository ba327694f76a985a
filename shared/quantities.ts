import { assert } from './assert.ts';

/** Points, fen and grams are safe integers everywhere: never fractions, never beyond 2^53 − 1. */
export class QuantityOverflow extends Error {
  constructor(value: unknown) {
    super(`A quantity left the range of safe integers: ${String(value)}`);
  }
}

/** Reads an integer that a database or a sum gave (number, text or bigint) and asserts it is safe. */
export function toSafeInteger(value: unknown): number {
  const number = typeof value === 'number' ? value : Number(value);
  if (value === null || value === '' || !Number.isSafeInteger(number)) {
    throw new QuantityOverflow(value);
  }
  return number;
}

/** The exact sum, or a fault: a sum that does not fit is never shown rounded. */
export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total = toSafeInteger(total + value);
  return total;
};

/** An exact ratio of two integers, such as points per fen or fen per point. */
export type Fraction = Readonly<{ numerator: number; denominator: number }>;

export function fraction(numerator: number, denominator: number): Fraction {
  assert(Number.isSafeInteger(numerator) && numerator >= 0, 'a numerator is a whole number');
  assert(Number.isSafeInteger(denominator) && denominator > 0, 'a denominator is positive');
  return { numerator, denominator };
}

/** `amount × ratio` without a rounding in between, rounded down at the end. */
export function multiplyFloor(amount: number, ratio: Fraction): number {
  const product = BigInt(amount) * BigInt(ratio.numerator);
  const denominator = BigInt(ratio.denominator);
  const quotient = product / denominator;
  return toSafeInteger(product % denominator < 0n ? quotient - 1n : quotient);
}

/** `amount × ratio`, rounded to the nearest integer, halves up. `amount` is not negative. */
export function multiplyHalfUp(amount: number, ratio: Fraction): number {
  const denominator = BigInt(ratio.denominator);
  const doubled = 2n * BigInt(amount) * BigInt(ratio.numerator) + denominator;
  return toSafeInteger(doubled / (2n * denominator));
}

/**
 * Splits `total` in proportion to `weights`, exactly: the parts add up to the total, each part is
 * within one of its exact share, and equal remainders go to the earlier one (largest remainder).
 * No part exceeds its weight as long as `total` does not exceed the sum of the weights.
 */
export function splitByLargestRemainder(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, part: product / whole, remainder: product % whole };
  });
  let left = BigInt(total) - shares.reduce((all, { part }) => all + part, 0n);
  const parts = shares.map(({ part }) => part);
  for (const { index } of shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map(toSafeInteger);
}
