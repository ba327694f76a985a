import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  equivalents,
  unitsOf,
} from '../../../subgraphs/green-consumption/report/domain/equivalents.ts';
import { greenConsumption } from '../../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, openAlone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, asMember, asMerchant, freshKey, operator } from '../../support/people.ts';
import { record, revoke } from '../acts/acts-world.ts';
import { certify, gramsOf, line, purchase } from '../green-world.ts';

const FIGURES = `scope from until carbonGrams entries range { low high gramsWithoutRange }
  behaviours { code grams entries basis factors { version source } }
  co2Only { code grams basis } months { month carbonGrams }
  equivalents { code units unit source } statement notes code`;

const YEAR = { from: '2026-01-01', until: '2026-11-22' };

describe.each(engines)('green reports on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openAlone(engine, greenConsumption, {
      peer: (name, { query, variables }) => {
        if (name !== 'members' || (!variables?.representations && !variables?.r)) return null;
        const asked = (variables.representations ?? variables.r) as { id: string }[];
        const known = asked.map(({ id }) => ({ id, status: 'ACTIVE' }));
        const since = '2020-01-01T00:00:00.000Z';
        const memberships = ['ann', 'bea'].map((memberId) => ({ memberId, joinedAt: since }));
        const families = asked.map(() => ({ memberships }));
        return { data: { _entities: /Family/.test(query) ? families : known } };
      },
    });
    await certify(alone);
    await certify(alone, {
      ...{ number: 'GEC-1', skus: ['POWER'], rewardIds: [], behaviour: 'GREEN_KWH' },
      activityMilli: 100_000,
    });
  });
  afterAll(async () => alone[Symbol.asyncDispose]());

  const reportOf = async (
    entity: 'Member' | 'Family' | 'Merchant',
    id: string,
    { selection = FIGURES, period = YEAR, ...asked }: Record<string, unknown> = {},
  ) => {
    const field = entity === 'Merchant' ? 'greenImpact' : 'greenReport';
    const { data, errors } = await alone.ask(
      `query ($r: [_Any!]!, $from: LocalDate!, $until: LocalDate!) { _entities(representations: $r) {
        ... on ${entity} { report: ${field}(from: $from, until: $until) { ${selection} } } } }`,
      { r: [{ __typename: entity, id }], ...(period as object) },
      asked,
    );
    return errors?.[0]?.extensions?.code ?? data._entities[0].report;
  };
  const buy = (purchaseId: string, more: object = {}) =>
    alone.happens('merchants', 'purchase.recorded', purchase({ purchaseId, ...more }));

  test('S51: a report adds up activity × factor by behaviour and month, less what came back', async () => {
    await buy('p1', { purchasedAt: '2026-09-14T02:00:00.000Z' });
    await buy('p2', { lines: [line({ behaviour: 'NO_CUTLERY' })] });
    await buy('p3', { lines: [line({ sku: 'POWER', certificateNumber: 'GEC-1', quantity: 1 })] });
    await alone.happens('merchants', 'purchase.returned', {
      ...{ returnId: 'b1', reversed: [] },
      ...purchase({
        purchaseId: 'p2',
        lines: [line({ behaviour: 'NO_CUTLERY', returnedQuantity: 1 })],
      }),
    });
    const { act } = await record(alone);
    await record(alone, { occurredAt: '2026-11-20T02:00:00Z' });
    await revoke(alone, act.id);

    const report = await reportOf('Member', 'ann', { as: asMember('ann') });

    expect(report).toMatchObject({
      ...{ scope: 'MEMBER', from: '2026-01-01', until: '2026-11-22' },
      carbonGrams: 13_440 + 6_720 + 38 + 515,
      behaviours: [
        { code: 'EV_KWH', grams: 20_160, factors: [{ version: '2024-1' }] },
        { code: 'METRO_TRIP', grams: 515, entries: 3 },
        { code: 'NO_CUTLERY', grams: 38 },
      ],
      co2Only: [{ code: 'GREEN_KWH', grams: 53_060, basis: 'CO2' }],
      months: [
        { month: '2026-09-01', carbonGrams: 13_440 },
        { month: '2026-11-01', carbonGrams: 6_720 + 38 + 515 },
      ],
      equivalents: [
        { code: 'CAR_KM', units: 125 },
        { code: 'ELECTRICITY_KWH', units: 35 },
      ],
    });
    // 20,160, 515 and 38; 20,160 × 518/336, 515 × 541.9/515.5 and 38 × 40.3/38.
    expect(report.range).toEqual({ low: 20_713, high: 31_661, gramsWithoutRange: 0 });
    expect(await gramsOf(alone)).toBe(report.carbonGrams);
  });

  test('S51: after a new version of a factor the report of the past is the same, byte for byte', async () => {
    const selection = `${FIGURES} chart months: chart(kind: MONTHS) page`.replace(
      'months { month carbonGrams }',
      'byMonth: months { month carbonGrams }',
    );
    const asked = { as: asMember('ann'), selection, locale: 'zh-CN' };
    const before = JSON.stringify(await reportOf('Member', 'ann', asked));
    await publishFactor(alone);
    alone.clock.advanceDays(3);
    await buy('p4', { purchasedAt: alone.clock.now().toISOString() });
    const after = JSON.stringify(await reportOf('Member', 'ann', asked));
    const now = { from: '2026-11-23', until: '2026-11-25' };
    const later = await reportOf('Member', 'ann', { period: now, as: asMember('ann') });

    expect(after).toBe(before);
    expect(later).toMatchObject({
      carbonGrams: 2 * 20 * 400,
      behaviours: [{ code: 'EV_KWH', factors: [{ version: '2026-9' }] }],
    });
  });

  test('a report is for herself, for her family and for those who see all', async () => {
    await alone.happens(
      'merchants',
      'purchase.recorded',
      purchase({ purchaseId: 'p5', memberId: 'bea' }),
    );
    const hers = await reportOf('Member', 'bea');
    const ann = await reportOf('Member', 'ann');
    const family = await reportOf('Family', 'f1', { as: asMember('ann') });

    expect(family.carbonGrams).toBe(ann.carbonGrams + hers.carbonGrams);
    expect(family.scope).toBe('FAMILY');
    expect(await reportOf('Member', 'bea', { as: asMember('ann') })).toBe('FORBIDDEN');
    expect(await reportOf('Family', 'f1', { as: asMember('cleo') })).toBe('FORBIDDEN');
    expect(await reportOf('Member', 'bea', { as: anonymous })).toBe('FORBIDDEN');
    expect(await reportOf('Member', 'bea', { as: asMerchant('shop') })).toBe('FORBIDDEN');
  });

  test('S52: what a merchant may show has source, boundary and period, and is told of ten members or more', async () => {
    const purchasedAt = '2026-09-15T02:00:00.000Z';
    const period = { from: '2026-09-01', until: '2026-09-30' };
    const now = alone.clock.now().toISOString();
    alone.clock.set('2026-08-15T02:00:00Z');
    // Twelve entries, of Ann and eight others.
    for (let n = 0; n < 9; n += 1) await buy(`o${n}`, { memberId: `m${n % 8}`, purchasedAt });
    for (let n = 0; n < 3; n += 1) await buy(`r${n}`, { purchasedAt });
    alone.clock.set('2026-09-15T02:00:00Z');
    for (let n = 0; n < 10; n += 1) await buy(`q${n}`, { memberId: `m${n}`, purchasedAt });
    alone.clock.set(now);
    const august = { from: '2026-08-01', until: '2026-08-31' };
    const few = await reportOf('Merchant', 'shop', { as: anonymous, period: august });
    const impact = await reportOf('Merchant', 'shop', { as: anonymous, period });
    const chinese = await reportOf('Merchant', 'shop', {
      ...{ as: anonymous, locale: 'zh-CN', period },
    });

    expect(few).toBeNull();
    expect(impact.statement).toMatch(/From 2026-09-01 to 2026-09-30 .* recorded in this alliance/);
    expect(impact.statement).toMatch(/no footprint of a person or a company.* Sources: .*DEFRA/);
    expect(chinese.statement).toMatch(/不代表个人或企业的全部碳足迹。来源：.*DEFRA/);
    expect(impact.behaviours[0].factors[0].source).toContain('DEFRA');
    expect(impact.notes.join(' ')).toContain('no footprint');
    const words = [impact, chinese].map(({ statement, notes }) => `${statement} ${notes}`).join();
    expect(words).not.toMatch(/碳中和|零碳|净零|carbon[- ]neutral|zero[- ]carbon|net[- ]zero/i);
  });

  test('she has a place among those who agreed to it, ten at least, until she withdraws', async () => {
    const purchasedAt = '2026-08-10T02:00:00.000Z';
    const period = { from: '2026-08-01', until: '2026-08-31' };
    const consent = (memberId: string, kind = 'granted', purpose = 'GREEN_RANKING') =>
      alone.happens('members', `consent.${kind}`, { memberId, purpose });
    const rankOf = async (memberId: string, asked: Record<string, unknown> = {}) => {
      const selection = 'rank { place of } carbonGrams';
      return (await reportOf('Member', memberId, { selection, period, ...asked })).rank;
    };
    // Nine who save as much as each other, Ann more; Bea more than all, and she is not asked.
    for (let n = 0; n < 9; n += 1) {
      await buy(`rank${n}`, { memberId: `rank${n}`, purchasedAt });
      await consent(`rank${n}`);
    }
    await buy('rank-ann', { purchasedAt, lines: [line({ quantity: 3 })] });
    await buy('rank-bea', { memberId: 'bea', purchasedAt, lines: [line({ quantity: 9 })] });
    const without = [await rankOf('ann'), await rankOf('rank0')];
    await consent('ann', 'granted', 'PROFILING');
    const other = await rankOf('ann');
    await consent('ann');
    const ranks = [await rankOf('ann'), await rankOf('rank0'), await rankOf('bea')];
    const longer = await rankOf('ann', { period: { from: '2026-07-01', until: '2026-08-31' } });
    const family = await reportOf('Family', 'f1', {
      ...{ as: asMember('ann'), selection: 'rank { place of }', period },
    });
    await consent('ann', 'withdrawn');

    // Nine take part without her: too few to tell anybody.
    expect([...without, other]).toEqual([null, null, null]);
    expect(ranks).toEqual([{ place: 1, of: 10 }, { place: 2, of: 10 }, null]);
    expect([longer, family.rank]).toEqual([null, null]);
    expect([await rankOf('ann'), await rankOf('rank0')]).toEqual([null, null]);
  });

  test('anybody can check the code of a report, and nobody can make one', async () => {
    const { code, carbonGrams } = await reportOf('Member', 'ann');
    const check = async (asked: string, subjectId: string | null = null) =>
      (
        await alone.data(
          `query ($code: String!, $subjectId: ID) { verifyGreenReport(code: $code, subjectId: $subjectId) {
            scope from until carbonGrams isOfSubject } }`,
          { code: asked, subjectId },
          { as: anonymous },
        )
      ).verifyGreenReport;

    expect(await check(code)).toEqual({
      ...{ scope: 'MEMBER', from: '2026-01-01', until: '2026-11-22' },
      ...{ carbonGrams, isOfSubject: null },
    });
    expect((await check(code, 'ann')).isOfSubject).toBe(true);
    expect((await check(code, 'bea')).isOfSubject).toBe(false);
    expect(code).not.toContain('ann');
    for (const forged of [
      code.replace(`.${carbonGrams}.`, `.${carbonGrams + 1}.`),
      code.replace('M.', 'A.'),
      code.slice(0, -1),
      '',
      `${code}0`,
    ]) {
      expect(await check(forged), forged).toBeNull();
    }
  });

  test.each<[string, object]>([
    ['that is not over', { from: '2026-11-01', until: '2026-12-31' }],
    ['that runs backwards', { from: '2026-11-02', until: '2026-11-01' }],
    ['of eleven years', { from: '2015-01-01', until: '2026-01-01' }],
  ])('a period %s is refused', async (_, period) => {
    expect(await reportOf('Member', 'ann', { period })).toBe('BAD_USER_INPUT');
  });

  test('picture and page load nothing, run nothing and take names as text', async () => {
    const selection = 'chart months: chart(kind: MONTHS) page carbonGrams';
    for (const locale of ['en', 'zh-CN']) {
      const { chart, months, page } = await reportOf('Member', 'ann', { selection, locale });
      for (const text of [chart, months, page]) {
        expect(text).not.toMatch(/<script|<image|<foreignObject|\shref=|url\(http|\son\w+=/i);
      }
      expect(chart).toMatch(/^<svg /);
      expect(chart).toContain(locale === 'en' ? 'My green report' : '我的环保报告');
      expect(page).toContain(`<html lang="${locale}">`);
    }
  });

  test('the sums that are kept are those of the entries, also when events come twice', async () => {
    await alone.happensAgain();
    const start = 'occurred_ms - (occurred_ms + 28800000) % 86400000';
    const kept = await sums(
      alone,
      `SELECT subject, day_ms AS d, factor_code AS c, factor_version AS v, SUM(grams) AS g, SUM(entries) AS n
       FROM green_carbon_day GROUP BY subject, day_ms, factor_code, factor_version`,
    );
    const again = await sums(
      alone,
      `SELECT '' AS subject, ${start} AS d, factor_code AS c, factor_version AS v, SUM(grams) AS g, COUNT(*) AS n
       FROM green_carbon_entry GROUP BY d, factor_code, factor_version
       UNION ALL SELECT merchant_id, ${start} AS d, factor_code, factor_version, SUM(grams), COUNT(*)
       FROM green_carbon_entry WHERE merchant_id IS NOT NULL GROUP BY merchant_id, d, factor_code, factor_version`,
    );

    expect(kept.length).toBeGreaterThan(5);
    expect(kept).toEqual(again);
    const alliance = await alone.data(
      '{ allianceGreenReport(from: "2026-01-01", until: "2026-11-25") { carbonGrams entries } }',
    );
    const [total] = await alone.database.reader.query(
      `SELECT SUM(grams) AS g FROM green_carbon_entry WHERE basis = 'CO2E'`,
    );
    expect(alliance.allianceGreenReport.carbonGrams).toBe(Number(total.g));
  });
});

