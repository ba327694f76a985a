import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import type { Cut } from '../domain/cut.ts';
import { type ClearingTerms, DEFAULT_TERMS } from '../domain/terms.ts';
import { IS_CLAIM } from '../queries/burn-sums.ts';

export type NewCycle = Readonly<{ id: string; number: number; firstSeq: number; lastSeq: number }>;

/** Writes a cycle with all that belongs to it. The number of statements does not depend on its size. */
export async function writeCycle(
  work: Work,
  cycle: NewCycle,
  cut: Cut,
  terms: ReadonlyMap<string, ClearingTerms>,
): Promise<void> {
  const { manager, at } = work;
  const { id, number, firstSeq, lastSeq } = cycle;
  await insertRows(
    manager,
    'points_clearing_cycle',
    ['id', 'number', 'first_seq', 'last_seq', 'closed_ms'],
    [[id, number, firstSeq, lastSeq, at.getTime()]],
  );
  const lineIds = cut.lines.map(() => work.newId());
  await writeLines(work, cycle, cut, lineIds);
  await writeStatements(work, cycle, cut, lineIds);
  await insertRows(
    manager,
    'points_clearing_volume',
    ['cycle_id', 'currency', 'claims', 'gross_minor', 'payments', 'net_minor'],
    cut.volumes.map((volume) => [
      id,
      volume.currency,
      volume.claims,
      volume.grossMinor,
      volume.payments,
      volume.netMinor,
    ]),
  );
  await writePayments(work, cycle, cut);
  await writeTerms(work, cycle, cut, terms);
  if (cut.correctionIds.length > 0) {
    // By their ids: one that was decided meanwhile is for the next cycle.
    await execute(
      manager,
      `UPDATE points_clearing_correction SET cycle_id = ?
       WHERE id IN (${placeholders(cut.correctionIds.length)})`,
      [id, ...cut.correctionIds],
    );
  }
  await execute(manager, 'UPDATE points_clearing_head SET cycles = ?, last_seq = ? WHERE id = 1', [
    number,
    lastSeq,
  ]);
}

/** The lines, each posting under its line, and the totals that the next cycle begins with. */
async function writeLines(
  { manager, dialect }: Work,
  { id, firstSeq, lastSeq }: NewCycle,
  { lines, totals }: Cut,
  lineIds: readonly string[],
): Promise<void> {
  await insertRows(
    manager,
    'points_clearing_line',
    [
      ...['id', 'cycle_id', 'number', 'kind', 'debtor_id', 'creditor_id', 'price_class'],
      ...['currency', 'points', 'amount_minor', 'burns', 'corrects_id', 'note'],
    ],
    lines.map((line, index) => [
      ...[lineIds[index], id, line.number, line.kind, line.debtorId, line.creditorId],
      ...[line.priceClass, line.currency, line.points, line.amountMinor, line.burns],
      ...[line.correctsId, line.note],
    ]),
  );
  await execute(
    manager,
    `INSERT INTO points_clearing_burn (seq, line, line_id)
     SELECT posting.seq, posting.line, line.id FROM points_posting posting
     JOIN points_clearing_line line ON line.cycle_id = ? AND line.kind = 'BURNS'
       AND line.debtor_id = posting.issuer_id AND line.creditor_id = posting.owner_id
       AND line.price_class = posting.price_class
     WHERE posting.seq BETWEEN ? AND ? AND ${IS_CLAIM}`,
    [id, firstSeq, lastSeq],
  );
  const key = ['debtor_id', 'creditor_id', 'price_class'];
  await insertRows(
    manager,
    'points_clearing_total',
    [...key, 'points', 'amount_minor'],
    totals.map((total) => [
      total.debtorId,
      total.creditorId,
      total.priceClass,
      total.points,
      total.amountMinor,
    ]),
    { ending: dialect.onDuplicateUpdate(key, ['points', 'amount_minor']) },
  );
}

async function writeStatements(
  { manager, newId, at }: Work,
  { id }: NewCycle,
  { lines, sums }: Cut,
  lineIds: readonly string[],
): Promise<void> {
  const statementIds = new Map(sums.map(({ merchantId }) => [merchantId, newId()]));
  await insertRows(
    manager,
    'points_clearing_statement',
    ['id', 'cycle_id', 'merchant_id', 'state', 'issued_ms'],
    [...statementIds].map(([merchantId, statementId]) => [
      statementId,
      id,
      merchantId,
      'ISSUED',
      at.getTime(),
    ]),
  );
  await insertRows(
    manager,
    'points_clearing_sum',
    ['statement_id', 'currency', 'receivable_minor', 'payable_minor', 'fee_minor'],
    sums.map((of) => [
      statementIds.get(of.merchantId),
      of.currency,
      of.receivableMinor,
      of.payableMinor,
      of.feeMinor,
    ]),
  );
  await insertRows(
    manager,
    'points_clearing_side',
    ['line_id', 'merchant_id', 'statement_id', 'state'],
    lines.flatMap(({ debtorId, creditorId }, index) =>
      [debtorId, creditorId].map((merchantId) => [
        lineIds[index],
        merchantId,
        statementIds.get(merchantId),
        'OPEN',
      ]),
    ),
  );
}

const writePayments = (
  { manager, newId }: Work,
  { id }: NewCycle,
  { payments }: Cut,
): Promise<void> =>
  insertRows(
    manager,
    'points_clearing_payment',
    [
      ...['id', 'cycle_id', 'number', 'currency', 'payer_id', 'payee_id', 'amount_minor'],
      ...['due_on', 'state', 'guaranteed_minor', 'uncovered_minor'],
    ],
    payments.map((payment, index) => [
      ...[newId(), id, index + 1, payment.currency, payment.payerId, payment.payeeId],
      ...[payment.amountMinor, payment.dueOn, 'DUE', 0, 0],
    ]),
  );

/** By what fees and days to pay were reckoned: `verify` makes them again when other terms hold. */
const writeTerms = (
  { manager }: Work,
  { id }: NewCycle,
  { sums }: Cut,
  terms: ReadonlyMap<string, ClearingTerms>,
): Promise<void> =>
  insertRows(
    manager,
    'points_clearing_cycle_terms',
    ['cycle_id', 'merchant_id', 'payment_days', 'fee_numerator', 'fee_denominator'],
    [...new Set(sums.map(({ merchantId }) => merchantId))].map((merchantId) => {
      const { paymentDays, fee } = terms.get(merchantId) ?? DEFAULT_TERMS;
      return [id, merchantId, paymentDays, fee.numerator, fee.denominator];
    }),
  );
