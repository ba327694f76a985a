import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
} from '../../../../shared/graphql/refusals.ts';
import type { DisputeClearingLineInput } from '../../schema.generated.ts';
import { movedSide } from '../domain/states.ts';
import {
  lineNotFound,
  lockStatement,
  type MoveRefused,
  moveSides,
  readSides,
  stateRefusal,
} from './sides.ts';

export type ClearingLineDisputed = Readonly<{
  kind: 'ClearingLineDisputed';
  statementId: string;
  lineId: string;
}>;

const REASON_MAX = 1000;

/**
 * A merchant says that a line of its statement is wrong. Claims and payments stay as they are until the
 * operator decides. Throws FORBIDDEN for another merchant's staff.
 */
export async function disputeClearingLine(
  work: Work,
  { statementId, lineId, merchantId, reason }: DisputeClearingLineInput,
): Promise<ClearingLineDisputed | NotFound | InvalidInput | MoveRefused> {
  if (!actsForMerchant(work.caller, merchantId)) throw fault('FORBIDDEN');
  const unusable = checkText('reason', reason, REASON_MAX);
  if (unusable !== null) return unusable;
  const statement = await lockStatement(work, statementId, merchantId);
  const sides = statement === null ? [] : await readSides(work.manager, statementId);
  const side = sides.find((one) => one.lineId === lineId);
  if (statement === null || side === undefined) return lineNotFound();
  const to = movedSide(side.state, 'dispute');
  if (to === null) return stateRefusal(side.state);

  // From here on the command must succeed.
  await moveSides(work, statementId, [lineId], to, { reason: reason.trim() });
  await appendEvents(work.manager, work.at, [
    {
      kind: 'clearing.disputed',
      payload: { statementId, cycleId: statement.cycleId, merchantId, lineId },
    },
  ]);
  return { kind: 'ClearingLineDisputed', statementId, lineId };
}
