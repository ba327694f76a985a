import { describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  openAlliance,
  regulator,
  type World,
} from '../../support/world.ts';
import {
  comment,
  draft,
  draftProgramme,
  openProgramme,
  PLAIN,
  published,
  review,
  ruleAs,
  withdraw,
} from './life-cycle.ts';

const BETTER = { ...PLAIN, award: { rate: { points: 2 } } };

const INSIDE = 'id state people { draftedBy reviewedBy } findings { check }';

const listed = async (world: World, filter: Record<string, unknown>, as = anonymous) => {
  const { accrualRules } = await world.data(
    `query ($filter: AccrualRuleFilter) { accrualRules(first: 20, filter: $filter,
      orderBy: [{ field: version }]) { totalCount nodes { id version state } } }`,
    { filter },
    { as },
  );
  return accrualRules;
};

describe.each(engines)('who sees which rules on $name', (engine) => {
  test('what was published is public for good; a draft is its merchant’s own affair', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId, ruleId } = await openProgramme(world);
    const drafted = (await draft(world, { programmeId, key: programmeId })).rule.id;
    const next = await published(world, { programmeId, key: programmeId, terms: BETTER });
    await withdraw(world, next.id);
    const others = [anonymous, asMember(await world.member()), asMerchant(await world.merchant())];

    for (const as of others) {
      expect(await ruleAs(world, drafted, { as })).toBeNull();
      expect(await ruleAs(world, ruleId, { as }, INSIDE)).toEqual({
        id: ruleId,
        state: 'EFFECTIVE',
        people: null,
        findings: null,
      });
      expect(await ruleAs(world, next.id, { as }, INSIDE)).toMatchObject({ state: 'WITHDRAWN' });
      expect(await listed(world, { programmeId: { eq: programmeId } }, as)).toMatchObject({
        totalCount: 2,
      });
    }
    for (const as of [asMerchant(merchantId), regulator]) {
      expect(await ruleAs(world, drafted, { as }, INSIDE)).toMatchObject({
        state: 'DRAFT',
        people: { draftedBy: 'operator:test', reviewedBy: null },
        findings: [],
      });
      expect(await listed(world, { programmeId: { eq: programmeId } }, as)).toMatchObject({
        totalCount: 3,
      });
    }
  });

  test('a programme shows itself when its first rule is published', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ programmes: [] });
    await draftProgramme(world, { merchantId });
    const programmesAs = async (as: typeof anonymous) => {
      const { merchant } = await world.data(
        'query ($id: ID!) { merchant(id: $id) { programmes { name rules { id } disclosure { title } } } }',
        { id: merchantId },
        { as },
      );
      return merchant.programmes;
    };

    expect(await programmesAs(anonymous)).toEqual([]);
    expect(await programmesAs(asMerchant(merchantId))).toEqual([
      { name: "Zhang's points", rules: [], disclosure: null },
    ]);
  });

  test('rules are listed by the state that follows from the clock', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const commentUntil = '2026-11-24T02:00:00Z';
    const input = { programmeId, key: programmeId, terms: BETTER };
    const next = await published(world, input, { commentUntil });
    const other = await draft(world, { programmeId });
    await review(world, other.rule.id);
    await withdraw(world, (await draft(world, { programmeId })).rule.id);

    const states = async () => {
      const found: Record<string, string[]> = {};
      for (const state of [
        'DRAFT',
        'REVIEWED',
        'COMMENT',
        'NOTICE',
        'EFFECTIVE',
        'SUPERSEDED',
        'WITHDRAWN',
      ]) {
        const { nodes } = await listed(world, { state: { eq: state } }, regulator);
        const own = nodes.filter(({ id }: { id: string }) => [ruleId, next.id].includes(id));
        if (nodes.length > 0)
          found[state] = own.map(({ version }: { version: number }) => `v${version}`);
      }
      return found;
    };

    expect(await states()).toEqual({
      REVIEWED: [],
      COMMENT: ['v2'],
      EFFECTIVE: ['v1'],
      WITHDRAWN: [],
    });
    world.clock.set(commentUntil);
    expect(await states()).toMatchObject({ NOTICE: ['v2'], EFFECTIVE: ['v1'] });
    world.clock.advanceDays(7);
    expect(await states()).toMatchObject({ EFFECTIVE: ['v2'], SUPERSEDED: ['v1'] });
    const both = { state: { in: ['EFFECTIVE', 'SUPERSEDED'] } };
    expect(await listed(world, both)).toMatchObject({ totalCount: 2 });
    expect(await listed(world, { not: both }, regulator)).toMatchObject({ totalCount: 2 });
  });

  test('pages of a list by state go on while time goes by', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    for (const weekday of [1, 2]) {
      const terms = {
        ...PLAIN,
        award: { multiplier: { numerator: 2 } },
        condition: { weekdays: [weekday] },
      };
      await published(world, { programmeId, terms });
    }
    const page = async (after: string | null) =>
      (
        await world.data(
          `query ($after: String) { accrualRules(first: 2, after: $after,
            filter: { state: { eq: EFFECTIVE } }) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
          { after },
        )
      ).accrualRules;

    const first = await page(null);
    world.clock.advanceDays(1);
    const second = await page(first.pageInfo.endCursor);

    const ids = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test('a list of rules costs the same number of statements, however many there are', async () => {
    await using world = await openAlliance(engine);
    const member = asMember(await world.member());
    const count = async () => {
      world.statements.length = 0;
      await world.data(
        `{ accrualRules(first: 50) { nodes { title state worsens { code message } findings { check }
          commentCount myAcknowledgement { at } disclosure { text } programme { name rules { id }
          disclosure { text } } merchant { name } terms { sponsor { name } } } } }`,
        {},
        { as: member },
      );
      return world.statements.filter(({ name }) => name === 'merchants').length;
    };
    await openProgramme(world);
    const one = await count();
    for (let more = 0; more < 3; more += 1) {
      const { programmeId } = await openProgramme(world);
      const { id } = await published(world, { programmeId, key: programmeId, terms: BETTER });
      await comment(world, id, 'Good', { as: member });
    }

    expect(await count()).toBe(one);
    expect(one).toBeLessThan(12);
  });
});
