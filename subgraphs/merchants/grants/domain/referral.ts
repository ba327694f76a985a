import { addDays, beginningOf, dayOf } from '../../../../shared/calendar.ts';
import { isOpen, type ReturnWindow } from '../../orders/domain/return-window.ts';
import type { Earned } from '../../rules/domain/award-order.ts';
import { type EarningOrder, type OrderFacts, reason } from '../../rules/domain/earning.ts';
import type { GrantingRule } from './grant-posting.ts';

/** For how many invitees of one calendar month in China an inviter is rewarded (L4). A policy of the alliance. */
export const REFERRALS_PER_MONTH = 10;

/** When the month began, on the calendar of China, in which an instant lies. */
export const beginningOfMonth = (at: Date): Date =>
  new Date(beginningOf(Math.floor(dayOf(at) / 100) * 100 + 1));

/** How often it is looked whether an order was made, or delivered, of which nothing else is known. */
const LOOK_DAYS = 1;

/** How a first order stands: all of it is back, it may still come back, or it is settled (L3). */
export type Settlement =
  | Readonly<{ kind: 'BACK' }>
  | Readonly<{ kind: 'SETTLED' }>
  | Readonly<{ kind: 'WAITS'; until: Date }>;

type Line = Readonly<{ quantity: number; returnedQuantity: number }>;

/** How an order stands at an instant, by its lines and the time in which it may be returned without a reason. */
export function settlementOf(
  lines: readonly Line[],
  window: ReturnWindow | null,
  at: Date,
): Settlement {
  if (lines.every(({ quantity, returnedQuantity }) => returnedQuantity >= quantity)) {
    return { kind: 'BACK' };
  }
  if (!isOpen(window, at)) return { kind: 'SETTLED' };
  const until = window === null ? nextLook(at) : new Date(beginningOf(addDays(window.lastDay, 1)));
  return { kind: 'WAITS', until };
}

/** When to look again for what nobody tells of. */
export const nextLook = (at: Date): Date => new Date(beginningOf(addDays(dayOf(at), LOOK_DAYS)));

/**
 * What earns is that somebody came, not what she bought: the order as one thing that costs nothing (L2). Rules may
 * ask where and how it was made.
 */
export const asOrder = (
  { storeId, channel, region, paymentInstrument, purchasedAt, recordedAt }: OrderFacts,
  tier: string | null,
): EarningOrder => ({
  currency: 'CNY',
  storeId,
  channel,
  region,
  paymentInstrument,
  tier,
  purchasedAt,
  recordedAt,
  lines: [
    {
      number: 1,
      sku: null,
      category: null,
      quantity: 1,
      returnedQuantity: 0,
      amountMinor: 0,
      isGreen: false,
    },
  ],
});

/** What the invitee gets by rules that reward her inviter: a fixed number too. */
export const forInvitee = <One extends Earned<GrantingRule>>(earned: readonly One[]): One[] =>
  earned.flatMap((one) => {
    const points = one.rule.terms.referral?.inviteePoints ?? 0;
    return points > 0 ? [{ ...one, points, qualifying: null, reasons: [] }] : [];
  });

/** Nothing, and why: the inviter had the rewards of this month. */
export const beyondMonth = <One extends Earned<GrantingRule>>(earned: readonly One[]): One[] =>
  earned.map((one) => ({
    ...one,
    points: 0,
    qualifying: null,
    reasons: [reason('REFERRAL_CAP', { max: REFERRALS_PER_MONTH })],
  }));
