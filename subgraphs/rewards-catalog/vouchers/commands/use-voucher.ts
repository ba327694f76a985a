import { addDays, dayOf, isoDay, weekdayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { RewardRow } from '../../entities/reward.ts';
import type { VoucherRow } from '../../entities/voucher.ts';
import { Booking } from '../../offers/entities/booking.ts';
import { tellVouchersUsed } from '../../webhooks/commands/tell.ts';
import { fitOrder, useTermsOf, type VoucherOrder } from '../domain/fit.ts';
import {
  type BelowThreshold,
  belowThreshold,
  type OutOfScope,
  outOfScope,
} from '../domain/refusals.ts';
import { type FoundVoucher, lockByCode } from './find-voucher.ts';
import { takePlace } from './take-place.ts';

/** `discountMinor`: what it takes off, in the smallest unit of `currency`; null: it is no money's worth. */
export type VoucherUsed = Readonly<{
  kind: 'VoucherUsed';
  redemptionId: string;
  discountMinor: number | null;
  currency: string;
}>;

export type UseVoucherOutcome =
  | VoucherUsed
  | BelowThreshold
  | OutOfScope
  | NotFound
  | InvalidInput
  | Refused<'VoucherNotUsable'>;

export type UseVoucher = Readonly<{
  idempotencyKey: string;
  merchantId: string;
  codeHash: string;
  order?: VoucherOrder;
}>;

/**
 * A voucher of another merchant is answered as if there were none. `purchaseId`: the order that is named, as merchants has
 * recorded it; null: it has not.
 */
export const useVoucher = (purchaseId: string | null) =>
  // The frame scopes keys by the name of the function.
  async function useVoucher(
    work: Work,
    { merchantId, codeHash, order }: UseVoucher,
  ): Promise<UseVoucherOutcome> {
    const found = await lockByCode(work, codeHash);
    if (found === null || !isOf(merchantId, found)) return notFound('VOUCHER_NOT_FOUND');
    const { voucher, redemption, reward } = found;
    const unusable = notUsable(found, work.at);
    if (unusable !== null) return unusable;
    const terms = useTermsOf(reward, redemption.quantity - redemption.returned);
    const fits = fitOrder(terms, order ?? null);
    if (fits.kind === 'BelowThreshold') return belowThreshold(fits, terms);
    if (fits.kind === 'OutOfScope') return outOfScope(fits, terms);
    if (fits.kind === 'InvalidInput') return fits;
    if (!(await isItsOrder(work, found, purchaseId))) {
      return refused('VoucherNotUsable', 'VOUCHER_OF_OTHER_ORDER');
    }
    if (order && !(await takePlace(work, merchantId, order.orderNumber, reward.perOrder))) {
      return refused('VoucherNotUsable', 'VOUCHER_ORDER_FULL', { orderNumber: order.orderNumber });
    }

    // From here on the command must succeed.
    await noteUse(work, voucher, work.at, order);
    await tellVouchersUsed(work, [redemption]);
    const { redemptionId } = voucher;
    return {
      ...{ kind: 'VoucherUsed', redemptionId, discountMinor: fits.discountMinor },
      currency: terms.currency,
    };
  };

/** An upgrade makes the order better that it was had for, and no other (S15). */
async function isItsOrder(
  { manager }: Work,
  { reward, redemption }: FoundVoucher,
  purchaseId: string | null,
): Promise<boolean> {
  if (reward.details?.upgrade === undefined) return true;
  const booking = await manager.findOneBy(Booking, { redemptionId: redemption.id });
  return booking === null || booking.purchaseId === purchaseId;
}

/** Whether the merchant knows the voucher: one that was undone stays known, so that it is told why it is void. */
export const isOf = (merchantId: string, { redemption, voucher }: FoundVoucher): boolean =>
  redemption.merchantId === merchantId &&
  (redemption.state === 'CAPTURED' || voucher.voidedAt !== null);

/** Why the voucher cannot be used at this instant, whatever the order; null: it can. */
export function notUsable(
  { voucher, reward, former }: FoundVoucher,
  at: Date,
): Refused<'VoucherNotUsable'> | null {
  if (voucher.voidedAt !== null) return refused('VoucherNotUsable', 'VOUCHER_VOID');
  if (voucher.usedAt !== null) return refused('VoucherNotUsable', 'VOUCHER_USED');
  if (former !== null) return refused('VoucherNotUsable', 'VOUCHER_REPLACED');
  if (reward.kind === 'DONATION') return refused('VoucherNotUsable', 'VOUCHER_OF_DONATION');
  return outOfTime(voucher, reward, at);
}

/** Why the voucher is not good on this day; null: it is. */
export function outOfTime(
  { validFrom, validUntil }: VoucherRow,
  { weekdays }: RewardRow,
  at: Date,
): Refused<'VoucherNotUsable'> | null {
  if (dayOf(at) >= validUntil) {
    return refused('VoucherNotUsable', 'VOUCHER_EXPIRED', { day: isoDay(validUntil) });
  }
  if (validFrom !== null && dayOf(at) < validFrom) {
    return refused('VoucherNotUsable', 'VOUCHER_NOT_YET', { day: isoDay(validFrom) });
  }
  // A time that is booked says the day itself.
  if (validFrom !== null || weekdays === null || weekdays.includes(weekdayOf(at))) return null;
  return refused('VoucherNotUsable', 'VOUCHER_NOT_TODAY', {
    weekday: String(weekdayOf(at)),
    day: isoDay(nextDay(at, weekdays)),
  });
}

/** The voucher is locked, and was not used before. The caller tells so, last of all (`tellVouchersUsed`). */
export const noteUse = (
  { manager }: Work,
  { id }: VoucherRow,
  at: Date,
  order: Pick<VoucherOrder, 'orderNumber' | 'storeId'> | undefined,
): Promise<number> =>
  execute(
    manager,
    'UPDATE rewards_voucher SET used_ms = ?, used_order = ?, used_store = ? WHERE id = ?',
    [at.getTime(), order?.orderNumber ?? null, order?.storeId ?? null, id],
  );

const DAY_MS = 24 * 60 * 60 * 1000;

/** The next day of the calendar that is one of these days of the week. */
function nextDay(at: Date, weekdays: readonly number[]): number {
  const days = [1, 2, 3, 4, 5, 6];
  const ahead = days.find((n) => weekdays.includes(weekdayOf(new Date(at.getTime() + n * DAY_MS))));
  return addDays(dayOf(at), ahead ?? 7);
}
