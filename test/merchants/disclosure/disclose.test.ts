import { describe, expect, test } from 'vitest';
import {
  type DisclosureFacts,
  disclose,
} from '../../../subgraphs/merchants/disclosure/domain/disclose.ts';
import {
  ANYTHING,
  basicTerms,
  type Condition,
  NO_CAPS,
  PLAIN_NOTICE,
  PLAIN_POLICY,
  type RuleTerms,
  type Trigger,
} from '../../../subgraphs/merchants/rules/domain/terms.ts';

const AT = new Date('2026-11-22T02:00:00Z');

const basic: RuleTerms = basicTerms({
  title: { zh: '璟华积分', en: 'Jinghua points' },
  rate: { points: 1, minor: 100, currency: 'CNY' },
  expiryMonths: 36,
});

const facts: DisclosureFacts = {
  merchant: { zh: '璟华珠宝', en: 'Jinghua' },
  issuer: { zh: '璟华珠宝', en: 'Jinghua' },
  programme: { zh: '璟华积分', en: 'Jinghua points' },
  unit: 'JINGHUA',
  names: new Map(),
  name: 'key@v3',
  version: 3,
  basic: null,
  publishedAt: AT,
  commentUntil: null,
  effectiveAt: AT,
  worsenings: [],
  at: AT,
};

const say = (terms: Partial<RuleTerms>, more: Partial<DisclosureFacts> = {}) => {
  const rule = { terms: { ...basic, ...terms }, facts: { ...facts, ...more } };
  return { zh: disclose(rule, 'zh-CN').text, en: disclose(rule, 'en').text };
};

const rate = (points: number, minor: number, currency = 'CNY'): Partial<RuleTerms> => ({
  award: { kind: 'RATE', rate: { points, minor, currency }, priority: 0 },
});
const times = (numerator: number, denominator: number, group: string | null = null) =>
  ({ award: { kind: 'MULTIPLIER', factor: { numerator, denominator }, group } }) as const;
const when = (condition: Partial<Condition>) => ({ condition: { ...ANYTHING, ...condition } });

