import type { Locale } from '../../../shared/graphql/wording.ts';
import { sentence } from '../wording.ts';
import type { Summary } from './import-file.ts';

/** What became of a file, for people. `report` is where the rows that were not recorded stand. */
export function summaryText(summary: Summary, report: string, locale: Locale): string {
  const { repeated, rejectedRows, problems } = summary;
  const say = (code: string, parameters: Record<string, string | number>) =>
    sentence(code, locale, parameters);
  const counts = Object.entries(problems);
  const width = Math.max(0, ...counts.map(([code]) => code.length));
  const number = new Intl.NumberFormat(locale);
  return [
    say(summary.isDryRun ? 'SUMMARY_DRY_RUN' : 'SUMMARY_IMPORTED', {
      file: summary.file,
      merchant: summary.merchant,
    }),
    say('SUMMARY_ROWS', { rows: summary.rows, rejected: rejectedRows }),
    say('SUMMARY_ORDERS', {
      recorded: summary.recorded,
      unchanged: summary.unchanged,
      returned: summary.returned,
      points: summary.points,
    }),
    ...(repeated.rows > 0 ? [say('REPEATED_ROW', repeated)] : []),
    ...counts.map(([code, rows]) => `  ${code.padEnd(width)}  ${number.format(rows).padStart(9)}`),
    ...(rejectedRows > 0 ? [say('SUMMARY_REPORT', { report })] : []),
    ...(summary.declaredUntil === null
      ? []
      : [say('SUMMARY_DECLARED', { merchant: summary.merchant, day: summary.declaredUntil })]),
    say('SUMMARY_TIME', { seconds: summary.seconds.toFixed(1) }),
  ].join('\n');
}
