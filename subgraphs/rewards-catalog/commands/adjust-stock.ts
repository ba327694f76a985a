import type { Work } from '../../../shared/commands/run-command.ts';
import { execute } from '../../../shared/database/database.ts';
import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { STOCK_MAX } from '../domain/reward.ts';
import { Reward } from '../entities/reward.ts';
import type { AdjustStockInput } from '../schema.generated.ts';

export type StockAdjusted = Readonly<{ kind: 'StockAdjusted'; rewardId: string }>;

/** Throws FORBIDDEN for the reward of another merchant; that it exists is public. */
export async function adjustStock(
  work: Work,
  { rewardId, change }: AdjustStockInput,
): Promise<StockAdjusted | InvalidInput | NotFound | Refused<'SoldOut'>> {
  const reward = await work.manager.findOneBy(Reward, { id: rewardId });
  if (reward === null) return notFound('REWARD_NOT_FOUND');
  if (!actsForMerchant(work.caller, reward.merchantId)) throw fault('FORBIDDEN');
  if (reward.stock === null) return invalidInput('STOCK_NOT_LIMITED', 'change');
  if (change === 0 || Math.abs(change) > STOCK_MAX) {
    return invalidInput('STOCK_CHANGE_OUT_OF_RANGE', 'change', { max: STOCK_MAX });
  }
  // Looks and writes in one statement: redemptions take from the stock at the same time.
  const adjusted = await execute(
    work.manager,
    `UPDATE rewards_reward SET stock = stock + ?
     WHERE id = ? AND stock + ? >= 0 AND stock + ? <= ${STOCK_MAX}`,
    [change, rewardId, change, change],
  );
  if (adjusted === 1) return { kind: 'StockAdjusted', rewardId };
  return change < 0
    ? refused('SoldOut', 'STOCK_TOO_SMALL')
    : invalidInput('STOCK_CHANGE_OUT_OF_RANGE', 'change', { max: STOCK_MAX });
}
