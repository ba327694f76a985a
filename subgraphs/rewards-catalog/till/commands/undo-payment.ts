import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { lockRedemption } from '../../aftersales/commands/lock-redemption.ts';
import { noteEvent } from '../../aftersales/commands/note-event.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import type { UndoPointsPaymentInput } from '../../schema.generated.ts';
import { BillOffset, type BillOffsetRow } from '../entities/bill-offset.ts';
import type { TillStanding } from '../queries/ask-peers.ts';
import { lockedHolder, orderClaim } from './claims.ts';

export type UndoRecorded = Readonly<{ kind: 'UndoRecorded'; redemptionId: string }>;

export type UndoPaymentOutcome = UndoRecorded | NotFound | Refused<'PaymentNotUndone'>;

/** A request to record an order is over by then, whatever became of it. */
const CLAIM_MS = 10 * 60 * 1000;

/** Writes down that the points of an order go back that was not recorded; undone already, it is answered the same. */
export const undoPayment = (till: TillStanding | null) =>
  // The frame scopes keys by the name of the function.
  async function undoPayment(
    work: Work,
    { merchantId, orderNumber }: UndoPointsPaymentInput,
  ): Promise<UndoPaymentOutcome> {
    const held = await lockedHolder(work, orderClaim(merchantId, orderNumber));
    if (held === null) return notFound('ORDER_NOT_PAID_WITH_POINTS');
    const { id: redemptionId } = held;
    const no = await whyNotUndone(work, redemptionId, till);
    if (no !== null) return no;

    // From here on the command must succeed.
    await undoNow(work, redemptionId, 'PAYMENT_UNDONE_BY_TILL', OWN_TURN_MS);
    return { kind: 'UndoRecorded', redemptionId };
  };

/**
 * Locks the redemption. An order that is recorded without naming it was, by that, paid in money alone: then the points may
 * go back.
 */
export async function whyNotUndone(
  work: Pick<Work, 'manager' | 'dialect' | 'at'>,
  redemptionId: string,
  till: TillStanding | null,
): Promise<Refused<'PaymentNotUndone'> | null> {
  await lockRedemption(work, redemptionId);
  const offset = await work.manager.findOneByOrFail(BillOffset, { redemptionId });
  if (till?.pointsPaymentId === redemptionId || offset.purchaseId !== null) {
    return refused('PaymentNotUndone', 'PAID_ORDER_RECORDED');
  }
  return isClaimed(offset, work.at) ? refused('PaymentNotUndone', 'PAID_ORDER_IN_HAND') : null;
}

const isClaimed = ({ claimedAt }: BillOffsetRow, at: Date): boolean =>
  claimedAt !== null && at.getTime() < claimedAt.getTime() + CLAIM_MS;

/** Has the points given back, unless they are on the way already: by a worker once `ownTurnMs` are over. */
export async function undoNow(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  redemptionId: string,
  code: 'PAYMENT_UNDONE_BY_TILL' | 'PAYMENT_LAPSED',
  ownTurnMs: number,
): Promise<void> {
  await execute(
    manager,
    'UPDATE rewards_bill_offset SET lapses_ms = NULL WHERE redemption_id = ?',
    [redemptionId],
  );
  const marked = await execute(
    manager,
    `UPDATE rewards_redemption SET cancel_ms = ?, attempts = 0, next_attempt_ms = ?
     WHERE id = ? AND cancel_ms IS NULL AND state <> 'CANCELLED'`,
    [at.getTime(), at.getTime() + ownTurnMs, redemptionId],
  );
  if (marked !== 1) return;
  const reason = { code, parameters: {} };
  await noteEvent(manager, redemptionId, at, { kind: 'CANCEL_REQUESTED', reason });
}
