import { type Day, isoDay } from '../../../../shared/calendar.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { RedemptionState } from '../../domain/redemption.ts';

type Standing = Readonly<{
  atOnce: boolean;
  state: RedemptionState;
  fulfilBy: Date | null;
  cancelAt: Date | null;
  returned: number;
}>;

type VoucherStanding = Readonly<{ usedAt: Date | null; validUntil: Day }>;

/**
 * Why a redemption is not cancelled, or null. A voucher can be given back as long as it could be used, unless the
 * reward keeps a fee; what the merchant hands over until it has. `isBegun`: the time that was booked, whose place nobody
 * else can have any more.
 */
export function whyNotCancellable(
  { atOnce, state, fulfilBy, cancelAt, returned }: Standing,
  voucher: VoucherStanding | null,
  feePercent: number,
  { today, isBegun }: Readonly<{ today: Day; isBegun: boolean }>,
): Refused<'NotCancellable'> | null {
  const no = (code: string, parameters = {}) => refused('NotCancellable', code, parameters);
  if (cancelAt !== null || state === 'RELEASING' || state === 'CANCELLED') {
    return no('CANCELLED_ALREADY');
  }
  if (atOnce) return no('OFFSET_GOES_WITH_ORDER');
  const isThere = state === 'FULFILLED' || state === 'CAPTURED';
  if (fulfilBy !== null && isThere) return no('HANDED_OVER_ALREADY');
  if (returned > 0) return no('RETURNED_PARTLY');
  if (isThere && feePercent > 0) return no('CANCELS_AT_A_FEE', { percent: feePercent });
  if (voucher?.usedAt == null && isBegun) return no('SLOT_BEGUN');
  if (voucher === null) return null;
  if (voucher.usedAt !== null) return no('VOUCHER_USED');
  if (today >= voucher.validUntil)
    return no('VOUCHER_EXPIRED', { day: isoDay(voucher.validUntil) });
  return null;
}
