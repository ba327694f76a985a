import { actsForMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import { priceOf } from '../domain/reward.ts';
import type { QuoteRedemptionInput } from '../schema.generated.ts';
import { memberStanding, merchantStanding } from './standing.ts';

/** What the ledger says about a payment. */
type SpendingPlan = Readonly<{
  available: number;
  missing: number;
  burns: readonly Readonly<{
    points: number;
    issuer: Readonly<{ id: string }>;
    expiresOn: string | null;
  }>[];
}>;

export type RedemptionQuote = SpendingPlan &
  Readonly<{
    kind: 'RedemptionQuote';
    rewardId: string;
    points: number;
    unit: string;
    remaining: number;
  }>;

const PLAN = `query ($walletId: ID!, $unit: String!, $points: SafeInt!, $acceptorId: ID!) {
  spendingPlan(walletId: $walletId, unit: $unit, points: $points, acceptorId: $acceptorId) {
    available missing burns { points issuer { id } expiresOn }
  }
}`;

/**
 * What redeeming would cost now, refused for the same reasons as `redeem` would be, but for missing
 * points, which the quote tells. Throws FORBIDDEN for another's wallet, PeerFailure during an outage.
 */
export async function quoteRedemption(
  context: Context,
  input: QuoteRedemptionInput,
): Promise<
  RedemptionQuote | Refused<'SoldOut'> | Refused<'RewardNotAvailable'> | NotFound | InvalidInput
> {
  const { memberId, rewardId, quantity = 1 } = input;
  if (!actsForMember(context.caller, memberId)) throw fault('FORBIDDEN');
  const reward = await context.loaders.rewardById.load(rewardId);
  if (reward === null) return notFound('REWARD_NOT_FOUND');
  const points = priceOf(reward.points, quantity);
  if (typeof points !== 'number') return points;
  const { merchantId: acceptorId, unit } = reward;
  const [member, merchant, { spendingPlan }] = await Promise.all([
    memberStanding(context, memberId),
    merchantStanding(context, acceptorId),
    context.peers.ask<{ spendingPlan: SpendingPlan }>(
      'points-ledger',
      PLAN,
      { walletId: memberId, unit, points, acceptorId },
      context,
    ),
  ]);
  if (member !== 'ACTIVE') return notFound('MEMBER_NOT_FOUND');
  if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
  if (reward.status !== 'PUBLISHED') return refused('RewardNotAvailable', 'REWARD_DELISTED');
  if (reward.stock !== null && reward.stock < quantity) {
    return refused('SoldOut', 'SOLD_OUT');
  }
  const remaining = Math.max(spendingPlan.available - points, 0);
  return { kind: 'RedemptionQuote', rewardId, points, unit, remaining, ...spendingPlan };
}
