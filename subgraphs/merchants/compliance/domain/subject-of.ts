import type { RuleTerms } from '../../rules/domain/terms.ts';
import type { RuleSubject } from './finding.ts';

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
  /** The highest cash-equivalent of rewards of this unit, in the currency of the contract; null: none is known. */
  worth: Readonly<{ minor: number; points: number; currency: string }> | null;
  beside: readonly RuleTerms[];
  previous: RuleTerms | null;
  publishedAt: Date;
  effectiveAt: Date;
}>;

/** A rule as the guard looks at it. Points are worth at least what the contract pays for them. */
export function subjectOf({ programme, merchant, worth, ...facts }: SubjectFacts): RuleSubject {
  const { priceMinor: minor, pricePoints: points, currency } = merchant;
  const price = { minor, points, currency };
  return {
    ...facts,
    programme: {
      id: programme.id,
      unit: programme.unit,
      name: { zh: programme.nameZh, en: programme.nameEn },
    },
    merchant: { id: merchant.id, industry: merchant.industry, price },
    worth: worth !== null && worth.currency === currency && isMore(worth, price) ? worth : price,
  };
}

type Price = Readonly<{ minor: number; points: number }>;

const isMore = (one: Price, other: Price): boolean =>
  BigInt(one.minor) * BigInt(other.points) > BigInt(other.minor) * BigInt(one.points);
