import { type Day, isoDay } from '../../../shared/calendar.ts';
import { type Locale, word } from '../../../shared/graphql/wording.ts';
import { sum } from '../../../shared/quantities.ts';
import { MEMBERS_MIN } from '../../../shared/query-kit/group.ts';
import type { Factor } from '../domain/factors.ts';
import { toldIn } from '../factors/domain/chinese.ts';
import type { GreenReportScope } from '../schema.generated.ts';
import { equivalents, unitsOf } from './domain/equivalents.ts';
import type { Period } from './domain/period.ts';
import type { ReportFigures } from './domain/report.ts';
import { reportWording } from './wording.ts';

/** A report with all that its words need. */
export type Report = Readonly<{
  scope: GreenReportScope;
  period: Period;
  figures: ReportFigures;
  /** As it is told in public. */
  isPublic: boolean;
  /** Months of which nothing is told in public, by their first days. */
  withheld: readonly Day[];
  code: string;
  /** Whose it is; null: of more than one member. */
  memberId: string | null;
  /** Whose it is; null: no merchant's. */
  merchantId: string | null;
  /** Its name in the language of the caller; null: not known. */
  merchantName: string | null;
}>;

/** Whose it is, and of when. */
export const titleOf = (report: Report, locale: Locale): string =>
  headsOf(report, locale).join(' · ');

/** The same in lines: the name of a merchant may be long. */
export const headsOf = ({ scope, period, merchantName }: Report, locale: Locale): string[] => [
  ...(merchantName === null ? [] : [merchantName]),
  `${sentence(`REPORT_TITLE_${scope}`, locale)} · ${sentence('REPORT_PERIOD', locale, periodOf(period))}`,
];

/** A sentence of reports. */
export const sentence = (
  code: string,
  locale: Locale,
  parameters: Record<string, string | number> = {},
): string => word(reportWording, code, locale, parameters);

/** What is known in CO2 alone. */
const apartOf = ({ apart }: ReportFigures, locale: Locale): string[] =>
  apart.length === 0
    ? []
    : [
        sentence('REPORT_APART', locale, {
          kilograms: kilograms(sum(apart.map(({ grams }) => grams)), locale),
        }),
      ];

/** What it comes to, in one line. */
export const totalOf = ({ grams }: ReportFigures, locale: Locale): string =>
  sentence(grams < 0 ? 'REPORT_TOTAL_BACK' : 'REPORT_TOTAL', locale, {
    kilograms: kilograms(Math.abs(grams), locale),
  });

/** Between which numbers it lies, and what of it rests on one number alone. */
function rangeOf({ grams, range }: ReportFigures, locale: Locale): string[] {
  const { gramsWithoutRange } = range;
  // What was taken back is told as so much of it.
  const [low, high] = grams < 0 ? [-range.high, -range.low] : [range.low, range.high];
  if (low === high) return grams === 0 ? [] : [sentence('REPORT_NO_RANGE', locale)];
  const without = kilograms(Math.abs(gramsWithoutRange), locale);
  const named = { low: kilograms(low, locale), high: kilograms(high, locale), without };
  return [
    sentence(gramsWithoutRange === 0 ? 'REPORT_RANGE' : 'REPORT_RANGE_PARTLY', locale, named),
  ];
}

/** Kilograms with two places, cut off and not rounded up; of less than one every gram. */
export const kilograms = (grams: number, locale: Locale): string => {
  const maximumFractionDigits = Math.abs(grams) < 1_000 ? 3 : 2;
  return new Intl.NumberFormat(locale, { maximumFractionDigits, roundingMode: 'trunc' }).format(
    grams / 1000,
  );
};

/** The newest name of a behaviour. */
export const nameOf = (versions: readonly Factor[], code: string, locale: Locale): string =>
  versions.at(-1)?.name[locale] ?? code;

/** What may be passed on by itself: it has the period, the boundary and the sources (S52). */
export function statementOf({ period, figures, ...told }: Report, locale: Locale): string {
  const said = sentence(figures.grams < 0 ? 'REPORT_TAKEN_BACK' : 'REPORT_STATEMENT', locale, {
    ...periodOf(period),
    entries: figures.entries,
    kilograms: kilograms(Math.abs(figures.grams), locale),
  });
  const all = [...figures.behaviours, ...figures.apart];
  const versions = all.flatMap((behaviour) => behaviour.versions);
  const sources = [...new Set(versions.map(({ source }) => toldIn(locale, source)))];
  const named = sentence('REPORT_SOURCES', locale, {
    sources: sources.join(locale === 'en' ? '; ' : '；'),
  });
  const parts = [
    said,
    ...rangeOf(figures, locale),
    ...apartOf(figures, locale),
    sentence('REPORT_NO_MORE', locale),
    ...publicOf(told, locale),
    sentence('REPORT_NOTE_BOUNDARY', locale),
    ...(sources.length > 0 ? [named] : []),
  ];
  return parts.join(locale === 'en' ? ' ' : '');
}

export const periodOf = ({ from, until }: Period) => ({ from: isoDay(from), until: isoDay(until) });

export const notesOf = (told: Pick<Report, 'isPublic' | 'withheld'>, locale: Locale): string[] => [
  ...['METHOD', 'VERSIONS', 'BASIS', 'BOUNDARY', 'POINTS'].map((note) =>
    sentence(`REPORT_NOTE_${note}`, locale),
  ),
  ...publicOf(told, locale),
];

/** What is otherwise in public. */
const publicOf = (
  { isPublic, withheld }: Pick<Report, 'isPublic' | 'withheld'>,
  locale: Locale,
) => [
  ...(isPublic ? [sentence('REPORT_PUBLIC', locale, { least: MEMBERS_MIN })] : []),
  ...(withheld.length === 0
    ? []
    : [
        sentence('REPORT_WITHHELD', locale, {
          months: withheld
            .map((month) => isoDay(month).slice(0, 7))
            .join(locale === 'en' ? ', ' : '、'),
        }),
      ]),
];

/** What the total is as much as; nothing for a total of nothing. */
export const equivalentsOf = ({ figures }: Report, locale: Locale) =>
  equivalents.map(({ code, unit, source, ...one }) => ({
    ...{ code, unit, source: toldIn(locale, source) },
    name: sentence(`REPORT_EQUIVALENT_${code}`, locale),
    units: unitsOf({ code, unit, source, ...one }, figures.grams),
  }));
