import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { ConfirmClearingStatementInput } from '../../schema.generated.ts';
import { movedSide } from '../domain/states.ts';
import {
  lineNotFound,
  lockStatement,
  type MoveRefused,
  moveSides,
  readSides,
  type Side,
  stateRefusal,
} from './sides.ts';

export type ClearingLinesConfirmed = Readonly<{
  kind: 'ClearingLinesConfirmed';
  statementId: string;
}>;

/**
 * A merchant confirms lines of its statement: the named ones, or all that are open. A disputed line
 * stays disputed; when no line is open or disputed any more, the statement is confirmed. Throws
 * FORBIDDEN for another merchant's staff.
 */
export async function confirmClearingStatement(
  work: Work,
  { statementId, merchantId, lineIds }: ConfirmClearingStatementInput,
): Promise<ClearingLinesConfirmed | NotFound | MoveRefused | InvalidInput> {
  if (!actsForMerchant(work.caller, merchantId)) throw fault('FORBIDDEN');
  if (lineIds?.length === 0) return invalidInput('LINES_NEEDED', 'lineIds');
  const statement = await lockStatement(work, statementId, merchantId);
  if (statement === null) return notFound('CLEARING_STATEMENT_NOT_FOUND');
  const chosen = chooseLines(await readSides(work.manager, statementId), lineIds ?? null);
  if (!Array.isArray(chosen)) return chosen;

  // From here on the command must succeed.
  const state = await moveSides(work, statementId, chosen, 'CONFIRMED');
  await appendEvents(work.manager, work.at, [
    {
      kind: 'clearing.confirmed',
      payload: { statementId, cycleId: statement.cycleId, merchantId, lines: chosen.length, state },
    },
  ]);
  return { kind: 'ClearingLinesConfirmed', statementId };
}

const mayConfirm = ({ state }: Side): boolean => movedSide(state, 'confirm') !== null;

/** The ids of the lines to confirm, or why that cannot be. */
function chooseLines(
  sides: readonly Side[],
  lineIds: readonly string[] | null,
): string[] | NotFound | MoveRefused {
  if (lineIds === null) {
    const open = sides.filter(mayConfirm).map(({ lineId }) => lineId);
    if (open.length > 0) return open;
    const isDisputed = sides.some(({ state }) => state === 'DISPUTED');
    return isDisputed ? stateRefusal('DISPUTED') : refused('AlreadyConfirmed', 'ALREADY_CONFIRMED');
  }
  const byLine = new Map(sides.map((side) => [side.lineId, side]));
  for (const lineId of lineIds) {
    const side = byLine.get(lineId);
    if (side === undefined) return lineNotFound();
    if (!mayConfirm(side)) return stateRefusal(side.state);
  }
  return [...new Set(lineIds)];
}
