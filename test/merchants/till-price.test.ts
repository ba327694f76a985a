import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { dearerTiers, tierPriceOf } from '../../subgraphs/merchants/till/domain/tier-price.ts';

const lines = fc.array(
  fc.record({
    amountMinor: fc.integer({ min: 0, max: 1_000_000 }),
    category: fc.constantFrom('custom', 'gold', null),
  }),
  { minLength: 1, maxLength: 8 },
);

const paidFor = (bill: readonly { amountMinor: number }[]): number =>
  sum(bill.map(({ amountMinor }) => amountMinor));

test('S7: a price by tier is rounded once over what it is for, and no line gets dearer', () => {
  const forGoods = fc.constantFrom<string[] | undefined>(undefined, ['custom'], ['custom', 'gold']);
  fc.assert(
    fc.property(
      lines,
      fc.integer({ min: 2, max: 10_000 }),
      fc.nat(),
      forGoods,
      (bill, of, seed, categories) => {
        const part = 1 + (seed % (of - 1));
        const price = { tier: 'GOLD', part, of, ...(categories && { categories }) };
        const paid = tierPriceOf(bill, price);
        const isFor = ({ category }: { category: string | null }) =>
          categories === undefined || (category !== null && categories.includes(category));
        const [priced, others] = [bill.filter(isFor), bill.filter((line) => !isFor(line))];

        expect(BigInt(sum(paid) - paidFor(others))).toBe(
          (BigInt(paidFor(priced)) * BigInt(part)) / BigInt(of),
        );
        for (const [index, line] of bill.entries()) {
          expect(paid[index]).toBeGreaterThanOrEqual(isFor(line) ? 0 : line.amountMinor);
          expect(paid[index]).toBeLessThanOrEqual(line.amountMinor);
        }
      },
    ),
  );
});

const price = (tier: string, part: number, of: number, ...categories: string[]) => ({
  ...{ tier, part, of },
  ...(categories.length > 0 && { categories }),
});

test.each([
  [[price('GOLD', 95, 100)], [price('GOLD', 19, 20)], []],
  [[price('GOLD', 95, 100)], [price('GOLD', 9_501, 10_000)], ['GOLD']],
  [[price('GOLD', 95, 100)], [price('GOLD', 9_499, 10_000)], []],
  [[price('GOLD', 95, 100), price('SILVER', 1, 2)], [price('GOLD', 1, 2)], ['SILVER']],
  [[], [price('GOLD', 1, 2)], []],
  [[price('GOLD', 9, 10)], [price('GOLD', 1, 2, 'custom')], ['GOLD']],
  [[price('GOLD', 9, 10, 'custom', 'gold')], [price('GOLD', 1, 2, 'custom')], ['GOLD']],
  [[price('GOLD', 9, 10, 'custom')], [price('GOLD', 9, 10, 'gold', 'custom')], []],
  [[price('GOLD', 9, 10, 'custom')], [price('GOLD', 9, 10)], []],
])('from %j to %j members of %j pay more', (before, after, dearer) => {
  expect(dearerTiers(before, after)).toEqual(dearer);
});
