import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEVER } from '../../shared/calendar.ts';
import { emptyBooks, emptyWallet } from '../../subgraphs/points-ledger/domain/books.ts';
import { convert } from '../../subgraphs/points-ledger/domain/commands/convert.ts';
import {
  planConversion,
  type Rate,
  rateText,
} from '../../subgraphs/points-ledger/domain/conversion.ts';
import { type LotAmount, lotText } from '../../subgraphs/points-ledger/domain/lot.ts';
import { priceOf } from '../../subgraphs/points-ledger/domain/price.ts';
import { allowsGain } from '../../subgraphs/points-ledger/programmes/domain/gain.ts';
import { converting } from './convert-world.ts';

const TODAY = 20261122;

const UNITS = ['ALLIANCE', 'MILES', 'STARS'];
const price = fc
  .record({
    minor: fc.integer({ min: 0, max: 99 }),
    per: fc.integer({ min: 1, max: 100 }),
    currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'USD'),
  })
  .map(({ minor, per, currency }) => `${minor}/${per} ${currency}`);
const way = fc
  .tuple(fc.constantFrom(...UNITS), fc.constantFrom(...UNITS))
  .filter(([unit, toUnit]) => unit !== toUnit)
  .map(([unit, toUnit]) => ({ unit, toUnit }));
const part = fc.integer({ min: 1, max: 12 });
const event = fc.oneof(
  fc.record({
    way,
    numerator: part,
    denominator: part,
    priceClass: price,
    kind: fc.constant('rate' as const),
  }),
  fc.record({
    way,
    points: fc.integer({ min: 1, max: 5000 }),
    kind: fc.constant('convert' as const),
  }),
);

/** What some lots cost their issuer in CNY, as a fraction over a common denominator. */
function costOf(lots: readonly LotAmount[], currency: string): readonly [bigint, bigint] {
  return lots
    .map(({ key, points }) => ({ points, ...priceOf(key.priceClass) }))
    .filter((lot) => lot.currency === currency)
    .reduce<readonly [bigint, bigint]>(
      ([minor, per], lot) => [
        minor * BigInt(lot.per) + BigInt(lot.points) * BigInt(lot.minor) * per,
        per * BigInt(lot.per),
      ],
      [0n, 1n],
    );
}

test('no sequence of conversions, at whatever rates were set meanwhile, gains points or money', () => {
  let converted = 0;
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 4, maxLength: 60, size: 'max' }),
      fc.array(price, { minLength: 1, maxLength: 4 }),
      (events, prices) => {
        const books = emptyBooks();
        const wallet = emptyWallet('ann');
        books.wallets.set('ann', wallet);
        for (const [index, priceClass] of prices.entries()) {
          const key = {
            unit: 'ALLIANCE',
            issuerId: 'I',
            expiresOn: NEVER - index,
            priceClass,
            contributor: '',
            useScope: '',
          };
          wallet.lots.set(lotText(key), { key, points: 1000 });
        }
        const start = 1000 * prices.length;
        wallet.units.set('ALLIANCE', { available: start, pending: 0, held: 0, debt: 0 });
        const rates: Rate[] = [];
        for (const one of events) {
          if (one.kind === 'rate') {
            const { way: units, numerator, denominator, priceClass } = one;
            const next = {
              ...units,
              issuerId: 'I',
              numerator,
              denominator,
              priceClass,
              effectiveOn: TODAY,
            };
            if (!allowsGain(rates, next)) rates.push({ ...next, version: rates.length + 1 });
            books.rates = Map.groupBy(rates, rateText);
            continue;
          }
          const before = [...wallet.lots.values()];
          const command = converting({ ...one.way, points: one.points });
          const { entry } = convert(books, command, { atMs: 0, today: TODAY, entryId: 'e' });
          if (entry === null) continue;
          converted += 1;
          const after = [...wallet.lots.values()];
          for (const currency of ['CNY', 'USD']) {
            const [was, wasPer] = costOf(before, currency);
            const [is, isPer] = costOf(after, currency);
            expect(is * wasPer <= was * isPer).toBe(true);
          }
          expect(wallet.units.get('ALLIANCE')?.available).toBeLessThanOrEqual(start);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(converted).toBeGreaterThan(50);
});

test('without the check of rates a round trip gains: the test above can fail', () => {
  const rates: Rate[] = [
    {
      issuerId: 'I',
      unit: 'A',
      toUnit: 'B',
      version: 1,
      numerator: 2,
      denominator: 1,
      priceClass: '1/1 CNY',
      effectiveOn: TODAY,
    },
    {
      issuerId: 'I',
      unit: 'B',
      toUnit: 'A',
      version: 1,
      numerator: 2,
      denominator: 3,
      priceClass: '1/1 CNY',
      effectiveOn: TODAY,
    },
  ];
  const [first, second] = rates;
  if (first === undefined || second === undefined) throw new Error('two rates');
  const key = {
    unit: 'A',
    issuerId: 'I',
    expiresOn: NEVER,
    priceClass: '1/1 CNY',
    contributor: '',
    useScope: '',
  };
  const byText = Map.groupBy(rates, rateText);

  const there = planConversion(
    [{ key, points: 30 }],
    { unit: 'A', toUnit: 'B', points: 30 },
    byText,
    TODAY,
  );
  const back = planConversion(
    there.conversions.map(({ to }) => to),
    { unit: 'B', toUnit: 'A', points: 60 },
    byText,
    TODAY,
  );

  expect([there.got, back.got]).toEqual([60, 40]);
  expect(allowsGain([first], second)).toBe(true);
  // The issuer owes no more than before, even so.
  expect(back.conversions.map(({ to }) => to.key.priceClass)).toEqual(['3/4 CNY']);
});

test('numbers beyond what can be counted are refused and nothing is changed', () => {
  const books = emptyBooks();
  const wallet = emptyWallet('ann');
  books.wallets.set('ann', wallet);
  const rate = {
    issuerId: 'I',
    unit: 'ALLIANCE',
    toUnit: 'MILES',
    version: 1,
    numerator: 1_000_000_000,
    denominator: 1,
    priceClass: '1/1 CNY',
    effectiveOn: TODAY,
  };
  books.rates = Map.groupBy([rate], rateText);
  const key = {
    unit: 'ALLIANCE',
    issuerId: 'I',
    expiresOn: NEVER,
    priceClass: '1/1 CNY',
    contributor: '',
    useScope: '',
  };
  wallet.lots.set(lotText(key), { key, points: 100_000_000 });
  wallet.units.set('ALLIANCE', { available: 100_000_000, pending: 0, held: 0, debt: 0 });
  const moment = { atMs: 0, today: TODAY, entryId: 'e' };

  expect(convert(books, converting({ points: 100_000_000 }), moment).outcome.code).toBe(
    'POINTS_OVERFLOW',
  );
  expect(wallet.lots.size).toBe(1);
  wallet.freezes = 1;
  expect(convert(books, converting(), moment).outcome.code).toBe('WALLET_FROZEN');
  wallet.freezes = 0;
  expect(convert(books, converting({ toUnit: 'ALLIANCE' }), moment).outcome.code).toBe(
    'INVALID_COMMAND',
  );
  expect(convert(books, converting(), moment).outcome.status).toBe('ACCEPTED');
});
