import type { LocalizedText, RuleTerms } from '../../rules/domain/terms.ts';

/**
 * What a check has found. BLOCKS: it cannot be published. ADVISES: somebody should look at it; it never stops
 * anybody.
 */
export type Finding = Readonly<{
  /** Of the check, such as `UNFAIR_TERM`: the code of its sentences in both languages. */
  check: string;
  severity: 'BLOCKS' | 'ADVISES';
  /** The path of what it is about, such as `notice.terms.zh`. */
  field: string;
  /** What its sentence names: the words found, the figures compared. */
  parameters: Readonly<Record<string, string | number>>;
}>;

/** A rule as the guard looks at it. */
export type RuleSubject = Readonly<{
  terms: RuleTerms;
  programme: Readonly<{ id: string; unit: string; name: LocalizedText }>;
  /** Who sells. `price`: what it owes for so many of its points that are redeemed elsewhere. */
  merchant: Readonly<{
    id: string;
    industry: string;
    price: Readonly<{ minor: number; points: number; currency: string }>;
  }>;
  /**
   * The most that a member gets for points: the highest cash-equivalent of any reward that takes them, and at
   * least the price of the contract (L9). Exact: so much money for so many points.
   */
  worth: Readonly<{ minor: number; points: number; currency: string }>;
  /** The version that this one would follow, or null when it is the first. */
  previous: RuleTerms | null;
  /** When it would be published, and be in force. */
  publishedAt: Date;
  effectiveAt: Date;
}>;
