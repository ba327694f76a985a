import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fraction, fraction } from '../../../shared/quantities.ts';
import {
  factorOn,
  factorsOn,
  isBehaviour,
} from '../../../subgraphs/green-consumption/domain/factors.ts';
import { builtInFactors } from '../../../subgraphs/green-consumption/factors/domain/built-in.ts';
import { exact, nameOf } from '../../../subgraphs/green-consumption/factors/domain/figure.ts';
import { figures } from '../../../subgraphs/green-consumption/factors/domain/figures.ts';
import { addUp, refuseMixed } from '../../../subgraphs/green-consumption/factors/domain/mixing.ts';
import { grids, inputs, national, provinces, savings } from './research.ts';

const today = 20261122;

const printed = (name: string): Fraction => {
  const found = figures.find((figure) => nameOf(figure) === name);
  if (found === undefined) throw new Error(`no figure ${name}`);
  return exact(found.value);
};

/** Exact arithmetic of this test's own, in integers of any size. */
type Ratio = readonly [bigint, bigint];
const of = (name: string): Ratio => {
  const { numerator, denominator } = printed(name);
  return [BigInt(numerator), BigInt(denominator)];
};
const minus = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d - c * b, b * d];
const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
const over = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d, b * c];
const floorTo = (step: bigint, [a, b]: Ratio): number => Number((a / (b * step)) * step);
const GRAMS: Ratio = [1000n, 1n];
const TONNES: Ratio = [1_000_000n, 1n];

/** How each derived default follows from published figures, in grams, and to how many of them it is rounded down. */
const derived: readonly (readonly [string, string, bigint, Ratio])[] = [
  ['METRO_KM', '2024-1', 1n, times(minus(of('CAR_PETROL/2024'), of('METRO_BEIJING/2019')), GRAMS)],
  ['BUS_KM', '2024-1', 1n, times(minus(of('CAR_PETROL/2024'), of('BUS/2024')), GRAMS)],
  ['BIKE_KM', '2024-1', 1n, times(times(of('BIKE_REPLACING/2021'), of('CAR_PETROL/2024')), GRAMS)],
  ['WALK_KM', '2024-1', 1n, times(times(of('BIKE_REPLACING/2021'), of('CAR_PETROL/2024')), GRAMS)],
  [
    'EV_KWH',
    '2023-1',
    10n,
    times(minus(over(of('CAR_PETROL/2024'), of('EV_CONSUMPTION/1')), of('GRID_CN/2023')), GRAMS),
  ],
  [
    'EV_KWH',
    '2024-1',
    1n,
    times(
      minus(over(of('CAR_PETROL/2024'), of('EV_CONSUMPTION/1')), of('GRID_CN_FOOTPRINT/2024')),
      GRAMS,
    ),
  ],
  [
    'NO_CUTLERY',
    '2024-1',
    1n,
    times(over(of('CUTLERY_TOTAL/2024'), of('CUTLERY_ORDERS/2024')), TONNES),
  ],
  ['OWN_CUP', '2016-1', 1n, minus(of('CUP_PAPER_CHAIN_LOW/2016'), of('CUP_REUSED/2016'))],
  ['BOX_REUSE', '2019-1', 1n, times(over(of('BOX_TOTAL/2019'), of('BOX_COUNT/2019')), TONNES)],
  [
    'PLANT_MEAL',
    '2018-1',
    10n,
    times(minus(of('FOOD_CHICKEN/2018'), of('FOOD_TOFU/2018')), [100n, 1n]),
  ],
];

