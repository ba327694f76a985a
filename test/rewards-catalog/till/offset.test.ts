import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../../shared/quantities.ts';
import {
  CODE_PAYS_MINOR,
  keptOf,
  mostSteps,
  type OffsetTerms,
  refuseSteps,
  stepsKept,
  totalOf,
} from '../../../subgraphs/rewards-catalog/till/domain/offset.ts';

const terms: fc.Arbitrary<OffsetTerms> = fc.record({
  points: fc.integer({ min: 1, max: 1_000 }),
  minor: fc.integer({ min: 1, max: 1_000 }),
  maxPercent: fc.integer({ min: 1, max: 100 }),
  thresholdMinor: fc.integer({ min: 0, max: 20_000 }),
  maxMinor: fc.option(fc.integer({ min: 1, max: CODE_PAYS_MINOR })),
});

test('points never pay more of a bill than is declared, and never all of it', () => {
  fc.assert(
    fc.property(terms, fc.integer({ min: 0, max: 1_000_000 }), (declared, bill) => {
      const most = mostSteps(declared, bill);
      const taken = most * declared.minor;
      expect(taken).toBeLessThanOrEqual(declared.maxMinor ?? CODE_PAYS_MINOR);
      expect(taken * 100).toBeLessThanOrEqual(bill * declared.maxPercent);
      if (most > 0) expect(taken).toBeLessThan(bill);
      if (bill < declared.thresholdMinor) expect(most).toBe(0);
      expect(refuseSteps(declared, bill, most)).toBeNull();
      expect(refuseSteps(declared, bill, most + 1)).toMatchObject({
        parameters: { mostPoints: most * declared.points },
      });
    }),
  );
});

const lines = fc.array(
  fc.record({
    amountMinor: fc.integer({ min: 1, max: 100_000 }),
    quantity: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 5 },
);

test('what goes back grows with what comes back, by less than a step more than its share, to all of it', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 10_000 }), fc.nat(), (order, steps, seed) => {
      const pieces = order.flatMap(({ quantity }, line) => Array<number>(quantity).fill(line));
      // Any order of coming back, made from the seed.
      const coming = pieces.toSorted(
        (a, b) => (((a + 1) * seed * 7919) % 97) - (((b + 1) * seed * 7919) % 97),
      );
      const returned = order.map(() => 0);
      const now = () =>
        order.map((line, index) => ({ ...line, returnedQuantity: returned[index] ?? 0 }));
      const base = totalOf(now());
      let before = stepsKept(steps, keptOf(now()), base);
      expect(before).toBe(steps);
      for (const line of coming) {
        returned[line] = (returned[line] ?? 0) + 1;
        const kept = stepsKept(steps, keptOf(now()), base);
        expect(kept).toBeLessThanOrEqual(before);
        const share = (steps * keptOf(now())) / base;
        expect(kept).toBeLessThanOrEqual(share);
        expect(share - kept).toBeLessThan(1);
        before = kept;
      }
      expect(before).toBe(0);
      expect(sum(returned)).toBe(pieces.length);
    }),
  );
});
