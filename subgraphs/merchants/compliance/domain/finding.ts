import type { LocalizedText, RuleTerms } from '../../rules/domain/terms.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Price } from './worth.ts';

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
  /**
   * Who sells. `price`: what it owes for so many of its points that are redeemed elsewhere. `facts`: what it has
   * stated for its trade, by name (S72); null while it joins and could state nothing yet.
   */
  merchant: Readonly<{
    id: string;
    industry: string;
    facts: Readonly<Record<string, string>> | null;
    price: Readonly<{ minor: number; points: number; currency: string }>;
  }>;
  /**
   * The most that a member gets for points as far as it is counted (`worthOf`), and at least the price of the
   * contract (L9). Exact: so much money for so many points.
   */
  worth: Readonly<{ minor: number; points: number; currency: string }>;
  /** What a single other merchant gives beyond it; null: none does. */
  worthAtOne: Price | null;
  /** The other rules of the programme that would be in force beside it: they add to what it pays (L9). */
  beside: readonly RuleTerms[];
  /** The merchant's other programmes: they give for the same purchase too (L9). */
  elsewhere: readonly Elsewhere[];
  /** The version that this one would follow, or null when it is the first. */
  previous: RuleTerms | null;
  /** When it would be published, and be in force. */
  publishedAt: Date;
  effectiveAt: Date;
}>;

/**
 * A reward as the guard looks at it. What the same thing costs and allows when it is paid in money stands in
 * `cash` (S27, S30).
 */
export type RewardSubject = Readonly<{
  title: LocalizedText;
  terms: LocalizedText | null;
  /** Such as `VOUCHER` or `TICKET`. */
  kind: string;
  /** The merchant's own or a known category, such as `tobacco`; null: none is stated. */
  category: string | null;
  /** Who stands for it (S65, R14); null: nobody is named. */
  seller: string | null;
  /** What it costs: points, and money beside them in the smallest unit. */
  points: number;
  moneyMinor: number;
  /**
   * What the programme publishes that its points are worth, so much money for so many of them; null: it
   * publishes no such value, and the worth of a point differs by reward.
   */
  value: Price | null;
  /** What is bought for money: its price in the smallest unit. */
  cash: Readonly<{ priceMinor: number; restrictions: Restrictions }>;
  restrictions: Restrictions;
  /** Of all money here. */
  currency: string;
  /** The rules by which who offers it grants points of this unit, each with those of the same programme. */
  rules: readonly Readonly<{ terms: RuleTerms; beside: readonly RuleTerms[] }>[];
}>;

/** What limits the use of something. Null, or a bound that is null, limits nothing. */
export type Restrictions = Readonly<{
  /** Times at which it can be used, as the merchant names them. */
  slots: readonly string[] | null;
  /** ISO: 1 is Monday. */
  weekdays: readonly number[] | null;
  regions: readonly string[] | null;
  stores: readonly string[] | null;
  /** For how many days it can be brought back; 0: it cannot. */
  returnDays: number;
  /** For how many days it can be used. */
  validDays: number | null;
  hasAfterSales: boolean;
}>;
