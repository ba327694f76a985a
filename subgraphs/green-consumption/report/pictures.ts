import { isoDay } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import type { GreenChart } from '../schema.generated.ts';
import { barChart } from './chart.ts';
import { equivalentsOf, kilograms, nameOf, periodOf, type Report, sentence } from './report.ts';

/** A report as a picture. */
export function chartOf(report: Report, kind: GreenChart, locale: Locale): Promise<string> {
  const { scope, period, figures, code } = report;
  const total = sentence('REPORT_TOTAL', locale, { kilograms: kilograms(figures.grams, locale) });
  const told = equivalentsOf(report, locale)
    .filter(({ units }) => units > 0)
    .map(({ name, units, unit }) => `${name} ${units.toLocaleString(locale)} ${unit}`);
  const asMuch = told.length === 0 ? '' : ` ≈ ${told.join(locale === 'en' ? ', ' : '，')}`;
  return barChart({
    title: `${sentence(`REPORT_TITLE_${scope}`, locale)} · ${sentence('REPORT_PERIOD', locale, periodOf(period))}`,
    subtitle: `${total}${asMuch}`,
    foot: sentence('REPORT_CODE', locale, { code }),
    unit: 'kg CO2e',
    bars:
      kind === 'MONTHS'
        ? figures.months.map(({ month, grams }) => ({ name: isoDay(month).slice(0, 7), grams }))
        : figures.behaviours.map(({ versions, code: behaviour, grams }) => ({
            ...{ name: nameOf(versions, behaviour, locale), grams },
          })),
    isLying: kind === 'BEHAVIOURS',
    locale,
  });
}
