import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assessPurchase,
  type Line,
  type ProductCertificate,
  shownGrams,
} from '../../subgraphs/green-consumption/domain/assess.ts';
import { type Factor, factorOn } from '../../subgraphs/green-consumption/domain/factors.ts';
import { savedGrams } from '../../subgraphs/green-consumption/domain/saving.ts';
import { builtInFactors as factors } from '../../subgraphs/green-consumption/factors/domain/built-in.ts';

const certificate = (given: Partial<ProductCertificate> = {}): ProductCertificate => ({
  id: 'c1',
  number: 'CERT-1',
  merchantId: 'shop',
  validFrom: 20260101,
  validUntil: 20261231,
  behaviour: 'EV_KWH',
  activityMilli: 20_000,
  skus: new Set(['EV-20']),
  ...given,
});

const line = (given: Partial<Line> = {}): Line => ({
  number: 1,
  sku: 'EV-20',
  quantity: 1,
  returnedQuantity: 0,
  certificateNumber: 'CERT-1',
  ...given,
});

const assess = (
  lines: readonly Line[],
  { day = 20261122, certificates = [certificate()], merchantId = 'shop' } = {},
) =>
  assessPurchase(
    { merchantId, day, lines },
    (number) => certificates.find((one) => one.number === number) ?? null,
    factors,
  );

const factor = (code: string): Factor => {
  const found = factorOn(code, 20261122, factors);
  if (found === null) throw new Error(`no factor ${code}`);
  return found;
};

describe('a line is certified', () => {
  test.each<[string, Partial<Line>, Parameters<typeof assess>[1], string | null]>([
    ['when a good certificate covers it', {}, {}, null],
    ['on the first day of the certificate', {}, { day: 20260101 }, null],
    ['on the last day of the certificate', {}, { day: 20261231 }, null],
    ['not the day before', {}, { day: 20251231 }, 'CERT_NOT_YET'],
    ['not the day after', {}, { day: 20270101 }, 'CERT_EXPIRED'],
    ['not without a certificate', { certificateNumber: null }, {}, 'NO_CERTIFICATE'],
    ['not with an empty number', { certificateNumber: '' }, {}, 'NO_CERTIFICATE'],
    ['not with an unknown certificate', { certificateNumber: 'X' }, {}, 'CERT_UNKNOWN'],
    ['not for another product', { sku: 'EV-30' }, {}, 'CERT_OUT_OF_SCOPE'],
    ['not for a product without a number', { sku: null }, {}, 'CERT_OUT_OF_SCOPE'],
    ['not at another merchant', {}, { merchantId: 'other' }, 'CERT_OUT_OF_SCOPE'],
    ['and expiry is told before scope', { sku: 'EV-30' }, { day: 20270101 }, 'CERT_EXPIRED'],
  ])('%s', (_, given, circumstances, reason) => {
    const [assessed] = assess([line(given)], circumstances);

    expect(assessed?.reason).toBe(reason);
    expect(shownGrams(assessed?.savings ?? [])).toBe(reason === null ? 6_720 : 0);
  });

  test('S50: of one green and one ordinary line only the green one is certified', () => {
    const assessed = assess([line(), line({ number: 2, certificateNumber: null })]);

    expect(assessed.map(({ reason }) => reason)).toEqual([null, 'NO_CERTIFICATE']);
  });
});

