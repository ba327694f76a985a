import { addDays, type Day, dayOf } from '../../../../shared/calendar.ts';
import {
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { RewardRow } from '../../entities/reward.ts';
import type { Details } from './details.ts';
import { refuseOutside } from './during-order.ts';
import { reaches, type TierFacts } from './price.ts';
import { covers } from './regions.ts';

/** What is asked for, beside the reward. */
export type Asked = Readonly<{
  memberId: string;
  quantity: number;
  slotId: string | null;
  region: string | null;
  purchaseId: string | null;
}>;

/** An order, as the subgraph merchants knows it. */
export type OrderFacts = Readonly<{
  memberId: string | null;
  merchantId: string | null;
  isCancelled: boolean;
  purchasedAt: Date;
  /** Of goods that did not come back. */
  skus: readonly Readonly<{
    sku: string;
    quantity: number;
    /** The first and the last day for which it was bought; null: for none in particular. */
    usedFrom: Day | null;
    usedUntil: Day | null;
  }>[];
}>;

export type OfferRefusal =
  | InvalidInput
  | Refused<'NotOnOfferNow'>
  | Refused<'NotEligible'>
  | Refused<'LimitReached'>
  | Refused<'SlotFull'>;

export type Facts = Readonly<{ tiers: TierFacts; order: OrderFacts | null }>;

/** Why the member cannot have it, as far as the reward alone says; null: she can. */
export function refuseOffer(
  reward: RewardRow,
  asked: Asked,
  { tiers, order }: Facts,
  at: Date,
): OfferRefusal | null {
  return (
    refuseTime(reward, at) ??
    (reward.minTier === null || reaches(tiers, reward.minTier)
      ? null
      : refused('NotEligible', 'TIER_TOO_LOW', { tier: reward.minTier })) ??
    refuseRegion(reward, asked.region) ??
    refuseOrder(reward, asked, order, at) ??
    refuseBooking(reward, asked)
  );
}

/** From the instant `offeredFrom` on, and before `offeredUntil` (S5). */
function refuseTime({ offeredFrom, offeredUntil }: RewardRow, at: Date): OfferRefusal | null {
  if (offeredFrom !== null && at < offeredFrom) {
    return refused('NotOnOfferNow', 'OFFER_NOT_YET', {
      from: offeredFrom.toISOString(),
      time: chinaTime(offeredFrom),
    });
  }
  if (offeredUntil !== null && at >= offeredUntil) {
    return refused('NotOnOfferNow', 'OFFER_OVER', {
      until: offeredUntil.toISOString(),
      time: chinaTime(offeredUntil),
    });
  }
  return null;
}

function refuseRegion({ regions }: RewardRow, region: string | null): OfferRefusal | null {
  if (regions === null) return null;
  const named = { regions: regions.join(', ') };
  if (region === null) return refused('NotEligible', 'REGION_NOT_SAID', named);
  return covers(regions, region) ? null : refused('NotEligible', 'REGION_NOT_SERVED', named);
}

/** An upgrade belongs to an order of the member at the merchant (S15), and so does what she has during a stay (S16). */
function refuseOrder(
  { details, duringOrder, merchantId }: RewardRow,
  { memberId, purchaseId, quantity }: Asked,
  order: OrderFacts | null,
  at: Date,
): OfferRefusal | null {
  const upgrade = details?.upgrade;
  if (upgrade === undefined && duringOrder === null) {
    return purchaseId === null ? null : invalidInput('ORDER_NOT_FOR_THIS', 'purchaseId');
  }
  if (purchaseId === null) {
    const code = upgrade === undefined ? 'STAY_ORDER_NEEDED' : 'UPGRADE_ORDER_NEEDED';
    return refused('NotEligible', code);
  }
  const isHers = order?.memberId === memberId && order.merchantId === merchantId;
  if (order === null || !isHers) return refused('NotEligible', 'ORDER_NOT_HERS');
  if (order.isCancelled) return refused('NotEligible', 'ORDER_CANCELLED');
  return (
    (upgrade === undefined ? null : refuseUpgrade(upgrade, quantity, order, at)) ??
    (duringOrder === null ? null : refuseOutside(duringOrder, order, at))
  );
}

function refuseUpgrade(
  { skus, withinDays }: NonNullable<Details['upgrade']>,
  quantity: number,
  order: OrderFacts,
  at: Date,
): OfferRefusal | null {
  if (quantity > upgradable(order, skus)) {
    return refused('NotEligible', 'ORDER_WITHOUT_IT', { skus: skus.join(', ') });
  }
  const isLate = withinDays !== null && dayOf(at) > addDays(dayOf(order.purchasedAt), withinDays);
  return isLate ? refused('NotEligible', 'ORDER_TOO_OLD', { days: withinDays }) : null;
}

/** How many of these goods there are in an order. */
export const upgradable = (order: OrderFacts, skus: readonly string[]): number =>
  order.skus
    .filter(({ sku }) => skus.includes(sku))
    .reduce((total, { quantity }) => total + quantity, 0);

function refuseBooking({ details }: RewardRow, { slotId }: Asked): OfferRefusal | null {
  const isBooked = details?.booking?.isWithoutSlots === false;
  if (isBooked === (slotId !== null)) return null;
  return invalidInput(isBooked ? 'SLOT_NEEDED' : 'SLOT_NOT_FOR_THIS', 'slotId');
}

/** How many a member has had of a reward, today and in all. */
export type Had = Readonly<{ today: number; inAll: number }>;

/** Why she may not have so many more; `tomorrow` is when the next day begins. */
export function refuseLimit(
  { limitPerDay, limitInAll }: Pick<RewardRow, 'limitPerDay' | 'limitInAll'>,
  quantity: number,
  had: Had,
  tomorrow: Date,
): OfferRefusal | null {
  if (limitInAll !== null && had.inAll + quantity > limitInAll) {
    return refused('LimitReached', 'LIMIT_IN_ALL', { limit: limitInAll, taken: had.inAll });
  }
  if (limitPerDay !== null && had.today + quantity > limitPerDay) {
    return refused('LimitReached', 'LIMIT_PER_DAY', {
      ...{ limit: limitPerDay, taken: had.today },
      ...{ againAt: tomorrow.toISOString(), time: chinaTime(tomorrow) },
    });
  }
  return null;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** China has one time, eight hours ahead, without summer time. */
const AHEAD_MS = 8 * HOUR_MS;

/** When the day of China's calendar began in which this instant lies. */
export const startOfDay = (at: Date): Date =>
  new Date(Math.floor((at.getTime() + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS);

/** When the next day begins. */
export const startOfTomorrow = (at: Date): Date => new Date(startOfDay(at).getTime() + DAY_MS);

/** An instant as it is told in sentences: `2026-11-22 18:00`, in China's time. */
const chinaTime = (at: Date): string =>
  new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 16).replace('T', ' ');
