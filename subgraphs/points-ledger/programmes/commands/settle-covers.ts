import type { EntityManager } from 'typeorm';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { coverOf, writeOpen } from '../../ledger/covers.ts';
import type { Transaction } from '../../ledger/read-books.ts';

type Row = Record<string, string>;

const PAGE = 20;

/**
 * What other merchants accepted is open until it is paid for. When an issuer has paid all that it was to pay
 * in a cycle of clearing, or nothing was left to pay after netting, its points of that cycle leave its cover.
 * Each cycle is marked in the transaction that counts it, so it counts once.
 */
export function settleCovers({ database, clock }: Pick<Frame, 'database' | 'clock'>): Worker {
  async function step(): Promise<boolean> {
    const [issuer] = await paidCycles(database.reader, null, 1);
    if (issuer === undefined) return false;
    const { issuerId } = issuer;
    await database.transaction(async (manager) => {
      const transaction = { manager, dialect: database.dialect };
      await settleIssuer(transaction, issuerId, clock.now());
    });
    return true;
  }
  return { name: 'what was paid leaves the cover of its issuer', restMs: 60_000, step };
}

/** Counts the cycles that an issuer has paid and that are not counted yet, a page at a time. */
export async function settleIssuer(
  transaction: Transaction,
  issuerId: string,
  at: Date,
): Promise<void> {
  const { manager, dialect } = transaction;
  const rows = await manager.query<Row[]>(
    `SELECT * FROM points_cover WHERE issuer_id = ? ORDER BY unit ${dialect.forUpdate}`,
    [issuerId],
  );
  const cycles = await paidCycles(manager, issuerId, PAGE);
  if (cycles.length === 0) return;
  const settled = await sumSettled(
    manager,
    issuerId,
    cycles.map(({ cycleId }) => cycleId),
  );
  await insertRows(
    manager,
    'points_cover_settled',
    ['cycle_id', 'issuer_id', 'recorded_ms'],
    cycles.map(({ cycleId }) => [cycleId, issuerId, at.getTime()]),
  );
  const covers = rows.map(coverOf);
  for (const cover of covers) cover.open -= settled.get(cover.unit) ?? 0;
  await writeOpen(transaction, covers);
}

/** Cycles in which an issuer with a cover has nothing left to pay, and which are not counted yet. */
async function paidCycles(
  manager: EntityManager,
  issuerId: string | null,
  limit: number,
): Promise<{ cycleId: string; issuerId: string }[]> {
  const rows = await manager.query<Row[]>(
    `SELECT cycle.id AS cycle_id, issuer.issuer_id
     FROM (SELECT DISTINCT issuer_id FROM points_cover ${issuerId === null ? '' : 'WHERE issuer_id = ?'}) issuer
     JOIN points_clearing_cycle cycle ON 1 = 1
     WHERE NOT EXISTS (SELECT 1 FROM points_cover_settled settled
         WHERE settled.cycle_id = cycle.id AND settled.issuer_id = issuer.issuer_id)
       AND NOT EXISTS (SELECT 1 FROM points_clearing_payment payment
         WHERE payment.cycle_id = cycle.id AND payment.payer_id = issuer.issuer_id
           AND payment.state <> 'SETTLED')
     ORDER BY cycle.number, issuer.issuer_id LIMIT ${limit}`,
    issuerId === null ? [] : [issuerId],
  );
  return rows.map((row) => ({ cycleId: String(row.cycle_id), issuerId: String(row.issuer_id) }));
}

/** What others accepted of an issuer's points in some cycles, by unit. */
export async function sumSettled(
  manager: EntityManager,
  issuerId: string,
  cycleIds: readonly string[],
): Promise<Map<string, number>> {
  if (cycleIds.length === 0) return new Map();
  const rows = await manager.query<Row[]>(
    `SELECT posting.unit, SUM(posting.amount) AS points
     FROM points_clearing_cycle cycle JOIN points_posting posting
       ON posting.seq BETWEEN cycle.first_seq AND cycle.last_seq
     WHERE cycle.id IN (${placeholders(cycleIds.length)}) AND posting.account = 'REDEEMED'
       AND posting.issuer_id = ? AND posting.owner_id <> ?
     GROUP BY posting.unit`,
    [...cycleIds, issuerId, issuerId],
  );
  return new Map(rows.map((row) => [String(row.unit), toSafeInteger(row.points)]));
}
