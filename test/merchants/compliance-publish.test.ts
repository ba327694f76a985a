import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';
import { programmeOf } from './compliance-rules.ts';
import {
  draft,
  draftProgramme,
  PLAIN,
  publish,
  review,
  secondOperator,
} from './rules/life-cycle.ts';

const CHECK = `query ($input: CheckAccrualRuleInput!) { checkAccrualRule(input: $input) {
  __typename ... on Refusal { code } ... on InvalidInput { field }
  ... on AccrualRuleChecked { isLawful checksPassed
    findings { check severity field message source alternative } } } }`;

const check = async (world: World, input: object, options: object = {}) =>
  (await world.data(CHECK, { input }, options)).checkAccrualRule;

const advertised = (zh: string, more: object = {}) => ({
  ...PLAIN,
  title: { zh: '周末活动', en: 'Weekend campaign' },
  award: { multiplier: { numerator: 2 } },
  notice: { advertisement: { zh, en: 'See the rules.' } },
  ...more,
});

async function shop(engine: Parameters<typeof openAlliance>[0]) {
  const world = await openAlliance(engine);
  const merchantId = await world.merchant();
  return { world, merchantId, programmeId: await programmeOf(world, merchantId) };
}

const SEEDS = {
  S41: '部分地区探索积分与企业分红权、股权的结合,让消费者通过积分持有企业部分权益',
  S42: '通过积分含权持股等方式,为消费者提供持续盈利回报',
  unused: '积分有效期内未使用概不退还',
  exchanged: '兑换商品后一律不支持退换',
};

const gift = (trigger: string) => ({
  ...PLAIN,
  title: { zh: '赠送', en: 'A gift' },
  trigger,
  award: { points: 1 },
  caps: { budget: 1_000 },
});

const terms = (zh: string) => ({
  ...advertised('周末双倍积分'),
  notice: { terms: { zh, en: 'See the rules.' } },
});

/** What the seeds name and the law forbids, with the check that has to stop it. */
const unlawful: readonly (readonly [string, object, string])[] = [
  ['S41, an advertisement', advertised(SEEDS.S41), 'PROHIBITED_BENEFIT'],
  ['S42, an advertisement', advertised(SEEDS.S42), 'PROHIBITED_BENEFIT'],
  ['S42, a balance that grows by itself', gift('TIME_PASSED'), 'GROWS_WITH_TIME'],
  ['S61, unused points', terms(SEEDS.unused), 'UNFAIR_TERM'],
  ['S61, goods for points', terms(SEEDS.exchanged), 'UNFAIR_TERM'],
  ['S66, points for a card', gift('CARD_ISSUED'), 'SIGN_UP_POINTS'],
  ['L12, 消费赚钱', advertised('消费赚钱'), 'PROHIBITED_CLAIM'],
];

const ruleOf = async (world: World, programmeId: string, terms: object): Promise<string> => {
  const { rule } = await draft(world, { programmeId, terms });
  await review(world, rule.id);
  return rule.id;
};

/** Lets a merchant join with programmes of so many points for a yuan. */
const onboard = async (world: World, programmes: readonly object[]) => {
  const name = { zh: '店', en: 'Shop' };
  const { onboardMerchant } = await world.data(
    `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
      __typename ... on NotLawful { findings { check } } } }`,
    {
      input: {
        ...{ idempotencyKey: freshKey(), name, industry: 'RETAIL', pricePoints: 100 },
        price: { amountMinor: 80, currency: 'CNY' },
        programmes: programmes.map((given) => ({
          ...{ name, earnPer: { amountMinor: 100, currency: 'CNY' } },
          ...given,
        })),
      },
    },
  );
  return onboardMerchant;
};

