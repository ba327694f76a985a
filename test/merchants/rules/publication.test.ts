import { describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { anonymous, asMerchant, openAlliance, operator } from '../../support/world.ts';
import {
  confirmEnd,
  draft,
  draftProgramme,
  end,
  openProgramme,
  PLAIN,
  publish,
  published,
  review,
  reviewed,
  ruleAs,
  secondOperator,
  withdraw,
} from './life-cycle.ts';

/** Twice the points: what only gives. */
const BETTER = { ...PLAIN, award: { rate: { points: 2 } } };
const WORSE = { ...PLAIN, expiry: { months: 6 } };

/** The test clock begins at 2026-11-22T02:00:00Z. */
const in_ = (days: number, minutes = 0): string =>
  new Date(Date.parse('2026-11-22T02:00:00Z') + (days * 24 * 60 + minutes) * 60_000).toISOString();

describe.each(engines)('publishing rules on $name', (engine) => {
  test('a programme is drafted, reviewed by another person and published, and holds at once', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ programmes: [] });

    const drafted = await draftProgramme(world, { merchantId });
    const early = await publish(world, drafted.rule.id);
    const own = await review(world, drafted.rule.id, { as: operator });
    const other = await review(world, drafted.rule.id);
    const again = await review(world, drafted.rule.id);
    const ownPublication = await publish(world, drafted.rule.id, {}, { as: operator });
    const done = await publish(world, drafted.rule.id);
    const twice = await publish(world, drafted.rule.id);

    expect(drafted).toMatchObject({
      programme: { name: "Zhang's points" },
      rule: { key: drafted.programme.id, version: 1, state: 'DRAFT' },
    });
    expect(early.code).toBe('RULE_NOT_REVIEWED');
    expect(own).toMatchObject({ __typename: 'SecondPersonNeeded', code: 'SECOND_PERSON_NEEDED' });
    expect(other.rule.state).toBe('REVIEWED');
    expect(again.code).toBe('RULE_NOT_DRAFT');
    expect(ownPublication.__typename).toBe('SecondPersonNeeded');
    expect(done.rule).toMatchObject({ state: 'EFFECTIVE', effectiveAt: in_(0), endsAt: null });
    expect(twice.code).toBe('RULE_NOT_REVIEWED');
  });

  test('a campaign that would be over before the rule is in force is not published', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const terms = {
      ...PLAIN,
      award: { multiplier: { numerator: 2 } },
      condition: { until: in_(3) },
    };
    const ruleId = await reviewed(world, { programmeId, terms });

    const late = await publish(world, ruleId, { effectiveAt: in_(3) });
    const inTime = await publish(world, ruleId, { effectiveAt: in_(2) });

    expect(late).toMatchObject({
      __typename: 'InvalidInput',
      code: 'WINDOW_OVER',
      field: 'effectiveAt',
    });
    expect(inTime.rule).toMatchObject({ state: 'NOTICE', effectiveAt: in_(2) });
  });

  test('R10: a change needs 7 days, and the refusal names the earliest lawful instant', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const ruleId = await reviewed(world, { programmeId, key: programmeId, terms: BETTER });

    const sixDays = await publish(world, ruleId, { effectiveAt: in_(6) });
    const almost = await publish(world, ruleId, { effectiveAt: in_(7, -1) });
    const lawful = await publish(world, ruleId, { effectiveAt: in_(7) });

    expect(sixDays).toMatchObject({
      __typename: 'NoticeTooShort',
      code: 'RULE_NOTICE_TOO_SHORT',
      earliest: in_(7),
      days: 7,
    });
    expect(sixDays.message).toContain('2026-11-29 10:00:00');
    expect(almost.__typename).toBe('NoticeTooShort');
    expect(lawful.rule).toMatchObject({ version: 2, state: 'NOTICE', effectiveAt: in_(7) });
  });

  test('R10: an adverse change needs 15 days once anybody has earned by the rule, and 7 before', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const unused = await openProgramme(world);
    await world.purchase({ merchantId, memberId: await world.member() });
    const input = { programmeId, key: programmeId, terms: WORSE };
    const ruleId = await reviewed(world, input);

    const short = await publish(world, ruleId, { effectiveAt: in_(14) });
    const lawful = await publish(world, ruleId, { effectiveAt: in_(15) });
    const ofNobody = { ...input, programmeId: unused.programmeId, key: unused.programmeId };
    const unusedRule = await reviewed(world, ofNobody);
    const sixDays = await publish(world, unusedRule, { effectiveAt: in_(6) });
    const { rule: forNobody } = await publish(world, unusedRule, { effectiveAt: in_(7) });

    expect(short).toMatchObject({ __typename: 'NoticeTooShort', earliest: in_(15), days: 15 });
    expect(sixDays).toMatchObject({ __typename: 'NoticeTooShort', earliest: in_(7), days: 7 });
    expect(lawful.rule).toMatchObject({
      state: 'NOTICE',
      worsens: [{ code: 'SHORTER_EXPIRY', field: 'expiry' }],
    });
    expect(forNobody.worsens).toHaveLength(1);
  });

  test('notice begins when comments are closed', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const ruleId = await reviewed(world, { programmeId, key: programmeId, terms: BETTER });

    const short = await publish(world, ruleId, { commentUntil: in_(3), effectiveAt: in_(9) });
    const lawful = await publish(world, ruleId, { commentUntil: in_(3) });
    const stateAt = async (instant: string) => {
      world.clock.set(instant);
      return (await ruleAs(world, ruleId)).state;
    };

    expect(short).toMatchObject({ __typename: 'NoticeTooShort', earliest: in_(10) });
    expect(lawful.rule).toMatchObject({ state: 'COMMENT', effectiveAt: in_(10) });
    expect(await stateAt(in_(3, -1))).toBe('COMMENT');
    expect(await stateAt(in_(3))).toBe('NOTICE');
    expect(await stateAt(in_(10))).toBe('EFFECTIVE');
  });

  test('the next version holds from the very instant at which the former ends', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const next = await published(world, { programmeId, key: programmeId, terms: BETTER });

    const statesAt = async (instant: string) => {
      world.clock.set(instant);
      return [(await ruleAs(world, ruleId)).state, (await ruleAs(world, next.id)).state];
    };

    expect(await ruleAs(world, ruleId)).toMatchObject({ endsAt: next.effectiveAt });
    expect(await statesAt(in_(7, -1))).toEqual(['EFFECTIVE', 'NOTICE']);
    expect(await statesAt(in_(7))).toEqual(['SUPERSEDED', 'EFFECTIVE']);
  });

  test('a version that is withdrawn before it holds lets the former go on', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const next = await published(world, { programmeId, key: programmeId, terms: WORSE });

    const done = await withdraw(world, next.id, { reason: 'Members did not like it' });
    const again = await withdraw(world, next.id);
    world.clock.advanceDays(30);

    expect(done.rule).toMatchObject({
      state: 'WITHDRAWN',
      withdrawReason: 'Members did not like it',
    });
    expect(again.code).toBe('RULE_IS_OVER');
    expect(await ruleAs(world, ruleId)).toMatchObject({ state: 'EFFECTIVE', endsAt: null });
  });

  test('a rule that holds ends with notice: a programme 30 days, anything else as a change to the worse', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const terms = { ...PLAIN, award: { multiplier: { numerator: 2 } } };
    const bonus = await published(world, { programmeId, terms });

    const now = await withdraw(world, bonus.id, { endsAt: in_(0) });
    const past = await withdraw(world, bonus.id, { endsAt: in_(-1) });
    const done = await end(world, bonus.id, { reason: 'The campaign is over' });
    const twice = await withdraw(world, bonus.id);
    const programme = await withdraw(world, ruleId, { endsAt: in_(29) });

    expect(now).toMatchObject({ __typename: 'NoticeTooShort', earliest: in_(7), days: 7 });
    expect(past).toMatchObject({ code: 'EFFECTIVE_IN_PAST', field: 'endsAt' });
    expect(done.rule).toMatchObject({ state: 'EFFECTIVE', endsAt: in_(7) });
    expect(twice.code).toBe('RULE_ENDS_ALREADY');
    expect(programme).toMatchObject({ __typename: 'NoticeTooShort', earliest: in_(30), days: 30 });
    world.clock.set(in_(7));
    expect((await ruleAs(world, bonus.id)).state).toBe('SUPERSEDED');
  });

  test('a rule ends when a second person stands for it, with the notice counted from then', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const terms = { ...PLAIN, award: { multiplier: { numerator: 2 } } };
    const bonus = await published(world, { programmeId, terms });
    const END = 'endsAt withdrawReason endProposed { reason endsAt proposedBy }';

    const none = await confirmEnd(world, bonus.id);
    const proposed = await withdraw(world, bonus.id, { reason: 'The season is over' });
    const waiting = await ruleAs(world, bonus.id, {}, END);
    const public_ = await ruleAs(world, bonus.id, { as: anonymous }, END);
    const alone = await confirmEnd(world, bonus.id, { as: operator });
    const stranger = await confirmEnd(world, bonus.id, { as: asMerchant('other') });
    world.clock.set(in_(3));
    const done = await confirmEnd(world, bonus.id, { as: asMerchant(merchantId) });
    const twice = await confirmEnd(world, bonus.id);

    expect(none).toMatchObject({ __typename: 'RuleNotReady', code: 'RULE_END_NOT_PROPOSED' });
    expect(proposed).toMatchObject({
      __typename: 'AccrualRuleWithdrawn',
      isProposed: true,
      rule: { state: 'EFFECTIVE', endsAt: null },
    });
    expect(waiting).toEqual({
      ...{ endsAt: null, withdrawReason: null },
      endProposed: { reason: 'The season is over', endsAt: null, proposedBy: operator.subject },
    });
    expect(public_.endProposed).toBeNull();
    expect(alone.__typename).toBe('SecondPersonNeeded');
    expect(stranger.__typename).toBe('NotFound');
    expect(done.rule).toMatchObject({ state: 'EFFECTIVE', endsAt: in_(10) });
    expect(twice.code).toBe('RULE_ENDS_ALREADY');
    expect(await ruleAs(world, bonus.id, {}, END)).toEqual({
      ...{ endsAt: in_(10), withdrawReason: 'The season is over', endProposed: null },
    });
  });

  test('an end that was asked for too early by the time it is confirmed is refused', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const terms = { ...PLAIN, award: { multiplier: { numerator: 2 } } };
    const bonus = await published(world, { programmeId, terms });

    await withdraw(world, bonus.id, { endsAt: in_(8) });
    world.clock.set(in_(2));
    const late = await confirmEnd(world, bonus.id);
    await withdraw(world, bonus.id, { endsAt: in_(9) });
    const done = await confirmEnd(world, bonus.id);

    expect(late).toMatchObject({ __typename: 'NoticeTooShort', earliest: in_(9) });
    expect(done.rule.endsAt).toBe(in_(9));
  });

  test('a campaign that is held again after its end changes nothing, and the guard says so', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const terms = { ...PLAIN, award: { multiplier: { numerator: 2 } } };
    const first = await published(world, { programmeId, terms });
    const ended = await end(world, first.id);
    world.clock.set(ended.rule.endsAt);

    const again = await published(world, { programmeId, key: first.key, terms });
    const changed = await published(world, { programmeId, key: first.key, terms });

    const FINDINGS = 'version state findings { check }';
    expect(await ruleAs(world, again.id, {}, FINDINGS)).toEqual({
      ...{ version: 2, state: 'EFFECTIVE', findings: [] },
    });
    expect(await ruleAs(world, changed.id, {}, FINDINGS)).toMatchObject({
      ...{ version: 3, state: 'NOTICE', findings: [] },
    });
    const { complianceReport } = await world.data(
      `query ($id: ID!) { complianceReport(filter: { merchantId: $id }) {
        rules { findings { check } } } }`,
      { id: merchantId },
    );
    expect(complianceReport.rules).toEqual(Array(4).fill({ findings: [] }));
  });

  test('a rate that goes before a better one is a change to the worse, though its rule is new', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const rate = { points: 1, per: { amountMinor: 200, currency: 'CNY' } };
    const condition = { categories: ['gold'] };
    const lower = { ...PLAIN, award: { rate, priority: 1 }, condition };
    const higher = { ...PLAIN, award: { rate: { points: 3 }, priority: 1 }, condition };

    const takes = await publish(world, await reviewed(world, { programmeId, terms: lower }), {
      effectiveAt: in_(6),
    });
    const gives = await published(world, { programmeId, terms: higher });

    expect(takes).toMatchObject({ __typename: 'NoticeTooShort', days: 7 });
    expect(gives.state).toBe('EFFECTIVE');
  });

  test('nothing holds before it is published, and nobody is asked until yesterday', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const ruleId = await reviewed(world, { programmeId, key: programmeId, terms: BETTER });

    const past = await publish(world, ruleId, { effectiveAt: in_(0, -1) });
    const closed = await publish(world, ruleId, { commentUntil: in_(0) });

    expect(past).toMatchObject({
      __typename: 'InvalidInput',
      code: 'EFFECTIVE_IN_PAST',
      field: 'effectiveAt',
    });
    expect(closed).toMatchObject({ code: 'COMMENT_UNTIL_IN_PAST', field: 'commentUntil' });
  });

  test('of two versions of one rule published at once one wins, and the other is told of it', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const input = { programmeId, key: programmeId };
    const versions = [
      await reviewed(world, { ...input, terms: BETTER }),
      await reviewed(world, { ...input, terms: WORSE }),
    ];

    const answers = await Promise.all(versions.map((id) => publish(world, id)));

    const kinds = answers.map(({ __typename }) => __typename).toSorted();
    expect(kinds).toEqual(['AccrualRulePublished', 'RuleNotReady']);
    expect(answers.find(({ code }) => code !== undefined)?.code).toBe('RULE_VERSION_PENDING');
  });

  test('a version that was passed by is not published any more', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const input = { programmeId, key: programmeId };
    const second = await reviewed(world, { ...input, terms: WORSE });
    await published(world, { ...input, terms: BETTER });
    world.clock.advanceDays(7);

    expect(await publish(world, second)).toMatchObject({ code: 'RULE_VERSION_OLD' });
  });

  test('a rule that overlaps another without stacking is refused and names it', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const double = { ...PLAIN, award: { multiplier: { numerator: 2 } } };
    const bonus = await published(world, {
      programmeId,
      terms: { ...double, condition: { weekdays: [6, 7] } },
    });

    const asRate = await publish(world, await reviewed(world, { programmeId }));
    const onSunday = await publish(
      world,
      await reviewed(world, { programmeId, terms: { ...double, condition: { weekdays: [7] } } }),
      {},
      { as: secondOperator, locale: 'zh-CN' },
    );
    const onMonday = await published(world, {
      programmeId,
      terms: { ...double, condition: { weekdays: [1] } },
    });

    expect(asRate).toMatchObject({ __typename: 'RuleOverlaps', otherRuleId: ruleId });
    expect(onSunday).toMatchObject({ code: 'RULE_OVERLAPS', otherRuleId: bonus.id });
    expect(onSunday.message).toContain('同组取优');
    expect(onMonday.state).toBe('EFFECTIVE');
  });

  test('nothing takes the place of a version that another may still be withdrawn from', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const double = (weekdays: number[]) => ({
      ...PLAIN,
      award: { multiplier: { numerator: 2 } },
      condition: { weekdays },
    });
    const first = await published(world, { programmeId, terms: double([6, 7]) });
    const narrower = await published(world, {
      programmeId,
      key: first.key,
      terms: double([6]),
    });
    const sunday = await reviewed(world, { programmeId, terms: double([7]) });

    const early = await publish(world, sunday, { effectiveAt: narrower.effectiveAt });
    world.clock.set(narrower.effectiveAt);
    const late = await publish(world, sunday);

    expect(early).toMatchObject({ __typename: 'RuleOverlaps', otherRuleId: first.id });
    expect(late.rule.state).toBe('EFFECTIVE');
  });

  test('one key, one effect: a repeated request is answered as the first one was', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const idempotencyKey = 'the-same-key-for-both';

    const first = await draft(world, { programmeId, key: programmeId }, { idempotencyKey });
    const second = await draft(world, { programmeId, key: programmeId }, { idempotencyKey });

    expect(first.rule.version).toBe(2);
    expect(second.rule.id).toBe(first.rule.id);
  });
});
