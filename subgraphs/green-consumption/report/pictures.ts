import { addMonths, isoDay } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { sum } from '../../../shared/quantities.ts';
import { MEMBERS_MIN } from '../../../shared/query-kit/group.ts';
import { toldIn } from '../factors/domain/chinese.ts';
import type { GreenChart } from '../schema.generated.ts';
import { BARS_MAX, barChart } from './chart.ts';
import type { ReportFigures } from './domain/report.ts';
import { equivalentsOf, headsOf, nameOf, type Report, sentence, totalOf } from './report.ts';

/** A report as a picture. */
export function chartOf(report: Report, kind: GreenChart, locale: Locale): Promise<string> {
  const { figures, code, merchantId, isPublic } = report;
  const total = totalOf(figures, locale);
  const told = equivalentsOf(report, locale)
    .filter(({ units }) => units > 0)
    .map(
      ({ name, units, unit }) => `${name} ${units.toLocaleString(locale)} ${toldIn(locale, unit)}`,
    );
  const asMuch = told.length === 0 ? '' : ` ≈ ${told.join(locale === 'en' ? ', ' : '，')}`;
  return barChart({
    heads: headsOf(report, locale),
    subtitle: `${total}${asMuch}`,
    foot: [
      [
        sentence('REPORT_PICTURE', locale),
        ...(isPublic ? [sentence('REPORT_PICTURE_PUBLIC', locale, { least: MEMBERS_MIN })] : []),
      ].join(locale === 'en' ? ' ' : ''),
      ...(merchantId === null ? [] : [sentence('REPORT_PICTURE_OF', locale, { id: merchantId })]),
      sentence('REPORT_CODE', locale, { code }),
    ].join('\n'),
    unit: 'kg CO2e',
    bars:
      kind === 'MONTHS'
        ? timesOf(figures.months)
        : figures.behaviours.map(({ versions, code: behaviour, grams }) => ({
            ...{ name: nameOf(versions, behaviour, locale), grams },
          })),
    isLying: kind === 'BEHAVIOURS',
    locale,
  });
}

/** Every month from the first to the last in which something was saved, or every year when they are many. */
export function timesOf(months: ReportFigures['months']): { name: string; grams: number }[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const names: string[] = [];
  for (let month = first.month; month <= last.month; month = addMonths(month, 1)) {
    names.push(isoDay(month));
  }
  const signs = names.length > BARS_MAX ? 'YYYY'.length : 'YYYY-MM'.length;
  const saved = Map.groupBy(months, ({ month }) => isoDay(month).slice(0, signs));
  return [...new Set(names.map((name) => name.slice(0, signs)))].map((name) => ({
    ...{ name, grams: sum((saved.get(name) ?? []).map(({ grams }) => grams)) },
  }));
}
