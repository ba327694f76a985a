import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { greenConsumption } from '../../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, openAlone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, operator } from '../../support/people.ts';
import { record, revoke } from '../acts/acts-world.ts';
import { certify, line, purchase } from '../green-world.ts';

const OCTOBER = { from: '2026-10-01', until: '2026-10-31' };
const NOVEMBER = { from: '2026-11-01', until: '2026-11-22' };

describe.each(engines)('what is corrected in green reports on $name', (engine) => {
  let alone: Alone;
  const joined: Record<string, string> = {};
  beforeAll(async () => {
    alone = await openAlone(engine, greenConsumption, {
      peer: (name, { query, variables }) => {
        const r = variables?.r as { id: string }[] | undefined;
        if (name === 'merchants' && /orderBuyer/.test(query)) {
          return {
            data: { _entities: (r ?? []).map(({ id }) => ({ id })), asTyped: null, spelt: null },
          };
        }
        if (name !== 'members' || (!variables?.representations && !variables?.r)) return null;
        const asked = (variables.representations ?? variables.r) as { id: string }[];
        const memberships = Object.entries(joined).map(([memberId, joinedAt]) => ({
          ...{ memberId, joinedAt },
        }));
        const isFamily = /Family/.test(query);
        const found = asked.map(({ id }) =>
          isFamily ? { memberships } : { id, status: 'ACTIVE' },
        );
        return { data: { _entities: found } };
      },
    });
    await certify(alone);
  });
  afterAll(async () => alone[Symbol.asyncDispose]());

  const reportOf = async (entity: string, id: string, period: object) =>
    (
      await alone.data(
        `query ($r: [_Any!]!, $from: LocalDate!, $until: LocalDate!) { _entities(representations: $r) { ... on ${entity} {
          report: ${entity === 'Merchant' ? 'greenImpact' : 'greenReport'}(from: $from, until: $until) {
            carbonGrams code months { month } } } } }`,
        { r: [{ __typename: entity, id }], ...period },
        { as: operator },
      )
    )._entities[0].report;
  const check = async (code: string, subjectId: string | null = null) =>
    (
      await alone.data(
        `query ($code: String!, $subjectId: ID) { verifyGreenReport(code: $code, subjectId: $subjectId) {
          from until carbonGrams isPublic isOfSubject isCurrent } }`,
        { code, subjectId },
        { as: anonymous },
      )
    ).verifyGreenReport;
  const buy = (purchaseId: string, more: object) =>
    alone.happens('merchants', 'purchase.recorded', purchase({ purchaseId, ...more }));
  const bring = (purchaseId: string, more: object) =>
    alone.happens('merchants', 'purchase.returned', {
      ...{ returnId: `return-${purchaseId}`, reversed: [] },
      ...purchase({ purchaseId, lines: [line({ returnedQuantity: 2 })], ...more }),
    });

  test('a revoked act is in the report of no month any more, and the code of the old one says so', async () => {
    const on = { occurredAt: '2026-10-28T02:00:00Z', merchantId: 'metro' };
    const { act } = await record(alone, { memberId: 'ann', ...on });
    await record(alone, { memberId: 'ann', ...on, occurredAt: '2026-10-29T02:00:00Z' });
    const before = [
      await reportOf('Member', 'ann', OCTOBER),
      await reportOf('Merchant', 'metro', OCTOBER),
    ] as const;
    expect(await check(before[0].code, 'ann')).toMatchObject({ isCurrent: true });
    alone.clock.set('2026-11-23T02:00:00Z');
    await revoke(alone, act.id, { reason: 'FRAUD' });
    const after = await reportOf('Member', 'ann', OCTOBER);
    // Another ride that saves as much does not make the old code current again.
    await record(alone, { memberId: 'ann', occurredAt: '2026-10-30T02:00:00Z' });
    expect(await check(before[0].code, 'ann')).toMatchObject({ isCurrent: false });

    expect(before[0].carbonGrams).toBe(2 * 515);
    expect(after.carbonGrams).toBe(515);
    expect((await reportOf('Merchant', 'metro', OCTOBER)).carbonGrams).toBe(515);
    const november = await reportOf('Member', 'ann', { ...NOVEMBER, until: '2026-11-23' });
    expect(november).toMatchObject({ carbonGrams: 0, months: [] });
    expect(await check(before[0].code, 'ann')).toMatchObject({
      ...{ carbonGrams: 2 * 515, isOfSubject: true, isCurrent: false },
    });
    expect(await check(before[1].code, 'metro')).toMatchObject({ isCurrent: false });
    expect(await check((await reportOf('Member', 'ann', OCTOBER)).code, 'ann')).toMatchObject({
      isCurrent: true,
    });
    // Of whom it is, is not in the code.
    expect(await check(before[0].code)).toMatchObject({ isOfSubject: null, isCurrent: null });
    expect(await check(before[0].code, 'bea')).toMatchObject({
      ...{ isOfSubject: false, isCurrent: null },
    });
  });

  test('the code of the alliance needs nobody to be named', async () => {
    const told = async () =>
      (
        await alone.data(
          'query ($from: LocalDate!, $until: LocalDate!) { allianceGreenReport(from: $from, until: $until) { code } }',
          OCTOBER,
          { as: operator },
        )
      ).allianceGreenReport;
    const { code } = await told();
    const before = await check(code);
    await record(alone, { memberId: 'cleo', occurredAt: '2026-10-30T02:00:00Z' });

    expect(before).toMatchObject({ isOfSubject: null, isCurrent: true });
    // Whoever is named with it is told nothing of anybody else’s books.
    expect(await check(code, 'metro')).toMatchObject({ isOfSubject: false, isCurrent: false });
    expect(await check(code)).toMatchObject({ isCurrent: false });
    expect(await check((await told()).code)).toMatchObject({ isCurrent: true });
  });

  test('what is told in public is checked by what was published, whatever is corrected later', async () => {
    alone.clock.set('2026-12-05T02:00:00Z');
    const on = { occurredAt: '2026-12-04T02:00:00Z', merchantId: 'tram' };
    const acts = [];
    for (let n = 0; n < 10; n += 1)
      acts.push((await record(alone, { memberId: `m${n}`, ...on })).act);
    alone.clock.set('2027-01-05T02:00:00Z');
    const period = { from: '2026-12-01', until: '2026-12-31' };
    const { data } = await alone.ask(
      `query ($r: [_Any!]!, $from: LocalDate!, $until: LocalDate!) { _entities(representations: $r) {
        ... on Merchant { greenImpact(from: $from, until: $until) { code carbonGrams } } } }`,
      { r: [{ __typename: 'Merchant', id: 'tram' }], ...period },
      { as: anonymous },
    );
    const { code, carbonGrams } = data._entities[0].greenImpact;
    const own = await reportOf('Merchant', 'tram', period);
    expect(own.code).not.toBe(code);
    await revoke(alone, acts[0].id, { reason: 'FRAUD' });

    expect(await check(own.code, 'tram')).toMatchObject({ isPublic: false, isCurrent: false });
    expect(carbonGrams).toBe(10 * 515);
    expect(await check(code, 'tram')).toMatchObject({ isPublic: true, isCurrent: true });
    expect((await reportOf('Merchant', 'tram', period)).carbonGrams).toBe(9 * 515);
  });

  test('what comes back from before somebody joined is none of her family’s', async () => {
    alone.clock.set('2026-11-22T02:00:00Z');
    await buy('before', { memberId: 'dora', purchasedAt: '2026-11-10T02:00:00.000Z' });
    joined.dora = '2026-11-15T02:00:00.000Z';
    await buy('after', { memberId: 'dora', purchasedAt: '2026-11-20T02:00:00.000Z' });
    const held = await reportOf('Family', 'f1', NOVEMBER);
    await bring('before', { memberId: 'dora', purchasedAt: '2026-11-10T02:00:00.000Z' });
    const after = await reportOf('Family', 'f1', NOVEMBER);
    await bring('after', { memberId: 'dora' });

    expect(held.carbonGrams).toBeGreaterThan(0);
    expect(after).toEqual(held);
    expect((await reportOf('Family', 'f1', NOVEMBER)).carbonGrams).toBe(0);
    expect((await reportOf('Member', 'dora', NOVEMBER)).carbonGrams).toBe(0);
    expect(await check(held.code, 'f1')).toMatchObject({ isOfSubject: true, isCurrent: false });
  });

  test('the code of a year of three digits is checked like any other', async () => {
    const { code } = await reportOf('Member', 'ann', { from: '0999-01-01', until: '0999-12-31' });

    expect(await check(code, 'ann')).toEqual({
      ...{ from: '0999-01-01', until: '0999-12-31', carbonGrams: 0 },
      ...{ isPublic: false, isOfSubject: true, isCurrent: true },
    });
  });
});
