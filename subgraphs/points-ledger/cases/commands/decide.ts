import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type {
  AppealFreezeInput,
  ApproveFreezeInput,
  LiftFreezeInput,
} from '../../schema.generated.ts';
import { nextState, outcomeOfLift } from '../domain/case-states.ts';
import { Deduction, type PointsCaseRow } from '../entities/case.ts';
import { TEXT_MAX } from './freeze-points.ts';
import {
  type CaseChanged,
  changed,
  lockCase,
  moveCase,
  notReady,
  secondPersonNeeded,
} from './lock.ts';

const APPEAL_MAX = 1000;

type NotReady = Refused<'CaseNotReady'>;

/** A second person approves a case; then the books freeze the wallet. */
export async function approveFreeze(
  work: Work,
  { caseId }: ApproveFreezeInput,
): Promise<CaseChanged | NotFound | NotReady | Refused<'SecondPersonNeeded'>> {
  const found = await lockCase(work, caseId);
  if (found === null) return notFound('CASE_NOT_FOUND');
  const next = nextState(found.state, 'APPROVE');
  if (next === null) return notReady(found);
  if (isPastDeadline(work, found)) return refused('CaseNotReady', 'CASE_PAST_DEADLINE');
  if (found.proposedBy === work.caller.subject) return secondPersonNeeded();

  // From here on the command must succeed.
  await moveCase(work.manager, found, next, { approved_by: work.caller.subject });
  return changed(caseId);
}

/**
 * The member says why the freeze is wrong: once, and before the deadline. A deduction that was proposed is withdrawn.
 * Another's case is not found.
 */
export async function appealFreeze(
  work: Work,
  { caseId, text }: AppealFreezeInput,
): Promise<CaseChanged | NotFound | NotReady | InvalidInput> {
  const wrong = checkText('text', text, APPEAL_MAX);
  if (wrong !== null) return wrong;
  const found = await lockCase(work, caseId);
  if (found === null || found.frozenAt === null || found.walletId !== work.caller.memberId) {
    return notFound('CASE_NOT_FOUND');
  }
  const next = nextState(found.state, 'APPEAL');
  if (next === null) return notReady(found);
  if (found.appeal !== null) return refused('CaseNotReady', 'CASE_APPEALED');
  if (isPastDeadline(work, found)) return refused('CaseNotReady', 'CASE_PAST_DEADLINE');

  // From here on the command must succeed.
  // Whoever proposed a deduction did not know what she says: it is proposed again, or not.
  await execute(
    work.manager,
    "UPDATE points_case_deduction SET state = 'WITHDRAWN' WHERE case_id = ? AND state = 'PROPOSED'",
    [caseId],
  );
  await moveCase(work.manager, found, next, {
    appeal: text.trim(),
    appealed_ms: work.at.getTime(),
  });
  return changed(caseId);
}

/**
 * Ends a case: one that nobody approved is dropped, one without a deduction was unfounded and gives the
 * lost days back. It favours the member, so one person is enough.
 */
export async function liftFreeze(
  work: Work,
  { caseId, note }: LiftFreezeInput,
): Promise<CaseChanged | NotFound | NotReady | InvalidInput> {
  const wrong = checkText('note', note, TEXT_MAX);
  if (wrong !== null) return wrong;
  const found = await lockCase(work, caseId);
  if (found === null) return notFound('CASE_NOT_FOUND');
  if (nextState(found.state, 'LIFT') === null) return notReady(found);

  // From here on the command must succeed.
  await lift(work, found, { note: note.trim(), by: work.caller.subject });
  return changed(caseId);
}

/** Moves a case that may be lifted on to its end. */
export async function lift(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  found: PointsCaseRow,
  { note, by }: Readonly<{ note: string; by: string }>,
): Promise<void> {
  const deducted = await manager.countBy(Deduction, { caseId: found.id, state: 'BOOKED' });
  const next = nextState(found.state, 'LIFT');
  await moveCase(manager, found, next ?? found.state, {
    outcome: outcomeOfLift(found.state, deducted > 0),
    note,
    closed_by: by,
    ...(next === 'CLOSED' && { closed_ms: at.getTime() }),
  });
}

const isPastDeadline = ({ at }: Work, { deadlineOn }: PointsCaseRow): boolean =>
  dayOf(at) >= deadlineOn;
