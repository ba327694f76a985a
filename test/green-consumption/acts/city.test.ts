import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { analyst, asMerchant, operator, regulator } from '../../support/people.ts';
import { openGreen, record, revoke } from './acts-world.ts';

describe.each(engines)('what a city is told of green acts on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openGreen(engine);
    const cup = { behaviour: 'OWN_CUP', unit: 'cup', evidence: { kind: 'ORDER', issuer: 'cafe' } };
    for (let index = 0; index < 12; index += 1) {
      const memberId = `m-${index}`;
      await record(alone, { memberId });
      await record(alone, { memberId, region: '330000' });
      if (index < 3) await record(alone, { memberId, ...cup });
      if (index < 11) await record(alone, { memberId, occurredAt: '2026-10-31T15:59:59Z' });
    }
    const { act } = await record(alone, { memberId: 'm-0' });
    await revoke(alone, act.id, { reason: 'FRAUD' });
  });
  afterAll(async () => {
    await alone[Symbol.asyncDispose]();
  });

  const report = (given: Record<string, unknown> = {}, as = operator) =>
    alone.ask(
      `query ($region: String!, $from: LocalDate!, $until: LocalDate!) {
        greenPolicyReport(region: $region, from: $from, until: $until) { csv rows {
          month behaviour acts members unit activityMilli carbonGrams co2Grams } } }`,
      { region: '310000', from: '2026-10-01', until: '2026-11-21', ...given },
      { as },
    );

  test('S55: a region is told what stands by month and behaviour, and nothing of small groups', async () => {
    const { data } = await report();
    const [november, merged] = data.greenPolicyReport.rows;

    expect(november).toEqual({
      month: '2026-11',
      behaviour: 'METRO_TRIP',
      acts: 12,
      members: 12,
      unit: 'trip',
      activityMilli: 12_000,
      carbonGrams: 12 * 515,
      co2Grams: 0,
    });
    // Three members with their own cups are told together with the next larger group, October.
    expect(merged).toMatchObject({
      month: null,
      behaviour: null,
      members: 11,
      acts: 14,
      unit: null,
      activityMilli: null,
      carbonGrams: 11 * 515 + 3 * 37,
    });
    expect(data.greenPolicyReport.rows).toHaveLength(2);
    expect(data.greenPolicyReport.csv.split('\r\n')).toEqual([
      'region,month,behaviour,acts,members,unit,activity,gramsCO2e,gramsCO2',
      '310000,2026-11,METRO_TRIP,12,12,trip,12,6180,0',
      '310000,merged,merged,14,11,,,5776,0',
      '',
    ]);
    expect(
      (await report({ region: '330000' }, regulator)).data.greenPolicyReport.rows,
    ).toMatchObject([{ month: '2026-11', acts: 12 }]);
  });

  test.each([
    [{ region: '440000' }, 'TOO_FEW_MEMBERS'],
    [{ region: 'Shanghai' }, 'REGION_NOT_USABLE'],
    [{ until: '2026-11-23' }, 'PERIOD_IN_FUTURE'],
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
            occurredAt: { gte: "2026-11-01T00:00:00Z", lt: "2026-11-22T00:00:00Z" } }) { nodes {
            key { behaviour } suppressed aggregate { count memberCount carbonGrams { sum } } } } }`,
        {},
        { as },
      );

    expect((await report({}, asMerchant('metro'))).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await groups(analyst)).data.greenActsGroups.nodes).toEqual([
      {
        key: { behaviour: null },
        suppressed: true,
        aggregate: { count: 27, memberCount: 12, carbonGrams: { sum: 24 * 515 + 3 * 37 } },
      },
    ]);
    expect((await groups(operator)).data.greenActsGroups.nodes).toHaveLength(2);
  });
});
