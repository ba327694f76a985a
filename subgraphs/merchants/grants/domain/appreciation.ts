import { REBATE_MAX } from '../../compliance/domain/rebate.ts';
import type { RuleTerms, TierWeight } from '../../rules/domain/terms.ts';
import { ANYTHING } from '../../rules/domain/terms.ts';

/** What a rule says of an appreciation: its period, its budget, and the most that one member gets. */
export type AppreciationTerms = Readonly<{
  from: Date;
  /** The first instant after the period. */
  until: Date;
  budget: number;
  most: number;
  /** Only members of these tiers take part; null: all. */
  tiers: readonly string[] | null;
}>;

/**
 * Reads it, or answers null for a rule by which nothing can be shared out: one of another trigger or basis,
 * without a period or a budget, or with a condition that is about single purchases.
 */
export function appreciationOf(terms: RuleTerms): AppreciationTerms | null {
  const { trigger, appreciation, award, condition, caps } = terms;
  const { from, until, tiers, ...others } = condition;
  if (trigger !== 'APPRECIATION' || appreciation !== 'FIXED_BUDGET') return null;
  if (award.kind !== 'FIXED' || caps.budget === null) return null;
  if (from === null || until === null || caps.perMemberPerDay !== null) return null;
  const names = Object.keys(others) as (keyof typeof others)[];
  if (names.some((name) => condition[name] !== ANYTHING[name])) return null;
  const bounds = [award.points, caps.perOrder, caps.perMember].filter((bound) => bound !== null);
  return {
    from: new Date(from),
    until: new Date(until),
    budget: caps.budget,
    most: Math.min(...bounds),
    tiers,
  };
}

/** So much money, in the smallest unit, for so many points. */
export type Worth = Readonly<{ minor: number; points: number }>;

/**
 * The most points that may be granted for what was paid in the period: points at their highest cash-equivalent
 * are at most the ceiling of rebates (L9).
 */
export function ceilingPoints(paidMinor: number, { minor, points }: Worth): number {
  const { over, under } = REBATE_MAX;
  const exact = (BigInt(paidMinor) * over * BigInt(points)) / (under * BigInt(minor));
  return exact > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(exact);
}

/** How many times the share of weight 1 a member of a tier gets; null: she does not take part. */
export function weightOf(
  tier: string | null,
  weights: readonly TierWeight[] | null,
  { tiers }: Pick<AppreciationTerms, 'tiers'>,
): number | null {
  if (tiers === null) return 1;
  if (tier === null || !tiers.includes(tier)) return null;
  return weights?.find((one) => one.tier === tier)?.weight ?? 1;
}
