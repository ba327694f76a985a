import type { Fraction } from '../../../../shared/quantities.ts';
import type { Money } from '../../domain/price.ts';

/**
 * What of the contract between a merchant and the alliance clearing needs. A PREPAID merchant has paid
 * for its points when it issued them, into an account outside of the platform: what it owes in a cycle
 * is due on the day of the cut. A POSTPAID one has `paymentDays`.
 */
export type ClearingTerms = Readonly<{
  mode: 'PREPAID' | 'POSTPAID';
  /** 0 for PREPAID. */
  paymentDays: number;
  /** Of what it accepts of others' points: its fee to whoever operates the alliance. */
  fee: Fraction;
  /** Recorded, and kept outside: what is paid from it when the merchant does not pay. */
  guarantee: Money;
}>;

/** The terms of a merchant with whom none were agreed. */
export const DEFAULT_TERMS: ClearingTerms = {
  mode: 'POSTPAID',
  paymentDays: 30,
  fee: { numerator: 0, denominator: 1 },
  guarantee: { amountMinor: 0, currency: 'CNY' },
};
