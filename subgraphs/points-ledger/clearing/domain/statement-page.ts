import type { DocumentLine, Party, StatementDocument } from './document.ts';

/** How a page says things: the words by their code, and amounts and instants, in the reader's language. */
export type Speech = Readonly<{
  locale: string;
  say: (code: string) => string;
  money: (amountMinor: number, currency: string) => string;
  instant: (at: Date) => string;
}>;

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#111}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.burns{font-size:12px}tr{break-inside:avoid}pre{white-space:pre-wrap;overflow-wrap:anywhere}
@media print{body{margin:0}}`;

/**
 * A statement as a page that can be printed or kept as a file: it loads nothing, runs nothing and needs
 * no network. Everything that comes from data is escaped.
 */
export function statementPage(document: StatementDocument, speech: Speech): string {
  const { say } = speech;
  const title = `${say('CLEARING_PAGE_TITLE')} ${document.cycle.number} · ${nameOf(document.merchant)}`;
  return `<!doctype html>
<html lang="${escapeHtml(speech.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${factsOf(document, speech)}
${sumsOf(document, speech)}
${paymentsOf(document, speech)}
${linesOf(document, speech)}
${document.notices.map((notice) => `<p><strong>${escapeHtml(notice)}</strong></p>`).join('\n')}
${checkpointOf(document, speech)}
</body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in HTML, between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');

const joined = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' · ');

const nameOf = ({ id, name }: Party): string => name ?? id;

type Column = Readonly<{ code: string; isNumber?: boolean }>;

function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { say }: Pick<Speech, 'say'>,
  kind = '',
): string {
  const classOf = (index: number) => (columns[index]?.isNumber === true ? ' class="n"' : '');
  const head = columns
    .map(({ code }, index) => `<th${classOf(index)}>${escapeHtml(say(code))}</th>`)
    .join('');
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((text, n) => `<td${classOf(n)}>${escapeHtml(text)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<table${kind === '' ? '' : ` class="${kind}"`}><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

const number = (code: string): Column => ({ code, isNumber: true });
const word = (code: string): Column => ({ code });

const factsOf = ({ cycle, merchant, state }: StatementDocument, speech: Speech): string =>
  table(
    [
      word('CLEARING_MERCHANT'),
      word('CLEARING_CLOSED_AT'),
      word('CLEARING_ENTRIES'),
      word('CLEARING_STATE'),
    ],
    [
      [
        `${nameOf(merchant)} (${merchant.id})`,
        speech.instant(cycle.closedAt),
        cycle.lastSeq < cycle.firstSeq ? '–' : `${cycle.firstSeq}–${cycle.lastSeq}`,
        speech.say(`CLEARING_STATE_${state}`),
      ],
    ],
    speech,
  );

/** As it was signed, to be copied and checked. */
const checkpointOf = ({ checkpoint }: StatementDocument, { say }: Speech): string =>
  checkpoint === null
    ? ''
    : `<h2>${escapeHtml(say('CLEARING_CHECKPOINT'))}</h2><pre>${escapeHtml(checkpoint)}</pre>`;

const sumsOf = ({ sums }: StatementDocument, speech: Speech): string =>
  table(
    [
      number('CLEARING_RECEIVABLE'),
      number('CLEARING_PAYABLE'),
      number('CLEARING_NET'),
      number('CLEARING_FEE'),
    ],
    sums.map(({ currency, receivableMinor, payableMinor, feeMinor }) =>
      [receivableMinor, payableMinor, receivableMinor - payableMinor, feeMinor].map((amount) =>
        speech.money(amount, currency),
      ),
    ),
    speech,
  );

function paymentsOf({ payments }: StatementDocument, speech: Speech): string {
  const heading = `<h2>${escapeHtml(speech.say('CLEARING_PAYMENTS'))}</h2>`;
  if (payments.length === 0) return `${heading}<p>${escapeHtml(speech.say('CLEARING_NONE'))}</p>`;
  const columns = [
    word('CLEARING_PAYER'),
    word('CLEARING_PAYEE'),
    number('CLEARING_AMOUNT'),
    number('CLEARING_GUARANTEED'),
    number('CLEARING_UNCOVERED'),
    word('CLEARING_DUE_ON'),
    word('CLEARING_STATE'),
  ];
  const rows = payments.map((payment) => [
    nameOf(payment.payer),
    nameOf(payment.payee),
    ...[payment.amountMinor, payment.guaranteedMinor, payment.uncoveredMinor].map((amount) =>
      speech.money(amount, payment.currency),
    ),
    payment.dueOn,
    joined([
      speech.say(`CLEARING_STATE_${payment.state}`),
      payment.defaultReason,
      payment.paidOn,
      payment.reference,
    ]),
  ]);
  return heading + table(columns, rows, speech);
}

function linesOf({ lines }: StatementDocument, speech: Speech): string {
  const columns = [
    word('CLEARING_LINE'),
    word('CLEARING_DEBTOR'),
    word('CLEARING_CREDITOR'),
    word('CLEARING_PRICE'),
    number('CLEARING_POINTS'),
    number('CLEARING_AMOUNT'),
    number('CLEARING_BURNS'),
    word('CLEARING_STATE'),
  ];
  const rows = lines.map((line) => [
    joined([String(line.number), line.note]),
    line.debtor === null ? speech.say('CLEARING_OTHERS') : nameOf(line.debtor),
    nameOf(line.creditor),
    `${speech.money(line.priceMinor, line.currency)} / ${line.pricePoints}`,
    String(line.points),
    speech.money(line.amountMinor, line.currency),
    String(line.burnCount),
    joined([speech.say(`CLEARING_STATE_${line.state}`), line.disputeReason, line.decisionNote]),
  ]);
  const heading = `<h2>${escapeHtml(speech.say('CLEARING_LINES'))}</h2>`;
  return `${heading}${table(columns, rows, speech)}${lines.map((line) => burnsOf(line, speech)).join('\n')}`;
}

function burnsOf({ number: line, currency, burns }: DocumentLine, speech: Speech): string {
  if (burns.length === 0) return '';
  const columns = [
    word('CLEARING_RECORDED_AT'),
    word('CLEARING_CAUSE'),
    word('CLEARING_ENTRY'),
    number('CLEARING_POINTS'),
    number('CLEARING_INFORMS'),
  ];
  const rows = burns.map((burn) => [
    speech.instant(burn.recordedAt),
    burn.cause === null ? '–' : `${burn.cause.kind} ${burn.cause.id}`,
    burn.entryId,
    String(burn.points),
    speech.money(burn.amountMinor, currency),
  ]);
  const heading = escapeHtml(`${speech.say('CLEARING_BURNS_OF')} ${line}`);
  return `<h3>${heading}</h3>${table(columns, rows, speech, 'burns')}`;
}
