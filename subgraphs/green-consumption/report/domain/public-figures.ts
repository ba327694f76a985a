import type { Day } from '../../../../shared/calendar.ts';
import { sum } from '../../../../shared/quantities.ts';
import { SHOWN_BASIS } from '../../domain/saving.ts';
import type { DaySum } from './report.ts';

/** How many members stand behind a month. Whoever took back all that she saved in it is none of them. */
export type MonthMembers = Readonly<{
  month: Day;
  /** In all that is told in CO2e. */
  members: number;
  /** By `cellOf`: in what one version of a factor gave. */
  cells: ReadonlyMap<string, number>;
}>;

/** The first day of a month. */
export const monthOf = (day: Day): Day => day - (day % 100) + 1;

/** What is told apart within a month. */
export const cellOf = ({
  factorCode,
  factorVersion,
  basis,
}: Pick<DaySum, 'factorCode' | 'factorVersion' | 'basis'>): string =>
  `${factorCode} ${factorVersion} ${basis}`;

/**
 * What of whole months may be told in public, so that nothing rests on fewer than `least` members:
 *
 * - A month of fewer is left out.
 * - Within a month, what fewer did goes into one sum of others, together with the smallest that enough did.
 * - What is known in CO2 alone is in no total, so it is left out where it rests on fewer.
 *
 * A month is told in the same way whatever period it is asked in, so two periods that are subtracted give months that
 * may be told anyway.
 */
export function publicFigures(
  days: readonly DaySum[],
  months: readonly MonthMembers[],
  least: number,
): Readonly<{ days: readonly DaySum[]; withheld: readonly Day[] }> {
  const behind = new Map(months.map((one) => [one.month, one]));
  const isEnough = (day: DaySum) =>
    (behind.get(monthOf(day.day))?.cells.get(cellOf(day)) ?? 0) >= least;
  const apart = days.filter((day) => day.basis !== SHOWN_BASIS && isEnough(day));
  const shown = Map.groupBy(
    days.filter(({ basis }) => basis === SHOWN_BASIS),
    ({ day }) => monthOf(day),
  );
  const [told, withheld]: [DaySum[], Day[]] = [[], []];
  for (const [month, of] of shown) {
    if ((behind.get(month)?.members ?? 0) < least) withheld.push(month);
    else told.push(...foldedOf(of, isEnough));
  }
  return { days: [...told, ...apart], withheld: withheld.toSorted((a, b) => a - b) };
}

/** A month, with what too few did in one sum of others. That sum takes in the smallest that enough did. */
function foldedOf(days: readonly DaySum[], isEnough: (day: DaySum) => boolean): DaySum[] {
  const enough = [...Map.groupBy(days.filter(isEnough), cellOf).values()].toSorted(
    (one, other) => gramsOf(one) - gramsOf(other),
  );
  const few = days.filter((day) => !isEnough(day));
  if (few.length === 0) return [...days];
  const others = [...few, ...(enough[0] ?? [])];
  return [...others.map((day) => ({ ...day, isOther: true as const })), ...enough.slice(1).flat()];
}

const gramsOf = (days: readonly DaySum[]): number => sum(days.map(({ grams }) => grams));
