import { assert } from '../../../shared/assert.ts';
import { addDays, addMonths, type Day } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';

/** A level of membership, reached by points earned in the window, not by the balance (S7). */
export type Tier = Readonly<{
  code: 'STANDARD' | 'SILVER' | 'GOLD';
  name: Readonly<Record<Locale, string>>;
  /** The least qualifying points. */
  threshold: number;
}>;

/** Lowest first. Everybody has at least the first one. GOLD at 50,000 is TV5. */
export const tiers: readonly Tier[] = [
  { code: 'STANDARD', name: { en: 'Standard', 'zh-CN': '普通会员' }, threshold: 0 },
  { code: 'SILVER', name: { en: 'Silver', 'zh-CN': '银卡会员' }, threshold: 5_000 },
  { code: 'GOLD', name: { en: 'Gold', 'zh-CN': '金卡会员' }, threshold: 50_000 },
];

const WINDOW_MONTHS = 12;

/** The days whose points count for a tier on `today`: the twelve months that end with it. */
export const qualifyingWindow = (today: Day): Readonly<{ from: Day; to: Day }> => ({
  from: addDays(addMonths(today, -WINDOW_MONTHS), 1),
  to: today,
});

/** The tier for so many qualifying points. The points are all it depends on (S25, R19). */
export function tierFor(points: number): Tier {
  const reached = tiers.findLast(({ threshold }) => points >= threshold) ?? tiers[0];
  assert(reached !== undefined, 'there is a lowest tier');
  return reached;
}

/** The next higher tier, or null at the top. */
export const tierAfter = (tier: Tier): Tier | null => tiers[tiers.indexOf(tier) + 1] ?? null;
