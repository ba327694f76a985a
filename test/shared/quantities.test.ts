import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, dayOf, isoDay, parseIsoDay } from '../../shared/calendar.ts';
import {
  fraction,
  multiplyFloor,
  multiplyHalfUp,
  QuantityOverflow,
  splitByLargestRemainder,
  sum,
  toSafeInteger,
} from '../../shared/quantities.ts';

const amount = fc.integer({ min: 0, max: 10 ** 12 });
const ratio = fc.record({
  numerator: fc.integer({ min: 0, max: 10 ** 6 }),
  denominator: fc.integer({ min: 1, max: 10 ** 6 }),
});

describe('exact arithmetic', () => {
  test('a product is rounded once, at the end, and never in between', () => {
    fc.assert(
      fc.property(amount, ratio, (value, { numerator, denominator }) => {
        fc.pre(value * numerator < Number.MAX_SAFE_INTEGER);
        const floor = multiplyFloor(value, { numerator, denominator });
        const exact = BigInt(value) * BigInt(numerator);
        expect(BigInt(floor) * BigInt(denominator) <= exact).toBe(true);
        expect(BigInt(floor + 1) * BigInt(denominator) > exact).toBe(true);
        const near = multiplyHalfUp(value, { numerator, denominator });
        expect(near === floor || near === floor + 1).toBe(true);
      }),
    );
  });

  test('a split adds up, and no part exceeds its weight', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weights, share) => {
          const total = Math.floor(sum(weights) * share);
          const parts = splitByLargestRemainder(total, weights);
          expect(sum(parts)).toBe(sum(weights) === 0 ? 0 : total);
          for (const [index, part] of parts.entries()) {
            expect(part).toBeLessThanOrEqual(weights[index] ?? 0);
            expect(part).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  test.each([
    // total, weights, parts
    [10, [1, 1, 1], [4, 3, 3]],
    [100, [600, 400], [60, 40]],
    [1, [1, 1], [1, 0]],
    [0, [5, 5], [0, 0]],
  ])('%i over %j is %j', (total, weights, parts) => {
    expect(splitByLargestRemainder(total, weights)).toEqual(parts);
  });

  test('a sum beyond 2^53 − 1 is a fault and never a rounded number', () => {
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(QuantityOverflow);
    expect(() => multiplyFloor(Number.MAX_SAFE_INTEGER, fraction(2, 1))).toThrow(QuantityOverflow);
    expect(() => toSafeInteger('9007199254740993')).toThrow(QuantityOverflow);
    expect(() => toSafeInteger(null)).toThrow(QuantityOverflow);
    expect(toSafeInteger('9007199254740991')).toBe(9007199254740991);
  });
});

describe('the calendar', () => {
  test.each([
    ['2026-11-22T15:59:59.999Z', '2026-11-22'],
    ['2026-11-22T16:00:00.000Z', '2026-11-23'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
  ])('%s falls on %s in Shanghai', (instant, day) => {
    expect(isoDay(dayOf(new Date(instant)))).toBe(day);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-22', 36, '2029-11-22'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(isoDay(addMonths(parseIsoDay(day), months))).toBe(expected);
  });
});
