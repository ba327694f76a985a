import type { RuleTerms } from '../../rules/domain/terms.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { RuleSubject } from './finding.ts';
import { isMore, type Worth } from './worth.ts';

/** What the guard has to know of a rule. */
export type SubjectFacts = Readonly<{
  terms: RuleTerms;
  programme: Readonly<{ id: string; unit: string; nameZh: string; nameEn: string }>;
  merchant: Readonly<{
    id: string;
    industry: string;
    priceMinor: number;
    pricePoints: number;
    currency: string;
  }>;
  /** What the merchant has stated for its trade; null: it is joining. */
  facts: readonly Readonly<{ name: string; value: string }>[] | null;
  /** What its points are worth at rewards, in the currency of the contract. */
  worth: Worth;
  beside: readonly RuleTerms[];
  elsewhere: readonly Elsewhere[];
  previous: RuleTerms | null;
  publishedAt: Date;
  effectiveAt: Date;
}>;

/** A rule as the guard looks at it. Points are worth at least what the contract pays for them. */
export function subjectOf({
  programme,
  merchant,
  worth,
  facts,
  ...given
}: SubjectFacts): RuleSubject {
  const price = priceOf(merchant);
  const stated =
    facts === null ? null : Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  return {
    ...given,
    programme: {
      id: programme.id,
      unit: programme.unit,
      name: { zh: programme.nameZh, en: programme.nameEn },
    },
    merchant: { id: merchant.id, industry: merchant.industry, facts: stated, price },
    worth: worthAtLeast(merchant, worth),
    worthAtOne: worth.single !== null && isMore(worth.single, price) ? worth.single : null,
  };
}

/** Who owes for points, and how much. */
export type Issuer = Pick<SubjectFacts['merchant'], 'priceMinor' | 'pricePoints' | 'currency'>;

const priceOf = ({ priceMinor: minor, pricePoints: points, currency }: Issuer) => ({
  minor,
  points,
  currency,
});

/** The highest cash-equivalent of points: that of rewards, and at least what the contract pays for them (L9). */
export function worthAtLeast(issuer: Issuer, { counted }: Worth): RuleSubject['worth'] {
  const price = priceOf(issuer);
  const isHigher = counted !== null && isMore(counted, price);
  return isHigher ? { ...counted, currency: price.currency } : price;
}
