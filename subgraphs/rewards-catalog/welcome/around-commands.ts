import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMember, actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Context } from '../context.ts';
import { merchantStanding, sellerOf } from '../queries/standing.ts';
import type {
  PublishFirstOrderOfferInput,
  TakeFirstOrderVoucherInput,
} from '../schema.generated.ts';
import type { UseVoucher } from '../vouchers/commands/use-voucher.ts';
import { publishFirstOrderOffer } from './commands/offer.ts';
import { takeFirstOrderVoucher } from './commands/take-voucher.ts';
import { type UseFirstOrderOutcome, useFirstOrderVoucher } from './commands/use-voucher.ts';
import { FirstOrderVoucher } from './entities/first-order.ts';
import { firstOrderOf, isInvited, reached } from './queries/first-order.ts';

/*
 * What goes around the commands in which other subgraphs have a say: they are asked before. A key that was answered is
 * answered without asking.
 */

/** Throws FORBIDDEN for another merchant. */
export async function publishOffer(context: Context, input: PublishFirstOrderOfferInput) {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const earlier = await rememberedOutcome(context, publishFirstOrderOffer(NOBODY), input);
  if (earlier !== null) return earlier.outcome;
  const seller = await reached(() => sellerOf(context, input.merchantId), 'MERCHANTS_UNREACHABLE');
  return context.run(publishFirstOrderOffer(seller), input);
}

const NOBODY = { standing: null, currency: null };

/** Throws FORBIDDEN for another member. */
export async function takeVoucher(context: Context, input: TakeFirstOrderVoucherInput) {
  const { caller, services, loaders } = context;
  const { memberId, offerId } = input;
  if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');
  const seal = services.vouchers;
  const nothing = { merchant: null, isInvited: false, firstOrder: null };
  const earlier = await rememberedOutcome(context, takeFirstOrderVoucher(seal, nothing), input);
  if (earlier !== null) return earlier.outcome;
  const offer = await loaders.firstOrderOfferById.load(offerId);
  // The command is going to refuse, so nobody is asked.
  if (offer === null) return context.run(takeFirstOrderVoucher(seal, nothing), input);
  const facts = {
    merchant: await sellerStanding(context, offer.merchantId),
    isInvited: await isInvited(context, memberId),
    firstOrder: await firstOrderOf(context, memberId),
  };
  return context.run(takeFirstOrderVoucher(seal, facts), input);
}

const sellerStanding = (context: Context, merchantId: string) =>
  reached(() => merchantStanding(context, merchantId), 'MERCHANTS_UNREACHABLE');

/** Uses the voucher of a code with an order. Null: it is the code of no first order. */
export async function useForFirstOrder(
  context: Context,
  input: UseVoucher,
): Promise<UseFirstOrderOutcome | null> {
  const { database } = context;
  const { codeHash } = input;
  const voucher = await database.reader.findOneBy(FirstOrderVoucher, { codeHash });
  if (voucher === null) return null;
  const earlier = await rememberedOutcome(context, useFirstOrderVoucher(null), input);
  if (earlier !== null) return earlier.outcome;
  return context.run(useFirstOrderVoucher(await firstOrderOf(context, voucher.memberId)), input);
}
