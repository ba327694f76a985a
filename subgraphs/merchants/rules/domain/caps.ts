import { CAP_NAMES, type CapName, cutBy, type Earned } from './award-order.ts';
import type { EarningRule, Reason } from './earning.ts';

/** How many points may still be given under each bound; null: no bound. */
export type Room = Readonly<Record<Exclude<CapName, 'perOrder'>, number | null>>;

export const NO_BOUNDS: Room = { perMemberPerDay: null, perMember: null, budget: null };

/** Points that a rule gives, what they come from, and what they are less than it would give without bounds. */
export type RuleAward<Rule extends EarningRule = EarningRule> = Readonly<{
  rule: Rule;
  lines: readonly number[];
  points: number;
  qualifyingPoints: number;
  /** The least room there was, kept so that returns are worked out under the same; null: no bound. */
  room: number | null;
  reasons: readonly Reason[];
}>;

/** What of what a rule earns there is room for. */
export function withinRoom<Rule extends EarningRule>(
  { rule, lines, points: earned, qualifying, reasons }: Earned<Rule>,
  room: Room,
): RuleAward<Rule> {
  const cuts: Reason[] = [];
  let points = earned;
  for (const cap of CAP_NAMES) {
    const left = cap === 'perOrder' ? null : room[cap];
    if (left === null || points <= left) continue;
    cuts.push(cutBy(cap, points - left));
    points = left;
  }
  return {
    rule,
    lines,
    points,
    qualifyingPoints: qualifying ?? points,
    room: leastOf(room),
    reasons: [...reasons, ...cuts],
  };
}

const leastOf = ({ perMemberPerDay, perMember, budget }: Room): number | null => {
  const bounds = [perMemberPerDay, perMember, budget].filter((bound) => bound !== null);
  return bounds.length === 0 ? null : Math.min(...bounds);
};

/** What there was room for at the purchase, of what the rest of it earns. */
export const withinKept = (earned: Pick<Earned, 'points'>, room: number | null): number =>
  room === null ? earned.points : Math.min(earned.points, room);
