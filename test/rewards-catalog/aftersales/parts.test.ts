import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideReturn,
  type ReturnFacts,
} from '../../../subgraphs/rewards-catalog/aftersales/domain/returning.ts';
import { usualTerms } from '../../../subgraphs/rewards-catalog/aftersales/domain/terms.ts';

const completed = new Date('2026-11-22T02:00:00Z');

const factsOf = (points: number, quantity: number, returned: number, feePercent: number) =>
  ({
    redemption: {
      ...{ state: 'CAPTURED', points, quantity, returned },
      ...{ fulfilBy: null, cancelAt: null, completedAt: completed },
    },
    ...{ kind: 'TICKET', terms: { ...usualTerms, feePercent }, by: 'MEMBER' },
    voucher: { usedAt: null, validUntil: 20270101 },
    isBegun: false,
    today: 20261122,
  }) satisfies ReturnFacts;

test('parts that come back, with their fees, add up to the whole, in whatever parts they come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 100 }),
      (points, parts, feePercent) => {
        const quantity = parts.reduce((sum, part) => sum + part, 0);
        let [returned, back, kept] = [0, 0n, 0n];
        for (const part of parts) {
          const facts = factsOf(points, quantity, returned, feePercent);
          const decided = decideReturn(facts, { quantity: part, grounds: 'VOLUNTARY' });
          if ('kind' in decided) throw new Error(decided.code);
          expect(decided.points).toBeGreaterThanOrEqual(0);
          back += BigInt(decided.points);
          kept += BigInt(decided.feePoints);
          returned += part;
        }
        expect(back + kept).toBe(BigInt(points));
        // Rounded down for each part, so the fee is never more than was told.
        expect(kept * 100n <= BigInt(points) * BigInt(feePercent)).toBe(true);
        const more = decideReturn(factsOf(points, quantity, returned, feePercent), {
          ...{ quantity: 1, grounds: 'VOLUNTARY' },
        });
        expect(more).toMatchObject({ kind: 'NotReturnable', code: 'RETURN_EXCEEDS' });
      },
    ),
  );
});
