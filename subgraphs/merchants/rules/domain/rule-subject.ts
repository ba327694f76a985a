import type { RuleSubject } from '../../compliance/domain/finding.ts';
import type { MerchantRow } from '../../entities/merchant.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import type { RuleRow } from '../entities/rule.ts';
import type { RuleTerms } from './terms.ts';

/** What the guard has to know of a version beside its terms. */
export type SubjectFacts = Readonly<{
  rule: RuleRow;
  merchant: MerchantRow;
  programme: ProgrammeRow;
  previous: RuleTerms | null;
  /** The other rules of the programme. */
  beside: readonly RuleTerms[];
  publishedAt: Date;
  effectiveAt: Date;
}>;

/** A version as the guard looks at it. */
export function ruleSubject(facts: SubjectFacts): RuleSubject {
  const { rule, merchant, programme, previous, beside, publishedAt, effectiveAt } = facts;
  const { priceMinor: minor, pricePoints: points, currency } = merchant;
  return {
    terms: rule.terms,
    programme: {
      id: programme.id,
      unit: programme.unit,
      name: { zh: programme.nameZh, en: programme.nameEn },
    },
    merchant: { id: merchant.id, industry: merchant.industry, price: { minor, points, currency } },
    worth: { minor, points, currency },
    previous,
    beside,
    publishedAt,
    effectiveAt,
  };
}
