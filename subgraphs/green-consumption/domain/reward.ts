import type { Day } from '../../../shared/calendar.ts';
import { believedOf } from '../acts/domain/behaviours.ts';
import { type Certificate, isValidOn } from './assess.ts';
import { type Factor, factorOn } from './factors.ts';
import { type Saving, savingOf } from './saving.ts';

/** What so many of a certified reward save. Null: no factor is known. */
export function rewardSaving(
  { id, behaviour, activityMilli }: Certificate,
  { day, quantity }: Readonly<{ day: Day; quantity: number }>,
  factors: readonly Factor[],
): Saving | null {
  const factor = behaviour === null ? null : factorOn(behaviour, day, factors);
  if (factor === null || activityMilli === null) return null;
  const pieces = believedOf(factor.code, { activityMilli, pieces: quantity });
  return savingOf(factor, { activityMilli, pieces }, id);
}

/**
 * The certificate that speaks for a reward on a day, of all of its merchant that cover it: one with a known factor
 * first, of those the one that claims least, of equals the first by number.
 */
export function rewardCertificate<Known extends Certificate>(
  certificates: readonly Known[],
  { merchantId, day }: Readonly<{ merchantId: string; day: Day }>,
  factors: readonly Factor[],
): Known | null {
  const claim = (certificate: Known): number =>
    rewardSaving(certificate, { day, quantity: 1 }, factors)?.grams ?? Number.MAX_SAFE_INTEGER;
  const [best] = certificates
    .filter((certificate) => certificate.merchantId === merchantId && isValidOn(certificate, day))
    .toSorted((a, b) => claim(a) - claim(b) || (a.number < b.number ? -1 : 1));
  return best ?? null;
}
