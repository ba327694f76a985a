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
import { Reward, type RewardRow } from '../../entities/reward.ts';
import type { ExchangeRedemptionInput } from '../../schema.generated.ts';
import { refuseOther } from '../domain/exchange.ts';
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
 * So many received goods came back across the counter and as many were handed out: of the same reward, or of another
 * one of which it makes no difference who has it for what. The redemption and its points stay as they are, so all of it
 * is one transaction, and there is no moment in which the member has neither goods nor points. It is hers to ask as long
 * as a return on these grounds would be (S64). Pieces come off the stock; what came back does not go to it.
 */
export async function exchangeRedemption(
  work: Work,
  { redemptionId, grounds, quantity: given, forRewardId }: ExchangeRedemptionInput,
): Promise<ExchangeRedemptionOutcome> {
  const { manager, caller, at } = work;
  const redemption = await lockRedemption(work, redemptionId);
  if (redemption === null || !actsForMerchant(caller, redemption.merchantId)) {
    return notFound('REDEMPTION_NOT_FOUND');
  }
  const voucher = await lockVoucher(work, redemptionId);
  // What she has is what her voucher was good for, also when a remedy made it another reward.
  const id = voucher?.rewardId ?? redemption.rewardId;
  const reward = await manager.findOneByOrFail(Reward, { id });
  if (reward.kind !== 'PRODUCT' && reward.kind !== 'GIFT') {
    return refused('NotReturnable', 'EXCHANGE_OF_GOODS_ONLY');
  }
  const terms = await readTerms(manager, redemption.rewardId);
  const quantity = given ?? 1;
  const decided = decideReturn(
    {
      redemption,
      kind: reward.kind,
      terms,
      voucher,
      by: 'MERCHANT',
      isBegun: false,
      today: dayOf(at),
    },
    { quantity, grounds },
  );
  if ('kind' in decided) return decided;
  if (!decided.isReceived) return refused('NotReturnable', 'EXCHANGE_NOT_RECEIVED');
  const handedOut = await instead(work, reward, forRewardId ?? reward.id);
  if (handedOut === null) return notFound('REWARD_NOT_FOUND');
  const differs = handedOut === reward ? null : refuseOther(reward, handedOut, at);
  if (differs !== null) return differs;
  if (!(await takeStock(work, handedOut, quantity))) return refused('SoldOut', 'EXCHANGE_SOLD_OUT');

  // From here on the command must succeed.
  const reason = { code: `GROUNDS_${grounds}`, parameters: {} };
  const other = handedOut === reward ? null : handedOut.id;
  await noteEvent(manager, redemptionId, at, {
    ...{ kind: 'EXCHANGED', reason, quantity, rewardId: other },
  });
  const { memberId, merchantId, rewardId } = redemption;
  const forReward = other === null ? {} : { forRewardId: other };
  const payload = { redemptionId, memberId, merchantId, rewardId, ...forReward, grounds, quantity };
  await appendEvents(manager, at, [
    { kind: 'redemption.exchanged', payload: { ...payload, exchangedAt: at.toISOString() } },
  ]);
  return { kind: 'RedemptionExchanged', redemptionId };
}

/** What is handed out, of the same merchant; null: there is no such reward. */
async function instead(
  { manager }: Work,
  reward: RewardRow,
  id: string,
): Promise<RewardRow | null> {
  if (id === reward.id) return reward;
  return manager.findOneBy(Reward, { id, merchantId: reward.merchantId });
}
