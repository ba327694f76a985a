import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { moveRedemption } from '../../commands/move-redemption.ts';
import { OWN_TURN_MS, waitsForMerchant } from '../../domain/redemption.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import type { DeclineRedemptionInput, FulfilRedemptionInput } from '../../schema.generated.ts';
import { lockRedemption } from './lock-redemption.ts';

export type RedemptionFulfilled = Readonly<{ kind: 'RedemptionFulfilled'; redemptionId: string }>;
export type RedemptionDeclined = Readonly<{ kind: 'RedemptionDeclined'; redemptionId: string }>;

type No = NotFound | Refused<'NotFulfillable'>;

/** The merchant has handed it over: what was set aside is burnt afterwards. One at another merchant is unknown. */
export async function fulfilRedemption(
  work: Work,
  { redemptionId }: FulfilRedemptionInput,
): Promise<RedemptionFulfilled | No> {
  const redemption = await waiting(work, redemptionId);
  if ('kind' in redemption) return redemption;

  // From here on the command must succeed.
  await moveRedemption(work.manager, redemption, {
    next: 'FULFILLED',
    at: work.at,
    event: { kind: 'FULFILLED' },
    dueAt: ownTurn(work),
  });
  return { kind: 'RedemptionFulfilled', redemptionId };
}

const REASON_MAX = 200;

/** The merchant will not hand it over: all goes back afterwards, and the member is told why. */
export async function declineRedemption(
  work: Work,
  input: DeclineRedemptionInput,
): Promise<RedemptionDeclined | No | InvalidInput> {
  const { redemptionId } = input;
  const wrong = checkText('reason', input.reason, REASON_MAX);
  if (wrong !== null) return wrong;
  const redemption = await waiting(work, redemptionId);
  if ('kind' in redemption) return redemption;

  // From here on the command must succeed.
  const refusal = refused('RewardNotAvailable', 'DECLINED_BY_MERCHANT', {
    reason: input.reason.trim(),
  });
  await moveRedemption(work.manager, redemption, {
    next: 'RELEASING',
    at: work.at,
    event: { kind: 'TURNED_BACK', reason: refusal },
    refusal,
    dueAt: ownTurn(work),
  });
  return { kind: 'RedemptionDeclined', redemptionId };
}

const ownTurn = ({ at }: Work): Date => new Date(at.getTime() + OWN_TURN_MS);

/** The redemption, which waits for this merchant and is locked; or why it does not. */
async function waiting(work: Work, redemptionId: string): Promise<RedemptionRow | No> {
  const redemption = await lockRedemption(work, redemptionId);
  if (redemption === null || !actsForMerchant(work.caller, redemption.merchantId)) {
    return notFound('REDEMPTION_NOT_FOUND');
  }
  if (waitsForMerchant(redemption, work.at)) return redemption;
  return refused('NotFulfillable', whyNot(redemption));
}

function whyNot({ state, fulfilBy, cancelAt }: RedemptionRow): string {
  if (cancelAt !== null || state === 'RELEASING' || state === 'CANCELLED') {
    return 'CANCELLED_ALREADY';
  }
  if (fulfilBy === null) return 'FULFILLED_AT_ONCE';
  if (state === 'RECORDED') return 'POINTS_NOT_HELD_YET';
  return state === 'HELD' ? 'FULFILMENT_OVERDUE' : 'FULFILLED_ALREADY';
}