/** The terms, and a sentence that has to stand in each language. */
const sentences: readonly (readonly [Partial<RuleTerms>, string, string])[] = [
  [rate(1, 100), '每消费 1 元积 1 分。', 'You earn 1 point for every yuan you spend.'],
  [rate(10, 100), '每消费 1 元积 10 分。', 'You earn 10 points for every yuan you spend.'],
  // Ten for ten is one for one: nobody reads it as nothing for nine.
  [rate(10, 1_000), '每消费 1 元积 1 分。', 'You earn 1 point for every yuan you spend.'],
  [rate(3, 200), '每消费 2 元积 3 分。', 'You earn 3 points for every 2 yuan you spend.'],
  [rate(1, 250), '每消费 2.5 元积 1 分。', 'You earn 1 point for every 2.5 yuan you spend.'],
  [rate(1, 123_456), '每消费 1,234.56 元积 1 分。', 'for every 1,234.56 yuan you spend.'],
  [rate(3, 200), '合计 123.45 元，积 185 分。', '123.45 yuan that count earn 185 points.'],
  [rate(1, 100_000), '合计 1,234.5 元，积 1 分。', '1,234.5 yuan that count earn 1 point.'],
  [rate(1, 100, 'JPY'), '每消费 100 JPY积 1 分。', 'You earn 1 point for every JPY 100 you spend.'],
  [times(3, 2), '平常的 1.5 倍', 'earn 1.5 times the usual points'],
  [times(4, 3), '平常积 300 分的商品，另加 100 分，共 400 分', 'earn 100 more, 400 in all'],
  [times(4, 3), '平常的 4/3 倍', 'earn 4/3 times the usual points'],
  [times(2, 1, 'a'), '只给对您最有利的一项', 'you get the one that is best for you'],
  [
    when({ stores: ['S1', 'S2'] }),
    '只限以下门店：“S1”、“S2”。',
    'Only in these stores: “S1”, “S2”.',
  ],
  [when({ isGreen: true }), '只计有有效绿色认证的商品。', 'valid green certificate count.'],
  [when({ weekdays: [7, 6] }), '只限星期六、日。', 'Only on Saturdays, Sundays.'],
  [
    when({ hours: { from: 1_320, until: 120 } }),
    '只限每天 22:00 至次日 02:00。',
    'Only from 22:00 to 02:00 of the next day.',
  ],
  [
    when({ from: '2026-12-01T00:00:00+08:00', until: '2027-01-01T00:00:00+08:00' }),
    '至北京时间 2027年1月1日 00:00 止。',
    'Until 1 January 2027, 00:00 Beijing time.',
  ],
  [when({ minimumMinor: 9_950 }), '合计满 99.5 元才积分。', 'add up to at least 99.5 yuan.'],
  [
    when({ tiers: ['GOLD'] }),
    '除此之外的消费，本规则不积分。',
    'Nothing else earns points by this rule.',
  ],
  [
    { caps: { ...NO_CAPS, perMemberPerDay: 500 } },
    '每位会员每天最多 500 分。',
    'At most 500 points for one member in a day.',
  ],
  [{}, '没有上限。', 'There is no upper limit.'],
  [
    { vesting: { kind: 'AFTER_DAYS', days: 7 } },
    '例如：2026年11月22日记录的积分，2026年11月29日起可以使用。',
    'recorded on 22 November 2026 can be used from 29 November 2026 on.',
  ],
  [{ vesting: { kind: 'ON_EVENT', event: 'DELIVERED' } }, '商品签收', 'the goods are delivered'],
  [
    { expiry: { kind: 'MONTHS', months: 3, end: 'MONTH_END' } },
    '2026年11月22日获得的积分，最后可用日为2027年2月28日。',
    'that you get on 22 November 2026, the last good day is 28 February 2027.',
  ],
  [
    { expiry: { kind: 'ON', day: '2027-12-31' } },
    '有效至 2027年12月31日（含当日）。',
    'until 31 December 2027, that day included.',
  ],
  [{ expiry: { kind: 'NEVER' } }, '长期有效，不会过期。', 'Points never expire.'],
  [{ useScope: 'reward:1' }, '这些积分只能用于：“reward:1”。', 'can only be used for: “reward:1”.'],
  [
    { qualifying: { points: 2, minor: 100, currency: 'CNY' } },
    '会员等级按每消费 1 元积 2 分另行计算',
    'Your membership tier counts 2 points for every yuan you spend',
  ],
  [
    { policy: { ...PLAIN_POLICY, transfer: 'FAMILY' } },
    '同一家庭的成员',
    'members of the same family',
  ],
  [
    { policy: { ...PLAIN_POLICY, lapsedLots: 'LAPSE' } },
    '其间已过期的积分不再有效',
    'expired meanwhile stay expired',
  ],
  [
    { policy: { ...PLAIN_POLICY, returnDays: 0 } },
    '退货依照法律规定办理。',
    'Goods are taken back as the law says.',
  ],
  [
    {
      notice: {
        ...PLAIN_NOTICE,
        terms: { zh: '生日当月有礼。', en: 'A gift in the month of your birthday.' },
      },
    },
    '生日当月有礼。',
    'A gift in the month of your birthday.',
  ],
  [{}, '可兑换璟华珠宝公布的商品', 'that Jinghua offers'],
  [
    {
      trigger: 'APPRECIATION',
      award: { kind: 'FIXED', points: 50, group: null },
      tierWeights: [
        { tier: 'GOLD', weight: 3 },
        { tier: 'SILVER', weight: 2 },
      ],
    },
    '不同等级的会员按以下比例分享：“GOLD” 3、“SILVER” 2。',
    'Members of different tiers share in this proportion: “GOLD” 3, “SILVER” 2.',
  ],
  [
    {
      trigger: 'APPRECIATION',
      award: { kind: 'FIXED', points: 50, group: null },
      condition: {
        ...ANYTHING,
        from: '2026-10-01T00:00:00+08:00',
        until: '2026-11-01T00:00:00+08:00',
      },
    },
    '期间自北京时间 2026年10月1日 00:00 起，至北京时间 2026年11月1日 00:00 止。',
    'The period is from 1 October 2026, 00:00 Beijing time until 1 November 2026, 00:00 Beijing time.',
  ],
  [
    {
      trigger: 'GREEN_ACT',
      award: { kind: 'FIXED', points: 5, group: null },
      condition: { ...ANYTHING, categories: ['METRO'], skus: ['P1'], regions: ['310000'] },
    },
    '只计以下绿色行为：“METRO”。\n- 只计以下项目：“P1”。\n- 只限以下地区：“310000”。',
    'Only these green acts count: “METRO”.\n- Only acts for these projects count: “P1”.\n- Only in these regions: “310000”.',
  ],
  [
    {
      trigger: 'LECTURE',
      award: { kind: 'FIXED', points: 5, group: null },
      condition: { ...ANYTHING, stores: ['S1'], weekdays: [6] },
    },
    '只限以下门店：“S1”。\n- 只限星期六。',
    'Only in these stores: “S1”.\n- Only on Saturdays.',
  ],
  [
    { trigger: 'SURVEY', award: { kind: 'FIXED', points: 20, group: null } },
    '每完成一份问卷，积 20 分。\n- 无论您怎样回答，积分都一样。',
    'You get 20 points for every survey you fill in.\n- Whatever you answer, the points are the same.',
  ],
  [
    {
      trigger: 'REFERRAL',
      award: { kind: 'FIXED', points: 50, group: null },
      referral: { levels: 1, inviteePoints: 30, steps: [] },
    },
    '被邀请的新会员积 30 分。\n- 每位新会员只计一次，在其首单退货期满后发放，每个自然月最多计 10 位，与其消费金额无关。',
    'The new member gets 30 points.\n- That is once for each new member, when her first order can no longer be returned, and for at most 10 of them in a calendar month. What she spends makes no difference.',
  ],
  [
    {
      award: { kind: 'FIXED', points: 1, group: null },
      lottery: {
        topPrizeMinor: 500_000,
        entryFeeMinor: 0,
        odds: { numerator: 1, denominator: 30 },
        prizes: null,
      },
    },
    '最高奖项价值 5,000 元；参加免费。\n- 中奖概率为 1/30。',
    'The top prize is worth 5,000 yuan; taking part is free.\n- The chance of winning is 1/30.',
  ],
];

