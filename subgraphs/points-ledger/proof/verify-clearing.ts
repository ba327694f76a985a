import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { type Accepted, type DueCycle, ReplayClearing } from '../domain/replay-clearing.ts';
import type { StateRow } from '../domain/state-rows.ts';
import { compareRows } from './compare-rows.ts';
import {
  agreedIn,
  countOthers,
  readAccepted,
  readCycle,
  readDecided,
  type StoredCycle,
} from './read-clearing.ts';
import {
  bearPayments,
  correctionProblems,
  paymentProblems,
  sideProblems,
  statementDue,
} from './verify-decisions.ts';
import { tableRows } from './verify-state.ts';

const PROBLEMS_MAX = 100;

/**
 * Makes the clearing again from the claims of the journal, which has to be proven, and compares: cycles, what
 * is under each line, lines, volumes, sums, payments and totals. Where the books were cut, what merchants and
 * operator made of it and what was agreed with merchants was decided by people: of that it says only whether
 * it fits together.
 */
export async function verifyClearing(reader: EntityManager, nextSeq: number): Promise<string[]> {
  const problems: string[] = [];
  const replay = new ReplayClearing();
  const seen = { lines: 0, volumes: 0, statements: 0, sums: 0, sides: 0 };
  const further = { payments: 0, terms: 0, defaults: 0, corrections: 0 };
  const counts: Record<keyof typeof seen | keyof typeof further, number> = { ...seen, ...further };
  const head = { cycles: 0, lastSeq: 0, burns: 0 };
  for await (const cycle of cyclesIn(reader)) {
    const stored = await readCycle(reader, cycle);
    const isNext = Number(cycle.number) === head.cycles + 1;
    if (!isNext || Number(cycle.first_seq) !== head.lastSeq + 1 || !isInside(cycle, nextSeq)) {
      problems.push(`cycle ${cycle.number}: does not go on where the one before ends`);
    }
    const found = await verifyCycle(reader, stored, { replay, hasTerms: counts.terms > 0 });
    problems.push(...found.problems);
    head.cycles += 1;
    head.lastSeq = Number(cycle.last_seq);
    head.burns += found.burns;
    for (const part of Object.keys(counts) as (keyof typeof counts)[]) {
      counts[part] += stored[part].length;
    }
    if (problems.length >= PROBLEMS_MAX) return problems;
  }
  const pending = await reader.query<StateRow[]>(
    'SELECT * FROM points_clearing_correction WHERE cycle_id IS NULL',
  );
  problems.push(...(await verifyCorrections(reader, pending)));
  counts.corrections += pending.length;
  problems.push(...(await verifyRest(reader, replay, { counts, head })));
  return problems;
}

const isInside = (cycle: StateRow, nextSeq: number): boolean =>
  Number(cycle.last_seq) >= Number(cycle.first_seq) - 1 && Number(cycle.last_seq) < nextSeq;

async function* cyclesIn(reader: EntityManager): AsyncGenerator<StateRow> {
  const cycles = tableRows(reader, 'points_clearing_cycle', ['number']);
  for await (const cycle of cycles) yield cycle;
}

type Known = Readonly<{ replay: ReplayClearing; hasTerms: boolean }>;

async function verifyCycle(
  reader: EntityManager,
  stored: StoredCycle,
  { replay, hasTerms }: Known,
): Promise<{ problems: string[]; burns: number }> {
  const { cycle, corrections } = stored;
  const found = await readAccepted(reader, cycle);
  const accepted = joined(found);
  const burns = accepted.reduce((all, one) => all + one.burns, 0);
  const decided = await readDecided(reader, corrections);
  const agreed = agreedIn(stored, hasTerms);
  try {
    const closedOn = dayOf(new Date(toSafeInteger(cycle.closed_ms)));
    const due = replay.cycle({ accepted, decided, closedOn, agreed });
    const ofLines = await correctionsOf(reader, stored);
    const problems = [
      ...lineProblems(stored, due),
      ...burnProblems(stored, found, due),
      ...statementProblems(stored, due, agreed !== null),
      ...paymentsProblems(stored, due),
      ...sideProblems(stored, ofLines),
      ...(await verifyCorrections(reader, corrections)),
    ];
    return { problems, burns };
  } catch (error) {
    return { problems: [`cycle ${cycle.number}: cannot be followed: ${String(error)}`], burns };
  }
}

