import { describe, expect, test } from 'vitest';
import { serviceCaller } from '../../../shared/graphql/caller.ts';
import { engines } from '../../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../../support/world.ts';
import {
  acknowledge,
  comment,
  draft,
  end,
  openProgramme,
  PLAIN,
  published,
  ruleAs,
  withdraw,
} from '../rules/life-cycle.ts';

const BETTER = { ...PLAIN, award: { rate: { points: 2 } } };

const commentsAs = async (world: World, as: typeof anonymous) => {
  const { data, errors } = await world.ask(
    '{ ruleComments(first: 20) { totalCount nodes { text member { id } rule { version } } } }',
    {},
    { as },
  );
  return errors === undefined ? data.ruleComments : errors[0]?.extensions.code;
};

const DISCLOSED = 'disclosure(language: "zh-CN") { language title summary text sha256 }';

describe.each(engines)('what members say to rules on $name', (engine) => {
  test('a rule takes comments from its publication until it is in force', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId, merchantId } = await openProgramme(world);
    const [ann, ben] = [asMember(await world.member()), asMember(await world.member('Ben'))];
    const input = { programmeId, key: programmeId, terms: BETTER };
    const drafted = (await draft(world, input)).rule.id;
    const next = await published(world, input, { commentUntil: '2026-11-23T02:00:00Z' });

    const onDraft = await comment(world, drafted, 'Hm', { as: ann });
    const onEffective = await comment(world, ruleId, 'Hm', { as: ann });
    const first = await comment(world, next.id, '  Good, thanks  ', { as: ann });
    const empty = await comment(world, next.id, ' ', { as: ann });
    const byStaff = await comment(world, next.id, 'We like it', { as: asMerchant(merchantId) });
    world.clock.advanceDays(2);
    const inNotice = await comment(world, next.id, 'More please', { as: ben });
    for (let more = 0; more < 9; more += 1) await comment(world, next.id, 'Again', { as: ben });
    const flood = await comment(world, next.id, 'Again', { as: ben });
    world.clock.advanceDays(6);
    const late = await comment(world, next.id, 'Too late', { as: ann });

    expect(onDraft.code).toBe('RULE_NOT_FOUND');
    expect(onEffective.code).toBe('RULE_NOT_OPEN');
    expect(first.comment.text).toBe('Good, thanks');
    expect(empty).toMatchObject({ code: 'TEXT_NOT_USABLE', field: 'text' });
    expect(byStaff).toEqual({ fault: 'FORBIDDEN' });
    expect(inNotice.__typename).toBe('RuleCommentRecorded');
    expect(flood).toMatchObject({ code: 'TOO_MANY_COMMENTS' });
    expect(late.code).toBe('RULE_NOT_OPEN');
    expect(await ruleAs(world, next.id, {}, 'commentCount')).toEqual({ commentCount: 11 });
    expect(await commentsAs(world, ann)).toMatchObject({
      totalCount: 1,
      nodes: [{ text: 'Good, thanks', rule: { version: 3 }, member: { id: ann.memberId } }],
    });
    expect(await commentsAs(world, asMerchant(merchantId))).toMatchObject({ totalCount: 11 });
    expect(await commentsAs(world, asMerchant(await world.merchant()))).toMatchObject({
      totalCount: 0,
    });
    expect(await commentsAs(world, anonymous)).toBe('UNAUTHENTICATED');
  });

  test('R1, S60: which text a member read, how it was shown and when is kept', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const ann = asMember(await world.member());
    const { disclosure } = await ruleAs(world, ruleId, { as: anonymous }, DISCLOSED);
    const read = { ruleId, language: 'zh-CN', sha256: disclosure.sha256 };

    const wrongText = await acknowledge(world, { ...read, sha256: '0'.repeat(64) }, { as: ann });
    const wrongLanguage = await acknowledge(world, { ...read, language: 'fr' }, { as: ann });
    const byOperator = await acknowledge(world, read, { as: operator });
    const first = await acknowledge(world, { ...read, presentation: 'BOLD_TYPE' }, { as: ann });
    world.clock.advanceDays(1);
    const again = await acknowledge(world, { ...read, presentation: 'PAPER' }, { as: ann });
    const next = await published(world, { programmeId, key: programmeId, terms: BETTER });
    const ofNext = await acknowledge(world, { ...read, ruleId: next.id }, { as: ann });
    world.clock.advanceDays(7);
    const over = await acknowledge(world, read, { as: asMember(await world.member()) });

    expect(wrongText).toMatchObject({ code: 'DISCLOSURE_DIFFERS', field: 'sha256' });
    expect(wrongLanguage).toMatchObject({ code: 'LANGUAGE_NOT_USABLE', field: 'language' });
    expect(byOperator).toEqual({ fault: 'FORBIDDEN' });
    expect(first.acknowledgement).toMatchObject({
      language: 'zh-CN',
      sha256: disclosure.sha256,
      presentation: 'BOLD_TYPE',
      at: '2026-11-22T02:00:00.000Z',
      rule: { id: ruleId, version: 1 },
    });
    expect(again.acknowledgement).toEqual(first.acknowledgement);
    expect(ofNext.code).toBe('DISCLOSURE_DIFFERS');
    expect(over.code).toBe('RULE_NOT_SHOWN');
    const mine = 'myAcknowledgement { id presentation }';
    expect(await ruleAs(world, ruleId, { as: ann }, mine)).toEqual({
      myAcknowledgement: { id: first.acknowledgement.id, presentation: 'BOLD_TYPE' },
    });
    expect(await ruleAs(world, ruleId, { as: anonymous }, mine)).toEqual({
      myAcknowledgement: null,
    });
    const { ruleAcknowledgements } = await world.data(
      '{ ruleAcknowledgements(first: 5) { nodes { member { id } rule { version } } } }',
      {},
      { as: regulator },
    );
    expect(ruleAcknowledgements.nodes).toEqual([
      { member: { id: ann.memberId }, rule: { version: 1 } },
    ]);
  });

  test('a published text stays as it was, whatever becomes of the merchant and the rules around it', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId } = await openProgramme(world);
    const before = await ruleAs(world, ruleId, { as: anonymous }, DISCLOSED);
    const terms = { ...BETTER, expiry: { months: 6 } };
    const next = await published(world, { programmeId, key: programmeId, terms });
    world.clock.advanceDays(40);

    const after = await ruleAs(world, ruleId, { as: anonymous }, `state ${DISCLOSED}`);
    const { disclosure } = await ruleAs(world, next.id, { as: anonymous }, DISCLOSED);

    expect(after).toEqual({ state: 'SUPERSEDED', ...before });
    expect(disclosure.text).toContain(
      '以下变化对会员不利，请特别留意：\n- 新获得的积分有效期缩短。',
    );
    expect(disclosure.summary).toContain('新获得的积分有效期缩短。');
    expect(disclosure.text).toContain('最后可用日为2027年5月28日');
  });

  test('the feed tells what was published and withdrawn, and not what is drafted', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, ruleId, merchantId } = await openProgramme(world);
    const next = await published(world, { programmeId, key: programmeId, terms: BETTER });
    await withdraw(world, next.id);
    await end(world, ruleId);
    await withdraw(world, (await draft(world, { programmeId })).rule.id);

    const answer = await world.embedded.transport('merchants', {
      query: '{ merchantsFeed(after: 0, first: 100) { kind payload } }',
      call: { caller: serviceCaller('test'), locale: 'en', requestId: 'test', deadline: null },
    });
    const { merchantsFeed } = answer.data as { merchantsFeed: { kind: string; payload: string }[] };
    const events = merchantsFeed
      .filter(({ kind }) => kind.startsWith('rule.'))
      .map(({ kind, payload }) => ({ kind, ...JSON.parse(payload) }));

    const named = { programmeId, merchantId, ruleKey: programmeId };
    expect(events).toEqual([
      {
        kind: 'rule.published',
        ...named,
        ruleId,
        version: 1,
        trigger: 'PURCHASE',
        commentUntil: null,
        effectiveAt: '2026-11-22T02:00:00.000Z',
      },
      {
        kind: 'rule.published',
        ...named,
        ruleId: next.id,
        version: 2,
        trigger: 'PURCHASE',
        commentUntil: null,
        effectiveAt: '2026-11-29T02:00:00.000Z',
      },
      { kind: 'rule.withdrawn', ...named, ruleId: next.id, version: 2, endsAt: null },
      {
        kind: 'rule.withdrawn',
        ...named,
        ruleId,
        version: 1,
        endsAt: '2026-12-22T02:00:00.000Z',
      },
    ]);
  });
});
