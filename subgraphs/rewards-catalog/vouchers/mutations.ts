import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMerchant, hasRole } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { invalidInput } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import { readVoucherCode } from '../domain/voucher-code.ts';
import type { UseVoucherInput } from '../schema.generated.ts';
import { tillStanding } from '../till/queries/ask-peers.ts';
import { useForFirstOrder } from '../welcome/around-commands.ts';
import {
  type UseFirstOrderOutcome,
  useFirstOrderVoucher,
} from '../welcome/commands/use-voucher.ts';
import { type UseVoucher, type UseVoucherOutcome, useVoucher } from './commands/use-voucher.ts';
import { checkedOrder, isRefused } from './domain/check-order.ts';

/**
 * Uses a voucher at the merchant's own counter. Throws FORBIDDEN for another's, and for staff that takes no orders
 * there; SUBGRAPH_UNAVAILABLE while merchants cannot be asked about it.
 */
export async function useAtCounter(
  context: Context,
  { idempotencyKey, merchantId, voucherCode, order: stated }: UseVoucherInput,
): Promise<UseVoucherOutcome | UseFirstOrderOutcome> {
  if (!actsForMerchant(context.caller, merchantId)) throw fault('FORBIDDEN');
  const code = readVoucherCode(voucherCode);
  if (code === null) return invalidInput('VOUCHER_CODE_MISTYPED', 'voucherCode');
  const order = checkedOrder(stated);
  if (isRefused(order)) return order;
  const codeHash = context.services.vouchers.hash(code);
  const use = { ...{ idempotencyKey, merchantId, codeHash }, ...(order && { order }) };
  const earlier =
    (await rememberedOutcome(context, useVoucher(null), use)) ??
    (await rememberedOutcome(context, useFirstOrderVoucher(null), use));
  if (earlier !== null) return earlier.outcome;
  const purchaseId = await orderWithTaker(context, use);
  return (await useForFirstOrder(context, use)) ?? context.run(useVoucher(purchaseId), use);
}

/**
 * The order that is named, as it is recorded; null: it is not. Throws FORBIDDEN when whoever asks may not take it there. A
 * key that was answered before is answered without asking, whoever works there today.
 */
async function orderWithTaker(
  context: Context,
  { merchantId, order }: UseVoucher,
): Promise<string | null> {
  const isStaff = !hasRole(context.caller, 'OPERATOR', 'SERVICE');
  if (!isStaff && order === undefined) return null;
  const asked = {
    merchantId,
    orderNumber: order?.orderNumber ?? '',
    storeId: order?.storeId ?? null,
  };
  const asking = { peers: context.peers, call: context };
  const standing = await tillStanding(asking, asked, context.caller);
  if (isStaff && standing?.mayTake === false) throw fault('FORBIDDEN', 'VOUCHER_STAFF_MAY_NOT');
  return standing?.purchaseId ?? null;
}
