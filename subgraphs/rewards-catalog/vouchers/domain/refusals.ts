import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { BelowThreshold as Below, OutOfScope as Outside, UseTerms } from './fit.ts';

/** In words beside the amounts, which are in the smallest unit. */
export type BelowThreshold = Refused<'BelowThreshold'>;

export type OutOfScope = Refused<'OutOfScope'> &
  Readonly<{ categories: readonly string[]; skus: readonly string[]; stores: readonly string[] }>;

export const belowThreshold = (
  { countedMinor, thresholdMinor, missingMinor }: Below,
  { currency }: UseTerms,
): BelowThreshold =>
  refused('BelowThreshold', 'VOUCHER_BELOW_THRESHOLD', {
    ...{ countedMinor, thresholdMinor, missingMinor, currency },
    threshold: moneyText(thresholdMinor, currency),
    missing: moneyText(missingMinor, currency),
  });

/** Names so many of each, so that a sentence stays one. */
const NAMED_MAX = 5;

export function outOfScope({ of }: Outside, terms: UseTerms): OutOfScope {
  const { categories, skus, stores } = terms;
  const code = of === 'STORE' ? 'VOUCHER_NOT_IN_STORE' : 'VOUCHER_OUT_OF_SCOPE';
  const names = of === 'STORE' ? stores : [...categories, ...skus];
  const more = names.length > NAMED_MAX ? ' …' : '';
  const scope = names.slice(0, NAMED_MAX).join(', ') + more;
  return { ...refused('OutOfScope', code, { scope }), categories, skus, stores };
}

/** 1234 as `12.34 CNY`. */
function moneyText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(amount).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return `${text} ${currency}`;
}
