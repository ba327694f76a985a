import { addDays, type Day, dayOf, isoDay } from '../../../../shared/calendar.ts';
import {
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { Parameters } from '../../../../shared/graphql/wording.ts';
import type { RedemptionState } from '../../domain/redemption.ts';
import type { RewardKind } from '../../domain/reward.ts';
import type { Terms } from './terms.ts';

/**
 * Why something comes back. SEVEN_DAYS: goods, without a reason. PROVIDER_FAULT: it could not be had as promised.
 * VOLUNTARY: the member changed her mind. ORDER_CHANGED: less is left of the order that the points paid a part of; nobody
 * asks for it. That it was paid with points is no ground for anything (S64).
 */
export type ReturnGrounds = 'SEVEN_DAYS' | 'PROVIDER_FAULT' | 'VOLUNTARY' | 'ORDER_CHANGED';

/** RECORDED: nobody else can have it back. REFUNDED: the points are back. DONE: what the merchant adds as well. */
export type ReturnState = 'RECORDED' | 'REFUNDED' | 'DONE';

export type ReturnBy = 'MEMBER' | 'MERCHANT' | 'OPERATOR';

/** What is known when something is to come back. */
export type ReturnFacts = Readonly<{
  redemption: Readonly<{
    state: RedemptionState;
    quantity: number;
    returned: number;
    points: number;
    fulfilBy: Date | null;
    cancelAt: Date | null;
    completedAt: Date | null;
  }>;
  kind: RewardKind;
  terms: Terms;
  voucher: Readonly<{ usedAt: Date | null; validUntil: Day }> | null;
  /** Who says so: the operator speaks for either of the others. */
  by: ReturnBy;
  /** Whether the time that was booked has begun, so that nobody else can have the place. */
  isBegun: boolean;
  today: Day;
}>;

export type AskedReturn = Readonly<{ quantity: number; grounds: ReturnGrounds }>;

/** What a return comes to. */
export type ReturnTerms = Readonly<{
  points: number;
  feePoints: number;
  compensationPoints: number;
  keepsLapsed: boolean;
  goodForMonths: number | null;
  /** Whether the member has it: its voucher was used, or it was handed over. */
  isReceived: boolean;
  /** Whether the stock returns: nobody has received it, and nothing is wrong with it. */
  isUntouched: boolean;
  /** The last day on which it can come back on these grounds; null: none is fixed. */
  lastDay: Day | null;
}>;

export type NotReturnable = Refused<'NotReturnable'>;

const SEVEN = 7;

/**
 * What comes back and what is kept, or why not. The seven days of goods begin with the day after that on which they
 * were received, on the calendar of China; parts never add up to more than the whole, whatever they round to.
 */
export function decideReturn(
  facts: ReturnFacts,
  { quantity, grounds }: AskedReturn,
): ReturnTerms | NotReturnable | InvalidInput {
  const { redemption, terms, by } = facts;
  if (quantity < 1) {
    return invalidInput('QUANTITY_OUT_OF_RANGE', 'quantity', { max: redemption.quantity });
  }
  const received = receivedOn(facts);
  const lastDay = lastDayOf(facts, grounds, received);
  const refusal = whyNot(facts, { quantity, grounds }, received, lastDay);
  if (refusal !== null) return refusal;
  const points = partOf(redemption, quantity);
  const isFault = grounds === 'PROVIDER_FAULT';
  // Nobody but the member agrees to a fee. What her merchant takes back of its own accord comes back whole.
  const isOnTerms = grounds === 'VOLUNTARY' && by !== 'MERCHANT';
  const feePoints = isOnTerms ? shareOfPart(redemption, quantity, terms.feePercent) : 0;
  return {
    points: points - feePoints,
    feePoints,
    compensationPoints: isFault ? shareOfPart(redemption, quantity, terms.compensationPercent) : 0,
    keepsLapsed: isOnTerms ? terms.keepsLapsed : true,
    goodForMonths: isFault ? terms.goodForMonths : null,
    isReceived: received !== null,
    isUntouched: received === null && !isFault,
    lastDay,
  };
}

/** Rounded down, so a fee is never more than was told, and counted exactly however large the points are. */
const shareOf = (points: number, percent: number): number =>
  Number((BigInt(points) * BigInt(percent)) / 100n);

/** The price of the next so many that come back: in however many parts they do, it is that of the whole. */
export function partOf(
  { returned, ...redemption }: Pick<ReturnFacts['redemption'], 'points' | 'quantity' | 'returned'>,
  count: number,
): number {
  return upTo(redemption, returned + count) - upTo(redemption, returned);
}

/** The same of a share of it: in however many parts they come back, it is that of the whole, rounded down once. */
const shareOfPart = (
  { returned, ...redemption }: ReturnFacts['redemption'],
  count: number,
  percent: number,
): number =>
  shareOf(upTo(redemption, returned + count), percent) -
  shareOf(upTo(redemption, returned), percent);

const upTo = (
  { points, quantity }: Pick<ReturnFacts['redemption'], 'points' | 'quantity'>,
  count: number,
): number => Number((BigInt(points) * BigInt(count)) / BigInt(quantity));

/** When it was handed over, or its voucher used; null: it was not received yet. */
function receivedOn({ redemption, voucher }: ReturnFacts): Day | null {
  const at = redemption.fulfilBy === null ? voucher?.usedAt : redemption.completedAt;
  return at == null ? null : dayOf(at);
}

function lastDayOf(
  { voucher }: ReturnFacts,
  grounds: ReturnGrounds,
  received: Day | null,
): Day | null {
  if (grounds === 'PROVIDER_FAULT') return null;
  if (received !== null) return grounds === 'SEVEN_DAYS' ? addDays(received, SEVEN) : null;
  return voucher === null ? null : addDays(voucher.validUntil, -1);
}

function whyNot(
  { redemption, kind, by, isBegun, today }: ReturnFacts,
  { quantity, grounds }: AskedReturn,
  received: Day | null,
  lastDay: Day | null,
): NotReturnable | null {
  const { state, cancelAt, returned } = redemption;
  if (kind === 'BILL_OFFSET') return no('OFFSET_GOES_WITH_ORDER');
  if (grounds === 'ORDER_CHANGED') return no('GROUNDS_OF_ORDERS_ONLY');
  if (cancelAt !== null || state === 'RELEASING' || state === 'CANCELLED') {
    return no('CANCELLED_ALREADY');
  }
  if (state !== 'CAPTURED') return no('NOT_COMPLETED_YET');
  const left = redemption.quantity - returned;
  if (quantity > left) return no('RETURN_EXCEEDS', { left });
  if (kind === 'DONATION' && received !== null) return no('DONATION_HANDED_OVER');
  if (grounds === 'SEVEN_DAYS' && kind !== 'PRODUCT') return no('RETURN_OF_GOODS_ONLY');
  if (grounds === 'VOLUNTARY' && received === null && isBegun) return no('SLOT_BEGUN');
  if (lastDay !== null && today > lastDay) return no('RETURN_TOO_LATE', { day: isoDay(lastDay) });
  if (by === 'MERCHANT' && grounds === 'VOLUNTARY' && received === null)
    return no('RETURN_IS_HERS');
  if (by !== 'MEMBER') return null;
  if (grounds === 'PROVIDER_FAULT') return no('FAULT_IS_RECORDED_BY_MERCHANT');
  return received === null ? null : no('RETURN_AT_COUNTER');
}

const no = (code: string, parameters: Parameters = {}): NotReturnable =>
  refused('NotReturnable', code, parameters);
