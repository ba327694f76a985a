import { type Day, isoDay } from '../../../shared/calendar.ts';
import { type Locale, word } from '../../../shared/graphql/wording.ts';
import { tierAfter, tierFor } from '../domain/tiers.ts';
import { wording } from '../wording.ts';

type Inputs = Readonly<{ points: number; from: Day; to: Day }>;

/** Why a member has her tier: every input of the decision, in her language (S25, R19). */
export function explainTier({ points, from, to }: Inputs, locale: Locale): string {
  const tier = tierFor(points);
  const next = tierAfter(tier);
  const reached = {
    tier: tier.name[locale],
    points,
    from: isoDay(from),
    to: isoDay(to),
    threshold: tier.threshold,
  };
  if (next === null) return word(wording, 'HIGHEST_TIER_EXPLAINED', locale, reached);
  return word(wording, 'TIER_EXPLAINED', locale, {
    ...reached,
    next: next.name[locale],
    nextThreshold: next.threshold,
    missing: next.threshold - points,
  });
}
