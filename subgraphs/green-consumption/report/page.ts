import { isoDay } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { toldIn } from '../factors/domain/chinese.ts';
import type { BehaviourSum } from './domain/report.ts';
import { chartOf } from './pictures.ts';
import {
  equivalentsOf,
  nameOf,
  notesOf,
  type Report,
  sentence,
  statementOf,
  titleOf,
} from './report.ts';

const STYLE = `body{font:15px/1.6 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b3a2b}
h1{margin-bottom:.25rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{border:1px solid #b9cdc1;padding:.3rem .5rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}
.code{overflow-wrap:anywhere;color:#5b7265}tr,svg{break-inside:avoid}@media print{body{margin:0;max-width:none}}`;

/** By which whoever checks the code is told whose report it is: none can be shown as another's (S52). */
const merchantOf = ({ merchantId }: Report, locale: Locale): string =>
  merchantId === null
    ? ''
    : `<p class="code">${escapeHtml(sentence('REPORT_MERCHANT', locale, { id: merchantId }))}</p>\n`;

/**
 * A report as a page that can be printed or kept as a file: it loads nothing, runs nothing and needs no network.
 * Everything that comes from data is escaped; the pictures are made here.
 */
export async function pageOf(report: Report, locale: Locale): Promise<string> {
  const say = (code: string) => escapeHtml(sentence(code, locale));
  const { behaviours, apart } = report.figures;
  const title = escapeHtml(titleOf(report, locale));
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${escapeHtml(statementOf(report, locale))}</p>
${await chartOf(report, 'BEHAVIOURS', locale)}
${table(behaviours, locale)}
${await chartOf(report, 'MONTHS', locale)}
${monthsOf(report, locale)}
${apart.length === 0 ? '' : `<h2>${say('REPORT_HEAD_APART')}</h2>\n${table(apart, locale)}`}
<h2>${say('REPORT_HEAD_AS_MUCH')}</h2>
<ul>${equivalentsOf(report, locale)
    .map(
      ({ name, units, unit, source }) =>
        `<li>${escapeHtml(name)}: ${units.toLocaleString(locale)} ${escapeHtml(toldIn(locale, unit))} (${escapeHtml(source)})</li>`,
    )
    .join('')}</ul>
<h2>${say('REPORT_HEAD_METHOD')}</h2>
<ul>${notesOf(report, locale)
    .map((note) => `<li>${escapeHtml(note)}</li>`)
    .join('')}</ul>
${merchantOf(report, locale)}<p class="code">${escapeHtml(sentence('REPORT_CODE', locale, { code: report.code }))}</p>
</body>
</html>
`;
}

function table(sums: readonly BehaviourSum[], locale: Locale): string {
  const head = (code: string) => escapeHtml(sentence(code, locale));
  const rows = sums.map(({ code, grams, entries, versions }) => {
    const factors = versions.map(
      ({ code: behaviour, version, basis, unit, saving: { numerator, denominator }, source }) =>
        `${behaviour}/${version}: ${numerator / denominator} g ${basis} / ${toldIn(locale, unit)} — ${toldIn(locale, source)}`,
    );
    return `<tr><td>${escapeHtml(nameOf(versions, code, locale))}</td><td class="n">${entries.toLocaleString(locale)}</td><td class="n">${grams.toLocaleString(locale)}</td><td>${factors.map((one) => escapeHtml(one)).join('<br>')}</td></tr>`;
  });
  return `<table><tr><th scope="col">${head('REPORT_HEAD_BEHAVIOUR')}</th><th scope="col" class="n">${head('REPORT_HEAD_ENTRIES')}</th><th scope="col" class="n">${head('REPORT_HEAD_GRAMS')}</th><th scope="col">${head('REPORT_HEAD_FACTOR')}</th></tr>
${rows.join('\n')}
</table>`;
}

function monthsOf({ figures }: Report, locale: Locale): string {
  const rows = figures.months.map(
    ({ month, grams }) =>
      `<tr><td>${isoDay(month).slice(0, 7)}</td><td class="n">${grams.toLocaleString(locale)}</td></tr>`,
  );
  const head = (code: string) => escapeHtml(sentence(code, locale));
  return `<table><tr><th scope="col">${head('REPORT_HEAD_MONTH')}</th><th scope="col" class="n">${head('REPORT_HEAD_GRAMS')}</th></tr>${rows.join('')}</table>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
