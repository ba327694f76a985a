import { rememberedOutcome } from '../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../shared/graphql/caller.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { type InvalidInput, invalidInput } from '../../shared/graphql/refusals.ts';
import { type PublishRewardOutcome, publishReward } from './commands/publish-reward.ts';
import { type UseVoucherOutcome, useVoucher } from './commands/use-voucher.ts';
import type { Context } from './context.ts';
import { readVoucherCode } from './domain/voucher-code.ts';
import { sellerOf } from './queries/standing.ts';
import type { PublishRewardInput, UseVoucherInput } from './schema.generated.ts';

/**
 * Asks merchants about the merchant, then publishes. A repeated key is answered without asking.
 * Throws FORBIDDEN for another's merchant, PeerFailure during an outage.
 */
export async function publish(
  context: Context,
  input: PublishRewardInput,
): Promise<PublishRewardOutcome> {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const earlier = await rememberedOutcome(
    context,
    publishReward({ standing: null, units: [] }),
    input,
  );
  if (earlier !== null) return earlier.outcome;
  const seller = await sellerOf(context, input.merchantId);
  return context.run(publishReward(seller), input);
}

/** Uses a voucher at the merchant's own counter. Throws FORBIDDEN for another's. */
export async function useAtCounter(
  context: Context,
  { idempotencyKey, merchantId, voucherCode }: UseVoucherInput,
): Promise<UseVoucherOutcome | InvalidInput> {
  if (!actsForMerchant(context.caller, merchantId)) throw fault('FORBIDDEN');
  const code = readVoucherCode(voucherCode);
  if (code === null) return invalidInput('VOUCHER_CODE_MISTYPED', 'voucherCode');
  const codeHash = context.services.vouchers.hash(code);
  return context.run(useVoucher, { idempotencyKey, merchantId, codeHash });
}
