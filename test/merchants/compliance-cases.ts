import type {
  RewardSubject,
  RuleSubject,
} from '../../subgraphs/merchants/compliance/domain/finding.ts';
import { ANYTHING, NO_CAPS, type RuleTerms } from '../../subgraphs/merchants/rules/domain/terms.ts';
import {
  appreciationTerms,
  campaignTerms,
  drawTerms,
  lawfulTerms,
  referralTerms,
  rewardSubject,
  ruleSubject,
  UNLIMITED,
} from './compliance-subjects.ts';

/** What passes one check, and what it finds. */
export type Pair = Readonly<{
  check: string;
  about: string;
  passes: RuleSubject | RewardSubject;
  found: RuleSubject | RewardSubject;
}>;

const notice = (given: Partial<RuleTerms['notice']>): RuleTerms['notice'] => ({
  ...lawfulTerms.notice,
  ...given,
});

const says = (zh: string): RuleSubject =>
  ruleSubject({ notice: notice({ advertisement: { zh, en: 'See the rules.' } }) });

const termsSay = (zh: string): RuleSubject =>
  ruleSubject({ notice: notice({ terms: { zh, en: 'See the rules.' } }) });

const rate = (points: number): RuleTerms['award'] => ({
  kind: 'RATE',
  rate: { points, minor: 100, currency: 'CNY' },
  priority: 0,
});

const fixed = (points: number): RuleTerms['award'] => ({ kind: 'FIXED', points, group: null });

const draw = (given: Partial<NonNullable<RuleTerms['lottery']>>): RuleTerms => ({
  ...drawTerms,
  lottery: {
    ...(drawTerms.lottery ?? { topPrizeMinor: 0, entryFeeMinor: 0, odds: null, prizes: null }),
    ...given,
  },
});

const invites = (given: Partial<RuleTerms>): RuleSubject =>
  ruleSubject({ ...referralTerms, ...given });

const daysLater = (days: number): Date =>
  new Date(Date.parse('2026-11-22T02:00:00Z') + days * 24 * 60 * 60 * 1000);

const survey: RuleTerms = {
  ...campaignTerms,
  trigger: 'SURVEY',
  award: fixed(10),
  caps: { ...NO_CAPS, budget: 10_000 },
};

const generous = (priceMinor: number): RewardSubject =>
  rewardSubject({
    points: 100,
    value: null,
    cash: { priceMinor, restrictions: UNLIMITED },
    rules: [{ terms: lawfulTerms, beside: [] }],
  });

