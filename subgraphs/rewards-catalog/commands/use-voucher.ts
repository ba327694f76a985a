import { addDays, dayOf, isoDay, weekdayOf } from '../../../shared/calendar.ts';
import type { Work } from '../../../shared/commands/run-command.ts';
import { execute } from '../../../shared/database/database.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { Redemption } from '../entities/redemption.ts';
import { Reward } from '../entities/reward.ts';
import { Voucher } from '../entities/voucher.ts';

export type VoucherUsed = Readonly<{ kind: 'VoucherUsed'; redemptionId: string }>;

export type UseVoucherOutcome = VoucherUsed | NotFound | Refused<'VoucherNotUsable'>;

export type UseVoucher = Readonly<{
  idempotencyKey: string;
  merchantId: string;
  codeHash: string;
}>;

/** A voucher of another merchant is answered as if there were none. */
export async function useVoucher(
  work: Work,
  { merchantId, codeHash }: UseVoucher,
): Promise<UseVoucherOutcome> {
  const voucher = await work.manager.findOneBy(Voucher, { codeHash });
  if (voucher === null) return notFound('VOUCHER_NOT_FOUND');
  const { id, redemptionId, validUntil } = voucher;
  const redemption = await work.manager.findOneByOrFail(Redemption, { id: redemptionId });
  if (redemption.merchantId !== merchantId || redemption.state !== 'CAPTURED') {
    return notFound('VOUCHER_NOT_FOUND');
  }
  if (voucher.usedAt === null && dayOf(work.at) >= validUntil) {
    return refused('VoucherNotUsable', 'VOUCHER_EXPIRED', { day: isoDay(validUntil) });
  }
  const { weekdays } = await work.manager.findOneByOrFail(Reward, {
    id: voucher.rewardId ?? redemption.rewardId,
  });
  if (voucher.usedAt === null && weekdays !== null && !weekdays.includes(weekdayOf(work.at))) {
    return refused('VoucherNotUsable', 'VOUCHER_NOT_TODAY', {
      weekday: String(weekdayOf(work.at)),
      day: isoDay(nextDay(work.at, weekdays)),
    });
  }
  // Looks and writes in one statement, so of two scans at once one is refused.
  const used = await execute(
    work.manager,
    'UPDATE rewards_voucher SET used_ms = ? WHERE id = ? AND used_ms IS NULL AND voided_ms IS NULL',
    [work.at.getTime(), id],
  );
  return used === 1
    ? { kind: 'VoucherUsed', redemptionId }
    : refused('VoucherNotUsable', 'VOUCHER_USED');
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The next day of the calendar that is one of these days of the week. */
function nextDay(at: Date, weekdays: readonly number[]): number {
  const days = [1, 2, 3, 4, 5, 6];
  const ahead = days.find((n) => weekdays.includes(weekdayOf(new Date(at.getTime() + n * DAY_MS))));
  return addDays(dayOf(at), ahead ?? 7);
}
