import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { type InvalidInput, invalidInput } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import { readVoucherCode } from '../domain/voucher-code.ts';
import type { OfflineUseInput, ReportOfflineUsesInput } from '../schema.generated.ts';
import {
  type OfflineUsesReported,
  type ReportedUse,
  reportOfflineUses,
} from './commands/report-offline-uses.ts';
import { checkedOrder, isRefused } from './domain/check-order.ts';

const USES_MAX = 100;
const TYPED_MAX = 100;
/** A till's clock may be so much ahead, in milliseconds. */
const AHEAD_MS = 5 * 60 * 1000;

/** Settles what a shop accepted by a list of its own. Throws FORBIDDEN for another's. */
export async function reportUses(
  context: Context,
  { idempotencyKey, merchantId, listId, uses: stated }: ReportOfflineUsesInput,
): Promise<OfflineUsesReported | InvalidInput> {
  if (!actsForMerchant(context.caller, merchantId)) throw fault('FORBIDDEN');
  const list = context.services.offlineLists.headOf(listId);
  if (list?.merchantId !== merchantId) return invalidInput('OFFLINE_LIST_UNKNOWN', 'listId');
  if (stated.length < 1 || stated.length > USES_MAX) {
    return invalidInput('OFFLINE_USES_COUNT', 'uses', { max: USES_MAX });
  }
  const uses: ReportedUse[] = [];
  for (const [at, use] of stated.entries()) {
    const read = reportedUse(context, use, `uses.${at}`);
    if ('kind' in read) return read;
    uses.push(read);
  }
  return context.run(reportOfflineUses, { idempotencyKey, list, uses });
}

/** A code that is none is kept like one of nobody: what a shop has accepted is never turned away. */
function reportedUse(
  { services, clock }: Context,
  { voucherCode, usedAt, order: stated }: OfflineUseInput,
  field: string,
): ReportedUse | InvalidInput {
  if (voucherCode.length > TYPED_MAX) {
    return invalidInput('TEXT_NOT_USABLE', `${field}.voucherCode`, { max: TYPED_MAX });
  }
  if (usedAt.getTime() > clock.now().getTime() + AHEAD_MS) {
    return invalidInput('OFFLINE_USE_TO_COME', `${field}.usedAt`);
  }
  const order = checkedOrder(stated, `${field}.order`);
  if (isRefused(order)) return order;
  if (order === null) return invalidInput('ORDER_NEEDED', `${field}.order`);
  const codeHash = services.vouchers.hash(readVoucherCode(voucherCode) ?? voucherCode.trim());
  return { codeHash, usedAt, order };
}
