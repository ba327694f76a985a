import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { actsForMember } from '../../../../shared/graphql/caller.ts';
import { type NotFound, notFound, type Refused } from '../../../../shared/graphql/refusals.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import { hasBegun } from '../../offers/domain/slot-days.ts';
import { slotOf } from '../../offers/queries/slot-of.ts';
import type { CancelRedemptionInput } from '../../schema.generated.ts';
import { whyNotCancellable } from '../domain/cancelling.ts';
import { readTerms } from '../queries/read-terms.ts';
import { lockRedemption, lockVoucher, voidVoucher } from './lock-redemption.ts';
import { noteEvent } from './note-event.ts';

export type CancellationRecorded = Readonly<{ kind: 'CancellationRecorded'; redemptionId: string }>;

export type RecordCancellationOutcome = CancellationRecorded | NotFound | Refused<'NotCancellable'>;

/**
 * Writes down that a redemption is to be undone, and makes its voucher void; points and stock go back afterwards, as
 * soon as it has come to where that can be done. A redemption of another member is answered as if there were none.
 */
export async function cancelRedemption(
  work: Work,
  { redemptionId }: CancelRedemptionInput,
): Promise<RecordCancellationOutcome> {
  const redemption = await lockRedemption(work, redemptionId);
  if (redemption === null || !actsForMember(work.caller, redemption.memberId)) {
    return notFound('REDEMPTION_NOT_FOUND');
  }
  const voucher = await lockVoucher(work, redemptionId);
  const { feePercent } = await readTerms(work.manager, redemption.rewardId);
  const isBegun = hasBegun(await slotOf(work.manager, redemptionId), work.at);
  const now = { today: dayOf(work.at), isBegun };
  const refusal = whyNotCancellable(redemption, voucher, feePercent, now);
  if (refusal !== null) return refusal;

  // From here on the command must succeed.
  const at = work.at.getTime();
  await execute(
    work.manager,
    `UPDATE rewards_redemption SET cancel_ms = ?, attempts = 0, next_attempt_ms = ? WHERE id = ?`,
    [at, at + OWN_TURN_MS, redemptionId],
  );
  await voidVoucher(work, redemptionId);
  await noteEvent(work.manager, redemptionId, work.at, { kind: 'CANCEL_REQUESTED' });
  return { kind: 'CancellationRecorded', redemptionId };
}
