import type { Day } from '../../../shared/calendar.ts';
import type { Work } from '../../../shared/commands/run-command.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { noteEvent } from '../aftersales/commands/note-event.ts';
import { readTerms } from '../aftersales/queries/read-terms.ts';
import { OWN_TURN_MS } from '../domain/redemption.ts';
import { checkCause } from '../donations/commands/check-cause.ts';
import type { RedemptionRow } from '../entities/redemption.ts';
import { Reward, type RewardRow } from '../entities/reward.ts';
import { askedOf, bookOffer, checkConditions } from '../offers/commands/conditions.ts';
import type { Asked, Facts, OfferRefusal } from '../offers/domain/conditions.ts';
import { lastDayOf } from '../offers/domain/during-order.ts';
import { type Promised, priceNow, unitPrice } from '../offers/domain/price.ts';
import { TierPrice } from '../offers/entities/tier-price.ts';
import type { Standing } from '../queries/standing.ts';
import type { RedeemInput } from '../schema.generated.ts';

export type RedemptionRecorded = Readonly<{ kind: 'RedemptionRecorded'; redemptionId: string }>;

export type RecordRedemptionOutcome =
  | RedemptionRecorded
  | InvalidInput
  | NotFound
  | Refused<'RewardNotAvailable'>
  | Refused<'SoldOut'>
  | Refused<'PriceChanged'>
  | OfferRefusal;

/** What other subgraphs said just before. Decided with here, so that the decision is remembered. */
export type RedeemFacts = Readonly<{
  member: Standing;
  merchant: Standing;
  offer: Facts;
  /** Her family, asked for only when its pool is to pay; null: she has none. */
  familyId: string | null;
  /** What the token that came with it promises; null: none came. */
  promised: Promised | 'NOT_OURS' | null;
}>;

/**
 * The first step of `redeem`: takes the stock and records what is to be done. What follows happens
 * in transactions of its own (`redemptions.ts`); the key's answer is then read from the redemption.
 */
export const recordRedemption = ({ member, merchant, offer, familyId, promised }: RedeemFacts) =>
  // The frame scopes keys by the name of the function.
  async function recordRedemption(
    work: Work,
    input: RedeemInput,
  ): Promise<RecordRedemptionOutcome> {
    const asked = askedOf(input);
    const { quantity } = asked;
    const reward = await work.manager.findOneBy(Reward, { id: input.rewardId });
    if (reward === null) return notFound('REWARD_NOT_FOUND');
    if (member !== 'ACTIVE') return notFound('MEMBER_NOT_FOUND');
    if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
    if (reward.status !== 'PUBLISHED') return refused('RewardNotAvailable', 'REWARD_DELISTED');
    if (reward.kind === 'BILL_OFFSET') return refused('RewardNotAvailable', 'PAYS_AT_TILL_ONLY');
    const payment = input.payFrom ?? 'OWN';
    if (payment === 'FAMILY_POOL' && familyId === null) {
      return refused('NotEligible', 'NO_FAMILY_POOL');
    }
    if (promised === 'NOT_OURS') return invalidInput('QUOTE_NOT_USABLE', 'quoteToken');
    const points = priceNow(
      {
        each: unitPrice(reward.points, await tierPricesOf(work, reward), offer.tiers).points,
        ...{ quantity, promised, quotedPoints: input.quotedPoints ?? null },
      },
      work.at,
    );
    if (typeof points !== 'number') return points;
    const refusal = await checkConditions(work, reward, asked, offer);
    if (refusal !== null) return refusal;
    const unqualified = await checkCause(work, reward);
    if (unqualified !== null) return unqualified;
    if (!(await takeStock(work, reward, quantity))) return refused('SoldOut', 'SOLD_OUT');

    // From here on the command must succeed.
    const redemptionId = work.newId();
    const of = { id: redemptionId, state: 'RECORDED' as const, payment, familyId, points };
    const lastDay =
      reward.duringOrder && offer.order && lastDayOf(reward.duringOrder, offer.order, work.at);
    await writeRedemption(work, reward, { ...of, asked, lastDay });
    return { kind: 'RedemptionRecorded', redemptionId };
  };

type NewRedemption = Pick<RedemptionRow, 'id' | 'state' | 'payment' | 'familyId' | 'points'> &
  Readonly<{
    asked: Asked;
    /** The last day of the order that it belongs to (S16); null: it belongs to none that ends. */
    lastDay: Day | null;
  }>;

/** A redemption whose stock is taken, with what it books. One that is HELD already waits for its merchant, or for any worker. */
export async function writeRedemption(
  work: Work,
  reward: RewardRow,
  { id, state, payment, familyId, points, asked, lastDay }: NewRedemption,
): Promise<void> {
  const at = work.at.getTime();
  const fulfilByMs = await fulfilBy(work, reward);
  await insertRows(
    work.manager,
    'rewards_redemption',
    [
      ...['id', 'member_id', 'reward_id', 'merchant_id', 'quantity', 'points', 'unit'],
      ...['payment', 'family_id', 'state', 'requested_ms', 'fulfil_by_ms'],
      ...['attempts', 'next_attempt_ms'],
    ],
    [
      [
        ...[id, asked.memberId, reward.id, reward.merchantId, asked.quantity, points],
        ...[reward.unit, payment, familyId, state, at, fulfilByMs],
        ...[0, state === 'HELD' ? (fulfilByMs ?? at) : at + OWN_TURN_MS],
      ],
    ],
  );
  await bookOffer(work, id, asked, lastDay);
  await noteEvent(work.manager, id, work.at, { kind: 'REQUESTED' });
}

export const tierPricesOf = async ({ manager }: Work, { id, points, leastPoints }: RewardRow) =>
  leastPoints < points ? manager.findBy(TierPrice, { rewardId: id }) : [];

/** One statement looks and takes, so two at once never take the same last piece. */
export async function takeStock(
  work: Work,
  { id, stock }: RewardRow,
  quantity: number,
): Promise<boolean> {
  if (stock === null) return true;
  const taken = await execute(
    work.manager,
    'UPDATE rewards_reward SET stock = stock - ? WHERE id = ? AND stock >= ?',
    [quantity, id, quantity],
  );
  return taken === 1;
}

const HOUR_MS = 60 * 60 * 1000;

/** Until when its merchant has to hand it over, in milliseconds; null: there is a voucher at once. */
async function fulfilBy(
  { manager, at }: Work,
  { id: rewardId }: RewardRow,
): Promise<number | null> {
  const { fulfilHours } = await readTerms(manager, rewardId);
  return fulfilHours === null ? null : at.getTime() + fulfilHours * HOUR_MS;
}