/** What is under several lines, or none, is still one sum. */
function joined(found: readonly Accepted[]): Accepted[] {
  const groups = Map.groupBy(found, (one) =>
    [one.debtorId, one.creditorId, one.priceClass].join('\n'),
  );
  return [...groups.values()].flatMap((same) =>
    same.slice(0, 1).map(({ debtorId, creditorId, priceClass }) => ({
      ...{ debtorId, creditorId, priceClass },
      points: same.reduce((all, { points }) => all + points, 0),
      burns: same.reduce((all, { burns }) => all + burns, 0),
    })),
  );
}

function lineProblems({ cycle, lines }: StoredCycle, due: DueCycle): string[] {
  const ids = new Map(lines.map((line) => [Number(line.number), line.id ?? null]));
  return compareRows(
    {
      table: 'points_clearing_line',
      key: ['cycle_id', 'number'],
      rows: due.lines.map(({ row }) => ({
        ...row,
        cycle_id: cycle.id ?? null,
        id: ids.get(Number(row.number)) ?? null,
      })),
    },
    lines,
  );
}

/** Every claim of the cycle is under its line. */
function burnProblems(
  { cycle, lines }: StoredCycle,
  found: Awaited<ReturnType<typeof readAccepted>>,
  due: DueCycle,
): string[] {
  return found.flatMap(({ debtorId, creditorId, priceClass, lineId, burns }) => {
    const at = due.lines.findIndex(
      (line) =>
        line.row.kind === 'BURNS' &&
        line.debtorId === debtorId &&
        line.creditorId === creditorId &&
        line.priceClass === priceClass,
    );
    const line = lines.find((one) => Number(one.number) === at + 1);
    if (line !== undefined && line.id === lineId) return [];
    const what = `${burns} claims of ${creditorId} on ${debtorId} at ${priceClass}`;
    return [`cycle ${cycle.number}: ${what} are not under their line`];
  });
}

/** One statement for each merchant with a line, its sums, and what it makes of its lines. */
function statementProblems(stored: StoredCycle, due: DueCycle, isAgreed: boolean): string[] {
  const { cycle, lines, statements, sums, sides } = stored;
  const cycleId = cycle.id ?? null;
  const merchants = [...new Set(due.sums.map((row) => String(row.merchant_id)))];
  const own = new Map(statements.map((row) => [String(row.merchant_id), row]));
  const idOf = (merchantId: string) => own.get(merchantId)?.id ?? null;
  const told = new Map(sides.map((row) => [`${row.line_id} ${row.merchant_id}`, row]));
  const fees = new Map(sums.map((row) => [`${row.statement_id} ${row.currency}`, row.fee_minor]));
  const dueSides = due.lines.flatMap(({ debtorId, creditorId }, index) => {
    const lineId = lines.find((line) => Number(line.number) === index + 1)?.id ?? null;
    return [debtorId, creditorId].map((merchantId) => ({
      ...told.get(`${lineId} ${merchantId}`),
      ...{ line_id: lineId, merchant_id: merchantId, statement_id: idOf(merchantId) },
    }));
  });
  const dueSums = due.sums.map(({ merchant_id: merchantId, ...row }) => {
    const id = idOf(String(merchantId));
    return { fee_minor: fees.get(`${id} ${row.currency}`) ?? null, ...row, statement_id: id };
  });
  const dueStatements = merchants.map((merchantId) => ({
    ...{ cycle_id: cycleId, merchant_id: merchantId, id: idOf(merchantId) },
    issued_ms: cycle.closed_ms ?? null,
    ...statementDue(
      sides.filter((side) => side.statement_id === idOf(merchantId)),
      own.get(merchantId) ?? {},
    ),
  }));
  const termsKey = ['cycle_id', 'merchant_id'];
  const terms = new Map(stored.terms.map((row) => [String(row.merchant_id), row]));
  const dueTerms = merchants.map((merchantId) => ({
    ...terms.get(merchantId),
    ...{ cycle_id: cycleId, merchant_id: merchantId },
  }));
  const compared = (name: string, key: string[], rows: StateRow[], found: readonly StateRow[]) =>
    compareRows({ table: `points_clearing_${name}`, key, rows }, found);
  return [
    ...compared('statement', termsKey, dueStatements, statements),
    ...compared('sum', ['statement_id', 'currency'], dueSums, sums),
    ...compared('side', ['line_id', 'merchant_id'], dueSides, sides),
    ...compared('cycle_terms', termsKey, isAgreed ? dueTerms : [], stored.terms),
    ...compared(
      'volume',
      ['cycle_id', 'currency'],
      due.volumes.map((row) => ({ ...row, cycle_id: cycleId })),
      stored.volumes,
    ),
  ];
}

