import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { PriceClass } from '../../domain/price.ts';
import type { PaymentState, SideState } from '../domain/states.ts';

type Row = Record<string, string | null>;

export type VolumeRow = Readonly<{
  cycleId: string;
  currency: string;
  claims: number;
  grossMinor: number;
  payments: number;
  netMinor: number;
}>;

export type SumRow = Readonly<{
  statementId: string;
  currency: string;
  receivableMinor: number;
  payableMinor: number;
  feeMinor: number;
}>;

/** A line as it stands in the statement of one of its two merchants. */
export type LineRow = Readonly<{
  statementId: string;
  /** Whose statement it is. */
  merchantId: string;
  state: SideState;
  id: string;
  number: number;
  kind: 'BURNS' | 'CORRECTION';
  debtorId: string;
  creditorId: string;
  priceClass: PriceClass;
  currency: string;
  points: number;
  amountMinor: number;
  burns: number;
  correctsId: string | null;
  note: string | null;
  /** What this merchant says against it, and what was decided on that. */
  disputeReason: string | null;
  decisionNote: string | null;
}>;

export type PaymentRow = Readonly<{
  id: string;
  cycleId: string;
  currency: string;
  payerId: string;
  payeeId: string;
  amountMinor: number;
  dueOn: number;
  state: PaymentState;
  /** DEFAULTED, or settled after that: how it is borne, and why it was not made. */
  guaranteedMinor: number;
  uncoveredMinor: number;
  defaultReason: string | null;
  /** SETTLED: what the payee wrote down. */
  reference: string | null;
  paidOn: number | null;
}>;

export async function readVolumes(
  manager: EntityManager,
  cycleIds: string[],
): Promise<VolumeRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT * FROM points_clearing_volume WHERE cycle_id IN (${placeholders(cycleIds.length)})
     ORDER BY cycle_id, currency`,
    cycleIds,
  );
  return rows.map((row) => ({
    cycleId: String(row.cycle_id),
    currency: String(row.currency),
    claims: toSafeInteger(row.claims),
    grossMinor: toSafeInteger(row.gross_minor),
    payments: toSafeInteger(row.payments),
    netMinor: toSafeInteger(row.net_minor),
  }));
}

export async function readSums(manager: EntityManager, statementIds: string[]): Promise<SumRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT * FROM points_clearing_sum WHERE statement_id IN (${placeholders(statementIds.length)})
     ORDER BY statement_id, currency`,
    statementIds,
  );
  return rows.map((row) => ({
    statementId: String(row.statement_id),
    currency: String(row.currency),
    receivableMinor: toSafeInteger(row.receivable_minor),
    payableMinor: toSafeInteger(row.payable_minor),
    feeMinor: toSafeInteger(row.fee_minor),
  }));
}

/** The lines of some statements, in the order of their numbers. */
export async function readLines(
  manager: EntityManager,
  statementIds: string[],
): Promise<LineRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT side.statement_id, side.merchant_id, side.state, side.reason AS dispute_reason,
       side.note AS decision_note, line.* FROM points_clearing_side side
     JOIN points_clearing_line line ON line.id = side.line_id
     WHERE side.statement_id IN (${placeholders(statementIds.length)})
     ORDER BY side.statement_id, line.number`,
    statementIds,
  );
  return rows.map((row) => ({
    statementId: String(row.statement_id),
    merchantId: String(row.merchant_id),
    // Only names of states and kinds are ever written there.
    state: row.state as SideState,
    id: String(row.id),
    number: toSafeInteger(row.number),
    kind: row.kind as LineRow['kind'],
    debtorId: String(row.debtor_id),
    creditorId: String(row.creditor_id),
    priceClass: String(row.price_class),
    currency: String(row.currency),
    points: toSafeInteger(row.points),
    amountMinor: toSafeInteger(row.amount_minor),
    burns: toSafeInteger(row.burns),
    correctsId: row.corrects_id ?? null,
    note: row.note ?? null,
    disputeReason: row.dispute_reason ?? null,
    decisionNote: row.decision_note ?? null,
  }));
}

/** The payments of some cycles, as netting made them. */
export async function readPayments(
  manager: EntityManager,
  cycleIds: string[],
): Promise<PaymentRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT payment.*, declared.reason AS default_reason FROM points_clearing_payment payment
     LEFT JOIN points_clearing_default declared ON declared.merchant_id = payment.payer_id
       AND declared.cycle_id = payment.cycle_id AND payment.guaranteed_minor + payment.uncovered_minor > 0
     WHERE payment.cycle_id IN (${placeholders(cycleIds.length)})
     ORDER BY payment.cycle_id, payment.number`,
    cycleIds,
  );
  return rows.map(paymentOf);
}

export const paymentOf = (row: Row): PaymentRow => ({
  id: String(row.id),
  cycleId: String(row.cycle_id),
  currency: String(row.currency),
  payerId: String(row.payer_id),
  payeeId: String(row.payee_id),
  amountMinor: toSafeInteger(row.amount_minor),
  dueOn: toSafeInteger(row.due_on),
  // Only names of states are ever written there.
  state: row.state as PaymentState,
  guaranteedMinor: toSafeInteger(row.guaranteed_minor),
  uncoveredMinor: toSafeInteger(row.uncovered_minor),
  defaultReason: row.default_reason ?? null,
  reference: row.reference ?? null,
  paidOn: row.paid_on === null || row.paid_on === undefined ? null : toSafeInteger(row.paid_on),
});
