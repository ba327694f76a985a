import type {
  RewardSubject,
  RuleSubject,
} from '../../subgraphs/merchants/compliance/domain/finding.ts';
import { basicTerms, type RuleTerms } from '../../subgraphs/merchants/rules/domain/terms.ts';

/** A rule that says all that has to be said: 1 point for a yuan, good for 3 years. */
export const lawfulTerms: RuleTerms = {
  ...basicTerms({
    title: { zh: '消费积分', en: 'Points on purchases' },
    rate: { points: 1, minor: 100, currency: 'CNY' },
    expiryMonths: 36,
  }),
  notice: {
    advertisement: null,
    advertisedRebate: null,
    redemption: {
      zh: '在联盟任一商家兑换商品或服务。',
      en: 'Exchange them at any merchant for goods or services.',
    },
    limits: { zh: '无其他限制。', en: 'There are no further limits.' },
    terms: null,
    complaints: '400-000-0000',
  },
};

/** The same of a campaign: how its points are used is said by the basic rule. */
export const campaignTerms: RuleTerms = {
  ...lawfulTerms,
  title: { zh: '周末双倍', en: 'Double at weekends' },
  award: { kind: 'MULTIPLIER', factor: { numerator: 2, denominator: 1 }, group: null },
  policy: null,
};

/** A campaign by which an inviter gets points once the first order of the invitee is settled. */
export const referralTerms: RuleTerms = {
  ...campaignTerms,
  title: { zh: '邀请好友', en: 'Invite a friend' },
  trigger: 'REFERRAL',
  award: { kind: 'FIXED', points: 200, group: null },
  referral: { levels: 1, inviteePoints: 100, steps: [] },
  caps: { perOrder: null, perMemberPerDay: null, perMember: 2_000, budget: 1_000_000 },
  vesting: { kind: 'ON_EVENT', event: 'FIRST_ORDER_SETTLED' },
};

/** A prize draw as the law has it. */
export const drawTerms: RuleTerms = {
  ...campaignTerms,
  title: { zh: '抽奖', en: 'Prize draw' },
  lottery: {
    topPrizeMinor: 5_000_000,
    entryFeeMinor: 0,
    odds: { numerator: 1, denominator: 1_000 },
    prizes: { zh: '一等奖一名：价值5万元的项链', en: 'One first prize: a necklace of 50,000 yuan' },
  },
};

/** What was decided after a quarter: the lawful form of a dividend. */
export const appreciationTerms: RuleTerms = {
  ...campaignTerms,
  title: { zh: '会员感谢', en: 'Thanks to members' },
  trigger: 'APPRECIATION',
  award: { kind: 'FIXED', points: 100, group: null },
  appreciation: 'FIXED_BUDGET',
  condition: {
    ...campaignTerms.condition,
    from: '2026-07-01T00:00:00+08:00',
    until: '2026-10-01T00:00:00+08:00',
  },
  caps: { perOrder: null, perMemberPerDay: null, perMember: 100, budget: 1_000_000 },
};

/** A rule as the guard sees it: points of 0.01 yuan, published a month before it holds. */
export const ruleSubject = (
  terms: Partial<RuleTerms> = {},
  given: Partial<Omit<RuleSubject, 'terms'>> & {
    industry?: string;
    facts?: RuleSubject['merchant']['facts'];
  } = {},
): RuleSubject => {
  const { industry = 'RETAIL', facts = null, ...rest } = given;
  return {
    terms: { ...lawfulTerms, ...terms },
    programme: { id: 'P', unit: 'ALLIANCE', name: { zh: '积分', en: 'Points' } },
    merchant: { id: 'M', industry, facts, price: { minor: 80, points: 100, currency: 'CNY' } },
    worth: { minor: 1, points: 1, currency: 'CNY' },
    worthAtOne: null,
    beside: [],
    elsewhere: [],
    previous: null,
    publishedAt: new Date('2026-11-22T02:00:00Z'),
    effectiveAt: new Date('2026-12-22T02:00:00Z'),
    ...rest,
  };
};

const UNLIMITED: RewardSubject['restrictions'] = {
  slots: null,
  weekdays: null,
  regions: null,
  stores: null,
  returnDays: 7,
  validDays: 90,
  hasAfterSales: true,
};

/** A reward that is for points what it is for money. */
export const rewardSubject = (given: Partial<RewardSubject> = {}): RewardSubject => ({
  title: { zh: '景区门票', en: 'Admission ticket' },
  terms: null,
  kind: 'TICKET',
  category: null,
  seller: '某景区',
  points: 10_000,
  moneyMinor: 0,
  value: { minor: 1, points: 1 },
  cash: { priceMinor: 10_000, restrictions: UNLIMITED },
  restrictions: UNLIMITED,
  currency: 'CNY',
  rules: [],
  ...given,
});

export { UNLIMITED };
