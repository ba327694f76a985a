import type { Day } from '../../../../shared/calendar.ts';
import { addDays, addMonths } from '../../../../shared/calendar.ts';
import { sum } from '../../../../shared/quantities.ts';
import { monthOf, type Period } from './period.ts';

/** What a member saved on a day, in the smallest unit of one currency. */
export type SavedOnDay = Readonly<{
  day: Day;
  currency: string;
  minor: number;
  redemptions: number;
}>;

/** What was saved from a day to another, both included, by currency. */
export type SavedInPeriod = Readonly<{
  from: Day;
  until: Day;
  redemptions: number;
  saved: readonly Readonly<{ amountMinor: number; currency: string }>[];
}>;

type Asked = Pick<Period, 'from' | 'until'>;

/** All of it, which is nothing when there are no days. */
export const savedIn = ({ from, until }: Asked, days: readonly SavedOnDay[]): SavedInPeriod => ({
  from,
  until,
  redemptions: sum(days.map(({ redemptions }) => redemptions)),
  saved: [...Map.groupBy(days, ({ currency }) => currency)]
    .map(([currency, of]) => ({ currency, amountMinor: sum(of.map(({ minor }) => minor)) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
});

/** By calendar month, the earliest first: those in which something was saved, as far as they lie in the period. */
export const savedByMonth = (period: Asked, days: readonly SavedOnDay[]): SavedInPeriod[] =>
  byStretch(period, days, (day) => ({
    from: monthOf(day),
    until: addDays(addMonths(monthOf(day), 1), -1),
  }));

/** By calendar year, likewise. */
export const savedByYear = (period: Asked, days: readonly SavedOnDay[]): SavedInPeriod[] =>
  byStretch(period, days, (day) => {
    const january = day - (day % 10_000) + 101;
    return { from: january, until: january + 1130 };
  });

function byStretch(
  period: Asked,
  days: readonly SavedOnDay[],
  stretchOf: (day: Day) => Asked,
): SavedInPeriod[] {
  return [...Map.groupBy(days, ({ day }) => stretchOf(day).from)]
    .toSorted(([a], [b]) => a - b)
    .map(([from, of]) => {
      const { until } = stretchOf(from);
      const inside = { from: Math.max(from, period.from), until: Math.min(until, period.until) };
      return savedIn(inside, of);
    });
}