describe('grams of a line', () => {
  const grams = (lines: readonly Line[], certificates = [certificate()]): number[] =>
    assess(lines, { certificates }).map(({ savings }) => shownGrams(savings));

  test.each<[string, Partial<Line>, number]>([
    ['20 kWh save 6,720 g', {}, 6_720],
    ['three pieces save three times as much', { quantity: 3 }, 20_160],
    ['what came back saves nothing', { quantity: 3, returnedQuantity: 2 }, 6_720],
    ['a line that came back whole saves nothing', { returnedQuantity: 1 }, 0],
    ['a behaviour of the order counts beside the certificate', { behaviour: 'NO_CUTLERY' }, 6_758],
    ['… once for all pieces', { quantity: 3, behaviour: 'NO_CUTLERY' }, 20_198],
    ['… and not for a line that came back', { returnedQuantity: 1, behaviour: 'NO_CUTLERY' }, 0],
    ['a behaviour of a piece counts for each', { quantity: 2, behaviour: 'OWN_CUP' }, 13_514],
    ['the same behaviour is claimed once', { behaviour: 'EV_KWH' }, 6_720],
    ['an unknown behaviour saves nothing more', { behaviour: 'BREATHING' }, 6_720],
  ])('%s', (_, given, expected) => {
    expect(grams([line(given)])).toEqual([expected]);
  });

  test('two lines without cutlery are one order', () => {
    const bare = { certificateNumber: null, behaviour: 'NO_CUTLERY' };

    expect(grams([line(bare), line({ ...bare, number: 2 })])).toEqual([38, 0]);
  });

  test('a claim of kilowatt-hours without a certificate saves nothing', () => {
    expect(grams([line({ certificateNumber: null, behaviour: 'EV_KWH' })])).toEqual([0]);
    expect(grams([line({ certificateNumber: null, behaviour: 'GREEN_KWH' })])).toEqual([0]);
  });

  test('a certificate without a factor certifies and claims no grams', () => {
    const organic = certificate({ behaviour: null, activityMilli: null });

    expect(assess([line()], { certificates: [organic] })[0]?.reason).toBeNull();
    expect(grams([line()], [organic])).toEqual([0]);
  });

  test('CO2 alone is not added to CO2e', () => {
    const [assessed] = assess([line({ behaviour: 'NO_CUTLERY' })], {
      certificates: [certificate({ behaviour: 'GREEN_KWH', activityMilli: 1_000 })],
    });

    expect(assessed?.savings.map(({ grams, factor: { basis } }) => [grams, basis])).toEqual([
      [530, 'CO2'],
      [38, 'CO2E'],
    ]);
    expect(shownGrams(assessed?.savings ?? [])).toBe(38);
  });

  test('a mistake of the input is not claimed as a forest', () => {
    // As much as of all acts of a day: twenty charges of 20 kWh.
    expect(grams([line({ quantity: Number.MAX_SAFE_INTEGER })])).toEqual([20 * 6_720]);
    const [any] = factors;
    if (any === undefined) throw new Error('there are factors');
    const activity = { activityMilli: 1_000_000, pieces: Number.MAX_SAFE_INTEGER };
    expect(savedGrams(any, activity)).toBe(1_000_000_000);
  });
});

describe('rounding', () => {
  test.each([
    // behaviour, thousandths of a unit for a piece, pieces, grams
    ['METRO_TRIP', 1_000, 1, 515],
    ['METRO_TRIP', 1_000, 2, 1_031],
    ['GREEN_KWH', 1, 1, 0],
    ['EV_KWH', 2, 1, 0],
    ['EV_KWH', 3, 1, 1],
  ])('%s × %i/1000 × %i is %i g', (code, activityMilli, pieces, grams) => {
    expect(savedGrams(factor(code), { activityMilli, pieces })).toBe(grams);
  });

  test('grams never exceed the exact saving, and lack less than one gram of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...factors),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 1_000 }),
        (one, activityMilli, pieces) => {
          const { numerator, denominator } = one.saving;
          // A thousand tonnes by one line are a slip of the input: no more is claimed.
          const exact = Math.min(
            (activityMilli * pieces * numerator) / (1000 * denominator),
            1_000_000_000,
          );
          const grams = savedGrams(one, { activityMilli, pieces });
          expect(grams).toBeLessThanOrEqual(exact);
          expect(grams).toBeGreaterThan(exact - 1);
        },
      ),
    );
  });
});

describe('factors', () => {
  test('S51: a new version does not change what was before it', () => {
    const first = factor('OWN_CUP');
    const later = { ...first, version: '2026-1', since: 20261201 };

    expect(factorOn('OWN_CUP', 20261130, [first, later])).toBe(first);
    expect(factorOn('OWN_CUP', 20261201, [first, later])).toBe(later);
  });

  test('say how sure their source is: of the grid factor only secondary sources were seen', () => {
    expect(factor('GREEN_KWH').confidence).toBe('A−');
  });
});
