import { type Cell, csvOf } from '../../../../shared/csv.ts';
import type { DocumentBurn, DocumentLine, StatementDocument } from './document.ts';

const columns = [
  ...['record', 'cycle', 'line', 'kind', 'side', 'fromId', 'from', 'toId', 'to'],
  ...['priceMinor', 'pricePoints', 'points', 'amountMinor', 'currency', 'burns', 'state'],
  ...['dueOn', 'guaranteedMinor', 'uncoveredMinor', 'paidOn', 'reference'],
  ...['entryId', 'recordedAt', 'causeKind', 'causeId', 'text'],
] as const;

type Record = Partial<globalThis.Record<(typeof columns)[number], Cell>>;

/**
 * A statement as CSV. Amounts are in the smallest unit of their currency. Adding up a column takes the
 * rows of one `record`: a LINE says what its BURNs say together, rounded once.
 */
export function statementCsv(document: StatementDocument): string {
  const { cycle, lines, payments, notices, checkpoint } = document;
  const records: Record[] = [
    ...lines.flatMap((line) => [lineRecord(line), ...line.burns.map((b) => burnRecord(line, b))]),
    ...payments.map((payment) => ({
      record: 'PAYMENT',
      fromId: payment.payer.id,
      from: payment.payer.name,
      toId: payment.payee.id,
      to: payment.payee.name,
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      state: payment.state,
      dueOn: payment.dueOn,
      guaranteedMinor: payment.guaranteedMinor,
      uncoveredMinor: payment.uncoveredMinor,
      paidOn: payment.paidOn,
      reference: payment.reference,
      text: payment.defaultReason,
    })),
    ...notices.map((text) => ({ record: 'NOTICE', text })),
    ...(checkpoint === null ? [] : [{ record: 'CHECKPOINT', text: checkpoint }]),
  ];
  return csvOf([
    columns,
    ...records.map((record) =>
      columns.map((column) => ({ ...record, cycle: cycle.number })[column] ?? null),
    ),
  ]);
}

/** All that was said of a line, or null. */
const wordsOf = ({ note, disputeReason, decisionNote }: DocumentLine): string | null =>
  [note, disputeReason, decisionNote].filter((text) => text !== null).join(' · ') || null;

const lineRecord = (line: DocumentLine): Record => ({
  record: 'LINE',
  line: line.number,
  kind: line.kind,
  side: line.side,
  fromId: line.debtor?.id ?? null,
  from: line.debtor?.name ?? null,
  toId: line.creditor.id,
  to: line.creditor.name,
  priceMinor: line.priceMinor,
  pricePoints: line.pricePoints,
  points: line.points,
  amountMinor: line.amountMinor,
  currency: line.currency,
  burns: line.burnCount,
  state: line.state,
  text: wordsOf(line),
});

const burnRecord = (line: DocumentLine, burn: DocumentBurn): Record => ({
  record: 'BURN',
  line: line.number,
  points: burn.points,
  amountMinor: burn.amountMinor,
  currency: line.currency,
  entryId: burn.entryId,
  recordedAt: burn.recordedAt.toISOString(),
  causeKind: burn.cause?.kind ?? null,
  causeId: burn.cause?.id ?? null,
});
