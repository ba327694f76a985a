import type { NotFound, Refused } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import type { RedemptionPending } from '../domain/redemption.ts';
import type {
  CancelRedemptionInput,
  DeclineRedemptionInput,
  FulfilRedemptionInput,
} from '../schema.generated.ts';
import { cancelRedemption } from './commands/cancel-redemption.ts';
import { declineRedemption, fulfilRedemption } from './commands/hand-over.ts';

type Of<Kind> = Readonly<{ kind: Kind; redemptionId: string }>;

export type RedemptionCancelled = Of<'RedemptionCancelled'>;

/** Records the cancellation, then carries it out as far as it comes in time. */
export async function cancelAndCarryOut(
  context: Context,
  input: CancelRedemptionInput,
): Promise<RedemptionCancelled | RedemptionPending | NotFound | Refused<'NotCancellable'>> {
  const { redemptions } = context.services;
  const asked = () => context.run(cancelRedemption, input);
  const recorded = await redemptions.around('request-cancel', asked);
  if (recorded.kind !== 'CancellationRecorded') return recorded;
  const { redemptionId } = recorded;
  const { state } = await redemptions.carryOn(context, redemptionId);
  return {
    kind: state === 'CANCELLED' ? 'RedemptionCancelled' : 'RedemptionPending',
    redemptionId,
  };
}

/** Records that the merchant has handed it over, then burns the points if that can be done in time. */
export async function fulfilAndCarryOut(context: Context, input: FulfilRedemptionInput) {
  const { redemptions } = context.services;
  const answer = await redemptions.around('hand-over', () => context.run(fulfilRedemption, input));
  if (answer.kind === 'RedemptionFulfilled') {
    await redemptions.carryOn(context, answer.redemptionId);
  }
  return answer;
}

/** Records that the merchant will not hand it over, then gives all back if that can be done in time. */
export async function declineAndCarryOut(context: Context, input: DeclineRedemptionInput) {
  const { redemptions } = context.services;
  const answer = await redemptions.around('decline', () => context.run(declineRedemption, input));
  if (answer.kind === 'RedemptionDeclined') {
    await redemptions.carryOn(context, answer.redemptionId);
  }
  return answer;
}
