import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isMore,
  type Price,
  type UnitWorth,
  worthOf,
} from '../../subgraphs/merchants/compliance/domain/worth.ts';

const at = (merchantId: string, minor: number, points = 1): UnitWorth => ({
  ...{ merchantId, minor, points, unit: 'ALLIANCE', currency: 'CNY' },
});

const ASKED = { unit: 'ALLIANCE', currency: 'CNY', own: ['me', 'sponsor'] };

const price = (minor: number, points = 1): Price => ({ minor, points });

describe('L9: what points are worth at most', () => {
  test.each([
    ['nothing, without any reward', [], null, null],
    ['what the merchant itself gives', [at('me', 5), at('a', 3)], price(5), null],
    ['what its sponsor gives', [at('sponsor', 7), at('me', 5)], price(7), null],
    ['not what one other gives alone', [at('a', 9)], null, price(9)],
    ['what two others give', [at('b', 4), at('a', 9), at('c', 1)], price(4), price(9)],
    ['what two give alike', [at('b', 9), at('a', 9)], price(9), null],
    ['exactly: 1/3 is more than 0.33', [at('me', 33, 100), at('sponsor', 1, 3)], price(1, 3), null],
  ] as const)('%s', (_, worths, counted, single) => {
    expect(worthOf(worths, ASKED)).toEqual({ counted, single });
  });

  test('rewards in other units and currencies are not counted', () => {
    const others = [
      { ...at('me', 9), unit: 'MILES' },
      { ...at('me', 9), currency: 'USD' },
    ];

    expect(worthOf(others, ASKED)).toEqual({ counted: null, single: null });
    expect(worthOf(null, ASKED)).toEqual({ counted: null, single: null });
  });

  const worth = fc.record({ minor: fc.nat(1_000_000), points: fc.integer({ min: 1, max: 1_000 }) });
  const others = fc.uniqueArray(
    fc.tuple(fc.constantFrom('me', 'sponsor', 'a', 'b', 'c', 'd'), worth),
    { selector: ([merchantId]) => merchantId },
  );

  test('S71: whatever one other merchant gives, it raises nothing above what all others give', () => {
    fc.assert(
      fc.property(others, worth, (known, absurd) => {
        const worths = known.map(([merchantId, { minor, points }]) =>
          at(merchantId, minor, points),
        );
        const { counted } = worthOf([...worths, { ...at('x', 0), ...absurd }], ASKED);
        if (counted === null) return;
        expect(worths.some((one) => !isMore(counted, one))).toBe(true);
      }),
    );
  });
});
