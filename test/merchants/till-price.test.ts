import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { dearerTiers, tierPriceOf } from '../../subgraphs/merchants/till/domain/tier-price.ts';

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 8 });

test('a price by tier is rounded once, however a bill is cut, and no line gets dearer', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 2, max: 10_000 }), fc.nat(), (bill, of, seed) => {
      const part = 1 + (seed % (of - 1));
      const paid = tierPriceOf(bill, { tier: 'GOLD', part, of });

      expect(BigInt(sum(paid))).toBe((BigInt(sum(bill)) * BigInt(part)) / BigInt(of));
      expect(paid.every((one, index) => one >= 0 && one <= (bill[index] ?? 0))).toBe(true);
    }),
  );
});

const price = (tier: string, part: number, of: number) => ({ tier, part, of });

test.each([
  [[price('GOLD', 95, 100)], [price('GOLD', 19, 20)], []],
  [[price('GOLD', 95, 100)], [price('GOLD', 9_501, 10_000)], ['GOLD']],
  [[price('GOLD', 95, 100)], [price('GOLD', 9_499, 10_000)], []],
  [[price('GOLD', 95, 100), price('SILVER', 1, 2)], [price('GOLD', 1, 2)], ['SILVER']],
  [[], [price('GOLD', 1, 2)], []],
])('from %j to %j members of %j pay more', (before, after, dearer) => {
  expect(dearerTiers(before, after)).toEqual(dearer);
});