/** Who pays whom, when, and how it is borne. What was settled stands as it was told. */
function paymentsProblems(stored: StoredCycle, due: DueCycle): string[] {
  const { cycle, payments } = stored;
  const { borne, problems } = bearPayments(stored);
  const own = new Map(payments.map((row, index) => [Number(row.number), { row, index }]));
  const rows = due.payments.map((payment) => {
    const { row, index = -1 } = own.get(Number(payment.number)) ?? {};
    return { ...row, ...payment, ...borne[index], cycle_id: cycle.id ?? null };
  });
  return [
    ...problems,
    ...compareRows(
      { table: 'points_clearing_payment', key: ['cycle_id', 'number'], rows },
      payments,
    ),
    ...paymentProblems(stored),
  ];
}

/** The corrections of the lines of a cycle, whenever they were cleared. */
async function correctionsOf(reader: EntityManager, { cycle }: StoredCycle): Promise<StateRow[]> {
  return reader.query(
    `SELECT correction.* FROM points_clearing_line line
     JOIN points_clearing_correction correction ON correction.line_id = line.id
     WHERE line.cycle_id = ?`,
    [cycle.id],
  );
}

async function verifyCorrections(
  reader: EntityManager,
  corrections: readonly StateRow[],
): Promise<string[]> {
  const noted = new Set<StateRow>();
  for (const correction of corrections) {
    const sides = await reader.query<StateRow[]>(
      `SELECT note FROM points_clearing_side WHERE line_id = ? AND state = 'CORRECTED'`,
      [correction.line_id],
    );
    if (sides.some(({ note }) => note === correction.note)) noted.add(correction);
  }
  return correctionProblems(corrections, (correction) => noted.has(correction));
}

type Seen = Readonly<{
  counts: Parameters<typeof countOthers>[1];
  head: Readonly<{ cycles: number; lastSeq: number; burns: number }>;
}>;

async function verifyRest(
  reader: EntityManager,
  replay: ReplayClearing,
  { counts, head }: Seen,
): Promise<string[]> {
  const key = ['debtor_id', 'creditor_id', 'price_class'];
  const totals = await Array.fromAsync(tableRows(reader, 'points_clearing_total', key));
  const heads = await reader.query<StateRow[]>('SELECT * FROM points_clearing_head');
  const [burns] = await reader.query<{ n: unknown }[]>(
    'SELECT COUNT(*) AS n FROM points_clearing_burn',
  );
  const others = [
    ...(await countOthers(reader, counts)),
    { table: 'points_clearing_burn', rows: toSafeInteger(burns?.n) - head.burns },
  ];
  return [
    ...compareRows({ table: 'points_clearing_total', key, rows: replay.rows() }, totals),
    ...compareRows(
      {
        table: 'points_clearing_head',
        key: ['id'],
        rows: [{ id: 1, cycles: head.cycles, last_seq: head.lastSeq }],
      },
      heads,
    ),
    ...others
      .filter(({ rows }) => rows !== 0)
      .map(({ table, rows }) => `${rows} rows of ${table} are of no cycle`),
  ];
}
