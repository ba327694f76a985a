import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { invalidInput } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import { readVoucherCode } from '../domain/voucher-code.ts';
import type { UseVoucherInput } from '../schema.generated.ts';
import { useForFirstOrder } from '../welcome/around-commands.ts';
import type { UseFirstOrderOutcome } from '../welcome/commands/use-voucher.ts';
import { type UseVoucherOutcome, useVoucher } from './commands/use-voucher.ts';
import { checkedOrder, isRefused } from './domain/check-order.ts';

/** Uses a voucher at the merchant's own counter. Throws FORBIDDEN for another's. */
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
  return (await useForFirstOrder(context, use)) ?? context.run(useVoucher, use);
}
