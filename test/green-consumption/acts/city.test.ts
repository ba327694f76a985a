import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { analyst, anonymous, asMerchant, operator, regulator } from '../../support/people.ts';
import { openGreen, record, revoke } from './acts-world.ts';

describe.each(engines)('what a city is told of green acts on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openGreen(engine);
    alone.clock.set('2026-10-20T02:00:00Z');
    const on = { occurredAt: '2026-10-19T02:00:00Z' };
    const cup = {
      ...on,
      behaviour: 'OWN_CUP',
      unit: 'cup',
      evidence: { kind: 'ORDER', issuer: 'cafe' },
    };
    for (let index = 0; index < 12; index += 1) {
      const memberId = `m-${index}`;
      await record(alone, { ...on, memberId });
      await record(alone, { ...on, memberId, region: '310115' });
      // Of no region enough, and together enough, also for who knows the acts of one.
      if (index < 9) await record(alone, { ...on, memberId, region: '330000' });
      await record(alone, {
        ...on,
        memberId: `n-${index}`,
        region: index < 6 ? '340000' : '350000',
      });
      if (index < 3) await record(alone, { memberId, ...cup });
    }
    const { act } = await record(alone, { ...on, memberId: 'm-0' });
    await revoke(alone, act.id, { reason: 'FRAUD' });
    const { act: late } = await record(alone, { ...on, memberId: 'm-1' });
    // November: two late ones, and what was revoked.
    alone.clock.set('2026-11-05T02:00:00Z');
    await revoke(alone, late.id, { reason: 'FRAUD' });
    for (let index = 0; index < 11; index += 1) {
      await record(alone, { memberId: `m-${index}`, occurredAt: '2026-10-31T15:59:59Z' });
    }
    alone.clock.set('2026-12-22T02:00:00Z');
  });
  afterAll(async () => {
    await alone[Symbol.asyncDispose]();
  });

  const report = (given: Record<string, unknown> = {}, as = operator) =>
    alone.ask(
      `query ($region: String!, $from: LocalDate!, $until: LocalDate!) {
        greenPolicyReport(region: $region, from: $from, until: $until) { csv rows {
          month region behaviour acts membersAtLeast unit activityMilli carbonGrams co2Grams } } }`,
      { region: '310000', from: '2026-10-01', until: '2026-11-30', ...given },
      { as },
    );
  const october = { from: '2026-10-01', until: '2026-10-31' };

  test('S55: a region is told by month, division and behaviour, and nothing of fewer than ten', async () => {
    const { data } = await report();
    const row = { behaviour: 'METRO_TRIP', unit: 'trip', co2Grams: 0 };

    expect(data.greenPolicyReport.rows).toEqual([
      {
        ...{ ...row, month: '2026-10', region: '310000', acts: 13, membersAtLeast: 12 },
        ...{ activityMilli: 13_000, carbonGrams: 13 * 515 },
      },
      {
        ...{ ...row, month: '2026-10', region: '310115', acts: 12, membersAtLeast: 12 },
        ...{ activityMilli: 12_000, carbonGrams: 12 * 515 },
      },
      // By the month in which they were recorded, and the revoked one is taken off.
      {
        ...{ ...row, month: '2026-11', region: '310000', acts: 10, membersAtLeast: 10 },
        ...{ activityMilli: 10_000, carbonGrams: 10 * 515 },
      },
    ]);
    expect(data.greenPolicyReport.csv.split('\r\n')).toEqual([
      'month,region,behaviour,acts,membersAtLeast,unit,activity,gramsCO2e,gramsCO2',
      '2026-10,310000,METRO_TRIP,13,12,trip,13,6695,0',
      '2026-10,310115,METRO_TRIP,12,12,trip,12,6180,0',
      '2026-11,310000,METRO_TRIP,10,10,trip,10,5150,0',
      '',
    ]);
  });

  test('all regions less those that are told are ten members too, and the report stays as it was told', async () => {
    const all = async () =>
      (await report({ region: 'CN', ...october }, regulator)).data.greenPolicyReport.rows;
    const rows = await all();
    alone.clock.set('2027-01-03T02:00:00Z');
    await record(alone, { memberId: 'm-0', occurredAt: '2027-01-02T02:00:00Z', region: '340000' });

    // In public the alliance has the same parts: nothing is left between the two.
    const { data } = await alone.ask(
      'query ($from: LocalDate!, $until: LocalDate!) { allianceGreenReport(from: $from, until: $until) { carbonGrams } }',
      october,
      { as: anonymous },
    );
    const ofRows = rows.reduce(
      (all: number, row: { carbonGrams: number }) => all + row.carbonGrams,
      0,
    );
    expect(data.allianceGreenReport.carbonGrams).toBe(ofRows);
    expect(rows.slice(1)).toEqual((await report(october)).data.greenPolicyReport.rows);
    expect(rows[0]).toMatchObject({ region: null, acts: 9 + 12, membersAtLeast: 9 + 12 });
    expect(await all()).toEqual(rows);
  });

  test.each([
    [{ region: '330000' }, 'TOO_FEW_MEMBERS'],
    [{ region: '440000' }, 'TOO_FEW_MEMBERS'],
    [{ region: 'Shanghai' }, 'REGION_NOT_USABLE'],
    [{ until: '2027-01-31' }, 'PERIOD_MONTHS_ONLY'],
    [{ until: '2026-11-29' }, 'PERIOD_MONTHS_ONLY'],
    [{ from: '2026-11-21', until: '2026-11-20' }, 'PERIOD_NOT_USABLE'],
    [{ from: '2025-11-01' }, 'PERIOD_NOT_USABLE'],
  ])('a report of %j is refused: %s', async (given, reason) => {
    const { errors } = await report(given);

    expect(errors?.[0]?.extensions?.reason).toBe(reason);
  });

  test('the report is for operator and regulator; analysts see groups of enough members', async () => {
    const groups = async (as: typeof operator) =>
      alone.ask(
        `{ greenActsGroups(first: 10, groupBy: [{ field: behaviour }], filter: { state: { eq: STANDING },
            occurredAt: { gte: "2026-10-01T00:00:00Z", lt: "2026-11-22T00:00:00Z" } }) { nodes {
            key { behaviour } suppressed aggregate { count memberCount carbonGrams { sum } } } } }`,
        {},
        { as },
      );

    expect((await report({}, asMerchant('metro'))).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await groups(analyst)).data.greenActsGroups.nodes).toEqual([
      {
        key: { behaviour: null },
        suppressed: true,
        aggregate: { count: 59, memberCount: 24, carbonGrams: { sum: 56 * 515 + 3 * 37 } },
      },
    ]);
    expect((await groups(operator)).data.greenActsGroups.nodes).toHaveLength(2);
  });
});
