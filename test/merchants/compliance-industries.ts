import type { RuleTerms } from '../../subgraphs/merchants/rules/domain/terms.ts';
import { tradeFacts } from '../support/people.ts';
import type { Pair } from './compliance-cases.ts';
import { campaignTerms, lawfulTerms, ruleSubject } from './compliance-subjects.ts';

type Facts = Readonly<Record<string, string>>;

const of = (industry: string, more: Facts = {}, terms: Partial<RuleTerms> = {}) =>
  ruleSubject(terms, { industry, facts: { ...tradeFacts[industry], ...more } });

const tells = (given: Partial<RuleTerms['notice']>): Partial<RuleTerms> => ({
  notice: { ...lawfulTerms.notice, ...given },
});

const both = (zh: string, en: string) => ({ zh, en });

const missing: readonly Pair[] = Object.keys(tradeFacts).map((industry) => ({
  check: 'INDUSTRY_FACT_MISSING',
  about: `S72: ${industry} states nothing`,
  passes: of(industry),
  found: ruleSubject({}, { industry, facts: {} }),
}));

const unmet: readonly Pair[] = (
  [
    ['TELECOM', 'CONTRACT_MONTHS_DISCLOSED', 'true', 'false'],
    ['HOTEL', 'POINTS_NIGHTS_EQUAL_PAID_NIGHTS', 'true', 'false'],
    ['SCENIC_SPOT', 'TICKET_PARITY', 'true', 'false'],
    ['AIRLINE', 'MILEAGE_VALIDITY_DISCLOSED', 'true', 'false'],
    ['RAIL', 'MILEAGE_VALIDITY_DISCLOSED', 'true', 'false'],
    ['AIRLINE', 'MILEAGE_REFUND_DAYS', '30', '31'],
    ['JEWELLERY', 'LARGE_ORDER_MINOR', '10000000', '10000001'],
  ] as const
).map(([industry, fact, good, bad]) => ({
  check: 'INDUSTRY_DUTY_UNMET',
  about: `S72: ${industry} states ${fact} ${bad}`,
  passes: of(industry, { [fact]: good }),
  found: of(industry, { [fact]: bad }),
}));

const untold: readonly Pair[] = (
  [
    ['AIRLINE', 'SEAT_LIMITS', 'Two seats a flight'],
    ['HOTEL', 'BLACKOUT_DAYS', '春节七天'],
    ['SCENIC_SPOT', 'BLACKOUT_DAYS', '国庆节'],
  ] as const
).map(([industry, fact, value]) => ({
  check: 'INDUSTRY_FACT_UNTOLD',
  about: `S28, S72: ${industry} does not tell its ${fact}`,
  passes: of(
    industry,
    { [fact]: value },
    {
      ...tells({ limits: both(`限制：${value}。`, `Limits: ${value.toUpperCase()}.`) }),
    },
  ),
  found: of(industry, { [fact]: value }),
}));

/** What holds for trades besides, each with what passes and what does not. */
export const industryPairs: readonly Pair[] = [
  ...missing,
  ...unmet,
  ...untold,
  {
    check: 'INDUSTRY_FACT_UNTOLD',
    about: 'S9, S72: points pay bills at no stated value',
    passes: of(
      'TELECOM',
      { POINTS_PAY_BILLS: 'true' },
      {
        ...tells({
          redemption: both('1000积分抵10元话费。', '1,000 points pay 10 yuan of a bill.'),
        }),
      },
    ),
    found: of('TELECOM', { POINTS_PAY_BILLS: 'true' }),
  },
  {
    check: 'SIGN_UP_POINTS',
    about: 'S66, S72: a bank with cards greets who registers',
    ...greeting('false', 'true'),
  },
  {
    check: 'BULLION_COUNTS',
    about: 'R31, S72: points on gold bars',
    passes: of(
      'JEWELLERY',
      { SELLS_BULLION: 'true' },
      {
        condition: { ...lawfulTerms.condition, categories: ['necklaces'] },
      },
    ),
    found: of('JEWELLERY', { SELLS_BULLION: 'true' }),
  },
];

function greeting(without: string, having: string): Pick<Pair, 'passes' | 'found'> {
  const terms: RuleTerms = {
    ...campaignTerms,
    trigger: 'REGISTRATION',
    award: { kind: 'FIXED', points: 10, group: null },
    caps: { ...campaignTerms.caps, budget: 10_000 },
  };
  return {
    passes: of('BANK', { CARD_PROGRAMME: without }, terms),
    found: of('BANK', { CARD_PROGRAMME: having }, terms),
  };
}
