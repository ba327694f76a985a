import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountUpToCut, feeOn } from '../../subgraphs/points-ledger/clearing/domain/amounts.ts';
import { type BurnSum, cutCycle } from '../../subgraphs/points-ledger/clearing/domain/cut.ts';
import {
  type Claim,
  paymentsOf,
  positionsOf,
  volumesOf,
} from '../../subgraphs/points-ledger/clearing/domain/netting.ts';

const merchant = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const claim = fc
  .record({
    debtorId: merchant,
    creditorId: merchant,
    currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'HKD'),
    // Below zero when more came back than was redeemed.
    amountMinor: fc.integer({ min: -500, max: 5_000 }),
  })
  .filter(({ debtorId, creditorId }) => debtorId !== creditorId);
const claims = fc.array(claim, { maxLength: 40 });

const total = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);

/** What each merchant and currency gets less what it gives, when every claim is paid by itself. */
function netsByHand(all: readonly Claim[]): Map<string, number> {
  const nets = new Map<string, number>();
  const add = (id: string, currency: string, amount: number) =>
    nets.set(`${id} ${currency}`, (nets.get(`${id} ${currency}`) ?? 0) + amount);
  for (const { debtorId, creditorId, currency, amountMinor } of all) {
    add(debtorId, currency, -amountMinor);
    add(creditorId, currency, amountMinor);
  }
  return nets;
}

describe('P9: netting', () => {
  test('nets of each currency add up to zero', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const positions = positionsOf(all);
        for (const currency of ['CNY', 'HKD']) {
          const own = positions.filter((position) => position.currency === currency);
          expect(total(own.map(({ receivable, payable }) => receivable - payable))).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the payments bring every merchant to where paying each claim by itself would', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const payments = paymentsOf(positionsOf(all));
        const paid = netsByHand(
          payments.map(({ payerId, payeeId, ...more }) => ({
            debtorId: payerId,
            creditorId: payeeId,
            ...more,
          })),
        );
        for (const [who, net] of netsByHand(all)) expect(paid.get(who) ?? 0, who).toBe(net);
      }),
      { numRuns: 500 },
    );
  });

  test('there are fewer payments than merchants, none of nothing, and never more volume', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const payments = paymentsOf(positionsOf(all));
        for (const { currency, ...volume } of volumesOf(all, payments)) {
          const own = payments.filter((payment) => payment.currency === currency);
          const parties = new Set(own.flatMap(({ payerId, payeeId }) => [payerId, payeeId]));
          expect(own.length).toBeLessThanOrEqual(Math.max(0, parties.size - 1));
          expect(own.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
          expect(volume.payments).toBe(own.length);
          expect(volume.netMinor).toBe(total(own.map(({ amountMinor }) => amountMinor)));
          expect(volume.netMinor).toBeLessThanOrEqual(volume.grossMinor);
          const payers = new Set(own.map(({ payerId }) => payerId));
          expect(own.some(({ payeeId }) => payers.has(payeeId))).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the same claims in any order give the same payments', () => {
    const shuffled = claims.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(paymentsOf(positionsOf(others))).toEqual(paymentsOf(positionsOf(all)));
      }),
      { numRuns: 200 },
    );
  });

  test('of equals the one with the lower id pays and is paid first', () => {
    const owe = (debtorId: string, creditorId: string) => ({
      ...{ debtorId, creditorId },
      ...{ currency: 'CNY', amountMinor: 10 },
    });

    expect(paymentsOf(positionsOf([owe('z', 'b'), owe('y', 'a')]))).toEqual([
      { payerId: 'y', payeeId: 'a', currency: 'CNY', amountMinor: 10 },
      { payerId: 'z', payeeId: 'b', currency: 'CNY', amountMinor: 10 },
    ]);
  });
});

describe('P9: rounding', () => {
  const pair = { debtorId: 'a', creditorId: 'b' };
  const priceClass = fc.constantFrom('1/3 CNY', '80/100 CNY', '7/1000 CNY', '0/1 CNY');

  test('whatever the cuts, all amounts together are one rounding of all points', () => {
    // Points of each cycle; some give more back than was redeemed in it.
    const parts = fc.array(fc.integer({ min: -50, max: 90 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(parts, priceClass, (cycles, price) => {
        let carried = { points: 0, amountMinor: 0 };
        const amounts = cycles.map((points) => {
          const burns: BurnSum[] = [{ ...pair, priceClass: price, points, burns: 1, carried }];
          const { lines, totals } = cutCycle({ burns, corrections: [] }, new Map(), 20261122);
          carried = totals[0] ?? carried;
          return lines[0]?.amountMinor ?? Number.NaN;
        });
        const all = total(cycles);
        const [minor, per] = price.split(/[/ ]/).map(Number);
        const exact = (all * (minor ?? 0)) / (per ?? 1);
        expect(Math.abs(total(amounts) - exact)).toBeLessThanOrEqual(0.5);
        expect(total(amounts)).toBe(amountUpToCut(all, price).amountMinor);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [2, '1/3 CNY', 1],
    [-2, '1/3 CNY', -1],
    [1, '1/2 CNY', 1],
    [-1, '1/2 CNY', -1],
    [0, '1/2 CNY', 0],
  ])('%i points at %s are worth %i', (points, price, amountMinor) => {
    expect(amountUpToCut(points, price)).toEqual({ amountMinor, currency: 'CNY' });
  });

  test.each([
    [1000, 1, 1000, 1],
    [1500, 1, 1000, 2],
    [1499, 1, 1000, 1],
    [-1500, 1, 1000, -2],
    [9_007_199_254_740_991, 1, 3, 3_002_399_751_580_330],
  ])('the fee on %i is %i/%i of it, rounded once: %i', (accepted, numerator, denominator, fee) => {
    expect(feeOn(accepted, { numerator, denominator })).toBe(fee);
  });
});
