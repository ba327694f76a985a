import { describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { asMerchant, freshKey, openAlliance, operator, regulator } from '../../support/world.ts';
import { suspend } from '../purchasing.ts';
import {
  draft,
  draftProgramme,
  openProgramme,
  PLAIN,
  publish,
  review,
  reviewed,
  secondOperator,
  staff,
} from './life-cycle.ts';

const MAX = 1_000_000_001;
const UNKNOWN = '0198a000-0000-7000-8000-000000000000';

const text = (zh: string) => ({ zh, en: 'x' });

/** An appreciation for tiers, with weights. */
const weighed = (
  weights: Readonly<Record<string, number>>,
  tiers: readonly string[],
  trigger = 'APPRECIATION',
) => ({
  trigger,
  condition: { tiers },
  tierWeights: Object.entries(weights).map(([tier, weight]) => ({ tier, weight })),
});

/** What is wrong with the terms, the code, the field. */
type Unusable = readonly [Record<string, unknown>, string, string];

const unusable: readonly Unusable[] = [
  [{ award: {} }, 'AWARD_NOT_ONE', 'award'],
  [{ award: { rate: {}, points: 1 } }, 'AWARD_NOT_ONE', 'award'],
  [{ award: { rate: { points: 0 } } }, 'AMOUNT_NOT_POSITIVE', 'award.rate.points'],
  [{ award: { rate: { points: MAX } } }, 'TERM_TOO_LARGE', 'award.rate.points'],
  [
    { award: { rate: { per: { amountMinor: 1, currency: 'yuan' } } } },
    'CURRENCY_NOT_USABLE',
    'award.rate.per.currency',
  ],
  [{ award: { rate: {}, priority: -1 } }, 'OUT_OF_BOUNDS', 'award.priority'],
  [{ award: { multiplier: { numerator: 1 } } }, 'FACTOR_TOO_SMALL', 'award.multiplier'],
  [{ award: { points: 0 } }, 'AMOUNT_NOT_POSITIVE', 'award.points'],
  [{ award: { points: 1, group: ' a' } }, 'KEY_NOT_USABLE', 'award.group'],
  [{ expiry: {} }, 'EXPIRY_NOT_ONE', 'expiry'],
  [{ expiry: { months: 12, never: true } }, 'EXPIRY_NOT_ONE', 'expiry'],
  [{ expiry: { months: 0 } }, 'OUT_OF_BOUNDS', 'expiry.months'],
  [{ expiry: { day: '2026-11-21' } }, 'EXPIRY_IN_PAST', 'expiry.day'],
  [{ vesting: { days: 1, event: 'A' } }, 'VESTING_NOT_ONE', 'vesting'],
  [{ vesting: { days: -1 } }, 'OUT_OF_BOUNDS', 'vesting.days'],
  [{ condition: { categories: [] } }, 'LIST_NOT_USABLE', 'condition.categories'],
  [weighed({ A: 1 }, ['A'], 'PURCHASE'), 'TIER_WEIGHTS_NOT_USABLE', 'tierWeights'],
  [weighed({ A: 1 }, ['A', 'B']), 'TIER_WEIGHTS_NOT_USABLE', 'tierWeights'],
  [weighed({ A: 1, B: 1_001 }, ['A', 'B']), 'TIER_WEIGHTS_NOT_USABLE', 'tierWeights'],
  [{ condition: { skus: ['A '] } }, 'KEY_NOT_USABLE', 'condition.skus.0'],
  [{ condition: { weekdays: [8] } }, 'OUT_OF_BOUNDS', 'condition.weekdays.0'],
  [{ condition: { hours: { from: 60, until: 60 } } }, 'HOURS_EMPTY', 'condition.hours'],
  [{ condition: { hours: { from: 0, until: 1441 } } }, 'OUT_OF_BOUNDS', 'condition.hours.until'],
  [
    { condition: { from: '2027-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' } },
    'WINDOW_EMPTY',
    'condition.until',
  ],
  [{ condition: { until: '2026-11-22T02:00:00Z' } }, 'WINDOW_OVER', 'condition.until'],
  // Nobody would ever get these points, whatever the disclosure promised.
  ...['BIRTHDAY', 'REGISTRATION', 'INCIDENT'].map(
    (trigger): Unusable => [
      { trigger, award: { points: 50 }, caps: { budget: 1_000 } },
      'TRIGGER_NEVER_SET_OFF',
      'trigger',
    ],
  ),
  [{ condition: { minimumMinor: 0 } }, 'AMOUNT_NOT_POSITIVE', 'condition.minimumMinor'],
  [{ caps: { budget: 0 } }, 'AMOUNT_NOT_POSITIVE', 'caps.budget'],
  [{ title: text(' ') }, 'TEXT_NOT_USABLE', 'title.zh'],
  [{ notice: { limits: text('限'.repeat(2_001)) } }, 'TEXT_NOT_USABLE', 'notice.limits.zh'],
  [{ useScope: ' ' }, 'KEY_NOT_USABLE', 'useScope'],
  [{ policy: {} }, 'POLICY_NOT_BASIC', 'policy'],
  [
    { referral: { steps: [{ invitees: 0, points: 1 }] } },
    'AMOUNT_NOT_POSITIVE',
    'referral.steps.0.invitees',
  ],
  [{ lottery: { topPrizeMinor: 0 } }, 'AMOUNT_NOT_POSITIVE', 'lottery.topPrizeMinor'],
  [
    {
      condition: Object.fromEntries(
        ['skus', 'stores', 'tiers', 'regions'].map((name) => [
          name,
          Array.from({ length: 200 }, (_, index) => '码'.repeat(60) + index),
        ]),
      ),
    },
    'TERMS_TOO_LARGE',
    '',
  ],
];

describe.each(engines)('drafting rules on $name', (engine) => {
  test('terms that cannot be used are refused and name the field', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);

    for (const [terms, code, field] of unusable) {
      const answer = await draft(world, { programmeId, terms: { ...PLAIN, ...terms } });
      expect(answer).toMatchObject({
        __typename: 'InvalidInput',
        code,
        field: field === '' ? 'terms' : `terms.${field}`,
      });
    }
  });

  test('a draft names a programme, a rule and a sponsor that are there', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);

    const answers = [
      await draft(world, { programmeId: UNKNOWN }),
      await draft(world, { programmeId: `${programmeId} ` }),
      await draft(world, { programmeId, key: UNKNOWN }),
      await draft(world, { programmeId, terms: { ...PLAIN, sponsorId: UNKNOWN } }),
      await draftProgramme(world, { merchantId: UNKNOWN }),
      await review(world, UNKNOWN),
      await publish(world, UNKNOWN),
    ];

    expect(answers.map(({ code }) => code)).toEqual([
      'PROGRAMME_NOT_FOUND',
      'PROGRAMME_NOT_FOUND',
      'RULE_KEY_NOT_FOUND',
      'SPONSOR_NOT_FOUND',
      'MERCHANT_NOT_FOUND',
      'RULE_NOT_FOUND',
      'RULE_NOT_FOUND',
    ]);
  });

  test('the basic rule of a programme is a rate on purchases, and its unit is nobody else’s', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ programmes: [] });
    await world.merchant({ programmes: [{ unit: 'TAKEN' }] });

    const bonus = await draftProgramme(world, {
      merchantId,
      rule: { ...PLAIN, award: { points: 1 } },
    });
    const taken = await draftProgramme(world, { merchantId, unit: 'TAKEN' });
    const money = await draftProgramme(world, { merchantId, unit: 'CNY' });
    const own = await draftProgramme(world, { merchantId, unit: 'OWN_POINTS' });
    const policy = await draft(world, {
      programmeId: own.programme.id,
      key: own.programme.id,
      terms: { ...PLAIN, policy: { transfer: 'FAMILY' } },
    });

    expect(bonus).toMatchObject({ code: 'BASIC_NOT_RATE', field: 'rule.award' });
    expect(taken).toMatchObject({ code: 'UNIT_TAKEN', field: 'unit' });
    expect(money).toMatchObject({ code: 'UNIT_NOT_USABLE', field: 'unit' });
    expect(policy.rule).toMatchObject({ version: 2, state: 'DRAFT' });
  });

  test('staff drafts for its own merchant alone, and two of them are two people', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const [ann, ben] = [staff(merchantId, 'ann'), staff(merchantId, 'ben')];
    const stranger = asMerchant(await world.merchant());

    const drafted = await draft(world, { programmeId, key: programmeId }, { as: ann });
    const answers = [
      await draft(world, { programmeId }, { as: stranger }),
      await review(world, drafted.rule.id, { as: stranger }),
      await publish(world, drafted.rule.id, {}, { as: stranger }),
    ];
    const foreign = await draftProgramme(world, { merchantId }, { as: stranger });
    const seen = await draft(world, { programmeId }, { as: regulator });
    const own = await review(world, drafted.rule.id, { as: ann });
    const done = await review(world, drafted.rule.id, { as: ben });

    expect(answers.map(({ __typename }) => __typename)).toEqual(Array(3).fill('NotFound'));
    expect([foreign, seen]).toEqual([{ fault: 'FORBIDDEN' }, { fault: 'FORBIDDEN' }]);
    expect(own.code).toBe('SECOND_PERSON_NEEDED');
    expect(done.rule.state).toBe('REVIEWED');
  });

  test('whoever works at the till has nothing to do with rules', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    for (const [name, role] of [
      ['ann', 'OWNER'],
      ['cai', 'COMPLIANCE'],
      ['till', 'CASHIER'],
    ]) {
      await world.data(
        'mutation ($input: AddStaffInput!) { addStaff(input: $input) { __typename } }',
        { input: { idempotencyKey: freshKey(), merchantId, subject: `staff:${name}`, role } },
      );
    }
    const till = { as: staff(merchantId, 'till') };

    const drafted = await draft(world, { programmeId }, { as: staff(merchantId, 'ann') });
    const byTill = [
      await draft(world, { programmeId }, till),
      await draftProgramme(world, { merchantId }, till),
      await review(world, drafted.rule.id, till),
      await publish(world, drafted.rule.id, {}, till),
    ];
    const byLawyer = await review(world, drafted.rule.id, { as: staff(merchantId, 'cai') });

    expect(byTill).toEqual(Array(4).fill({ fault: 'FORBIDDEN' }));
    expect(byLawyer.rule.state).toBe('REVIEWED');
  });

  test('S43: who would pay for the points has to stand for the rule', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const bankId = await world.merchant({ industry: 'BANK' });
    const terms = {
      ...PLAIN,
      award: { multiplier: { numerator: 3, denominator: 2 } },
      sponsorId: bankId,
    };
    const drafted = await draft(world, { programmeId, terms }, { as: staff(merchantId, 'ann') });

    const shop = await review(world, drafted.rule.id, { as: staff(merchantId, 'ben') });
    const bank = await review(world, drafted.rule.id, { as: staff(bankId, 'cai') });

    expect(shop).toMatchObject({ __typename: 'SponsorNeeded', code: 'SPONSOR_NEEDED' });
    expect(bank.rule.state).toBe('REVIEWED');
  });

  test('S28, S60: what members have to be told is not left out', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ industry: 'AIRLINE', programmes: [] });
    const withoutLimits = { ...PLAIN, notice: { ...PLAIN.notice, limits: null } };
    const silent = { ...PLAIN, notice: {} };

    const answers = [];
    for (const rule of [withoutLimits, silent]) {
      const drafted = await draftProgramme(world, { merchantId, rule });
      await review(world, drafted.rule.id);
      answers.push(
        await publish(world, drafted.rule.id, {}, { as: secondOperator, locale: 'zh-CN' }),
      );
    }

    const found = answers.map(({ __typename, findings }) => [
      __typename,
      ...findings.map((one: { check: string; field: string }) => `${one.check} ${one.field}`),
    ]);
    expect(found).toEqual([
      ['NotLawful', 'INDUSTRY_DISCLOSURE_INCOMPLETE notice.limits'],
      [
        'NotLawful',
        'DISCLOSURE_INCOMPLETE notice.redemption',
        'DISCLOSURE_INCOMPLETE notice.complaints',
        'INDUSTRY_DISCLOSURE_INCOMPLETE notice.limits',
      ],
    ]);
    expect(answers[1].message).toMatch(/\p{Script=Han}/u);
  });

  test('S61: the guard advises at the draft what it refuses at publication', async () => {
    await using world = await openAlliance(engine);
    const { programmeId } = await openProgramme(world);
    const notice = { ...PLAIN.notice, terms: text('兑换商品后一律不支持退换。') };
    const ruleId = await reviewed(world, {
      programmeId,
      key: programmeId,
      terms: { ...PLAIN, notice },
    });

    const { accrualRule } = await world.data(
      'query ($id: ID!) { accrualRule(id: $id) { findings { check severity field alternative } } }',
      { id: ruleId },
      { as: operator },
    );
    const answer = await publish(world, ruleId);

    expect(accrualRule.findings).toContainEqual(
      expect.objectContaining({
        check: 'UNFAIR_TERM',
        severity: 'BLOCKS',
        field: 'notice.terms.zh',
      }),
    );
    expect(answer.__typename).toBe('NotLawful');
    expect(answer.findings.map(({ check }: { check: string }) => check)).toContain('UNFAIR_TERM');
  });

  test('a merchant that is suspended publishes nothing', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const ruleId = await reviewed(world, { programmeId, key: programmeId });
    await suspend(world, merchantId);

    expect(await publish(world, ruleId)).toMatchObject({ __typename: 'MerchantNotActive' });
  });

  test('onboarding keeps what a merchant tells its members, and the guard reads it', async () => {
    await using world = await openAlliance(engine);
    const onboard = (terms: string) =>
      world.data(
        `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
          __typename ... on NotLawful { findings { check } }
          ... on MerchantOnboarded { merchant { programmes { rules { terms { notice {
            limits { zh } terms { zh } complaints } policy { transfer returnDays } } } } } } } }`,
        {
          input: {
            idempotencyKey: freshKey(),
            name: { zh: '店', en: 'Shop' },
            industry: 'RETAIL',
            price: { amountMinor: 80, currency: 'CNY' },
            pricePoints: 100,
            programmes: [
              {
                name: { zh: '积分', en: 'Points' },
                earnPoints: 1,
                earnPer: { amountMinor: 100, currency: 'CNY' },
                notice: { ...PLAIN.notice, terms: text(terms) },
                policy: { transfer: 'FAMILY' },
              },
            ],
          },
        },
      );

    const lawful = await onboard('积分在收银台自动累计。');
    const unlawful = await onboard('本店拥有最终解释权。');

    expect(lawful.onboardMerchant.merchant.programmes[0].rules[0].terms).toEqual({
      notice: {
        limits: { zh: '没有其他限制。' },
        terms: { zh: '积分在收银台自动累计。' },
        complaints: '400-000-0000',
      },
      policy: { transfer: 'FAMILY', returnDays: 7 },
    });
    expect(unlawful.onboardMerchant).toMatchObject({
      __typename: 'NotLawful',
      findings: [{ check: 'UNFAIR_TERM' }],
    });
  });
});
