import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import { tellVouchersUsed } from '../../webhooks/commands/tell.ts';
import { fitOrder, useTermsOf, type VoucherOrder } from '../domain/fit.ts';
import {
  holdsAt,
  type OfflineBreach,
  type OfflineConflict,
  type OfflineListHead,
} from '../domain/offline.ts';
import { OfflineUse } from '../entities/offline-use.ts';
import { type FoundVoucher, lockByCode } from './find-voucher.ts';
import { takePlace } from './take-place.ts';
import { isOf, noteUse, outOfTime } from './use-voucher.ts';

/** A voucher that a shop accepted, as it says. */
export type ReportedUse = Readonly<{ codeHash: string; usedAt: Date; order: VoucherOrder }>;

/** In the order in which they were reported. */
export type OfflineUsesReported = Readonly<{
  kind: 'OfflineUsesReported';
  useIds: readonly string[];
}>;

type Settled = Readonly<{
  conflict: OfflineConflict | null;
  breach: OfflineBreach | null;
  /** It is this use that used the voucher up. */
  isUsedUp?: true;
}>;

/**
 * Settles what a shop accepted without network by one list. Each use is kept, whatever became of it, once for a code
 * and an order: reported again it is answered as before. Nothing is refused, since the goods are gone.
 */
export async function reportOfflineUses(
  work: Work,
  input: Readonly<{
    idempotencyKey: string;
    list: OfflineListHead;
    uses: readonly ReportedUse[];
  }>,
): Promise<OfflineUsesReported> {
  const useIds = new Map<ReportedUse, string>();
  // In one order for all, so that two reports do not wait for each other in a circle.
  const uses = input.uses.toSorted((one, other) => (one.codeHash < other.codeHash ? -1 : 1));
  const settled: RedemptionRow[] = [];
  for (const use of uses) useIds.set(use, await settleOnce(work, input.list, use, settled));
  await tellVouchersUsed(work, settled);
  return {
    kind: 'OfflineUsesReported',
    useIds: input.uses.map((use) => useIds.get(use) ?? ''),
  };
}

/** Adds to `settled` the redemption whose voucher is used up by it. */
async function settleOnce(
  work: Work,
  list: OfflineListHead,
  use: ReportedUse,
  settled: RedemptionRow[],
): Promise<string> {
  const { merchantId } = list;
  const { codeHash, usedAt, order } = use;
  const { orderNumber, storeId } = order;
  const named = await lockByCode(work, codeHash);
  const found = named !== null && isOf(merchantId, named) ? named : null;
  const once = { merchantId, codeHash, orderNumber };
  const known = await work.manager.findOneBy(OfflineUse, once);
  if (known !== null) return known.id;
  const { conflict, breach, isUsedUp } = await settle(work, list, use, found);
  if (found !== null && isUsedUp) settled.push(found.redemption);
  const row = {
    ...{ id: work.newId(), merchant_id: merchantId, code_hash: codeHash },
    ...{ voucher_id: found?.voucher.id ?? null, redemption_id: found?.redemption.id ?? null },
    ...{ order_number: orderNumber, store_id: storeId },
    ...{ used_ms: usedAt.getTime(), reported_ms: work.at.getTime() },
    ...{ status: conflict === null ? 'SETTLED' : 'CONFLICT', conflict, breach },
  };
  // A code of nobody has no row that is locked, so another report may be here at the same time.
  const ending = work.dialect.onDuplicateKeep(['merchant_id', 'code_hash', 'order_number']);
  await insertRows(work.manager, 'rewards_offline_use', Object.keys(row), [Object.values(row)], {
    ending,
  });
  return (await work.manager.findOneByOrFail(OfflineUse, once)).id;
}

/** Uses the voucher up, unless there is none to be used. */
async function settle(
  work: Work,
  list: OfflineListHead,
  { usedAt, order }: ReportedUse,
  found: FoundVoucher | null,
): Promise<Settled> {
  const conflict = await conflictOf(work, usedAt, order, found);
  if (found === null || conflict !== null) return { conflict, breach: null };
  // The till asked online too, and did not hear the answer.
  if (found.voucher.usedAt !== null) return { conflict: null, breach: null };
  const { merchantId } = list;
  const { reward } = found;
  const hasPlace = await takePlace(work, merchantId, order.orderNumber, reward.perOrder);
  await noteUse(work, found.voucher, usedAt, order);
  const breach = holdsAt(list, usedAt) ? breachOf(found, usedAt, order) : 'OUTSIDE_LIST';
  return { conflict: null, breach: breach ?? (hasPlace ? null : 'ORDER_FULL'), isUsedUp: true };
}

async function conflictOf(
  { manager }: Work,
  usedAt: Date,
  { orderNumber }: VoucherOrder,
  found: FoundVoucher | null,
): Promise<OfflineConflict | null> {
  if (found === null) return 'UNKNOWN_CODE';
  const { voucher, former } = found;
  if (voucher.voidedAt !== null) return 'VOID';
  if (voucher.usedAt !== null && voucher.usedOrder !== orderNumber) {
    const offline = { voucherId: voucher.id, status: 'SETTLED' } as const;
    return (await manager.existsBy(OfflineUse, offline)) ? 'USED_OFFLINE' : 'USED_ONLINE';
  }
  // Used before its code was replaced, the voucher was good.
  return former !== null && usedAt >= former.replacedAt ? 'REPLACED' : null;
}

function breachOf(
  { voucher, reward, redemption }: FoundVoucher,
  usedAt: Date,
  order: VoucherOrder,
): OfflineBreach | null {
  const late = outOfTime(voucher, reward, usedAt);
  if (late !== null) return late.code === 'VOUCHER_EXPIRED' ? 'EXPIRED' : 'NOT_THAT_DAY';
  const fits = fitOrder(useTermsOf(reward, redemption.quantity - redemption.returned), order);
  if (fits.kind === 'BelowThreshold') return 'BELOW_THRESHOLD';
  if (fits.kind === 'OutOfScope') return 'OUT_OF_SCOPE';
  return fits.kind === 'InvalidInput' ? 'ORDER_NOT_TOLD' : null;
}
