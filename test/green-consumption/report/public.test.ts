import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtInFactors } from '../../../subgraphs/green-consumption/factors/domain/built-in.ts';
import {
  cellOf,
  type MonthMembers,
  monthOf,
  publicFigures,
} from '../../../subgraphs/green-consumption/report/domain/public-figures.ts';
import {
  type DaySum,
  OTHER,
  reportOf,
} from '../../../subgraphs/green-consumption/report/domain/report.ts';
import { greenConsumption } from '../../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, type Asked, openAlone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, asMerchant, operator } from '../../support/people.ts';
import { certify, line, purchase } from '../green-world.ts';

const REPORT = `carbonGrams entries withheldMonths months { month carbonGrams }
  behaviours { code name grams entries factors { code } } range { low high gramsWithoutRange } statement notes`;

describe.each(engines)('green reports in public on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    // August: twelve who charged, eleven with a cup of their own, three without cutlery.
    await many(12, 'a', '2026-08-10T02:00:00.000Z', {});
    await many(11, 'b', '2026-08-11T02:00:00.000Z', {
      lines: [line({ behaviour: 'OWN_CUP', certificateNumber: null, sku: 'CUP' })],
    });
    await many(3, 'c', '2026-08-12T02:00:00.000Z', { lines: [cutlery()] });
    // September: nine.
    await many(9, 'd', '2026-09-10T02:00:00.000Z', {});
  });
  afterAll(async () => alone[Symbol.asyncDispose]());

  const buy = (purchaseId: string, more: object) =>
    alone.happens('merchants', 'purchase.recorded', purchase({ purchaseId, ...more }));
  const many = async (count: number, name: string, purchasedAt: string, more: object) => {
    for (let n = 0; n < count; n += 1) {
      await buy(`${name}${n}`, { memberId: `m${n}`, purchasedAt, ...more });
    }
  };
  const cutlery = (more: object = {}) =>
    line({ behaviour: 'NO_CUTLERY', certificateNumber: null, sku: 'BOWL', ...more });
  const impact = async (from: string, until: string, asked: Asked = { as: anonymous }) => {
    const { data, errors } = await alone.ask(
      `query ($r: [_Any!]!, $from: LocalDate!, $until: LocalDate!) { _entities(representations: $r) {
        ... on Merchant { greenImpact(from: $from, until: $until) { ${REPORT} } } } }`,
      { r: [{ __typename: 'Merchant', id: 'shop' }], from, until },
      asked,
    );
    return errors?.[0]?.message ?? data._entities[0].greenImpact;
  };

  test('S52: a behaviour of too few stands among others, and what they are cannot be worked out', async () => {
    const told = await impact('2026-08-01', '2026-08-31');
    const own = await impact('2026-08-01', '2026-08-31', { as: asMerchant('shop') });
    const chinese = await impact('2026-08-01', '2026-08-31', { as: anonymous, locale: 'zh-CN' });

    const grams = Object.fromEntries(
      own.behaviours.map(({ code, grams: saved }: Saved) => [code, saved]),
    );
    expect(Object.keys(grams)).toEqual(['EV_KWH', 'OWN_CUP', 'NO_CUTLERY']);
    expect(told.carbonGrams).toBe(own.carbonGrams);
    expect(told.behaviours).toMatchObject([
      { code: 'EV_KWH', grams: grams.EV_KWH, entries: 12 },
      {
        ...{ code: OTHER, name: 'Other behaviours', entries: 11 + 3 },
        grams: grams.OWN_CUP + grams.NO_CUTLERY,
        factors: [{ code: 'NO_CUTLERY' }, { code: 'OWN_CUP' }],
      },
    ]);
    expect(told.range.gramsWithoutRange).toBe(grams.OWN_CUP + grams.NO_CUTLERY);
    expect(told.notes.at(-1)).toMatch(/fewer than 10 members/);
    expect(chinese.behaviours[1].name).toBe('其他行为');
  });

  test('a month of too few is left out and said to be, also between two periods', async () => {
    const august = await impact('2026-08-01', '2026-08-31');
    const both = await impact('2026-08-01', '2026-09-30');

    expect(both).toMatchObject({
      ...{ carbonGrams: august.carbonGrams, entries: august.entries },
      withheldMonths: ['2026-09-01'],
      months: august.months,
    });
    expect(both.statement).toContain('Without 2026-09, in which fewer than 10 members');
    expect(await impact('2026-09-01', '2026-09-30')).toBeNull();
    expect(await impact('2026-07-01', '2026-07-31')).toBeNull();
    const own = await impact('2026-08-01', '2026-09-30', { as: asMerchant('shop') });
    expect(own.carbonGrams).toBeGreaterThan(both.carbonGrams);
    expect(own.withheldMonths).toEqual([]);
  });

  test('whoever took back all of it in the month is none of the ten', async () => {
    await buy('e9', {
      ...{ memberId: 'm9', purchasedAt: '2026-09-12T02:00:00.000Z' },
      lines: [cutlery()],
    });
    const before = await impact('2026-09-01', '2026-09-30');
    await alone.database.transaction(async (manager) => {
      // A return is entered when it comes; this one came in September.
      await manager.query(
        `INSERT INTO green_carbon_entry (cause, line, factor_code, factor_version, basis, member_id, merchant_id, origin,
           certificate_id, activity_milli, pieces, grams, occurred_ms)
         SELECT 'return:e9', line, factor_code, factor_version, basis, member_id, merchant_id, origin, certificate_id,
           activity_milli, 0, -grams, occurred_ms FROM green_carbon_entry WHERE cause = 'purchase:e9'`,
      );
      await manager.query(
        `UPDATE green_carbon_day SET entries = entries + 1
         WHERE subject = 'shop' AND factor_code = 'NO_CUTLERY' AND day_ms >= ${Date.parse('2026-09-01T00:00:00+08:00')}`,
      );
    });

    expect(before.behaviours).toMatchObject([{ code: OTHER, entries: 10 }]);
    expect(await impact('2026-09-01', '2026-09-30')).toBeNull();
  });

  test.each([
    ['2026-08-02', '2026-08-31'],
    ['2026-08-01', '2026-08-30'],
    ['2026-08-15', '2026-09-14'],
  ])('from %s to %s is for the merchant and those who see all', async (from, until) => {
    expect(await impact(from, until)).toMatch(/In public a report is for whole months/);
    expect(await impact(from, until, { as: asMerchant('other') })).toMatch(/whole months/);
    expect(await impact(from, until, { as: anonymous, locale: 'zh-CN' })).toMatch(/按整月提供/);
    expect(await impact(from, until, { as: asMerchant('shop') })).toHaveProperty('carbonGrams');
    expect(await impact(from, until, { as: operator })).toHaveProperty('carbonGrams');
  });

  test('a month is counted once, and again after something was added to it', async () => {
    const cost = async () => {
      alone.statements.length = 0;
      await impact('2026-08-01', '2026-08-31');
      return alone.statements.filter((sql) => /green_carbon_entry/.test(sql)).length;
    };
    await cost();
    const kept = await cost();
    await buy('late', { memberId: 'm12', purchasedAt: '2026-08-20T02:00:00.000Z' });

    expect([kept, await cost(), await cost()]).toEqual([0, 2, 0]);
  });
});

