import type { Day } from '../../../../shared/calendar.ts';
import { type Fraction, sum } from '../../../../shared/quantities.ts';
import { type Factor, factorVersion, type GasBasis } from '../../domain/factors.ts';
import { SHOWN_BASIS } from '../../domain/saving.ts';
import { monthOf } from './period.ts';
import { ranges } from './ranges.ts';

/** What was saved on a day by one version of one factor, corrections included. */
export type DaySum = Readonly<{
  day: Day;
  factorCode: string;
  factorVersion: string;
  basis: GasBasis;
  grams: number;
  entries: number;
}>;

/** What one behaviour saved. */
export type BehaviourSum = Readonly<{
  code: string;
  basis: GasBasis;
  grams: number;
  entries: number;
  /** All versions that were used, the oldest first. */
  versions: readonly Factor[];
}>;

/** The figures of a report. Those in CO2 alone are in `apart` and in no total. */
export type ReportFigures = Readonly<{
  grams: number;
  entries: number;
  behaviours: readonly BehaviourSum[];
  apart: readonly BehaviourSum[];
  /** By the first day of the month, every month in which something was saved. */
  months: readonly Readonly<{ month: Day; grams: number }>[];
  range: Readonly<{ low: number; high: number; gramsWithoutRange: number }>;
}>;

/** Puts days together. Nothing is rounded again: grams were rounded once, entry by entry. */
export function reportOf(days: readonly DaySum[], factors: readonly Factor[]): ReportFigures {
  const all = behavioursOf(days, factors);
  const shown = days.filter(({ basis }) => basis === SHOWN_BASIS);
  const behaviours = all.filter(({ basis }) => basis === SHOWN_BASIS);
  const byMonth = Map.groupBy(shown, ({ day }) => monthOf(day));
  return {
    grams: sum(shown.map(({ grams }) => grams)),
    entries: sum(shown.map(({ entries }) => entries)),
    behaviours,
    apart: all.filter(({ basis }) => basis !== SHOWN_BASIS),
    months: [...byMonth]
      .map(([month, of]) => ({ month, grams: sum(of.map(({ grams }) => grams)) }))
      .toSorted((one, other) => one.month - other.month),
    range: rangeOf(shown, factors),
  };
}

function behavioursOf(days: readonly DaySum[], factors: readonly Factor[]): BehaviourSum[] {
  const alike = Map.groupBy(days, (day) => `${day.factorCode} ${day.basis}`);
  return [...alike.values()]
    .flatMap((of): BehaviourSum[] => {
      const [first] = of;
      if (first === undefined) return [];
      const used = new Map(of.map((one) => [`${one.factorCode} ${one.factorVersion}`, one]));
      const versions = [...used.values()]
        .map((one) => factorVersion(one.factorCode, one.factorVersion, factors))
        .toSorted(
          (a, b) => order(a.code, b.code) || a.since - b.since || order(a.version, b.version),
        );
      const grams = sum(of.map((one) => one.grams));
      const entries = sum(of.map((one) => one.entries));
      return [{ code: first.factorCode, basis: first.basis, grams, entries, versions }];
    })
    .toSorted((a, b) => b.grams - a.grams || order(a.code, b.code));
}

const order = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/**
 * Between which numbers the total lies by the sources: what each version of a factor gave in proportion to the range of
 * its behaviour, rounded down. What has no range counts as it is, and how much that is stands beside it.
 */
function rangeOf(days: readonly DaySum[], factors: readonly Factor[]): ReportFigures['range'] {
  let [low, high, gramsWithoutRange] = [0, 0, 0];
  const alike = Map.groupBy(days, (day) => `${day.factorCode} ${day.factorVersion}`);
  for (const of of alike.values()) {
    const [first] = of;
    if (first === undefined) continue;
    const grams = sum(of.map((one) => one.grams));
    const { saving, since } = factorVersion(first.factorCode, first.factorVersion, factors);
    // Of what operators publish the sources are others.
    const range = since === 0 ? ranges[first.factorCode] : undefined;
    if (range === undefined) gramsWithoutRange += grams;
    // Of what was taken back in a time, and saved before it, the ends change places.
    const ends =
      range === undefined
        ? [grams]
        : [range.low, range.high].map((end) => inProportion(grams, saving, end));
    low += Math.min(grams, ...ends);
    high += Math.max(grams, ...ends);
  }
  return { low, high, gramsWithoutRange };
}

/** What so many grams of one saving are by another, rounded down. */
const inProportion = (grams: number, saving: Fraction, other: Fraction): number =>
  Number(
    (BigInt(grams) * BigInt(other.numerator) * BigInt(saving.denominator)) /
      (BigInt(other.denominator) * BigInt(saving.numerator)),
  );
