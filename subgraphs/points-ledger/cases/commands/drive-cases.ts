import { type EntityManager, In } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import { dayOf, isoDay } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { canonicalJson, sha256 } from '../../../../shared/identifiers.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import type { Outcome, PointsCommand } from '../../domain/command.ts';
import type { Ledger } from '../../ledger/create-ledger.ts';
import { type BatchFrame, readTime } from '../../ledger/run-batch.ts';
import { nextState } from '../domain/case-states.ts';
import { Deduction, type DeductionRow, PointsCase, type PointsCaseRow } from '../entities/case.ts';
import { lift } from './decide.ts';
import { lockCase, moveCase } from './lock.ts';

const PAGE = 100;

/** What the books are to do for a case. */
type Due = Readonly<{ key: string; command: PointsCommand; deduction: DeductionRow | null }>;

/**
 * Has the books do what was decided on a case, and writes down that they did. The key is made from the
 * case, so whoever comes after a crash anywhere between finds the books as they are and goes on: nothing
 * is done twice, and nothing is left half done.
 */
export async function driveCase(frame: BatchFrame, ledger: Ledger, id: string): Promise<void> {
  const found = await frame.database.reader.findOneBy(PointsCase, { id });
  const due = found && (await dueOf(frame.database.reader, found));
  if (found === null || due === null) return;
  const { key, command, deduction } = due;
  const requestHash = sha256(canonicalJson(command));
  const [outcome] = await ledger.post([
    { scope: 'service:points-ledger', key, requestHash, command },
  ]);
  // What failed for no reason of its own is tried again by the worker.
  if (outcome === undefined || outcome.status === 'FAILED') return;
  await frame.database.transaction(async (manager) => {
    const { dialect } = frame.database;
    const now = await lockCase({ manager, dialect }, id);
    // Another process was faster.
    if (now?.state !== found.state) return;
    if (deduction !== null) await recordDeduction(manager, deduction, outcome);
    await record(manager, frame.clock.now(), now, { outcome, deduction });
  });
}

async function dueOf(reader: EntityManager, found: PointsCaseRow): Promise<Due | null> {
  const { id, walletId, state, outcome, evidenceHash } = found;
  const common = { walletId, caseId: id, causeKind: 'CASE', causeId: id };
  const ruleVersion = found.clauseId;
  if (state === 'FREEZING') {
    const command = { ...common, kind: 'FREEZE' as const, evidenceHash, ruleVersion };
    return { key: `case:${id}:freeze`, command, deduction: null };
  }
  if (state === 'LIFTING') {
    assert(outcome === 'UNFOUNDED' || outcome === 'PROVEN', 'a freeze is lifted for a reason');
    const command = { ...common, kind: 'LIFT' as const, outcome, ruleVersion };
    return { key: `case:${id}:lift`, command, deduction: null };
  }
  if (state !== 'DEDUCTING') return null;
  const deduction = await reader.findOneBy(Deduction, { caseId: id, state: 'APPROVED' });
  if (deduction === null) return null;
  const { unit, parts } = deduction;
  const command = { ...common, kind: 'DEDUCT' as const, unit, parts, ruleVersion };
  return { key: `case:${id}:deduct:${deduction.number}`, command, deduction };
}

async function recordDeduction(
  manager: EntityManager,
  { caseId, number }: DeductionRow,
  { status, entryId, code }: Outcome,
): Promise<void> {
  const matched = await execute(
    manager,
    `UPDATE points_case_deduction SET state = ?, entry_id = ?, refusal = ?
     WHERE case_id = ? AND number = ? AND state = 'APPROVED'`,
    [status === 'ACCEPTED' ? 'BOOKED' : 'REFUSED', entryId, code, caseId, number],
  );
  assert(matched === 1, 'the deductions of a case are behind its lock');
}

/** The case moves on, and the member is told. */
async function record(
  manager: EntityManager,
  at: Date,
  found: PointsCaseRow,
  { outcome, deduction }: Readonly<{ outcome: Outcome; deduction: DeductionRow | null }>,
): Promise<void> {
  const { id: caseId, walletId, state, reasonCode, deadlineOn } = found;
  const isDone = outcome.status === 'ACCEPTED';
  const next = nextState(state, isDone ? 'BOOK' : 'REFUSE');
  assert(next !== null, `the books refuse nothing of a case that is ${state}`);
  const tell = (kind: string, more: object) =>
    appendEvents(manager, at, [{ kind, payload: { caseId, walletId, ...more } }]);
  const ms = at.getTime();
  if (!isDone) {
    const ending = next === 'CLOSED' ? { outcome: 'DROPPED', closed_ms: ms } : {};
    await moveCase(manager, found, next, { ...ending, refusal: String(outcome.code) });
    return;
  }
  if (state === 'FREEZING') {
    await moveCase(manager, found, next, { frozen_ms: ms });
    const deadline = isoDay(deadlineOn);
    await tell('points.frozen', { reasonCode, deadline, appeal: 'appealFreeze' });
    return;
  }
  if (state === 'LIFTING') {
    const days = await readDays(manager, String(outcome.entryId));
    await moveCase(manager, found, next, { closed_ms: ms, days_given_back: days });
    await tell('points.unfrozen', { outcome: found.outcome, days });
    return;
  }
  await moveCase(manager, found, next);
  const { unit, points } = { unit: deduction?.unit, points: outcome.points };
  await tell('points.deducted', { unit, points, debt: outcome.debt });
}

/** One that cannot go on does not stop the others; the worker says so after them. */
export async function driveEach(
  begun: readonly Readonly<{ id: string }>[],
  drive: (id: string) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const { id } of begun) await drive(id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** How many days the books gave back. */
async function readDays(manager: EntityManager, entryId: string): Promise<number> {
  const [row] = await manager.query<{ detail: string }[]>(
    'SELECT detail FROM points_journal_entry WHERE id = ?',
    [entryId],
  );
  return toSafeInteger(JSON.parse(row?.detail ?? '{}').days);
}

/**
 * Goes on with cases that a crash left, and ends those that nobody decided by their deadline: a wallet
 * does not stay frozen by neglect. What was deducted until then is a decision; else it was unfounded.
 */
export function decideDueCases(frame: BatchFrame, ledger: Ledger): Worker {
  const { database } = frame;
  async function step(): Promise<boolean> {
    const lapsed = await lapse();
    const begun = await database.reader.find(PointsCase, {
      select: { id: true },
      where: { state: In(['FREEZING', 'DEDUCTING', 'LIFTING']) },
      order: { id: 'ASC' },
      take: PAGE,
    });
    await driveEach(begun, (id) => driveCase(frame, ledger, id));
    return lapsed === PAGE;
  }

  async function lapse(): Promise<number> {
    const at = await readTime(frame);
    const today = dayOf(at);
    const due = await database.reader.query<{ id: string }[]>(
      `SELECT id FROM points_case WHERE state IN ('PROPOSED', 'FROZEN') AND deadline_on <= ?
       ORDER BY deadline_on, id LIMIT ${PAGE}`,
      [today],
    );
    for (const { id } of due) {
      await database.transaction(async (manager) => {
        const found = await lockCase({ manager, dialect: database.dialect }, id);
        if (found === null || nextState(found.state, 'LIFT') === null) return;
        await lift({ manager, at }, found, { note: 'DEADLINE', by: 'service:points-ledger' });
      });
    }
    return due.length;
  }

  return { name: 'cases are decided in time', restMs: 5_000, step };
}
