import type { Industry } from '../../../entities/merchant.ts';
import { industryPacks, missingFacts } from '../../../standing/domain/industry.ts';
import { advises, blocks, type Check, when } from '../check.ts';
import type { Finding, RuleSubject } from '../finding.ts';
import { packOf } from '../packs.ts';

/** In days, until miles of a flight that was cancelled are back: a policy of the alliance (S29). */
const REFUND_DAYS_MAX = 30;

const isTrade = (industry: string): industry is Industry => Object.hasOwn(industryPacks, industry);

const fieldOf = (fact: string): string => `merchant.industryPack.${fact}`;

/** What a trade has to state before anybody can say whether its rules are lawful (S72). */
const factMissing: Check = {
  id: 'INDUSTRY_FACT_MISSING',
  rows: ['S72'],
  source: null,
  override: null,
  rule: ({ merchant: { industry, facts } }) =>
    facts === null || !isTrade(industry)
      ? []
      : missingFacts(industry, new Set(Object.keys(facts))).map((fact) =>
          blocks('INDUSTRY_FACT_MISSING', { field: fieldOf(fact), parameters: { fact } }),
        ),
};

/** What a trade owes its members: the values of facts with which points are issued. */
const DUTIES: Readonly<Record<string, (value: string, industry: string) => boolean>> = {
  CONTRACT_MONTHS_DISCLOSED: (value) => value === 'true',
  POINTS_NIGHTS_EQUAL_PAID_NIGHTS: (value) => value === 'true',
  TICKET_PARITY: (value) => value === 'true',
  MILEAGE_VALIDITY_DISCLOSED: (value) => value === 'true',
  MILEAGE_REFUND_DAYS: (value) => Number(value) <= REFUND_DAYS_MAX,
  LARGE_ORDER_MINOR: (value, industry) =>
    Number(value) <= (packOf(industry).largeOrderMinor ?? Infinity),
};

const dutyUnmet: Check = {
  id: 'INDUSTRY_DUTY_UNMET',
  rows: ['S72', 'S27', 'S29', 'S30', 'R31'],
  source: null,
  override: null,
  rule: ({ merchant: { industry, facts } }) =>
    Object.entries(facts ?? {})
      .filter(([fact, value]) => DUTIES[fact]?.(value, industry) === false)
      .map(([fact]) =>
        blocks('INDUSTRY_DUTY_UNMET', {
          field: fieldOf(fact),
          parameters: {
            fact,
            days: REFUND_DAYS_MAX,
            yuan: (packOf(industry).largeOrderMinor ?? 0) / 100,
          },
        }),
      ),
};

/** Facts in words that limit what members get: they read them in the rule as well. */
const LIMITS: ReadonlySet<string> = new Set(['SEAT_LIMITS', 'BLACKOUT_DAYS']);

const NO_LIMIT = /^(?:无|没有|none|no)$/;

/** As words are compared: without blanks, marks and capitals. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');

const factUntold: Check = {
  id: 'INDUSTRY_FACT_UNTOLD',
  rows: ['S72', 'S28', 'S60'],
  source: null,
  override: null,
  rule: (subject) => (subject.terms.policy === null ? [] : untold(subject)),
};

function untold({ terms: { notice }, merchant: { facts } }: RuleSubject): Finding[] {
  const told = [notice.limits?.zh ?? '', notice.limits?.en ?? ''].map(bare);
  const limits = Object.entries(facts ?? {})
    .filter(([fact, value]) => LIMITS.has(fact) && !NO_LIMIT.test(bare(value)))
    .filter(([, value]) => !told.some((text) => text.includes(bare(value))))
    .map(([fact, value]) => ({ fact, value, field: 'notice.limits' }));
  const uses = [notice.redemption?.zh ?? '', notice.redemption?.en ?? ''];
  const isValued = uses.every((text) => /\d/.test(text.normalize('NFKC')));
  const bills =
    facts?.POINTS_PAY_BILLS === 'true' && !isValued
      ? [{ fact: 'POINTS_PAY_BILLS', value: 'true', field: 'notice.redemption' }]
      : [];
  return [...limits, ...bills].map(({ field, ...parameters }) =>
    blocks('INDUSTRY_FACT_UNTOLD', { field, parameters }),
  );
}

/** Bullion is next to cash: points on it are looked at by a human being (R31). */
const bullionCounts: Check = {
  id: 'BULLION_COUNTS',
  rows: ['S72', 'R31'],
  source: null,
  override: null,
  rule: ({ terms, merchant: { facts } }) =>
    when(
      facts?.SELLS_BULLION === 'true' &&
        terms.trigger === 'PURCHASE' &&
        terms.condition.categories === null &&
        terms.condition.skus === null,
      advises('BULLION_COUNTS', { field: 'condition.categories' }),
    ),
};

/** What holds for some trades besides (S72), by what their merchants have stated. */
export const industryChecks: readonly Check[] = [factMissing, dutyUnmet, factUntold, bullionCounts];