test('as much as something is never more than it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000_000 }), (grams) => {
      for (const one of equivalents) {
        const units = unitsOf(one, grams);
        const { numerator, denominator } = one.gramsPerUnit;
        expect(units).toBeGreaterThanOrEqual(0);
        if (grams > 0) {
          expect(units * numerator).toBeLessThanOrEqual(grams * denominator);
          expect((units + 1) * numerator).toBeGreaterThan(grams * denominator);
        }
      }
    }),
  );
});

async function sums(alone: Alone, sql: string): Promise<string[]> {
  const rows = await alone.database.reader.query<Record<string, unknown>[]>(sql);
  return rows
    .map(({ subject, d, c, v, g, n }) => [subject, Number(d), c, v, Number(g), Number(n)].join(' '))
    .toSorted();
}

/** A charging factor of 400 g that holds from the day after tomorrow on. */
async function publishFactor(alone: Alone): Promise<void> {
  const second = { ...operator, subject: 'operator:second' };
  const { proposeEmissionFactor } = await alone.data(
    `mutation ($input: ProposeEmissionFactorInput!) { proposeEmissionFactor(input: $input) { __typename
      ... on Refusal { code message } ... on InvalidInput { field }
      ... on EmissionFactorProposed { proposal { id } } } }`,
    {
      input: {
        ...{ idempotencyKey: freshKey(), code: 'EV_KWH', version: '2026-9', grams: 400 },
        ...{ unit: 'kWh', basis: 'CO2E', boundary: 'LIFE_CYCLE', region: 'CN', dataYear: 2025 },
        ...{ publishedOn: '2026-09-01', source: 'A study of 2026', licence: 'CC BY 4.0' },
        ...{ method: 'Measured.', confidence: 'B', since: '2026-11-24' },
      },
    },
  );
  const { proposal } = proposeEmissionFactor;
  const { confirmEmissionFactor } = await alone.data(
    `mutation ($input: ConfirmEmissionFactorInput!) { confirmEmissionFactor(input: $input) { __typename } }`,
    { input: { idempotencyKey: freshKey(), proposalId: proposal.id } },
    { as: second },
  );
  expect(confirmEmissionFactor.__typename).toBe('EmissionFactorConfirmed');
}
