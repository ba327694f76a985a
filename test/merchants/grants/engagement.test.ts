import { describe, expect, test } from 'vitest';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import {
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  regulator,
  type World,
} from '../../support/world.ts';
import { draft, openProgramme, PLAIN, publish, review } from '../rules/life-cycle.ts';
import { feedOf } from '../standing.ts';
import { addRule, engage, grantsAs, openRule } from './granting.ts';

/** Tiers and the points that count for them. */
async function qualifying(world: World, memberId: string): Promise<number> {
  const { member } = await world.data('query ($id: ID!) { member(id: $id) { qualifyingPoints } }', {
    id: memberId,
  });
  return member.qualifyingPoints;
}

describe.each(engines)('points for taking part on $name', (engine) => {
  test('S18: a lecture earns its points once for each event and member, whatever the key', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, ruleVersion } = await openRule(world, { trigger: 'LECTURE' });
    const [ann, ben] = [await world.member('Ann'), await world.member('Ben')];

    const first = await engage(world, { merchantId, memberId: ann, evidence: 'check-in 7' });
    const again = await engage(world, { merchantId, memberId: ann });
    const other = await engage(world, { merchantId, memberId: ann, eventId: 'L-2' });
    const his = await engage(world, { merchantId, memberId: ben });
    await world.settle();

    expect(first.engagement.grants).toMatchObject([
      {
        causeKind: 'ENGAGEMENT',
        points: 20,
        isPosted: true,
        expiresOn: '2027-11-22',
        rule: { ruleVersion },
        issuer: { id: merchantId },
        reasons: [],
      },
    ]);
    expect(again.engagement).toEqual(first.engagement);
    expect([other.engagement.grants[0].points, his.engagement.grants[0].points]).toEqual([20, 20]);
    expect([await world.wallet(ann), await world.wallet(ben)]).toMatchObject([
      { available: 40 },
      { available: 20 },
    ]);
    expect(await feedOf(world, 'grant.recorded')).toHaveLength(3);
    expect(await qualifying(world, ann)).toBe(0);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('S19: a survey earns the same whatever was answered, and no rule may pay for praise', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, programmeId } = await openRule(world, { trigger: 'SURVEY' });
    const memberId = await world.member();

    const { errors } = await world.ask(
      `mutation { recordEngagement(input: { idempotencyKey: "${freshKey()}", merchantId: "${merchantId}",
        memberId: "${memberId}", kind: SURVEY, eventId: "S-1", rating: 5 }) { __typename } }`,
    );
    const { engagement } = await engage(world, { merchantId, memberId, kind: 'SURVEY' });
    const praise = await draft(world, {
      programmeId,
      terms: {
        ...PLAIN,
        title: { zh: '好评', en: 'Praise' },
        trigger: 'SURVEY',
        award: { points: 20, group: 'other' },
        caps: { budget: 1_000 },
        answers: 'FAVOURABLE',
      },
    });
    await review(world, praise.rule.id);
    const refused = await publish(world, praise.rule.id);

    expect(errors?.[0]?.message).toContain('rating');
    expect(engagement.grants).toMatchObject([{ points: 20 }]);
    expect(refused).toMatchObject({
      __typename: 'NotLawful',
      findings: expect.arrayContaining([expect.objectContaining({ check: 'FAVOURABLE_ANSWER' })]),
    });
  });

  test('while the ledger is out of reach the grant stands, and is posted later, once', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    await using world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    const { merchantId } = await openRule(world, { trigger: 'LECTURE' });
    const memberId = await world.member();

    ledger.isOut = true;
    const { engagement } = await engage(world, { merchantId, memberId });
    ledger.isOut = false;
    const before = await world.wallet(memberId);
    await world.settle();
    await world.settle();

    expect(engagement.grants).toMatchObject([{ points: 20, isPosted: false }]);
    expect(before.available).toBe(0);
    expect(await grantsAs(world)).toMatchObject([{ points: 20, isPosted: true }]);
    expect((await world.wallet(memberId)).available).toBe(20);
  });

  test('fifty at once never go beyond the budget, and each rule keeps its caps', async () => {
    await using world = await openAlliance(engine);
    const { merchantId } = await openRule(world, {
      trigger: 'LECTURE',
      caps: { budget: 450, perMember: 30 },
    });
    const members = await Promise.all(Array.from({ length: 25 }, () => world.member()));

    const answers = await Promise.all(
      members.flatMap((memberId) =>
        ['L-1', 'L-2'].map((eventId) => engage(world, { merchantId, memberId, eventId })),
      ),
    );
    await world.settle();

    const grants = answers.flatMap(({ engagement }) => engagement.grants);
    const points = grants.map((grant: { points: number }) => grant.points);
    const wallets = await Promise.all(members.map((id) => world.wallet(id)));
    const available = wallets.map((wallet) => wallet.available);
    expect(grants).toHaveLength(50);
    expect(points.reduce((all: number, one: number) => all + one, 0)).toBe(450);
    expect(available.reduce((all, one) => all + one, 0)).toBe(450);
    expect(Math.max(...available)).toBeLessThanOrEqual(30);
    expect(grants.find((grant: { points: number }) => grant.points < 20).reasons).not.toEqual([]);
  });

  test('two at once for one event and member are one engagement', async () => {
    await using world = await openAlliance(engine);
    const { merchantId } = await openRule(world, { trigger: 'SUGGESTION' });
    const memberId = await world.member();

    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        engage(world, { merchantId, memberId, kind: 'SUGGESTION', eventId: 'idea' }),
      ),
    );
    await world.settle();

    expect(new Set(answers.map(({ engagement }) => engagement.id)).size).toBe(1);
    expect((await world.wallet(memberId)).available).toBe(20);
  });

  test('a merchant that may not issue grants nothing and says why', async () => {
    await using world = await openAlliance(engine);
    const { merchantId } = await openRule(world, { trigger: 'LECTURE' });
    const memberId = await world.member();
    world.clock.set('2100-01-01T00:00:00Z');

    const refused = await engage(world, { merchantId, memberId });
    const zh = await engage(world, { merchantId, memberId }, { locale: 'zh-CN' });

    expect(refused).toMatchObject({ __typename: 'NotIssuing', code: 'DOCUMENT_EXPIRED' });
    expect(zh.message).toMatch(/[\u4e00-\u9fff]/);
    expect(await grantsAs(world)).toEqual([]);
  });

  test('points have the vesting, the expiry and the sponsor of the rule', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, programmeId } = await openProgramme(world);
    const sponsorId = await world.merchant({ name: 'Sponsor' });
    const memberId = await world.member();
    const drafted = await draft(world, {
      programmeId,
      terms: {
        ...PLAIN,
        title: { zh: '赞助', en: 'Sponsored' },
        trigger: 'LECTURE',
        award: { points: 20 },
        caps: { budget: 1_000 },
        vesting: { days: 3 },
        expiry: { day: '2026-12-31' },
        sponsorId,
      },
    });
    await review(world, drafted.rule.id, { as: asMerchant(sponsorId) });
    const published = await publish(world, drafted.rule.id);
    expect(published).toMatchObject({ __typename: 'AccrualRulePublished' });

    const { engagement } = await engage(world, { merchantId, memberId });
    const before = await world.wallet(memberId);
    world.clock.advanceDays(3);
    await world.settle();

    expect(engagement.grants).toMatchObject([
      { points: 20, issuer: { id: sponsorId }, vestsOn: '2026-11-25', expiresOn: '2027-01-01' },
    ]);
    expect(before.available).toBe(0);
    expect((await world.wallet(memberId)).available).toBe(20);
  });

  test('each refusal names what and why', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, programmeId } = await openProgramme(world);
    const memberId = await world.member();

    const noRule = await engage(world, { merchantId, memberId });
    // 22 November 2026 is a Sunday.
    await addRule(world, programmeId, { trigger: 'LECTURE', condition: { weekdays: [1, 6] } });
    const notToday = await engage(world, { merchantId, memberId });
    const inChinese = await engage(world, { merchantId, memberId }, { locale: 'zh-CN' });
    const future = { merchantId, memberId, occurredAt: '2027-01-01T00:00:00Z' };

    expect(noRule).toMatchObject({ __typename: 'NothingToGrant', code: 'NO_GRANTING_RULE' });
    expect(notToday).toMatchObject({
      __typename: 'NothingToGrant',
      reasons: [
        { code: 'RULE_WEEKDAY', message: 'Only on Monday, Saturday; it is Sunday in Beijing.' },
      ],
    });
    expect(inChinese.reasons[0].message).toBe('仅限星期一、星期六，当天为星期日（北京时间）。');
    expect(await engage(world, future)).toMatchObject({ field: 'occurredAt' });
    expect(await engage(world, { merchantId, memberId, eventId: ' L' })).toMatchObject({
      field: 'eventId',
    });
    expect(await engage(world, { merchantId, memberId: 'nobody' })).toMatchObject({
      __typename: 'NotFound',
      code: 'MEMBER_NOT_FOUND',
    });
    expect(await engage(world, { merchantId: 'none', memberId })).toMatchObject({
      code: 'MERCHANT_NOT_FOUND',
    });
    expect(await engage(world, { merchantId, memberId }, { as: asMerchant('other') })).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(await engage(world, { merchantId, memberId }, { as: asMember(memberId) })).toEqual({
      fault: 'FORBIDDEN',
    });
  });

  test('a member sees her own grants, a merchant its own, the regulator all, in few statements', async () => {
    await using world = await openAlliance(engine);
    const { merchantId } = await openRule(world, { trigger: 'LECTURE' });
    const [ann, ben] = [await world.member('Ann'), await world.member('Ben')];
    for (const eventId of ['L-1', 'L-2', 'L-3']) {
      await engage(world, { merchantId, memberId: ann, eventId });
    }
    await engage(world, { merchantId, memberId: ben });

    const own = await grantsAs(world, {}, asMember(ann));
    const [hers] = own;
    world.statements.length = 0;
    const all = await grantsAs(world, {}, regulator);
    const many = world.statements.filter(({ name }) => name === 'merchants').length;
    world.statements.length = 0;
    await grantsAs(world, {}, asMember(ben));
    const one = world.statements.filter(({ name }) => name === 'merchants').length;
    const asBen = await world.data(
      'query ($id: ID!) { grant(id: $id) { id } }',
      { id: hers.id },
      { as: asMember(ben) },
    );

    expect(own).toHaveLength(3);
    expect(await grantsAs(world, {}, asMerchant(merchantId))).toHaveLength(4);
    expect(await grantsAs(world, {}, asMerchant('other'))).toEqual([]);
    expect(all).toHaveLength(4);
    expect(many).toBe(one);
    expect(asBen.grant).toBeNull();
  });
});
