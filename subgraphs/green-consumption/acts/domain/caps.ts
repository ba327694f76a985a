import type { Day } from '../../../../shared/calendar.ts';
import type { Behaviour, Cap } from './behaviours.ts';

/** What a member has recorded in a day or a month: of a behaviour, or of a group of them. */
export type Use = Readonly<{
  acts: number;
  /** What she did, and what of it counts, in thousandths. Of a group of several behaviours it says nothing. */
  claimedMilli: number;
  countedMilli: number;
}>;

export const UNUSED: Use = { acts: 0, claimedMilli: 0, countedMilli: 0 };

/** `D20261122` and `M202611`: the day decides on which the act took place. */
export const dayPeriod = (day: Day): string => `D${day}`;
export const monthPeriod = (day: Day): string => `M${Math.floor(day / 100)}`;
export const periodOf = ({ period }: Pick<Cap, 'period'>, day: Day): string =>
  period === 'DAY' ? dayPeriod(day) : monthPeriod(day);

/** Whose use a cap bounds: acts that are the same deed together, activity by its unit. */
export const scopeOf = (
  { measure }: Pick<Cap, 'measure'>,
  { code, group }: Pick<Behaviour, 'code' | 'group'>,
): string => (measure === 'ACTS' ? group : code);

export type Counted = Readonly<{
  /** What of the activity counts, in thousandths; 0: a cap was reached before. */
  milli: number;
  /** The cap that cut it; null: all of it counts. */
  cap: Cap | null;
}>;

/**
 * What of an activity still counts under the caps. Of what is measured the part that is left counts, of acts that
 * are counted none or all. What is whole counts in whole units.
 */
export function countedOf(
  { caps, isWhole }: Pick<Behaviour, 'caps' | 'isWhole'>,
  activityMilli: number,
  useOf: (cap: Cap) => Use,
): Counted {
  let counted: Counted = { milli: activityMilli, cap: null };
  for (const cap of caps) {
    const { acts, countedMilli } = useOf(cap);
    const left = leftUnder(cap, { acts, countedMilli, activityMilli });
    const milli = isWhole ? left - (left % 1_000) : left;
    if (milli < counted.milli) counted = { milli, cap };
  }
  return counted;
}

function leftUnder(
  { measure, most }: Cap,
  { acts, countedMilli, activityMilli }: Omit<Use, 'claimedMilli'> & { activityMilli: number },
): number {
  if (measure === 'ACTS') return acts < most ? activityMilli : 0;
  return Math.max(0, most - countedMilli);
}