describe.each(engines)('the guard over drafts and publications on $name', (engine) => {
  test('S41: a dividend rule is advised against with the article and the appreciation grant', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    const terms = {
      ...PLAIN,
      title: { zh: '分红积分', en: 'Dividend points' },
      trigger: 'APPRECIATION',
      award: { points: 100 },
      appreciation: 'PROFIT',
      caps: { budget: 1_000_000 },
      condition: { until: '2026-10-01T00:00:00+08:00' },
    };

    const answer = await check(world, { programmeId, terms }, { as: asMerchant(merchantId) });
    const chinese = await check(world, { programmeId, terms }, { locale: 'zh-CN' });

    expect(answer).toMatchObject({ __typename: 'AccrualRuleChecked', isLawful: false });
    expect(answer.findings).toContainEqual({
      check: 'PROHIBITED_BENEFIT',
      severity: 'BLOCKS',
      field: 'appreciation',
      message: 'Points must not be a share, a dividend, interest or any other return: “PROFIT”.',
      source: 'Regulations on Preventing and Handling Illegal Fund-Raising, article 19 (3)',
      alternative: expect.stringContaining('Grant an appreciation instead'),
    });
    expect(answer.checksPassed).toContain('REBATE_TOO_HIGH');
    expect(chinese.findings[0]).toMatchObject({
      source: '《防范和处置非法集资条例》第十九条第三项',
      alternative: expect.stringContaining('会员答谢'),
    });
  });

  test('a lawful draft passes, and nothing is recorded of it', async () => {
    const { world, programmeId } = await shop(engine);
    await using _ = world;
    const terms = advertised('周末双倍积分');

    expect(await check(world, { programmeId, terms })).toMatchObject({
      isLawful: true,
      findings: [],
    });
    const { accrualRules } = await world.data('{ accrualRules(first: 20) { nodes { state } } }');
    expect(accrualRules.nodes.map(({ state }: { state: string }) => state)).not.toContain('DRAFT');
  });

  test('terms that cannot be used, and programmes of others, are refused by name', async () => {
    const { world, programmeId } = await shop(engine);
    await using _ = world;
    const terms = advertised('双倍');
    const other = asMerchant(await world.merchant());

    expect(await check(world, { programmeId, terms }, { as: other })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await check(world, { programmeId, terms: { ...terms, award: {} } })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'terms.award',
    });
    const effectiveAt = '2026-11-21T00:00:00Z';
    expect(await check(world, { programmeId, terms, effectiveAt })).toMatchObject({
      code: 'EFFECTIVE_IN_PAST',
    });
  });

  test('what the law forbids is not published, and stays a draft', async () => {
    const { world, programmeId } = await shop(engine);
    await using _ = world;
    const ruleId = await ruleOf(world, programmeId, advertised('会员按持有积分享受年底分红'));

    const refusal = await publish(world, ruleId, {}, { as: secondOperator, locale: 'zh-CN' });

    expect(refusal).toMatchObject({
      __typename: 'NotLawful',
      code: 'NOT_LAWFUL',
      message: expect.stringContaining('有 2 项不合规'),
      findings: [
        {
          check: 'PROHIBITED_BENEFIT',
          field: 'notice.advertisement.zh',
          source: '《防范和处置非法集资条例》第十九条第三项',
        },
        { check: 'PROHIBITED_CLAIM', source: null },
      ],
    });
    const { accrualRule } = await world.data(
      'query ($id: ID!) { accrualRule(id: $id) { state } }',
      { id: ruleId },
    );
    expect(accrualRule.state).toBe('REVIEWED');
  });

  test('S41, S42, S61, S66, L12: what the seeds warn of is refused at publication, each by its check', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ industry: 'BANK' });
    const programmeId = await programmeOf(world, merchantId);

    const stopped: string[][] = [];
    for (const [what, given] of unlawful) {
      const { __typename, findings } = await publish(
        world,
        await ruleOf(world, programmeId, given),
      );
      const blocking = (findings ?? []).filter(
        ({ severity }: { severity: string }) => severity === 'BLOCKS',
      );
      stopped.push([what, __typename, blocking[0]?.check]);
    }

    expect(stopped).toEqual(unlawful.map(([what, , check]) => [what, 'NotLawful', check]));
  });

  test('L12: a claim that two persons set aside is published, and the finding only tells', async () => {
    const { world, programmeId } = await shop(engine);
    await using _ = world;
    const ruleId = await ruleOf(world, programmeId, advertised('让您的生活增值'));
    const key = () => ({ idempotencyKey: freshKey() });

    const refused = await publish(world, ruleId);
    const { overrideFinding } = await world.data(
      `mutation ($input: OverrideFindingInput!) { overrideFinding(input: $input) {
        ... on OverrideProposed { override { id } } } }`,
      { input: { ...key(), ruleId, check: 'PROHIBITED_CLAIM', reason: '指生活品质' } },
    );
    const proposed = await publish(world, ruleId);
    await world.data(
      `mutation ($input: ConfirmOverrideInput!) { confirmOverride(input: $input) { __typename } }`,
      { input: { ...key(), overrideId: overrideFinding.override.id } },
      { as: { ...secondOperator, subject: 'operator:third' } },
    );
    const published = await publish(world, ruleId);

    expect(refused.__typename).toBe('NotLawful');
    expect(proposed.__typename).toBe('NotLawful');
    expect(published.__typename).toBe('AccrualRulePublished');
    const { accrualRule } = await world.data(
      'query ($id: ID!) { accrualRule(id: $id) { findings { check severity } } }',
      { id: ruleId },
    );
    expect(accrualRule.findings).toEqual([{ check: 'PROHIBITED_CLAIM', severity: 'ADVISES' }]);
  });

  test('L9, S71: the programmes of a merchant have one ceiling together', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ programmes: [] });
    const drafted = async (unit: string, categories: string[] | null) => {
      const { rule } = await draftProgramme(world, {
        merchantId,
        unit,
        // 20 points for a yuan, of 0.8 fen each: 16 %.
        rule: { ...PLAIN, award: { rate: { points: 20 } }, condition: { categories } },
      });
      await review(world, rule.id);
      return rule.id;
    };
    const findingsOf = async (id: string): Promise<string[]> => {
      const { accrualRule } = await world.data(
        'query ($id: ID!) { accrualRule(id: $id) { findings { check } } }',
        { id },
      );
      return accrualRule.findings.map((finding: { check: string }) => finding.check);
    };
    const [tea, rice, all] = [
      await drafted('TEA', ['tea']),
      await drafted('RICE', ['rice']),
      await drafted('ANY', null),
    ];

    const alone = [await publish(world, tea), await publish(world, rice)];
    const advised = await findingsOf(all);
    const together = await publish(world, all);
    const joining = await onboard(world, [{ earnPoints: 20 }, { earnPoints: 20, unit: 'STARS' }]);

    expect(alone.map(({ __typename }) => __typename)).toEqual(
      Array(2).fill('AccrualRulePublished'),
    );
    expect(advised).toEqual(['REBATE_TOO_HIGH']);
    expect(together).toMatchObject({
      __typename: 'NotLawful',
      findings: [{ check: 'REBATE_TOO_HIGH' }],
    });
    expect(joining.findings).toContainEqual({ check: 'REBATE_TOO_HIGH' });
  });

  test('TV7: a rate that is advertised as 1 % and gives 10 % is not published', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    await world.reward({
      merchantId,
      points: 1_000,
      cashPrice: { amountMinor: 1_000, currency: 'CNY' },
    });
    const terms = (numerator: number) => ({
      ...PLAIN,
      title: { zh: '话费积分', en: 'Points on bills' },
      award: { rate: { points: 10 }, priority: 1 },
      notice: { advertisedRebate: { numerator, denominator: 100 } },
    });

    expect(await publish(world, await ruleOf(world, programmeId, terms(1)))).toMatchObject({
      __typename: 'NotLawful',
      findings: [
        {
          check: 'ADVERTISED_RATE_DIFFERS',
          message: 'The advertisement says 1 %, but the rule gives 10 %.',
          source: 'Price Law, article 14 (4)',
        },
      ],
    });
    expect(await publish(world, await ruleOf(world, programmeId, terms(10)))).toMatchObject({
      __typename: 'AccrualRulePublished',
    });
  });
});
