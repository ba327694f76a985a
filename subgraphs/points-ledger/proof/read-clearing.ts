import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Accepted, Agreed, Decided } from '../domain/replay-clearing.ts';
import type { StateRow } from '../domain/state-rows.ts';

/** All that is stored of one cycle, as it stands. */
export type StoredCycle = Readonly<{
  cycle: StateRow;
  lines: readonly StateRow[];
  volumes: readonly StateRow[];
  statements: readonly StateRow[];
  sums: readonly StateRow[];
  sides: readonly StateRow[];
  payments: readonly StateRow[];
  terms: readonly StateRow[];
  defaults: readonly StateRow[];
  corrections: readonly StateRow[];
}>;

/** The tables whose rows are each of one cycle, and how they are found. */
const parts = {
  lines: ['points_clearing_line', 'WHERE cycle_id = ? ORDER BY number'],
  volumes: ['points_clearing_volume', 'WHERE cycle_id = ?'],
  statements: ['points_clearing_statement', 'WHERE cycle_id = ?'],
  sums: [
    'points_clearing_sum',
    'WHERE statement_id IN (SELECT id FROM points_clearing_statement WHERE cycle_id = ?)',
  ],
  sides: [
    'points_clearing_side',
    'WHERE line_id IN (SELECT id FROM points_clearing_line WHERE cycle_id = ?)',
  ],
  payments: ['points_clearing_payment', 'WHERE cycle_id = ? ORDER BY number'],
  terms: ['points_clearing_cycle_terms', 'WHERE cycle_id = ?'],
  defaults: ['points_clearing_default', 'WHERE cycle_id = ?'],
  corrections: ['points_clearing_correction', 'WHERE cycle_id = ?'],
} as const;

type Part = keyof typeof parts;

export async function readCycle(reader: EntityManager, cycle: StateRow): Promise<StoredCycle> {
  const read = async (part: Part): Promise<StateRow[]> =>
    reader.query(`SELECT * FROM ${parts[part].join(' ')}`, [cycle.id]);
  return {
    cycle,
    lines: await read('lines'),
    volumes: await read('volumes'),
    statements: await read('statements'),
    sums: await read('sums'),
    sides: await read('sides'),
    payments: await read('payments'),
    terms: await read('terms'),
    defaults: await read('defaults'),
    corrections: await read('corrections'),
  };
}

/** How many rows there are of each part, besides those that were read with their cycles. */
export async function countOthers(
  reader: EntityManager,
  seen: Readonly<Record<Part, number>>,
): Promise<{ table: string; rows: number }[]> {
  const others: { table: string; rows: number }[] = [];
  for (const [part, [table]] of Object.entries(parts)) {
    const [row] = await reader.query<{ n: unknown }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    others.push({ table, rows: toSafeInteger(row?.n) - seen[part as Part] });
  }
  return others;
}

/** What merchants accepted of others in a part of the journal, by the line it is written under. */
export async function readAccepted(
  reader: EntityManager,
  { first_seq: from, last_seq: to }: StateRow,
): Promise<(Accepted & Readonly<{ lineId: string | null }>)[]> {
  const rows = await reader.query<StateRow[]>(
    `SELECT posting.issuer_id, posting.owner_id, posting.price_class, burn.line_id,
       SUM(posting.amount) AS points, COUNT(*) AS burns
     FROM points_posting posting
     LEFT JOIN points_clearing_burn burn ON burn.seq = posting.seq AND burn.line = posting.line
     WHERE posting.seq BETWEEN ? AND ? AND posting.account = 'REDEEMED'
       AND NOT posting.owner_id = posting.issuer_id
     GROUP BY posting.issuer_id, posting.owner_id, posting.price_class, burn.line_id`,
    [from, to],
  );
  return rows.map((row) => ({
    debtorId: String(row.issuer_id),
    creditorId: String(row.owner_id),
    priceClass: String(row.price_class),
    points: toSafeInteger(row.points),
    burns: toSafeInteger(row.burns),
    lineId: row.line_id === null ? null : String(row.line_id),
  }));
}

/** Corrections with the lines that they are of. One whose line is not there is not among them. */
export async function readDecided(
  reader: EntityManager,
  corrections: readonly StateRow[],
): Promise<Decided[]> {
  const decided: Decided[] = [];
  for (const correction of corrections) {
    const [line] = await reader.query<StateRow[]>(
      'SELECT * FROM points_clearing_line WHERE id = ?',
      [correction.line_id],
    );
    if (line === undefined) continue;
    decided.push({
      id: String(correction.id),
      lineId: String(correction.line_id),
      debtorId: String(line.debtor_id),
      creditorId: String(line.creditor_id),
      priceClass: String(line.price_class),
      currency: String(line.currency),
      amountMinor: toSafeInteger(correction.amount_minor),
      note: String(correction.note),
    });
  }
  return decided;
}

/** What was agreed with the merchants of a cycle. Null: it was closed before that was written down. */
export function agreedIn(
  { terms }: StoredCycle,
  isExpected: boolean,
): ReadonlyMap<string, Agreed> | null {
  if (terms.length === 0 && !isExpected) return null;
  return new Map(
    terms.map((row) => [
      String(row.merchant_id),
      {
        paymentDays: toSafeInteger(row.payment_days),
        feeNumerator: toSafeInteger(row.fee_numerator),
        feeDenominator: toSafeInteger(row.fee_denominator),
      },
    ]),
  );
}