/** Every check with what passes it and what does not. The pairs differ in nothing else. */
export const pairs: readonly Pair[] = [
  {
    check: 'PROHIBITED_BENEFIT',
    about: 'S41 as text',
    passes: says('积分不含股权，也不分红。'),
    found: says('部分地区探索积分与企业分红权、股权的结合,让消费者通过积分持有企业部分权益'),
  },
  {
    check: 'PROHIBITED_BENEFIT',
    about: 'S42 as text',
    passes: says('积分不是投资，不承诺任何回报。'),
    found: says('通过积分含权持股等方式,为消费者提供持续盈利回报'),
  },
  ...(['REVENUE', 'PROFIT', 'HEADCOUNT'] as const).map((appreciation) => ({
    check: 'PROHIBITED_BENEFIT',
    about: `an appreciation out of ${appreciation}`,
    passes: ruleSubject(appreciationTerms),
    found: ruleSubject({ ...appreciationTerms, appreciation }),
  })),
  {
    check: 'GROWS_WITH_TIME',
    about: 'points because a day went by',
    passes: ruleSubject({ ...survey }),
    found: ruleSubject({ ...survey, trigger: 'TIME_PASSED' }),
  },
  {
    check: 'APPRECIATION_PROMISED',
    about: 'an appreciation for a period that is not over',
    passes: ruleSubject(appreciationTerms),
    found: ruleSubject({
      ...appreciationTerms,
      condition: { ...appreciationTerms.condition, until: '2027-01-01T00:00:00+08:00' },
    }),
  },
  {
    check: 'APPRECIATION_PROMISED',
    about: 'an appreciation that is advertised',
    passes: ruleSubject(appreciationTerms),
    found: ruleSubject({
      ...appreciationTerms,
      notice: notice({
        advertisement: { zh: '季末送积分', en: 'Points at the end of the quarter' },
      }),
    }),
  },
  {
    check: 'FAVOURABLE_ANSWER',
    about: 'S19: a survey that pays for praise',
    passes: ruleSubject(survey),
    found: ruleSubject({ ...survey, answers: 'FAVOURABLE' }),
  },
  {
    check: 'FAVOURABLE_ANSWER',
    about: 'R8 as text',
    passes: says('无论好评差评均得10积分'),
    found: says('五星好评返10积分'),
  },
  {
    check: 'UNFAIR_TERM',
    about: 'S61, the first clause',
    passes: termsSay('积分有效期内未使用的，到期自动失效，到期前三次提醒。'),
    found: termsSay('积分有效期内未使用概不退还'),
  },
  {
    check: 'UNFAIR_TERM',
    about: 'S61, the second clause',
    passes: termsSay('兑换商品与现金购买的商品同样可以退换。'),
    found: termsSay('兑换商品后一律不支持退换'),
  },
  {
    check: 'PROHIBITED_CLAIM',
    about: 'L12',
    passes: says('会员可享增值服务'),
    found: says('消费等于赚钱'),
  },
  { check: 'CASH_OUT', about: 'L6', passes: says('积分不可提现'), found: says('积分随时提现') },
  { check: 'TOP_UP', about: 'L7', passes: says('用积分购买商品'), found: says('购买积分享八折') },
  {
    check: 'PYRAMID',
    about: 'L1, L2 as text',
    passes: says('成功邀请一位好友注册并完成首单，可得200积分'),
    found: says('发展下线，享受三级返佣'),
  },
  {
    check: 'FORCED_PARTICIPATION',
    about: 'S71',
    passes: says('入驻商家可以拒绝参加活动'),
    found: says('入驻商家必须参加活动'),
  },
  {
    check: 'GREEN_CLAIM',
    about: 'R33, S52: carbon-neutral without a certificate',
    passes: says('本产品2026年碳中和，依据碳中和认证证书 ABC-2026-001，范围为生产环节。'),
    found: says('零碳咖啡，喝出碳中和！'),
  },
  {
    check: 'REFERRAL_DEPTH',
    about: 'L1: two levels',
    passes: invites({}),
    found: invites({ referral: { levels: 2, inviteePoints: 100, steps: [] } }),
  },
  {
    check: 'REFERRAL_PERCENTAGE',
    about: 'L2: a share of what the invitee buys',
    passes: invites({}),
    found: invites({ award: rate(1) }),
  },
  {
    check: 'REFERRAL_STEPS',
    about: 'L2: more from ten invitees on',
    passes: invites({}),
    found: invites({
      referral: { levels: 1, inviteePoints: 0, steps: [{ invitees: 10, points: 5_000 }] },
    }),
  },
  {
    check: 'REFERRAL_EARLY',
    about: 'L3: before the first order is settled',
    passes: invites({}),
    found: invites({ vesting: { kind: 'AFTER_DAYS', days: 30 } }),
  },
  {
    check: 'REFERRAL_UNCAPPED',
    about: 'L4: as many as one likes',
    passes: invites({}),
    found: invites({ caps: { ...NO_CAPS, budget: 1_000_000 } }),
  },
  {
    check: 'PAID_ACCESS',
    about: 'L5: who has bought may invite',
    passes: invites({}),
    found: invites({ condition: { ...ANYTHING, minimumMinor: 10_000 } }),
  },
  {
    check: 'PAID_ACCESS',
    about: 'L5 as text',
    passes: says('免入会费，人人可以邀请好友'),
    found: says('缴纳365元会员费即可推荐好友'),
  },
  {
    check: 'ADVERTISED_RATE_DIFFERS',
    about: 'S9, TV7: "1 %" is 10 %',
    passes: ruleSubject({
      award: rate(10),
      notice: notice({ advertisedRebate: { numerator: 10, denominator: 100 } }),
    }),
    found: ruleSubject({
      award: rate(10),
      notice: notice({ advertisedRebate: { numerator: 1, denominator: 100 } }),
    }),
  },
  {
    check: 'ADVERTISED_RATE_DIFFERS',
    about: 'S9 in words alone',
    passes: ruleSubject({
      award: rate(10),
      notice: notice({ advertisement: { zh: '按消费金额10%返积分', en: '10% back in points' } }),
    }),
    found: ruleSubject({
      award: rate(10),
      notice: notice({ advertisement: { zh: '按消费金额1%返积分', en: '10% back in points' } }),
    }),
  },
  {
    check: 'REBATE_TOO_HIGH',
    about: 'L9: 31 points for a yuan of 0.01 yuan each',
    passes: ruleSubject({ award: rate(30) }),
    found: ruleSubject({ award: rate(31) }),
  },
  {
    check: 'REBATE_UNBOUNDED',
    about: 'L9: 100 points for any order',
    passes: ruleSubject({ award: fixed(100), condition: { ...ANYTHING, minimumMinor: 10_000 } }),
    found: ruleSubject({ award: fixed(100) }),
  },
  {
    check: 'REBATE_HIGH',
    about: 'L9: above 15 %',
    passes: ruleSubject({ award: rate(15) }),
    found: ruleSubject({ award: rate(16) }),
  },
  {
    check: 'REBATE_HIGH_AT_ONE',
    about: 'L9: 31 % at one other merchant',
    passes: ruleSubject({ award: rate(1) }, { worthAtOne: { minor: 30, points: 1 } }),
    found: ruleSubject({ award: rate(1) }, { worthAtOne: { minor: 31, points: 1 } }),
  },
  {
    check: 'REWARD_TOO_GENEROUS',
    about: 'L9: 30.01 yuan for 100 points, of which a yuan earns one',
    passes: generous(3_000),
    found: generous(3_001),
  },
  {
    check: 'PRIZE_TOO_HIGH',
    about: 'R7: 50,000.01 yuan',
    passes: ruleSubject(drawTerms),
    found: ruleSubject(draw({ topPrizeMinor: 5_000_001 })),
  },
  {
    check: 'PRIZES_UNCLEAR',
    about: 'R7: no odds',
    passes: ruleSubject(drawTerms),
    found: ruleSubject(draw({ odds: null })),
  },
  {
    check: 'PAID_ENTRY',
    about: 'L11: a yuan to take part',
    passes: ruleSubject(drawTerms),
    found: ruleSubject(draw({ entryFeeMinor: 100 })),
  },
  {
    check: 'DRAW_WORSENED',
    about: 'R7: smaller odds than announced',
    passes: ruleSubject(draw({ odds: { numerator: 2, denominator: 1_000 } }), {
      previous: drawTerms,
    }),
    found: ruleSubject(draw({ odds: { numerator: 1, denominator: 1_001 } }), {
      previous: drawTerms,
    }),
  },
  {
    check: 'DISCLOSURE_INCOMPLETE',
    about: 'S60: not said how points are used',
    passes: ruleSubject(),
    found: ruleSubject({ notice: notice({ redemption: null }) }),
  },
  {
    check: 'INDUSTRY_DISCLOSURE_INCOMPLETE',
    about: 'S28: mileage without limits',
    passes: ruleSubject({}, { industry: 'AIRLINE' }),
    found: ruleSubject({ notice: notice({ limits: null }) }, { industry: 'AIRLINE' }),
  },
  {
    check: 'SIGN_UP_POINTS',
    about: 'S66: points for a card',
    passes: ruleSubject({}, { industry: 'BANK' }),
    found: ruleSubject(
      { ...survey, trigger: 'CARD_ISSUED', award: fixed(1) },
      { industry: 'BANK' },
    ),
  },
  ...(['办卡即送10000积分', '开卡就送高额积分'] as const).map((zh) => ({
    check: 'SIGN_UP_POINTS',
    about: `S66: ${zh}`,
    passes: ruleSubject(
      { notice: notice({ advertisement: { zh: '刷卡消费，每满1元积1分。', en: 'Pay with it.' } }) },
      { industry: 'BANK' },
    ),
    found: ruleSubject(
      { notice: notice({ advertisement: { zh, en: 'See the rules.' } }) },
      { industry: 'BANK' },
    ),
  })),
  {
    check: 'BUDGET_MISSING',
    about: 'L10: a gift without an end',
    passes: ruleSubject(survey),
    found: ruleSubject({ ...survey, caps: NO_CAPS }),
  },
  {
    check: 'EXPIRY_SHORT',
    about: 'S6: five months',
    passes: ruleSubject({ expiry: { kind: 'MONTHS', months: 6, end: 'DAY' } }),
    found: ruleSubject({ expiry: { kind: 'MONTHS', months: 5, end: 'DAY' } }),
  },
  {
    check: 'RETURNS_SHORT',
    about: 'R6: three days',
    passes: ruleSubject(),
    found: ruleSubject({
      policy: lawfulTerms.policy === null ? null : { ...lawfulTerms.policy, returnDays: 3 },
    }),
  },
  {
    check: 'RETROACTIVE',
    about: 'R10: effective yesterday',
    passes: ruleSubject({}, { effectiveAt: daysLater(0) }),
    found: ruleSubject({}, { effectiveAt: daysLater(-1) }),
  },
  {
    check: 'CHANGE_WITHOUT_NOTICE',
    about: 'R10: six days',
    passes: ruleSubject({}, { previous: lawfulTerms, effectiveAt: daysLater(7) }),
    found: ruleSubject({}, { previous: lawfulTerms, effectiveAt: daysLater(6) }),
  },
  {
    check: 'END_TOO_SOON',
    about: 'R11: a programme that ends in 29 days',
    passes: ruleSubject(
      { condition: { ...ANYTHING, until: daysLater(30).toISOString() } },
      { previous: lawfulTerms },
    ),
    found: ruleSubject(
      { condition: { ...ANYTHING, until: daysLater(29).toISOString() } },
      { previous: lawfulTerms },
    ),
  },
  {
    check: 'PROHIBITED_CATEGORY',
    about: 'S67',
    passes: rewardSubject({ category: 'tea' }),
    found: rewardSubject({ category: 'Tobacco' }),
  },
  {
    check: 'PARITY_VIOLATION',
    about: 'S27: a ticket for Monday to Thursday alone',
    passes: rewardSubject(),
    found: rewardSubject({ restrictions: { ...UNLIMITED, weekdays: [1, 2, 3, 4] } }),
  },
  {
    check: 'PRICE_ABOVE_CASH',
    about: 'R9',
    passes: rewardSubject({ points: 10_000 }),
    found: rewardSubject({ points: 10_001 }),
  },
  {
    check: 'SELLER_MISSING',
    about: 'S65, R14',
    passes: rewardSubject(),
    found: rewardSubject({ seller: null }),
  },
];