describe('the tables of factors', () => {
  test('every electricity factor of the research is there, by year, basis and boundary', () => {
    const row = (name: string) => {
      const figure = figures.find((one) => nameOf(one) === name);
      return figure && [name, figure.value, figure.unit, figure.basis, figure.dataYear];
    };
    for (const [name, value, basis, year] of national) {
      expect(row(name)).toEqual([name, value, 'kg/kWh', basis, year]);
    }
    for (const [code, in2021, in2022] of [...provinces, ...grids]) {
      expect(row(`${code}/2021`)).toEqual([`${code}/2021`, in2021, 'kg/kWh', 'CO2', 2021]);
      expect(row(`${code}/2022`)).toEqual([`${code}/2022`, in2022, 'kg/kWh', 'CO2', 2022]);
    }
    expect(figures.filter(({ unit }) => unit === 'kg/kWh')).toHaveLength(
      national.length + 2 * (provinces.length + grids.length),
    );
  });

  test('every input by mode and item of the research is there', () => {
    for (const [name, value, unit] of inputs) {
      const figure = figures.find((one) => nameOf(one) === name);
      expect([name, figure?.value, figure?.unit]).toEqual([name, value, unit]);
    }
  });

  test('every default saving of the research is there; what is weak is there and never claimed', () => {
    const rows = builtInFactors.filter(({ province }) => province === null);
    const told = rows.map(({ code, version, saving, unit, basis, isEnabled, confidence }) => [
      code,
      saving.numerator / saving.denominator,
      unit,
      basis,
      // What mixes bases is no weaker for it.
      isEnabled || `${code}/${version}` === 'EV_KWH/2023-1' ? confidence : 'D',
    ]);

    expect(new Set(told)).toEqual(new Set([...savings, ['EV_KWH', 336, 'kWh', 'CO2E', 'C']]));
    for (const { code, version, isEnabled } of rows) {
      if (`${code}/${version}` === 'EV_KWH/2023-1') continue;
      expect(factorOn(code, today, builtInFactors) !== null).toBe(isEnabled);
      expect(isBehaviour(code, builtInFactors)).toBe(isEnabled);
    }
  });

  test('every row names its source, licence, region and confidence, and what it supersedes', () => {
    for (const rows of [figures, builtInFactors]) {
      const names = rows.map(nameOf);
      expect(new Set(names).size).toBe(names.length);
      for (const { code, name, source, licence, region, confidence, supersedes } of rows) {
        for (const text of [name.en, name['zh-CN'], source, region]) expect(text).not.toBe('');
        expect(confidence).toMatch(/^[ABCD][+−]?$/);
        // Data that may only be passed on under their own licence are not copied.
        expect(licence).not.toMatch(/ODbL|CC BY-SA|GPL/);
        if (supersedes !== null) expect(names).toContain(`${code}/${supersedes}`);
      }
    }
    for (const { code, inputs: names } of builtInFactors) {
      for (const name of names) expect(figures.map(nameOf), code).toContain(name);
    }
  });

  test.each(derived)(
    '%s %s follows from its inputs, rounded down to %i g',
    (code, version, step, grams) => {
      const factor = builtInFactors.find((one) => one.code === code && one.version === version);

      expect(factor?.saving).toEqual(fraction(floorTo(step, grams), 1));
      expect(factor?.inputs.length).toBe(code === 'EV_KWH' ? 3 : 2);
    },
  );

  test('green electricity is the grid factor, exactly, of the province where there is one', () => {
    const gramsIn = (region: string | null) => {
      const saving = factorOn('GREEN_KWH', today, builtInFactors, region)?.saving;
      return saving && saving.numerator / saving.denominator;
    };

    expect(gramsIn(null)).toBe(530.6);
    for (const [code, , in2022] of provinces) {
      const region = code.replace('GRID_', '');
      expect(gramsIn(region)).toBe(Number(in2022.replace('.', '')) / 10);
      expect(gramsIn(`${region.slice(0, 2)}0115`)).toBe(gramsIn(region));
    }
    // Of Tibet none is published, and a place that is no division has none of its own.
    for (const region of ['540000', 'CN', 'Shanghai']) expect(gramsIn(region)).toBe(530.6);
    expect(factorOn('OWN_CUP', today, builtInFactors, '310000')?.saving).toEqual(fraction(37, 1));
  });

  test('the default of EV_KWH that the research names mixes bases, so one that does not is claimed', () => {
    const partsOf = (version: string) => {
      const factor = builtInFactors.find((one) => one.code === 'EV_KWH' && one.version === version);
      return figures.filter((figure) => factor?.inputs.includes(nameOf(figure)));
    };

    expect(refuseMixed(partsOf('2023-1'))).toMatchObject({ kind: 'BasesMixed' });
    expect(refuseMixed(partsOf('2024-1'))).toBeNull();
    expect(factorOn('EV_KWH', today, builtInFactors)).toMatchObject({
      ...{ version: '2024-1', saving: fraction(336, 1), supersedes: '2023-1' },
    });
  });

  test('what is claimed is put together of figures of one basis, its own', () => {
    for (const { code, version, basis, inputs: names, isEnabled } of builtInFactors) {
      const bases = figures.flatMap((figure) =>
        names.includes(nameOf(figure)) ? (figure.basis ?? []) : [],
      );
      if (isEnabled)
        expect(new Set([...bases, basis]), `${code}/${version}`).toEqual(new Set([basis]));
    }
  });

  test('CO2 and CO2e are never added up', () => {
    const part = fc.record({
      basis: fc.constantFrom('CO2' as const, 'CO2E' as const),
      grams: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const bases = new Set(parts.map(({ basis }) => basis));
        const total = parts.reduce((all, { grams }) => all + grams, 0);
        expect(addUp(parts)).toEqual(
          bases.size > 1
            ? { kind: 'BasesMixed', code: 'BASES_MIXED', parameters: {} }
            : { basis: [...bases][0] ?? 'CO2E', grams: total },
        );
      }),
    );
  });

  test('of a behaviour one version is in force in each place, whatever was published', () => {
    const model = builtInFactors.find(({ isEnabled }) => isEnabled);
    if (model === undefined) throw new Error('there are factors');
    const versions = fc.uniqueArray(
      fc.record({
        since: fc.integer({ min: 20260101, max: 20260131 }),
        province: fc.constantFrom(null, '310000', '110000'),
      }),
      { selector: ({ since, province }) => `${since}${province}`, maxLength: 12 },
    );
    fc.assert(
      fc.property(versions, fc.integer({ min: 20260101, max: 20260131 }), (published, day) => {
        const all = published.map((one, index) => ({ ...model, ...one, version: String(index) }));
        const [used, ...others] = factorsOn(day, all, '310101');
        const past = all.filter(({ since }) => since <= day).toSorted((a, b) => b.since - a.since);
        const near = past.find(({ province }) => province === '310000');
        expect(used).toBe(near ?? past.find(({ province }) => province === null));
        expect(others).toEqual([]);
      }),
    );
  });
});
