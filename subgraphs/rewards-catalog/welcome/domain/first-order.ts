import { type Day, dayOf, isoDay } from '../../../../shared/calendar.ts';
import type { UseTerms } from '../../vouchers/domain/fit.ts';

type Offer = Readonly<{ faceMinor: number; thresholdMinor: number; currency: string }>;

/** It is for all goods of its merchant, everywhere; amounts in the smallest unit. */
export const termsOf = ({ faceMinor, thresholdMinor, currency }: Offer): UseTerms => ({
  ...{ currency, thresholdMinor, faceMinor },
  ...{ categories: [], skus: [], stores: [] },
});

type Voucher = Readonly<{ usedAt: Date | null; validUntil: Day }>;

/** Why it is not good at an instant, whatever the order, as the code of a sentence and what that names; null: it is. */
export function whyNotNow(
  { usedAt, validUntil }: Voucher,
  at: Date,
): [code: string, named: Readonly<Record<string, string>>] | null {
  if (usedAt !== null) return ['VOUCHER_USED', {}];
  return dayOf(at) >= validUntil ? ['VOUCHER_EXPIRED', { day: isoDay(validUntil) }] : null;
}