describe('a rule in plain words', () => {
  test.each(sentences)('%j', (terms, zh, en) => {
    const said = say(terms);

    expect(said.zh).toContain(zh);
    expect(said.en).toContain(en);
  });

  const triggers: readonly Trigger[] = [
    'PURCHASE',
    'LECTURE',
    'SURVEY',
    'SUGGESTION',
    'GREEN_ACT',
    'BIRTHDAY',
    'REFERRAL',
    'REGISTRATION',
    'INCIDENT',
    'CARD_ISSUED',
    'TIME_PASSED',
  ];
  test.each(triggers)('%s has words of its own in both languages', (trigger) => {
    const { zh, en } = say({ trigger, award: { kind: 'FIXED', points: 7, group: null } });

    expect(zh).toMatch(/\p{Script=Han}，积 7 分。/u);
    expect(en).toMatch(/You get 7 points [a-z]/);
    expect(`${zh}${en}`).not.toContain(trigger);
  });

  test('an appreciation says that a budget is shared out, and the most for each', () => {
    const { zh, en } = say({
      trigger: 'APPRECIATION',
      award: { kind: 'FIXED', points: 7, group: null },
    });

    expect(zh).toMatch(/每人最多 7 分/);
    expect(en).toContain('at most 7 points each');
  });

  test('S60, R1: every part is there, what matters first, and a sponsor is named', () => {
    const { zh } = say({}, { issuer: { zh: '江岸银行', en: 'Riverbank' } });

    expect([...zh.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      '要点',
      '谁发放积分',
      '怎样获得积分',
      '哪些消费计入',
      '最多能积多少',
      '何时可以使用',
      '有效期',
      '怎样使用',
      '使用限制',
      '能否转让',
      '退货时怎样处理',
      '疑问与投诉',
      '积分是什么',
      '版本与日期',
    ]);
    expect(zh).toContain('您在璟华珠宝消费或参与，积分由江岸银行发放，并由其承担兑付。');
  });

  test('a campaign takes what it does not say itself from the basic rule', () => {
    const notice = {
      ...PLAIN_NOTICE,
      complaints: '400-000-0000',
      limits: { zh: '限本店。', en: 'Here only.' },
    };
    const policy = { ...PLAIN_POLICY, minimumAge: 14 };
    const { zh } = say({ ...times(2, 1), policy: null }, { basic: { ...basic, notice, policy } });

    expect(zh).toContain('年满 14 周岁可以参加；首次积分前须由商家核验一次年龄。\n- 限本店。');
    expect(zh).toContain('400-000-0000');
  });

  test('a draft says that it is one', () => {
    const { zh, en } = say({}, { publishedAt: null, effectiveAt: null });

    expect(zh).toContain('这是草稿，尚未公布。');
    expect(en).toContain('This is a draft that is not published.');
  });
});
