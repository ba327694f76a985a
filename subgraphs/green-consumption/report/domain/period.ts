import {
  addDays,
  addMonths,
  beginningOf,
  type Day,
  daysBetween,
  parseIsoDay,
} from '../../../../shared/calendar.ts';

/** Days on the calendar of the books, the first and the last one included; `endMs` is the first instant after them. */
export type Period = Readonly<{ from: Day; until: Day; fromMs: number; endMs: number }>;

/** Ten years and a bit: a report is for a time that somebody can look back on. */
export const DAYS_MAX = 3_700;

/** The first day of a month. */
export const monthOf = (day: Day): Day => day - (day % 100) + 1;

/** The first days of the months from one day to another. */
export function monthsIn({ from, until }: Pick<Period, 'from' | 'until'>): Day[] {
  const months: Day[] = [];
  for (let month = monthOf(from); month <= until; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Whether it is whole months, from a first to a last day. */
export const isWholeMonths = ({ from, until }: Pick<Period, 'from' | 'until'>): boolean =>
  from % 100 === 1 && addDays(until, 1) % 100 === 1;

/** Whether it is days of one calendar month. */
export const isWithinMonth = ({ from, until }: Period): boolean =>
  Math.floor(from / 100) === Math.floor(until / 100);

/** The days from one to another that have begun by `today`. Null: they run backwards, are too many, or lie in the future. */
export function periodFrom(from: string, until: string, today: Day): Period | null {
  const [first, last] = [parseIsoDay(from), parseIsoDay(until)];
  const days = daysBetween(first, last) + 1;
  if (days < 1 || days > DAYS_MAX || last > today) return null;
  return {
    from: first,
    until: last,
    fromMs: beginningOf(first),
    endMs: beginningOf(addDays(last, 1)),
  };
}
