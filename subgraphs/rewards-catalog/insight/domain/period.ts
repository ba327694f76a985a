import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  isoDay,
  NEVER,
  parseIsoDay,
} from '../../../../shared/calendar.ts';

/** Whole days on the calendar of the books: the first and the last of them, and both as instants. */
export type Period = Readonly<{
  from: Day;
  until: Day;
  fromMs: number;
  /** The first millisecond after it. */
  endMs: number;
}>;

/** From a day to another, both included; null: they run backwards, or are too many. */
export function daysFrom(from: string, until: string, daysMax: number): Period | null {
  const [first, last] = [parseIsoDay(from), parseIsoDay(until)];
  const days = daysBetween(first, last) + 1;
  return days >= 1 && days <= daysMax && last < NEVER ? periodOf(first, last) : null;
}

/** The whole months from that of a day to that of another; null: they run backwards, or are too many. */
export function monthsFrom(from: string, until: string, monthsMax: number): Period | null {
  const [first, last] = [monthOf(parseIsoDay(from)), monthOf(parseIsoDay(until))];
  const end = addMonths(first, monthsMax);
  return last >= first && last < end && last < LAST_MONTH
    ? periodOf(first, addDays(addMonths(last, 1), -1))
    : null;
}

/** After it the calendar has no more months. */
const LAST_MONTH: Day = 99991201;

/** The first day of the month of a day. */
export const monthOf = (day: Day): Day => day - (day % 100) + 1;

const periodOf = (from: Day, until: Day): Period => ({
  from,
  until,
  fromMs: startOf(from),
  endMs: startOf(addDays(until, 1)),
});

/** There is no daylight saving on this calendar. */
const startOf = (day: Day): number => Date.parse(`${isoDay(day)}T00:00:00+08:00`);

/** What to add to an instant so that its UTC date is its day on the calendar of the books. */
export const SHIFT_MS = 8 * 60 * 60 * 1000;
