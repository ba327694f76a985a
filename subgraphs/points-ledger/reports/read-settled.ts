import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';

type Row = Readonly<Record<string, string>>;

/** What one merchant owes another beside the books, or below zero paid of it. Smallest units. */
export type Settled = Readonly<{
  kind: 'CORRECTION' | 'PAYMENT';
  debtorId: string;
  creditorId: string;
  currency: string;
  amountMinor: number;
}>;

/**
 * What clearing made of claims by an instant: what disputes corrected, and what is on record as paid, by
 * the debtor or out of its guarantee. What a default left uncovered is not paid.
 */
export async function readSettled(reader: EntityManager, at: Date): Promise<Settled[]> {
  const corrections = await reader.query<Row[]>(
    `SELECT line.debtor_id, line.creditor_id, line.currency,
       SUM(correction.amount_minor) AS amount_minor
     FROM points_clearing_correction correction
     JOIN points_clearing_line line ON line.id = correction.line_id
     WHERE correction.decided_ms <= ? GROUP BY line.debtor_id, line.creditor_id, line.currency`,
    [at.getTime()],
  );
  const payments = await reader.query<Row[]>(
    `SELECT payer_id AS debtor_id, payee_id AS creditor_id, currency,
       SUM(amount_minor - uncovered_minor) AS amount_minor
     FROM points_clearing_payment WHERE state = 'SETTLED' AND settled_ms <= ?
     GROUP BY payer_id, payee_id, currency`,
    [at.getTime()],
  );
  return [
    ...corrections.map((row) => settledOf('CORRECTION', row)),
    ...payments.map((row) => settledOf('PAYMENT', row)),
  ];
}

const settledOf = (kind: Settled['kind'], row: Row): Settled => ({
  kind,
  debtorId: String(row.debtor_id),
  creditorId: String(row.creditor_id),
  currency: String(row.currency),
  amountMinor: toSafeInteger(row.amount_minor),
});
