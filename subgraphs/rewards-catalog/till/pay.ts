import { assert } from '../../../shared/assert.ts';
import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { type NotFound, type Refused, refused } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import { answerOf, type RedemptionPending } from '../domain/redemption.ts';
import type { PayWithPointsInput, UndoPointsPaymentInput } from '../schema.generated.ts';
import {
  type PaymentFacts,
  type PaymentRefusal,
  recordPayment,
} from './commands/record-payment.ts';
import { undoPayment } from './commands/undo-payment.ts';
import { bearerOf, tillStanding } from './queries/ask-peers.ts';

/** `asked`: what the lines came to before points, in the smallest unit. */
export type PaidWithPoints = Readonly<{
  kind: 'PaidWithPoints';
  redemptionId: string;
  asked: readonly number[];
}>;

export type PointsPaymentUndone = Readonly<{ kind: 'PointsPaymentUndone'; redemptionId: string }>;

/** What the ledger refuses. */
type NotPaid = Refused<'InsufficientPoints' | 'RewardNotAvailable'>;

const NOTHING: PaymentFacts = { bearer: null, till: null };

/**
 * Points pay a part of a bill, in one step. When the ledger does not answer in time it is pending: the till asks again
 * or undoes it; undone meanwhile, it is refused under its key too, for a till would hand out goods for points that are
 * back. Throws FORBIDDEN for others than staff of the merchant, SUBGRAPH_UNAVAILABLE when members or merchants
 * does not answer: then nothing is recorded.
 */
export async function payWithPoints(
  context: Context,
  input: PayWithPointsInput,
): Promise<PaidWithPoints | RedemptionPending | NotPaid | PaymentRefusal> {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const { redemptions } = context.services;
  const command = recordPayment(await factsFor(context, input));
  const recorded = await redemptions.around('record', () => context.run(command, input));
  if (recorded.kind !== 'PaymentRecorded') return recorded;
  const { redemptionId } = recorded;
  const redemption = await redemptions.carryOn(context, redemptionId);
  if (redemption.completedAt !== null && redemption.cancelAt !== null) {
    return refused('RewardNotAvailable', 'PAYMENT_UNDONE');
  }
  const answer = answerOf(redemption);
  if (answer.kind === 'RewardRedeemed') {
    return { kind: 'PaidWithPoints', redemptionId, asked: input.lines };
  }
  if (answer.kind === 'RedemptionPending') return answer;
  const { kind, ...why } = answer;
  assert(kind !== 'SpendingCapReached', 'what she has herself has no cap');
  return { kind, ...why };
}

/** A key that was answered before needs nobody's word: the code it came with may be over by now. */
async function factsFor(context: Context, input: PayWithPointsInput): Promise<PaymentFacts> {
  if ((await rememberedOutcome(context, recordPayment(NOTHING), input)) !== null) return NOTHING;
  const asking = { peers: context.peers, call: context };
  const [bearer, till] = await Promise.all([
    bearerOf(asking, input.memberCode),
    standingFor(context, input),
  ]);
  return { bearer, till };
}

async function standingFor(
  context: Context,
  {
    merchantId,
    orderNumber,
    storeId,
  }: Pick<PayWithPointsInput, 'merchantId' | 'orderNumber' | 'storeId'>,
) {
  const asked = { merchantId, orderNumber, storeId: storeId ?? null };
  const asking = { peers: context.peers, call: context };
  const till = await tillStanding(asking, asked, context.caller);
  if (till?.mayTake === false) throw fault('FORBIDDEN');
  return till;
}

/** Gives back the points of an order that was not recorded. The same faults. */
export async function undoPointsPayment(
  context: Context,
  input: UndoPointsPaymentInput,
): Promise<PointsPaymentUndone | RedemptionPending | NotFound | Refused<'PaymentNotUndone'>> {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const earlier = await rememberedOutcome(context, undoPayment(null), input);
  const till = earlier === null ? await standingFor(context, input) : null;
  const recorded = await context.run(undoPayment(till), input);
  if (recorded.kind !== 'UndoRecorded') return recorded;
  const { redemptionId } = recorded;
  const { state } = await context.services.redemptions.carryOn(context, redemptionId);
  const kind = state === 'CANCELLED' ? 'PointsPaymentUndone' : 'RedemptionPending';
  return { kind, redemptionId };
}
