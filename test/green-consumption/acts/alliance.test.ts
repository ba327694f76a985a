import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { addRule, grantsAs, openRule } from '../../merchants/grants/granting.ts';
import { feedOf } from '../../merchants/standing.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { asMember, freshKey, openAlliance, type World } from '../../support/world.ts';
import { project, record, revoke, takePart } from './acts-world.ts';

const ACT_OF_GRANT = `query ($memberId: ID!) {
  grants(first: 10, filter: { memberId: { eq: $memberId } }, orderBy: [{ field: points }]) { nodes {
    points isPosted takenBackAt rule { ruleVersion } greenAct { id behaviour } } } }`;

const grantsOf = async (world: World, memberId: string) =>
  (await world.data(ACT_OF_GRANT, { memberId }, { as: asMember(memberId) })).grants.nodes;

const statementOf = async (world: World, memberId: string) =>
  (
    await world.data(
      `query ($id: ID!) { member(id: $id) { wallet { statement(first: 10) {
        nodes { kind causeKind ruleVersion changes { points } } } } } }`,
      { id: memberId },
    )
  ).member.wallet.statement.nodes;

// One world for all: each test has a merchant and members of its own.
describe.each(engines)('green acts in the alliance on $name', (engine) => {
  const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  test('S39, S48, S55: acts and projects earn by the rules in force, once, in their region, and the statement names the rule', async () => {
    const { merchantId, programmeId, ruleVersion } = await openRule(world, {
      trigger: 'GREEN_ACT',
      caps: { budget: 1_000, perMember: 50 },
      condition: { categories: ['METRO_TRIP'] },
    });
    const bonus = await addRule(world, programmeId, {
      trigger: 'GREEN_ACT',
      award: { points: 30, group: 'project' },
      condition: { categories: ['PROJECT'], regions: ['310000'] },
    });
    const memberId = await world.member();
    const trip = { memberId, merchantId, occurredAt: world.clock.now() };

    const { act } = await record(world, trip);
    await record(world, {
      ...trip,
      behaviour: 'NO_CUTLERY',
      unit: 'order',
      evidence: { kind: 'ORDER' },
    });
    await record(world, { memberId });
    await world.settle();

    expect(await grantsOf(world, memberId)).toEqual([
      {
        points: 20,
        isPosted: true,
        takenBackAt: null,
        rule: { ruleVersion },
        greenAct: { id: act.id, behaviour: 'METRO_TRIP' },
      },
    ]);
    expect(await statementOf(world, memberId)).toMatchObject([
      { kind: 'ACCRUE', causeKind: 'GREEN_ACT', ruleVersion, changes: [{ points: 20 }] },
    ]);

    // The bonus for a project, once for each member, and in its region alone.
    await project(world, { merchantId });
    await project(world, { code: 'RIVER-2026', region: '330000', merchantId });
    await takePart(world, { occurredAt: world.clock.now(), memberId });
    await takePart(world, { occurredAt: world.clock.now(), memberId });
    await takePart(world, { occurredAt: world.clock.now(), memberId, projectCode: 'RIVER-2026' });
    // The cap of the rule for trips: 20 and 20 and 10.
    await record(world, trip);
    await record(world, trip);
    await world.settle();

    const given = await grantsOf(world, memberId);
    expect(given.map(({ points }: { points: number }) => points)).toEqual([10, 20, 20, 30]);
    expect(given[3].rule.ruleVersion).toBe(bonus.ruleVersion);
    expect((await world.wallet(memberId)).available).toBe(80);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('while ledger or members is out of reach the act stands, and its points follow, once', async () => {
    const { merchantId } = await openRule(world, { trigger: 'GREEN_ACT' });
    const memberId = await world.member();

    ledger.isOut = true;
    await record(world, { memberId, merchantId, occurredAt: world.clock.now() });
    await world.settle();
    const during = [
      await grantsAs(world, { memberId: { eq: memberId } }),
      await world.wallet(memberId),
    ];
    ledger.isOut = false;
    world.clock.set('2026-11-22T03:00:00Z');
    await world.settle();

    expect(during).toMatchObject([[{ points: 20, isPosted: false }], { available: 0 }]);
    expect(await grantsAs(world, { memberId: { eq: memberId } })).toMatchObject([
      { points: 20, isPosted: true },
    ]);
    expect((await world.wallet(memberId)).available).toBe(20);
  });

  test('an act that is revoked before its points were worked out gets none; after it they are taken back', async () => {
    const { merchantId } = await openRule(world, {
      trigger: 'GREEN_ACT',
      caps: { budget: 1_000, perMember: 20 },
    });
    const [early, late] = [await world.member(), await world.member()];

    const first = await record(world, {
      memberId: early,
      merchantId,
      occurredAt: world.clock.now(),
    });
    await revoke(world, first.act.id);
    const second = await record(world, {
      memberId: late,
      merchantId,
      occurredAt: world.clock.now(),
    });
    await world.settle();
    await revoke(world, second.act.id);
    await world.settle();
    const [taken] = await grantsOf(world, late);
    const emptied = (await world.wallet(late)).available;
    await record(world, { memberId: late, merchantId, occurredAt: world.clock.now() });
    await world.settle();

    expect(await grantsOf(world, early)).toEqual([]);
    expect(taken).toMatchObject({ points: 20, takenBackAt: expect.any(String) });
    expect(emptied).toBe(0);
    expect(await feedOf(world, 'grant.takenBack')).toHaveLength(1);
    // The cap of the rule is free again.
    expect(await grantsOf(world, late)).toMatchObject([{ points: 20 }, { points: 20 }]);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('S49: a city is told of who consents to it alone; who withdraws is told of no more, and to be deleted', async () => {
    const consent = async (
      name: 'grantConsent' | 'withdrawConsent',
      memberId: string,
      purpose: string,
    ) =>
      world.data(
        `mutation ($input: ConsentInput!) { ${name}(input: $input) { __typename } }`,
        { input: { idempotencyKey: freshKey(), memberId, purpose, policyVersion: 'city-2026' } },
        { as: asMember(memberId) },
      );
    const [willing, wavering, silent] = [
      await world.member(),
      await world.member(),
      await world.member(),
    ];
    for (const memberId of [willing, wavering, silent]) {
      // What was done in a district was done in its province.
      await record(world, { memberId, region: memberId === wavering ? '510104' : '510000' });
    }
    const { act } = await record(world, { memberId: willing, region: '510000' });
    await revoke(world, act.id, { reason: 'FRAUD' });
    for (const memberId of [willing, wavering])
      await consent('grantConsent', memberId, 'CITY_CREDIT');
    await consent('grantConsent', silent, 'SHARING');
    await world.settle();
    const FIELDS = 'export { id csv records { member { id } acts carbonGrams } }';
    const send = async (given: object = {}) =>
      (
        await world.data(
          `mutation ($input: ExportCityRecordsInput!) { exportCityRecords(input: $input) {
            ... on CityRecordsExported { ${FIELDS} } ... on InvalidInput { code message } } }`,
          {
            input: {
              idempotencyKey: freshKey(),
              region: '510000',
              from: '2026-11-01',
              until: '2026-11-22',
              ...given,
            },
          },
        )
      ).exportCityRecords;
    const membersOf = ({ records }: { records: { member: { id: string } }[] }) =>
      records.map(({ member }) => member.id).toSorted();

    const first = (await send()).export;
    // The withdrawal counts at once, before its event is followed.
    await consent('withdrawConsent', wavering, 'CITY_CREDIT');
    const second = (await send()).export;
    await world.settle();
    const { cityExport, cityDeletions } = await world.data(
      `query ($id: ID!) { cityExport(id: $id) { records { member { id } } }
        cityDeletions { id exportId member { id } } }`,
      { id: first.id },
    );

    expect(membersOf(first)).toEqual([willing, wavering].toSorted());
    expect(first.records[0]).toMatchObject({ acts: 1, carbonGrams: 515 });
    expect(membersOf(second)).toEqual([willing]);
    expect(second.csv).toBe(`member,acts,gramsCO2e\r\n${willing},1,515\r\n`);
    expect(membersOf(cityExport)).toEqual([willing]);
    expect(cityDeletions).toEqual([
      { id: expect.any(String), exportId: first.id, member: { id: wavering } },
    ]);
    await world.data(
      `mutation ($input: ConfirmCityDeletionInput!) { confirmCityDeletion(input: $input) { __typename } }`,
      { input: { idempotencyKey: freshKey(), deletionId: cityDeletions[0].id } },
    );
    expect((await world.data('{ cityDeletions { id } }')).cityDeletions).toEqual([]);
    expect(await send({ until: '2026-11-30' })).toMatchObject({ code: 'PERIOD_IN_FUTURE' });
    const { errors } = await world.ask('{ cityDeletions { id } }', {}, { as: asMember(willing) });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
