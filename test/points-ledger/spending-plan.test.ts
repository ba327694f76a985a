import { expect, test } from 'vitest';
import { claimAmount, isClaimable } from '../../subgraphs/points-ledger/domain/price.ts';
import { planSpending } from '../../subgraphs/points-ledger/domain/spending-plan.ts';

const TODAY = 20261122;
const NEVER = 99991231;

/** `A:20261201:30` is 30 points of A that expire on that day. */
const lots = (text: string) =>
  text.split(' ').map((lot) => {
    const [issuerId = '', expiresOn, points, priceClass = '80/100 CNY'] = lot.split(':');
    const key = { unit: 'ALLIANCE', issuerId, priceClass, contributor: '', useScope: '' };
    return { key: { ...key, expiresOn: Number(expiresOn) }, points: Number(points) };
  });

const plan = (text: string, points: number, today = TODAY) => {
  const { draws, available, missing } = planSpending(lots(text), points, today);
  const drawn = draws.map(({ key, points: taken }) => `${key.issuerId}:${taken}`);
  return { drawn: drawn.join(' '), available, missing };
};

const late = `A:20270101:50 B:20261201:30 C:${NEVER}:20`;
const even = 'C:20261201:10 A:20261201:10 B:20261201:10';
const uneven = 'A:20261201:70 B:20261201:20 C:20261201:10';

test.each([
  // lots, points, what is drawn: the earliest expiry first
  [late, 1, 'B:1'],
  [late, 30, 'B:30'],
  [late, 31, 'B:30 A:1'],
  [late, 100, 'B:30 A:50 C:20'],
  // Lots of one expiry share in proportion; the largest remainder gets the odd point, the first
  // issuer among equals.
  [uneven, 10, 'A:7 B:2 C:1'],
  [uneven, 50, 'A:35 B:10 C:5'],
  [uneven, 5, 'A:4 B:1'],
  [even, 1, 'A:1'],
  [even, 2, 'A:1 B:1'],
  [even, 10, 'A:4 B:3 C:3'],
  // What one issuer has of several prices counts as one share.
  ['A:20261201:10:1/1 A:20261201:10:2/1 B:20261201:20', 20, 'A:10 B:10'],
])('of %s, %i points are paid by %s', (text, points, expected) => {
  expect(plan(text, points).drawn).toBe(expected);
});

test('points can be spent until the day before they expire', () => {
  expect(plan('A:20261122:10 B:20261123:5', 5)).toEqual({ drawn: 'B:5', available: 5, missing: 0 });
});

test('what is lacking is told, with what there is', () => {
  expect(plan('A:20261201:10', 25)).toEqual({ drawn: 'A:10', available: 10, missing: 15 });
});

test.each([
  // points, price, what the issuer owes in fen: halves up
  [100, '80/100 CNY', 80],
  [1, '80/100 CNY', 1],
  [1, '49/100 CNY', 0],
  [1, '50/100 CNY', 1],
  [3, '1/2 CNY', 2],
  [7, '0/1 CNY', 0],
  [Number.MAX_SAFE_INTEGER, '1/1 CNY', Number.MAX_SAFE_INTEGER],
])('a claim on %i points at %s is %i', (points, priceClass, amountMinor) => {
  expect(claimAmount(points, priceClass)).toEqual({ amountMinor, currency: 'CNY' });
});

test('a claim beyond the safe integers cannot be written', () => {
  expect(isClaimable(Number.MAX_SAFE_INTEGER, '2/1 CNY')).toBe(false);
  expect(isClaimable(1_000_000, '200/100 CNY')).toBe(true);
});
