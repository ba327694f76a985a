import { addDays, dayOf, isoDay, weekdayOf } from '../../../../shared/calendar.ts';
import { CONDITION_LISTS, type Condition, type RuleTerms } from './terms.ts';

/** A rule and when it is in force: from its first instant, until the instant at which it no longer is. */
export type PlacedRule = Readonly<{ terms: RuleTerms; from: Date; until: Date | null }>;

/**
 * Whether two rules of one programme can both be about one line of an order without anything saying how they
 * stack: two rates of one priority and currency, or two bonuses (multiplier or fixed) without a group. Which of
 * them is paid, or whether both are, would then be for the reader to guess.
 */
export function overlaps(a: PlacedRule, b: PlacedRule): boolean {
  return a.terms.trigger === b.terms.trigger && isUnstacked(a.terms, b.terms) && canMeet(a, b);
}

function isUnstacked({ award: a }: RuleTerms, { award: b }: RuleTerms): boolean {
  if (a.kind === 'RATE' && b.kind === 'RATE') {
    return a.priority === b.priority && a.rate.currency === b.rate.currency;
  }
  if (a.kind === 'RATE' || b.kind === 'RATE') return false;
  return a.group === null && b.group === null;
}

/** Whether there is an order, at some time, of which one line fits both. */
export function canMeet(a: PlacedRule, b: PlacedRule): boolean {
  const [left, right] = [a.terms.condition, b.terms.condition];
  const meetsInLists = CONDITION_LISTS.every((name) => common(left[name], right[name]));
  const meetsInGreen =
    left.isGreen === null || right.isGreen === null || left.isGreen === right.isGreen;
  return meetsInLists && meetsInGreen && canMeetInTime(a, b);
}

type Listed = readonly (string | number)[] | null;

/** Whether something is in both lists. A list that is null has everything. */
function common(a: Listed, b: Listed): boolean {
  if (a === null) return b === null || b.length > 0;
  return b === null ? a.length > 0 : a.some((value) => b.includes(value));
}

type Minutes = Readonly<{ from: number; until: number }>;

const MINUTE_MS = 60_000;
/** However it lies, a window as long as this has every minute of every day of the week in it. */
const WHOLE_WEEK_MS = 8 * 24 * 60 * MINUTE_MS;

function canMeetInTime(a: PlacedRule, b: PlacedRule): boolean {
  const [left, right] = [a.terms.condition, b.terms.condition];
  const from = Math.max(beginOf(a), beginOf(b));
  const until = Math.min(endOf(a), endOf(b));
  if (from >= until) return false;
  const slots = slotsOf(left).flatMap((one) =>
    slotsOf(right).map((other) => ({
      from: Math.max(one.from, other.from),
      until: Math.min(one.until, other.until),
    })),
  );
  const filled = slots.filter((slot) => slot.from < slot.until);
  if (filled.length === 0) return false;
  if (until - from >= WHOLE_WEEK_MS) return true;
  const last = dayOf(new Date(until - 1));
  for (let day = dayOf(new Date(from)); day <= last; day = addDays(day, 1)) {
    const start = Date.parse(`${isoDay(day)}T00:00:00+08:00`);
    if (!isOn(left, start) || !isOn(right, start)) continue;
    const hits = filled.some(
      (slot) => start + slot.from * MINUTE_MS < until && start + slot.until * MINUTE_MS > from,
    );
    if (hits) return true;
  }
  return false;
}

const isOn = ({ weekdays }: Condition, start: number): boolean =>
  weekdays === null || weekdays.includes(weekdayOf(new Date(start)));

const beginOf = ({ terms: { condition }, from }: PlacedRule): number =>
  Math.max(from.getTime(), condition.from === null ? -Infinity : Date.parse(condition.from));

const endOf = ({ terms: { condition }, until }: PlacedRule): number =>
  Math.min(
    until === null ? Infinity : until.getTime(),
    condition.until === null ? Infinity : Date.parse(condition.until),
  );

/** The minutes of a day that a condition is for. Hours that end before they begin go over midnight. */
function slotsOf({ hours }: Condition): Minutes[] {
  if (hours === null) return [{ from: 0, until: 24 * 60 }];
  if (hours.from <= hours.until) return [hours];
  return [
    { from: 0, until: hours.until },
    { from: hours.from, until: 24 * 60 },
  ];
}
