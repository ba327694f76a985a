import { weekdayOf } from '../../../../shared/calendar.ts';
import {
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../../shared/graphql/refusals.ts';
import type { RewardKind } from '../../domain/reward.ts';
import { checkDetails, type GivenDetails } from './check-details.ts';
import { checkDuringOrder } from './during-order.ts';
import type { TierPrice } from './price.ts';
import { isRegion } from './regions.ts';
import { checkSupplier, type GivenSupplier } from './supplier.ts';

type Maybe<Value> = Value | null | undefined;
type Money = Readonly<{ amountMinor: number; currency: string }>;

/** What a merchant states about a reward beside its terms. */
export type GivenOffer = GivenSupplier &
  Readonly<{
    kind: RewardKind;
    title: Readonly<{ zh: string; en: string }>;
    category?: Maybe<string>;
    points: number;
    cashPrice: Money;
    details?: Maybe<GivenDetails>;
    weekdays?: Maybe<readonly number[]>;
    certificateNumber?: Maybe<string>;
    offeredFrom?: Maybe<Date>;
    regions?: Maybe<readonly string[]>;
    /** Only while an order of the member is used. */
    duringOrder?: Maybe<Readonly<{ skus?: Maybe<readonly string[]> }>>;
    minTier?: Maybe<string>;
    limitPerDay?: Maybe<number>;
    limitInAll?: Maybe<number>;
    cashPart?: Maybe<Money>;
    tierPrices?: Maybe<readonly TierPrice[]>;
  }>;

const BRAND_MAX = 200;
const NUMBER_MAX = 64;
const REGIONS_MAX = 100;

/** The first thing that is wrong with it at this instant, or null. Tiers are looked up by `checkTiers`. */
export function checkOffer(offer: GivenOffer, at: Date): InvalidInput | null {
  const { kind, details, brand, certificateNumber, limitPerDay, limitInAll } = offer;
  return (
    checkDetails(kind, details, at) ??
    checkFace(offer) ??
    checkSlotDays(offer) ??
    (brand == null ? null : checkText('brand', brand, BRAND_MAX)) ??
    (certificateNumber == null
      ? null
      : checkText('certificateNumber', certificateNumber, NUMBER_MAX)) ??
    checkWindow(offer, at) ??
    checkSupplier(offer, at) ??
    checkRegions('regions', offer.regions) ??
    (limitPerDay == null ? null : checkPositive('limitPerDay', limitPerDay)) ??
    (limitInAll == null ? null : checkPositive('limitInAll', limitInAll)) ??
    checkDuringOrder(offer) ??
    checkCashPart(offer) ??
    checkTierPrices(offer)
  );
}

function checkWindow({ offeredFrom, offeredUntil }: GivenOffer, at: Date): InvalidInput | null {
  if (offeredUntil == null) return null;
  const isUsable = offeredUntil > at && (offeredFrom == null || offeredUntil > offeredFrom);
  return isUsable ? null : invalidInput('WINDOW_NOT_USABLE', 'offeredUntil');
}

/** What is taken off a bill, or put to an account, is what one gets: the guard of rebates counts the cash price alone. */
function checkFace({ details, cashPrice }: GivenOffer): InvalidInput | null {
  const { voucher, billCredit } = details ?? {};
  const isAbove = (minor: number | undefined) => (minor ?? 0) > cashPrice.amountMinor;
  const told = { minor: cashPrice.amountMinor, currency: cashPrice.currency };
  if (isAbove(voucher?.faceMinor)) {
    return invalidInput('FACE_ABOVE_PRICE', 'details.voucher.faceMinor', told);
  }
  return isAbove(billCredit?.creditMinor)
    ? invalidInput('FACE_ABOVE_PRICE', 'details.billCredit.creditMinor', told)
    : null;
}

/** A time that can be booked begins on a day of the week on which the reward can be used. */
function checkSlotDays({ details, weekdays }: GivenOffer): InvalidInput | null {
  const slots = details?.booking?.slots ?? [];
  const odd = slots.findIndex(
    ({ from }) => weekdays != null && !weekdays.includes(weekdayOf(from)),
  );
  return odd === -1
    ? null
    : invalidInput('SLOT_NOT_ON_WEEKDAY', `details.booking.slots.${odd}.from`);
}

/** Six digits each, and none twice. */
export function checkRegions(
  field: string,
  regions: Maybe<readonly string[]>,
): InvalidInput | null {
  if (regions == null) return null;
  const isUsable =
    regions.length >= 1 &&
    regions.length <= REGIONS_MAX &&
    new Set(regions).size === regions.length &&
    regions.every(isRegion);
  return isUsable ? null : invalidInput('REGIONS_NOT_USABLE', field, { max: REGIONS_MAX });
}

/** Money beside the points is a part of the cash price (S68: it is told here and paid elsewhere). */
function checkCashPart({ cashPart, cashPrice }: GivenOffer): InvalidInput | null {
  if (cashPart == null) return null;
  const { amountMinor, currency } = cashPart;
  const isUsable =
    currency === cashPrice.currency && amountMinor >= 1 && amountMinor < cashPrice.amountMinor;
  return isUsable ? null : invalidInput('CASH_PART_NOT_USABLE', 'cashPart');
}

function checkTierPrices({ tierPrices, points }: GivenOffer): InvalidInput | null {
  if (tierPrices == null) return null;
  for (const [index, price] of tierPrices.entries()) {
    const field = `tierPrices.${index}.points`;
    const wrong = checkPositive(field, price.points);
    if (wrong !== null) return wrong;
    if (price.points >= points) return invalidInput('TIER_PRICE_NOT_LOWER', field);
  }
  const tiers = new Set(tierPrices.map(({ tier }) => tier));
  return tiers.size === tierPrices.length ? null : invalidInput('TIER_TWICE', 'tierPrices');
}

/** Whether an offer says anything about tiers. */
export const namesTiers = ({ minTier, tierPrices }: GivenOffer): boolean =>
  minTier != null || (tierPrices?.length ?? 0) > 0;

/** Refuses tiers that there are not, and a benefit of a tier that names none. `known`: all tiers. */
export function checkTiers(offer: GivenOffer, known: readonly string[]): InvalidInput | null {
  const { kind, minTier, tierPrices } = offer;
  const all = known.join(', ');
  if (kind === 'TIER_BENEFIT' && minTier == null) return invalidInput('TIER_NEEDED', 'minTier');
  if (minTier != null && !known.includes(minTier)) {
    return invalidInput('TIER_UNKNOWN', 'minTier', { all });
  }
  const unknown = (tierPrices ?? []).findIndex(({ tier }) => !known.includes(tier));
  return unknown === -1
    ? null
    : invalidInput('TIER_UNKNOWN', `tierPrices.${unknown}.tier`, { all });
}

/** The least that anybody pays for one. */
export const leastPoints = ({ points, tierPrices }: GivenOffer): number =>
  Math.min(points, ...(tierPrices ?? []).map((price) => price.points));
