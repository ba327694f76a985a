import { dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { RecordSettlementInput } from '../../schema.generated.ts';
import { movedPayment } from '../domain/states.ts';
import { paymentOf } from '../queries/rows.ts';

export type SettlementRecorded = Readonly<{
  kind: 'SettlementRecorded';
  cycleId: string;
  paymentId: string;
}>;

type Outcome =
  | SettlementRecorded
  | NotFound
  | InvalidInput
  | Refused<'PaymentSettled'>
  | Refused<'PaymentLost'>
  | Refused<'AmountDiffers'>;

const REFERENCE_MAX = 140;

/**
 * Writes down that a payment was made outside of the platform: the payee says so, or the operator for
 * it. It moves nothing, and there is nothing here that it could move (S68). Throws FORBIDDEN for
 * another merchant's staff.
 */
export async function recordSettlement(work: Work, input: RecordSettlementInput): Promise<Outcome> {
  const { manager, dialect, at, caller } = work;
  const { paymentId, merchantId, reference, amount } = input;
  if (!actsForMerchant(caller, merchantId)) throw fault('FORBIDDEN');
  const unusable = checkText('reference', reference, REFERENCE_MAX);
  if (unusable !== null) return unusable;
  const [row] = await manager.query<Record<string, string>[]>(
    `SELECT payment.*, cycle.closed_ms FROM points_clearing_payment payment
     JOIN points_clearing_cycle cycle ON cycle.id = payment.cycle_id
     WHERE payment.id = ? AND payment.payee_id = ? ${dialect.forUpdate}`,
    [paymentId, merchantId],
  );
  // MariaDB finds an id with blanks after it as well: that is not this one.
  if (row?.id !== paymentId || row.payee_id !== merchantId) return notFound('PAYMENT_NOT_FOUND');
  const payment = paymentOf(row);
  const paidOn = parseIsoDay(input.paidOn);
  const closedOn = dayOf(new Date(toSafeInteger(row.closed_ms)));
  if (paidOn > dayOf(at) || paidOn < closedOn) return invalidInput('PAID_ON_NOT_USABLE', 'paidOn');
  const state = movedPayment(payment.state, 'settle');
  if (state === null) return refused('PaymentSettled', 'PAYMENT_SETTLED');
  const dueMinor = payment.amountMinor - payment.uncoveredMinor;
  if (dueMinor === 0) return refused('PaymentLost', 'PAYMENT_LOST');
  if (amount.amountMinor !== dueMinor || amount.currency !== payment.currency) {
    const { currency } = payment;
    return refused('AmountDiffers', 'AMOUNT_DIFFERS', { dueMinor, currency });
  }

  // From here on the command must succeed.
  await execute(
    manager,
    `UPDATE points_clearing_payment SET state = ?, reference = ?, paid_on = ?, settled_ms = ?
     WHERE id = ?`,
    [state, reference.trim(), paidOn, at.getTime(), paymentId],
  );
  const { cycleId, payerId, payeeId } = payment;
  await appendEvents(manager, at, [
    { kind: 'clearing.settled', payload: { paymentId, cycleId, payerId, payeeId } },
  ]);
  return { kind: 'SettlementRecorded', cycleId, paymentId };
}
