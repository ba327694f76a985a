import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertEntries } from '../../../subgraphs/green-consumption/accounts/commands/insert-entries.ts';
import type { CarbonEntry } from '../../../subgraphs/green-consumption/domain/carbon-entries.ts';
import { builtInFactors } from '../../../subgraphs/green-consumption/factors/domain/built-in.ts';
import { publishMonths } from '../../../subgraphs/green-consumption/publication/commands/publish-months.ts';
import { readParts } from '../../../subgraphs/green-consumption/publication/queries/read-parts.ts';
import { reportOf } from '../../../subgraphs/green-consumption/report/domain/report.ts';
import { greenConsumption } from '../../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, type Asked, openAlone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, asMerchant, operator } from '../../support/people.ts';
import { certify, line, purchase } from '../green-world.ts';

const REPORT = `carbonGrams entries withheldMonths months { month carbonGrams }
  behaviours { code grams entries } range { low high } statement notes`;

describe.each(engines)('green reports in public on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openAlone(engine, greenConsumption);
    await certify(alone, { validUntil: '2028-12-31' });
    alone.clock.set('2026-08-20T02:00:00Z');
    // Twelve who charged, eleven with a cup of their own, three without cutlery.
    await many(12, { name: 'a' });
    await many(11, { name: 'b', lines: [named('OWN_CUP')] });
    await many(3, { name: 'c', lines: [named('NO_CUTLERY')] });
    // Others without cutlery elsewhere: at no place enough, and all together enough, also for whoever knows one place.
    await many(9, { name: 'd', from: 20, merchantId: 'kiosk', lines: [named('NO_CUTLERY')] });
    await many(8, { name: 'e', from: 40, merchantId: 'stall', lines: [named('NO_CUTLERY')] });
    // Invoices: eighteen of two places, of which each would see the nine of the other.
    await many(9, { name: 'f', lines: [named('E_INVOICE')] });
    await many(9, { name: 'g', from: 20, merchantId: 'kiosk', lines: [named('E_INVOICE')] });
    alone.clock.set('2026-09-20T02:00:00Z');
    await many(9, { name: 'h', purchasedAt: '2026-09-10T02:00:00.000Z' });
    alone.clock.set('2026-11-22T02:00:00Z');
  });
  afterAll(async () => alone[Symbol.asyncDispose]());

  const many = async (
    count: number,
    {
      name,
      from = 0,
      ...more
    }: Readonly<Record<string, unknown>> & { name: string; from?: number },
  ) => {
    for (let n = from; n < from + count; n += 1) {
      const given = { purchaseId: `${name}${n}`, memberId: `m${n}`, ...more };
      const at = { purchasedAt: '2026-08-10T02:00:00.000Z' };
      await alone.happens('merchants', 'purchase.recorded', purchase({ ...at, ...given }));
    }
  };
  const named = (behaviour: string) => line({ behaviour, certificateNumber: null, sku: 'X' });
  const impact = async (
    from: string,
    until: string,
    { of = 'shop', ...asked }: Asked & Readonly<{ of?: string }> = {},
  ) => {
    const { data, errors } = await alone.ask(
      `query ($r: [_Any!]!, $from: LocalDate!, $until: LocalDate!) { _entities(representations: $r) {
        ... on Merchant { greenImpact(from: $from, until: $until) { ${REPORT} } } } }`,
      { r: [{ __typename: 'Merchant', id: of }], from, until },
      { as: anonymous, ...asked },
    );
    return errors?.[0]?.message ?? data._entities[0].greenImpact;
  };
  const alliance = async (from: string, until: string) =>
    (
      await alone.data(
        `query ($from: LocalDate!, $until: LocalDate!) { allianceGreenReport(from: $from, until: $until) { ${REPORT} } }`,
        { from, until },
        { as: anonymous },
      )
    ).allianceGreenReport;
  const own = { as: asMerchant('shop') };

  test('S52: of a merchant nothing is told of fewer than ten members, and said to be left out', async () => {
    const told = await impact('2026-08-01', '2026-08-31');
    const chinese = await impact('2026-08-01', '2026-08-31', { locale: 'zh-CN' });
    const all = await impact('2026-08-01', '2026-08-31', own);

    expect(codesOf(all)).toEqual(['EV_KWH', 'OWN_CUP', 'NO_CUTLERY', 'E_INVOICE']);
    expect(told.behaviours).toEqual(all.behaviours.slice(0, 2));
    expect(told.carbonGrams).toBe(all.behaviours[0].grams + all.behaviours[1].grams);
    expect(told).toMatchObject({ entries: 12 + 11, withheldMonths: [] });
    expect(told.statement).toMatch(
      /by the month in which it was recorded; what fewer than 10 members did or took back/,
    );
    expect(chinese.statement).toContain('不足 10 人的，暂不计入');
    expect(all.statement).not.toMatch(/fewer than/);
  });

  test('the alliance less its merchants is of ten members too, also for a merchant that takes its own off', async () => {
    const told = await alliance('2026-08-01', '2026-08-31');
    const shop = await impact('2026-08-01', '2026-08-31');

    expect(await impact('2026-08-01', '2026-08-31', { of: 'kiosk' })).toBeNull();
    expect(await impact('2026-08-01', '2026-08-31', { of: 'stall' })).toBeNull();
    // Of the invoices nothing; without cutlery all twenty of three places together.
    const rest = { code: 'NO_CUTLERY', entries: 3 + 9 + 8 };
    expect(told.behaviours).toMatchObject(
      [{ code: 'EV_KWH' }, { code: 'NO_CUTLERY' }, { code: 'OWN_CUP' }].toSorted(
        (a, b) => gramsOf(told, b.code) - gramsOf(told, a.code),
      ),
    );
    expect(told.behaviours).toContainEqual(expect.objectContaining(rest));
    expect(told.carbonGrams - shop.carbonGrams).toBe(gramsOf(told, 'NO_CUTLERY'));
  });

  test('a month of too few is left out and said to be, also between two periods', async () => {
    const august = await impact('2026-08-01', '2026-08-31');
    const both = await impact('2026-08-01', '2026-09-30');

    expect(both).toMatchObject({
      ...{ carbonGrams: august.carbonGrams, entries: august.entries },
      withheldMonths: ['2026-09-01'],
      months: august.months,
    });
    expect(both.statement).toContain('Nothing can be told of 2026-09.');
    expect(await impact('2026-09-01', '2026-09-30')).toBeNull();
    expect(await impact('2026-07-01', '2026-07-31')).toBeNull();
    expect((await impact('2026-08-01', '2026-09-30', own)).withheldMonths).toEqual([]);
  });

  test('what is told never changes: what comes late is told with the month in which it comes', async () => {
    const before = await impact('2026-08-01', '2026-08-31');
    const ofAlliance = await alliance('2026-08-01', '2026-08-31');
    alone.clock.set('2026-12-10T02:00:00Z');
    await many(10, { name: 'late', from: 5 });
    const held = await impact('2026-08-01', '2026-08-31', own);
    alone.clock.set('2027-01-01T02:00:00Z');

    expect(held.carbonGrams).toBeGreaterThan(before.carbonGrams);
    expect(await impact('2026-08-01', '2026-08-31')).toEqual(before);
    expect(await alliance('2026-08-01', '2026-08-31')).toEqual(ofAlliance);
    const december = await impact('2026-12-01', '2026-12-31');
    // With the nine of September, which could not be told before.
    expect(december).toMatchObject({ entries: 10 + 9, months: [{ month: '2026-12-01' }] });
    expect(await impact('2026-12-01', '2026-12-31', own)).toMatchObject({ entries: 0 });
  });

  test('whoever took back all of it in the month is none of the ten', async () => {
    const period = ['2027-01-01', '2027-01-31'] as const;
    alone.clock.set('2027-01-10T02:00:00Z');
    await many(10, { name: 'back', purchasedAt: '2027-01-10T02:00:00.000Z' });
    const back = { returnId: 'r1', purchaseId: 'back3', memberId: 'm3', merchantId: 'shop' };
    await alone.happens('merchants', 'purchase.returned', {
      ...{ ...back, at: '2027-01-10T02:00:00.000Z', lines: [line({ returnedQuantity: 2 })] },
    });
    alone.clock.set('2027-02-02T02:00:00Z');

    expect((await impact(...period, own)).entries).toBe(11);
    expect(await impact(...period)).toBeNull();
  });

  test('a month is told when it has been over for an hour, and not before', async () => {
    const period = ['2027-03-01', '2027-03-31'] as const;
    alone.clock.set('2027-03-31T15:59:59Z');
    await many(10, { name: 'edge', purchasedAt: '2027-03-31T02:00:00.000Z' });
    for (const at of ['2027-03-31T15:59:59Z', '2027-03-31T16:59:59Z']) {
      alone.clock.set(at);
      expect(await impact(...period)).toMatch(/one that has been over for an hour/);
    }
    alone.clock.set('2027-03-31T17:00:00Z');
    // With the nine of January.
    expect(await impact(...period)).toMatchObject({ entries: 10 + 9 });
  });

  test.each([
    ['2026-08-02', '2026-08-31'],
    ['2026-08-01', '2026-08-30'],
    ['2026-08-15', '2026-09-14'],
  ])('from %s to %s is for the merchant and those who see all', async (from, until) => {
    expect(await impact(from, until)).toMatch(/In public a report is for whole months/);
    expect(await impact(from, until, { as: asMerchant('other') })).toMatch(/whole months/);
    expect(await impact(from, until, { locale: 'zh-CN' })).toMatch(/按整月提供/);
    expect(await impact(from, until, own)).toHaveProperty('carbonGrams');
    expect(await impact(from, until, { as: operator })).toHaveProperty('carbonGrams');
  });

  test('a month is counted once, whoever asks for it, and months from before everything not at all', async () => {
    const cost = async (from: string, until: string) => {
      alone.statements.length = 0;
      await impact(from, until);
      return alone.statements.filter((sql) => /FROM green_carbon_entry WHERE/.test(sql)).length;
    };
    alone.clock.set('2027-06-02T02:00:00Z');

    expect(await cost('2027-04-01', '2027-05-31')).toBeGreaterThan(0);
    expect(await cost('2027-04-01', '2027-05-31')).toBe(0);
    expect(await cost('2020-01-01', '2020-12-31')).toBe(0);
  });

  test('what fewer than ten took back is not lost: it is taken off when there are ten', async () => {
    const cups = { merchantId: 'yard', lines: [line({ ...named('OWN_CUP'), quantity: 1 })] };
    const back = async (n: number) =>
      alone.happens('merchants', 'purchase.returned', {
        ...{ returnId: `yard-back${n}`, reversed: [] },
        ...purchase({ purchaseId: `yard${n}`, memberId: `m${n}`, merchantId: 'yard' }),
        lines: [line({ ...named('OWN_CUP'), quantity: 1, returnedQuantity: 1 })],
      });
    alone.clock.set('2027-07-10T02:00:00Z');
    await many(10, { name: 'yard', purchasedAt: '2027-07-10T02:00:00.000Z', ...cups });
    alone.clock.set('2027-08-10T02:00:00Z');
    for (let n = 0; n < 9; n += 1) await back(n);
    alone.clock.set('2027-09-10T02:00:00Z');
    const before = await impact('2027-07-01', '2027-08-31', { of: 'yard' });
    await back(9);
    alone.clock.set('2027-10-10T02:00:00Z');
    const after = await impact('2027-07-01', '2027-09-30', { of: 'yard' });

    expect(before).toMatchObject({ carbonGrams: 370, withheldMonths: ['2027-08-01'] });
    expect(before.statement).toMatch(/what fewer than 10 members did or took back .* is not in it/);
    expect(after).toMatchObject({ carbonGrams: 0, entries: 20 });
    const books = await impact('2027-07-01', '2027-09-30', { of: 'yard', as: asMerchant('yard') });
    expect(after.carbonGrams).toBe(books.carbonGrams);
  });

  const someEntry = fc.record({
    member: fc.integer({ min: 1, max: 30 }),
    merchant: fc.constantFrom('a', 'b', 'c', null),
    region: fc.constantFrom('310000', '320000', null),
    factor: fc.constantFrom(...factors.slice(0, 2)),
    grams: fc.constantFrom(-5, 5, 5, 10),
  });
  test('each entry is told in one part at last, and each part is of ten, also for who knows one merchant', async () => {
    await using own = await openAlone(engine, greenConsumption);
    const { database } = own;
    let month = 20280101;
    let carried: Given[] = [];
    let [booked, published] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(someEntry, { minLength: 5, maxLength: 250 }), async (given) => {
        month = nextOf(month);
        const at = new Date(instantIn(month));
        await database.transaction((manager) =>
          insertEntries(
            { manager, dialect: database.dialect, at },
            given.map((one, n) => entryOf(one, { at, cause: `act:${month}-${n}` })),
          ),
        );
        const now = new Date(instantIn(nextOf(nextOf(month))));
        // Two processes at once find the same.
        await Promise.all([1, 2].map(() => publishMonths({ database, now }, [month])));
        const told = await readParts(database.reader, {
          from: month,
          until: month,
          merchant: null,
        });
        const { parts, left } = toldBy([...carried, ...given]);
        carried = left;
        booked += total(given);
        published += told.reduce((all, { grams }) => all + grams, 0);

        for (const { merchant, of } of parts) {
          for (const known of merchant === '' ? ['a', 'b', 'c'] : []) {
            expect(doing(of.filter((one) => one.merchant !== known))).toBeGreaterThanOrEqual(10);
          }
        }
        expect(
          told
            .map(({ merchant, region, code, isAct, isBack, members, grams }) =>
              [merchant, region, code, isAct, isBack, members, grams].join(' '),
            )
            .toSorted(),
        ).toEqual(
          parts
            .map(({ merchant, region, deed, of }) =>
              [merchant, region, deed, doing(of), total(of)].join(' '),
            )
            .toSorted(),
        );
        expect(published + total(carried)).toBe(booked);
      }),
      // What is left of one run is told in another, so none can be made smaller by itself.
      { numRuns: 30, endOnFailure: true },
    );
  });
});

