import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { takeStock } from '../../commands/record-redemption.ts';
import { Reward } from '../../entities/reward.ts';
import type { ExchangeRedemptionInput } from '../../schema.generated.ts';
import { decideReturn, type NotReturnable } from '../domain/returning.ts';
import { readTerms } from '../queries/read-terms.ts';
import { lockRedemption, lockVoucher } from './lock-redemption.ts';
import { noteEvent } from './note-event.ts';

export type RedemptionExchanged = Readonly<{ kind: 'RedemptionExchanged'; redemptionId: string }>;

export type ExchangeRedemptionOutcome =
  | RedemptionExchanged
  | NotReturnable
  | Refused<'SoldOut'>
  | NotFound
  | InvalidInput;

/**
 * So many received goods came back across the counter and as many of the same reward were handed out. The redemption
 * and its points stay as they are, so all of it is one transaction, and there is no moment in which the member has
 * neither goods nor points. It is hers to ask as long as a return on these grounds would be (S64). Pieces come off the
 * stock; what came back does not go to it.
 */
export async function exchangeRedemption(
  work: Work,
  { redemptionId, grounds, quantity: given }: ExchangeRedemptionInput,
): Promise<ExchangeRedemptionOutcome> {
  const { manager, caller, at } = work;
  const redemption = await lockRedemption(work, redemptionId);
  if (redemption === null || !actsForMerchant(caller, redemption.merchantId)) {
    return notFound('REDEMPTION_NOT_FOUND');
  }
  const voucher = await lockVoucher(work, redemptionId);
  const reward = await manager.findOneByOrFail(Reward, { id: redemption.rewardId });
  if (reward.kind !== 'PRODUCT' && reward.kind !== 'GIFT') {
    return refused('NotReturnable', 'EXCHANGE_OF_GOODS_ONLY');
  }
  const terms = await readTerms(manager, redemption.rewardId);
  const quantity = given ?? 1;
  const decided = decideReturn(
    { redemption, kind: reward.kind, terms, voucher, isByMerchant: true, today: dayOf(at) },
    { quantity, grounds },
  );
  if ('kind' in decided) return decided;
  if (!decided.isReceived) return refused('NotReturnable', 'EXCHANGE_NOT_RECEIVED');
  if (!(await takeStock(work, reward, quantity))) return refused('SoldOut', 'EXCHANGE_SOLD_OUT');

  // From here on the command must succeed.
  const reason = { code: `GROUNDS_${grounds}`, parameters: {} };
  await noteEvent(manager, redemptionId, at, { kind: 'EXCHANGED', reason, quantity });
  const { memberId, merchantId, rewardId } = redemption;
  const payload = { redemptionId, memberId, merchantId, rewardId, grounds, quantity };
  await appendEvents(manager, at, [
    { kind: 'redemption.exchanged', payload: { ...payload, exchangedAt: at.toISOString() } },
  ]);
  return { kind: 'RedemptionExchanged', redemptionId };
}
