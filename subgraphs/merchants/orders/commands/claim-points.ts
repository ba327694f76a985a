import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMember } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { holderOf } from '../../commands/order-numbers.ts';
import { ORDER_NUMBER_MAX } from '../../domain/order.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { ClaimPointsInput, EscalateClaimInput } from '../../schema.generated.ts';
import { claimEvent } from '../domain/claim-events.ts';
import { CLAIM_ANSWER_DAYS, claimState, OPEN_CLAIMS_MAX } from '../domain/claim-state.ts';
import { PointsClaim, type PointsClaimRow } from '../entities/points-claim.ts';
import { lockClaim } from '../queries/find-claim.ts';
import { REASON_MAX } from './change-order.ts';

export type PointsClaimed = Readonly<{ kind: 'PointsClaimed'; claimId: string }>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A member says that the points of an order are missing. For an order of hers that is recorded she is shown it
 * instead. Claimed again, under whatever key, it is the same claim.
 */
export async function claimPoints(
  work: Work,
  input: ClaimPointsInput,
): Promise<PointsClaimed | Refused<'OrderRecorded'> | NotFound | InvalidInput> {
  const { manager, at, caller } = work;
  const { merchantId, orderNumber } = input;
  const { memberId } = caller;
  if (memberId === null) throw fault('FORBIDDEN');
  const unusable = defectOfClaim(input, at);
  if (unusable !== null) return unusable;
  const merchant = await manager.findOneBy(Merchant, { id: merchantId });
  // MariaDB finds an id with blanks after it as well: that is not this one's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  const whose = { merchantId, orderNumber, memberId };
  const known = await manager.findOneBy(PointsClaim, whose);
  if (known !== null) return { kind: 'PointsClaimed', claimId: known.id };
  const holder = await holderOf(manager, { merchantId, orderNumber });
  // Whether somebody else has the number is the merchant's to see.
  if (holder?.memberId === memberId) {
    return refused('OrderRecorded', 'CLAIM_ORDER_RECORDED', { purchaseId: holder.id });
  }
  const open = await manager.countBy(PointsClaim, { merchantId, memberId, isFinal: false });
  if (open >= OPEN_CLAIMS_MAX) {
    return invalidInput('CLAIMS_TOO_MANY', 'orderNumber', { max: OPEN_CLAIMS_MAX });
  }

  // From here on the command must succeed.
  await insertClaim(work, input, memberId);
  // Of two that claim at once the second finds the first one's.
  const { id } = await manager.findOneByOrFail(PointsClaim, whose);
  return { kind: 'PointsClaimed', claimId: id };
}

function defectOfClaim(
  { orderNumber, purchasedAt, amountMinor, words }: ClaimPointsInput,
  at: Date,
): InvalidInput | null {
  const unusable =
    checkKey('orderNumber', orderNumber, ORDER_NUMBER_MAX) ?? checkText('words', words, REASON_MAX);
  if (unusable !== null) return unusable;
  if (purchasedAt > at) return invalidInput('PURCHASED_IN_FUTURE', 'purchasedAt');
  const isNegative = amountMinor != null && amountMinor < 0;
  return isNegative ? invalidInput('AMOUNT_NEGATIVE', 'amountMinor') : null;
}

async function insertClaim(
  { manager, dialect, at, newId }: Work,
  { merchantId, orderNumber, purchasedAt, amountMinor, words }: ClaimPointsInput,
  memberId: string,
): Promise<void> {
  const id = newId();
  const dueAt = new Date(at.getTime() + CLAIM_ANSWER_DAYS * DAY_MS);
  await insertRows(
    manager,
    'merchants_points_claim',
    [
      'id',
      'merchant_id',
      'order_number',
      'member_id',
      'purchased_ms',
      'amount_minor',
      'words',
      'filed_ms',
      'due_ms',
      'is_final',
    ],
    [
      [
        id,
        merchantId,
        orderNumber,
        memberId,
        purchasedAt.getTime(),
        amountMinor ?? null,
        words.trim(),
        at.getTime(),
        dueAt.getTime(),
        0,
      ],
    ],
    { ending: dialect.onDuplicateKeep(['merchant_id', 'order_number', 'member_id']) },
  );
  const isNew = await manager.existsBy(PointsClaim, { id });
  const claim = { id, merchantId, memberId, orderNumber };
  if (isNew) await appendEvents(manager, at, [claimEvent('claim.filed', claim)]);
}

/** A member takes a claim that was declined, or not answered in time, to the operator, whose word is the last one. */
export async function escalateClaim(
  work: Work,
  { claimId, words }: EscalateClaimInput,
): Promise<PointsClaimed | Refused<'ClaimClosed'> | NotFound | InvalidInput> {
  const { manager, at, caller } = work;
  const unusable = checkText('words', words, REASON_MAX);
  if (unusable !== null) return unusable;
  const claim = await lockClaim(work, claimId);
  if (claim === null || !actsForMember(caller, claim.memberId)) return notFound('CLAIM_NOT_FOUND');
  const state = claimState(claim, at);
  const refusal = againstEscalation(claim, state);
  if (refusal !== null) return refused('ClaimClosed', refusal);

  // From here on the command must succeed.
  await manager.update(PointsClaim, claimId, {
    decision: null,
    escalation: words.trim(),
    escalatedAt: at,
  });
  await appendEvents(manager, at, [claimEvent('claim.escalated', claim)]);
  return { kind: 'PointsClaimed', claimId };
}

function againstEscalation(
  { isFinal }: PointsClaimRow,
  state: ReturnType<typeof claimState>,
): 'CLAIM_FINAL' | 'CLAIM_NOT_DUE' | 'CLAIM_ESCALATED' | null {
  if (isFinal) return 'CLAIM_FINAL';
  if (state === 'OPEN') return 'CLAIM_NOT_DUE';
  return state === 'ESCALATED' ? 'CLAIM_ESCALATED' : null;
}