type Told = Readonly<{ behaviours: readonly Readonly<{ code: string; grams: number }>[] }>;

const codesOf = ({ behaviours }: Told): string[] => behaviours.map(({ code }) => code);
const gramsOf = ({ behaviours }: Told, of: string): number =>
  behaviours.find(({ code }) => code === of)?.grams ?? 0;

const factors = builtInFactors.filter(
  ({ basis, isEnabled, province }) => basis === 'CO2E' && isEnabled && province === null,
);

type Given = Readonly<{
  member: number;
  merchant: string | null;
  region: string | null;
  factor: (typeof factors)[number];
  grams: number;
}>;

type Told10 = Readonly<{ merchant: string; region: string; deed: string; of: Given[] }>;

/** What has to be told, written down in another way than in the program: by what is taken away, step by step. */
function toldBy(given: readonly Given[]): { parts: Told10[]; left: Given[] } {
  const parts: Told10[] = [];
  const rest: Given[] = [];
  // What a member did at one place, or took back there; nothing, when both are as much.
  const hers = Map.groupBy(given, ({ member, merchant, region, factor }) =>
    JSON.stringify([member, merchant, region, factor.code]),
  );
  const pieces = [...hers.values()].flatMap((of): Given[] => {
    const [first] = of;
    return first === undefined || total(of) === 0 ? [] : [{ ...first, grams: total(of) }];
  });
  const deeds = Map.groupBy(
    pieces,
    ({ factor, region, grams }) => `${factor.code} ${region !== null} ${grams < 0}`,
  );
  for (const [deed, all] of deeds) {
    let left = all;
    const take = (of: Given[], merchant: string, region: string) => {
      const known = new Set(of.map((one) => one.merchant));
      const least = Math.min(
        doing(of),
        ...[...known].flatMap((name) =>
          known.size > 1 && name !== null ? [doing(of.filter((one) => one.merchant !== name))] : [],
        ),
      );
      if (least < 10) return;
      parts.push({ merchant, region, deed, of });
      left = left.filter((one) => !of.includes(one));
    };
    const merchants = ['a', 'b', 'c'];
    const regions = ['310000', '320000'];
    for (const merchant of [...merchants, null]) {
      for (const region of [...regions, null]) {
        const of = all.filter((one) => one.merchant === merchant && one.region === region);
        take(of, merchant ?? '', region ?? '');
      }
    }
    for (const merchant of merchants) {
      take(
        left.filter((one) => one.merchant === merchant),
        merchant,
        '',
      );
    }
    for (const region of regions) {
      take(
        left.filter((one) => one.region === region),
        '',
        region,
      );
    }
    take(left, '', '');
    rest.push(...left);
  }
  return { parts, left: rest };
}

