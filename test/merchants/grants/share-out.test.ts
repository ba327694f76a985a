import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOut } from '../../../subgraphs/merchants/grants/domain/share-out.ts';

const sharers = fc.uniqueArray(
  fc.record({
    memberId: fc.string({ minLength: 1, maxLength: 4 }),
    weight: fc.integer({ min: 1, max: 1_000 }),
    most: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 1_000_000_000 })),
  }),
  { selector: ({ memberId }) => memberId, maxLength: 40 },
);
const budgets = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 10 ** 12 }));

test('shares add up exactly to the budget, or to all that everybody may have', () => {
  fc.assert(
    fc.property(budgets, sharers, (budget, all) => {
      const shares = [...shareOut(budget, all).values()];
      const most = all.reduce((sum, one) => sum + one.most, 0);
      expect(shares.reduce((sum, points) => sum + points, 0)).toBe(Math.min(budget, most));
    }),
  );
});

test('nobody gets more than the cap, and nobody is left out', () => {
  fc.assert(
    fc.property(budgets, sharers, (budget, all) => {
      const shares = shareOut(budget, all);
      expect(shares.size).toBe(all.length);
      for (const { memberId, most } of all) {
        expect(shares.get(memberId)).toBeGreaterThanOrEqual(0);
        expect(shares.get(memberId)).toBeLessThanOrEqual(most);
      }
    }),
  );
});

test('the order of members does not matter', () => {
  const mixed = sharers.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    ),
  );
  fc.assert(
    fc.property(budgets, mixed, (budget, [all, others]) => {
      const sorted = (shares: ReadonlyMap<string, number>) => [...shares].toSorted();
      expect(sorted(shareOut(budget, others))).toEqual(sorted(shareOut(budget, all)));
    }),
  );
});

test('who is below the cap gets the share of her weight, to less than a point', () => {
  fc.assert(
    fc.property(budgets, sharers, (budget, all) => {
      const shares = shareOut(budget, all);
      const open = all.filter(({ memberId, most }) => (shares.get(memberId) ?? 0) < most);
      for (const one of open) {
        for (const other of open) {
          const [a, b] = [shares.get(one.memberId) ?? 0, shares.get(other.memberId) ?? 0];
          const apart = BigInt(a) * BigInt(other.weight) - BigInt(b) * BigInt(one.weight);
          expect(apart < BigInt(one.weight) + BigInt(other.weight)).toBe(true);
        }
      }
    }),
  );
});

test.each([
  // budget, weight:most of ann, ben, cid: what each gets
  [10, '1:9 1:9 1:9', '4 3 3'],
  [10, '1:3 1:9 1:9', '3 4 3'],
  [10, '1:2 1:2 1:2', '2 2 2'],
  [10, '2:9 1:9 1:9', '5 3 2'],
  [10, '2:4 1:9 1:2', '4 4 2'],
  [2, '1:9 1:9 1:9', '1 1 0'],
  [0, '1:9 1:9 1:9', '0 0 0'],
])('a budget of %i among %s is shared %s', (budget, given, expected) => {
  const all = given.split(' ').map((text, index) => {
    const [weight = 0, most = 0] = text.split(':').map(Number);
    return { memberId: ['ann', 'ben', 'cid'][index] ?? '', weight, most };
  });
  const shares = shareOut(budget, all);
  expect(['ann', 'ben', 'cid'].map((id) => shares.get(id)).join(' ')).toBe(expected);
});
