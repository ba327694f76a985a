import { actsForMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { poolOf, scopesOf } from '../commands/post-points.ts';
import type { Context } from '../context.ts';
import { priceOf } from '../domain/reward.ts';
import type { RewardRow } from '../entities/reward.ts';
import { askedOf } from '../offers/commands/conditions.ts';
import type { OfferRefusal } from '../offers/domain/conditions.ts';
import { cashPartOf, unitPrice } from '../offers/domain/price.ts';
import { offerFacts } from '../offers/queries/offer-facts.ts';
import { refuseConditions } from '../offers/queries/read-conditions.ts';
import { makeQuoteToken } from '../offers/quote-token.ts';
import type { QuoteRedemptionInput } from '../schema.generated.ts';
import { familyOf } from './family.ts';
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
    /** Money for all beside the points, in the smallest unit; null: none. */
    cashPart: Readonly<{ amountMinor: number; currency: string }> | null;
    priceTier: string | null;
    validUntil: Date;
    token: string;
  }>;

export type QuoteOutcome =
  | RedemptionQuote
  | Refused<'SoldOut'>
  | Refused<'RewardNotAvailable'>
  | OfferRefusal
  | NotFound
  | InvalidInput;

const PLAN = `query ($walletId: ID!, $unit: String!, $points: SafeInt!, $acceptorId: ID!,
  $scopes: [String!]!) {
  spendingPlan(walletId: $walletId, unit: $unit, points: $points, acceptorId: $acceptorId,
    scopes: $scopes) {
    available missing burns { points issuer { id } expiresOn }
  }
}`;

/** For how long a quote holds its price, when the offer does not end before. */
const QUOTE_MS = 15 * 60 * 1000;

/**
 * What redeeming would cost now, refused for the same reasons as `redeem` would be, but for missing
 * points, which the quote tells. Throws FORBIDDEN for another's wallet, PeerFailure during an outage.
 */
export async function quoteRedemption(
  context: Context,
  input: QuoteRedemptionInput,
): Promise<QuoteOutcome> {
  const asked = askedOf(input);
  const { memberId, quantity } = asked;
  if (!actsForMember(context.caller, memberId)) throw fault('FORBIDDEN');
  const reward = await context.loaders.rewardById.load(input.rewardId);
  if (reward === null) return notFound('REWARD_NOT_FOUND');
  if (reward.kind === 'BILL_OFFSET') return refused('RewardNotAvailable', 'PAYS_AT_TILL_ONLY');
  const [facts, tierPrices, member, merchant] = await Promise.all([
    offerFacts(context, reward, asked),
    context.loaders.tierPricesByReward.load(reward.id),
    memberStanding(context, memberId),
    merchantStanding(context, reward.merchantId),
  ]);
  const price = unitPrice(reward.points, tierPrices, facts.tiers);
  const points = priceOf(price.points, quantity);
  if (typeof points !== 'number') return points;
  if (member !== 'ACTIVE') return notFound('MEMBER_NOT_FOUND');
  if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
  if (reward.status !== 'PUBLISHED') return refused('RewardNotAvailable', 'REWARD_DELISTED');
  const at = context.clock.now();
  const isFromPool = input.payFrom === 'FAMILY_POOL';
  const familyId = isFromPool ? await familyOf(context, memberId) : null;
  if (isFromPool && familyId === null) return refused('NotEligible', 'NO_FAMILY_POOL');
  const no = await refuseConditions(context.database.reader, reward, { asked, facts, at });
  if (no !== null) return no;
  if (reward.stock !== null && reward.stock < quantity) return refused('SoldOut', 'SOLD_OUT');
  const plan = await spendingPlan(
    context,
    reward,
    familyId === null ? memberId : poolOf(familyId),
    points,
  );
  const validUntil = untilOf(reward, at);
  const promised = { points, validUntilMs: validUntil.getTime() };
  const quoted = { memberId, rewardId: reward.id, quantity };
  return {
    kind: 'RedemptionQuote',
    ...{ rewardId: reward.id, points, unit: reward.unit, priceTier: price.tier },
    cashPart: cashPartOf(reward, quantity),
    remaining: Math.max(plan.available - points, 0),
    validUntil,
    token: makeQuoteToken(context.keys.cursor, quoted, promised),
    ...plan,
  };
}

async function spendingPlan(
  context: Context,
  { id, merchantId: acceptorId, unit }: RewardRow,
  walletId: string,
  points: number,
): Promise<SpendingPlan> {
  const { spendingPlan } = await context.peers.ask<{ spendingPlan: SpendingPlan }>(
    'points-ledger',
    PLAN,
    { walletId, unit, points, acceptorId, scopes: scopesOf({ rewardId: id }) },
    context,
  );
  return spendingPlan;
}

function untilOf({ offeredUntil }: RewardRow, at: Date): Date {
  const until = new Date(at.getTime() + QUOTE_MS);
  return offeredUntil !== null && offeredUntil < until ? offeredUntil : until;
}