const nextOf = (month: number): number => (month % 10_000 === 1201 ? month + 8_900 : month + 100);
const instantIn = (month: number): number =>
  Date.UTC(Math.floor(month / 10_000), (Math.floor(month / 100) % 100) - 1, 15);

const entryOf = (
  { member, merchant, region, factor, grams }: Given,
  { at, cause }: Readonly<{ at: Date; cause: string }>,
): CarbonEntry => ({
  ...{ cause, line: 0, origin: cause, factorCode: factor.code, factorVersion: factor.version },
  ...{ basis: factor.basis, memberId: `r${member}`, merchantId: merchant, certificateId: null },
  ...{ region, activityMilli: 1_000, pieces: 1, grams, occurredAt: at },
});

const total = (of: readonly Given[]): number => of.reduce((all, { grams }) => all + grams, 0);

/** How many members these are. */
const doing = (of: readonly Given[]): number => new Set(of.map(({ member }) => member)).size;

test('what was taken back in a time has the range of what it was, turned round', () => {
  const rangeOf = (grams: number) => {
    const day = { day: 20260801, factorCode: 'METRO_TRIP', factorVersion: '2015-1' };
    return reportOf([{ ...day, basis: 'CO2E', grams, entries: 1 }], builtInFactors).range;
  };
  const [given, back] = [rangeOf(2_060), rangeOf(-2_060)];
  expect(given.high).toBeGreaterThan(2_060);
  expect(back).toEqual({ low: -given.high, high: -given.low, gramsWithoutRange: 0 });
});
