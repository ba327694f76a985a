import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant, hasRole } from '../../../../shared/graphql/caller.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { holderOf } from '../../commands/order-numbers.ts';
import {
  type AskedBefore,
  type RecordPurchaseOutcome,
  recordPurchases,
} from '../../commands/record-purchase.ts';
import type {
  AcceptClaimInput,
  DeclineClaimInput,
  RecordPurchaseInput,
} from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { claimEvent } from '../domain/claim-events.ts';
import { claimState } from '../domain/claim-state.ts';
import { PointsClaim, type PointsClaimRow } from '../entities/points-claim.ts';
import { lockClaim } from '../queries/find-claim.ts';
import { REASON_MAX } from './change-order.ts';

export type ClaimDecided = Readonly<{
  kind: 'ClaimDecided';
  claimId: string;
  /** What its points are to be posted for; null: it was declined. */
  purchaseId: string | null;
}>;

type Refusals = Refused<'ClaimClosed'> | NotFound | InvalidInput;

/** An order of a claim as it is recorded: for the member who claims it, under the number that she named. */
export const orderOfClaim = (
  { merchantId, memberId, orderNumber, purchasedAt }: PointsClaimRow,
  { idempotencyKey, order }: AcceptClaimInput,
): RecordPurchaseInput | null =>
  order == null
    ? null
    : {
        ...order,
        idempotencyKey,
        merchantId,
        memberId,
        orderNumber,
        purchasedAt: order.purchasedAt ?? purchasedAt,
      };

/**
 * The merchant agrees: the order is recorded for the member, or was recorded for her meanwhile, and then it is
 * left as it is. So its points are awarded once. What speaks against recording it speaks against this as well.
 */
export const acceptClaimOf = (asked: AskedBefore | null) =>
  async function acceptClaim(
    work: Work,
    input: AcceptClaimInput,
  ): Promise<
    ClaimDecided | Exclude<RecordPurchaseOutcome, { kind: 'PurchaseRecorded' }> | Refusals
  > {
    const { manager } = work;
    const answer = input.answer ?? null;
    const unusable = answer === null ? null : checkText('answer', answer, REASON_MAX);
    if (unusable !== null) return unusable;
    const claim = await lockDecidable(work, input.claimId);
    if ('kind' in claim) return claim;
    const { merchantId, memberId, orderNumber } = claim;
    const holder = await holderOf(manager, { merchantId, orderNumber });
    if (holder?.memberId === memberId) return decide(work, claim, answer, holder.id);
    const order = orderOfClaim(claim, input);
    if (order === null || asked === null) return invalidInput('CLAIM_ORDER_NEEDED', 'order');
    const recorded = { ...asked, input: order, inHand: new Map() };
    const [outcome] = await recordPurchases(work, [recorded]);
    assert(outcome !== undefined, 'one order has one outcome');
    return outcome.kind === 'PurchaseRecorded'
      ? decide(work, claim, answer, outcome.purchaseId)
      : outcome;
  };

/** The merchant does not agree, and says why. The member may take it to the operator. */
export async function declineClaim(
  work: Work,
  { claimId, answer }: DeclineClaimInput,
): Promise<ClaimDecided | Refusals> {
  const unusable = checkText('answer', answer, REASON_MAX);
  if (unusable !== null) return unusable;
  const claim = await lockDecidable(work, claimId);
  return 'kind' in claim ? claim : decide(work, claim, answer, null);
}

/** A claim that the caller may decide now: an escalated one is the operator's. */
async function lockDecidable(
  work: Work,
  claimId: string,
): Promise<PointsClaimRow | Refused<'ClaimClosed'> | NotFound> {
  const claim = await lockClaim(work, claimId);
  if (claim === null || !actsForMerchant(work.caller, claim.merchantId)) {
    return notFound('CLAIM_NOT_FOUND');
  }
  await requireDeed(work, claim.merchantId, 'CORRECT');
  if (claim.decision !== null) return refused('ClaimClosed', 'CLAIM_DECIDED');
  const isEscalated = claimState(claim, work.at) === 'ESCALATED';
  return isEscalated && !hasRole(work.caller, 'OPERATOR')
    ? refused('ClaimClosed', 'CLAIM_ESCALATED')
    : claim;
}

async function decide(
  { manager, at, caller }: Work,
  claim: PointsClaimRow,
  answer: string | null,
  purchaseId: string | null,
): Promise<ClaimDecided> {
  const isAccepted = purchaseId !== null;
  await manager.update(PointsClaim, claim.id, {
    decision: isAccepted ? 'ACCEPTED' : 'DECLINED',
    answer: answer?.trim() ?? null,
    decidedBy: caller.subject,
    decidedAt: at,
    purchaseId,
    isFinal: isAccepted || claim.escalatedAt !== null,
  });
  await appendEvents(manager, at, [
    claimEvent(isAccepted ? 'claim.accepted' : 'claim.declined', claim),
  ]);
  return { kind: 'ClaimDecided', claimId: claim.id, purchaseId };
}
