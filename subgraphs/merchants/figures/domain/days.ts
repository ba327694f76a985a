import { daysBetween, isoDay, parseIsoDay } from '../../../../shared/calendar.ts';

/** From an instant (included) until another (excluded). */
export type Period = Readonly<{ from: Date; until: Date }>;

export const PERIOD_DAYS_MAX = 400;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days on the calendar of the books, both included; null: they run backwards, or are too many. */
export function periodOf(from: string, until: string): Period | null {
  const days = daysBetween(parseIsoDay(from), parseIsoDay(until)) + 1;
  if (days < 1 || days > PERIOD_DAYS_MAX) return null;
  const start = beginOf(from);
  return { from: start, until: new Date(start.getTime() + days * DAY_MS) };
}

/** So many whole days before a day, on the calendar of the books. */
export function periodBefore(day: number, days: number): Period {
  const until = beginOf(isoDay(day));
  return { from: new Date(until.getTime() - days * DAY_MS), until };
}

/** There is no daylight saving on this calendar, so a day has 24 hours. */
const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