type Saved = Readonly<{ code: string; grams: number }>;

const factors = builtInFactors.filter(({ isEnabled, province }) => isEnabled && province === null);
const LEAST = 3;

const someEntry = fc.record({
  member: fc.integer({ min: 1, max: 6 }),
  day: fc.constantFrom(20260801, 20260815, 20260901, 20260902),
  factor: fc.constantFrom(...factors.slice(0, 6)),
  grams: fc.constantFrom(-5, 5, 10),
});
type Entry = typeof someEntry extends fc.Arbitrary<infer T> ? T : never;

test('nothing that is told in public rests on too few, and a month is told alike in every period', () => {
  fc.assert(
    fc.property(fc.array(someEntry, { maxLength: 40 }), (entries) => {
      const { days, withheld } = toldOf(entries);
      const figures = reportOf(days, factors);
      for (const cells of groups(days, (one) => `${monthOf(one.day)} ${one.basis}`)) {
        for (const cell of groups(cells, (one) => (one.isOther ? OTHER : cellOf(one)))) {
          expect(membersOf(entries, cell)).toBeGreaterThanOrEqual(LEAST);
        }
      }
      for (const { month, grams } of figures.months) {
        const of = entries.filter(
          (one) => monthOf(one.day) === month && one.factor.basis === 'CO2E',
        );
        expect(grams).toBe(of.reduce((total, one) => total + one.grams, 0));
        expect(withheld).not.toContain(month);
      }
      const monthly = [20260801, 20260901].map((month) =>
        toldOf(entries.filter(({ day }) => monthOf(day) === month)),
      );
      expect(new Set(days)).toEqual(new Set(monthly.flatMap((one) => one.days)));
      expect(withheld).toEqual(monthly.flatMap((one) => one.withheld));
    }),
  );
});

const groups = <T>(all: readonly T[], by: (one: T) => unknown): T[][] => [
  ...Map.groupBy(all, by).values(),
];

/** How many members did something of what a cell tells. */
const membersOf = (entries: readonly Entry[], cell: readonly DaySum[]): number => {
  const told = new Set(cell.map((one) => `${monthOf(one.day)} ${cellOf(one)}`));
  return new Set(
    entries.flatMap((one) =>
      told.has(`${monthOf(one.day)} ${cellOf(dayOf(one))}`) ? [one.member] : [],
    ),
  ).size;
};

const dayOf = ({ day, factor, grams }: Entry): DaySum => ({
  ...{ day, grams, entries: 1, basis: factor.basis },
  ...{ factorCode: factor.code, factorVersion: factor.version },
});

const toldOf = (entries: readonly Entry[]) => {
  const days = groups(entries, (one) => `${one.day} ${cellOf(dayOf(one))}`).flatMap((of) =>
    of[0] === undefined ? [] : [{ ...dayOf(of[0]), grams: total(of), entries: of.length }],
  );
  const months = groups(entries, ({ day }) => monthOf(day)).map(
    (of): MonthMembers => ({
      month: monthOf(of[0]?.day ?? 0),
      members: saving(of.filter(({ factor }) => factor.basis === 'CO2E')),
      cells: new Map(
        groups(of, (one) => cellOf(dayOf(one))).flatMap((cell) =>
          cell[0] === undefined ? [] : [[cellOf(dayOf(cell[0])), saving(cell)] as const],
        ),
      ),
    }),
  );
  return publicFigures(days, months, LEAST);
};

const total = (entries: readonly Entry[]): number =>
  entries.reduce((so, { grams }) => so + grams, 0);

const saving = (entries: readonly Entry[]): number =>
  groups(entries, ({ member }) => member).filter((of) => total(of) !== 0).length;

test('what was taken back in a time has the range of what it was, turned round', () => {
  const rangeOf = (grams: number) => {
    const day = { day: 20260801, factorCode: 'METRO_TRIP', factorVersion: '2015-1' };
    return reportOf([{ ...day, basis: 'CO2E', grams, entries: 1 }], builtInFactors).range;
  };
  const [given, back] = [rangeOf(2_060), rangeOf(-2_060)];
  expect(given.high).toBeGreaterThan(2_060);
  expect(back).toEqual({ low: -given.high, high: -given.low, gramsWithoutRange: 0 });
});
