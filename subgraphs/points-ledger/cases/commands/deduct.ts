import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import {
  checkPositive,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import type { ApproveDeductionInput, DeductPointsInput } from '../../schema.generated.ts';
import { nextState } from '../domain/case-states.ts';
import { Deduction, type PointsCaseRow } from '../entities/case.ts';
import {
  type CaseChanged,
  changed,
  lockCase,
  moveCase,
  notReady,
  secondPersonNeeded,
} from './lock.ts';

type NotReady = Refused<'CaseNotReady'>;
type Exceeds = Refused<'DeductionExceeds'>;

/**
 * Proposes to take back what accruals of the case brought; never more than is left of each. A new
 * proposal takes the place of one that nobody approved yet.
 */
export async function deductPoints(
  work: Work,
  { caseId, parts }: DeductPointsInput,
): Promise<CaseChanged | NotFound | NotReady | Exceeds | InvalidInput> {
  const found = await lockCase(work, caseId);
  if (found === null) return notFound('CASE_NOT_FOUND');
  if (nextState(found.state, 'PROPOSE_DEDUCTION') === null) return notReady(found);
  const wrong = checkParts(found, parts);
  if (wrong !== null) return wrong;
  const left = await readLeft(
    work,
    parts.map(({ accrualId }) => accrualId),
  );
  const units = [...new Set(left.values().map(({ unit }) => unit))];
  const [unit] = units;
  if (unit === undefined || units.length > 1) return invalidInput('ONE_UNIT_NEEDED', 'parts');
  for (const { accrualId, points } of parts) {
    const open = left.get(accrualId)?.open ?? 0;
    if (points > open) return refused('DeductionExceeds', 'DEDUCTION_EXCEEDS', { accrualId, open });
  }

  // From here on the command must succeed.
  const { manager, caller } = work;
  await execute(
    manager,
    "UPDATE points_case_deduction SET state = 'WITHDRAWN' WHERE case_id = ? AND state = 'PROPOSED'",
    [caseId],
  );
  await insertRows(
    manager,
    'points_case_deduction',
    ['case_id', 'number', 'unit', 'points', 'parts', 'state', 'proposed_by'],
    [
      [
        caseId,
        (await manager.countBy(Deduction, { caseId })) + 1,
        unit,
        sum(parts.map(({ points }) => points)),
        JSON.stringify(parts.map(({ accrualId, points }) => ({ accrualId, points }))),
        'PROPOSED',
        caller.subject,
      ],
    ],
  );
  return changed(caseId);
}

/** A second person approves just what was proposed; then the books take it. */
export async function approveDeduction(
  work: Work,
  { caseId, number }: ApproveDeductionInput,
): Promise<CaseChanged | NotFound | NotReady | Refused<'SecondPersonNeeded'>> {
  const found = await lockCase(work, caseId);
  if (found === null) return notFound('CASE_NOT_FOUND');
  const next = nextState(found.state, 'APPROVE_DEDUCTION');
  if (next === null) return notReady(found);
  const proposed = await work.manager.findOneBy(Deduction, { caseId, number, state: 'PROPOSED' });
  if (proposed === null) return notFound('DEDUCTION_NOT_FOUND');
  if (proposed.proposedBy === work.caller.subject) return secondPersonNeeded();

  // From here on the command must succeed.
  const matched = await execute(
    work.manager,
    `UPDATE points_case_deduction SET state = 'APPROVED', approved_by = ?
     WHERE case_id = ? AND number = ? AND state = 'PROPOSED'`,
    [work.caller.subject, caseId, number],
  );
  assert(matched === 1, 'the deductions of a case are behind its lock');
  await moveCase(work.manager, found, next);
  return changed(caseId);
}

function checkParts(
  { accrualIds }: PointsCaseRow,
  parts: DeductPointsInput['parts'],
): InvalidInput | null {
  const named = new Set(parts.map(({ accrualId }) => accrualId));
  if (named.size === 0 || named.size < parts.length) return invalidInput('PARTS_NEEDED', 'parts');
  for (const [index, { accrualId, points }] of parts.entries()) {
    if (!accrualIds.includes(accrualId)) {
      return invalidInput('ACCRUAL_NOT_IN_CASE', `parts.${index}.accrualId`);
    }
    const wrong = checkPositive(`parts.${index}.points`, points);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** What is left of accruals. The books look again when they take it. */
async function readLeft({ manager }: Work, ids: readonly string[]) {
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT entry_id, unit, points, reversed FROM points_accrual
     WHERE entry_id IN (${placeholders(ids.length)})`,
    [...ids],
  );
  return new Map(
    rows.map((row) => [
      String(row.entry_id),
      { unit: String(row.unit), open: toSafeInteger(row.points) - toSafeInteger(row.reversed) },
    ]),
  );
}
