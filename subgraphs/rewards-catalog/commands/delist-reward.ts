import type { Work } from '../../../shared/commands/run-command.ts';
import { execute } from '../../../shared/database/database.ts';
import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { type NotFound, notFound } from '../../../shared/graphql/refusals.ts';
import { Reward } from '../entities/reward.ts';
import type { DelistRewardInput } from '../schema.generated.ts';

export type RewardDelisted = Readonly<{ kind: 'RewardDelisted'; rewardId: string }>;

/**
 * Redemptions under way are finished, and vouchers stay good. Delisting twice changes nothing. Throws
 * FORBIDDEN for the reward of another merchant; that it exists is public.
 */
export async function delistReward(
  work: Work,
  { rewardId }: DelistRewardInput,
): Promise<RewardDelisted | NotFound> {
  const reward = await work.manager.findOneBy(Reward, { id: rewardId });
  if (reward === null) return notFound('REWARD_NOT_FOUND');
  if (!actsForMerchant(work.caller, reward.merchantId)) throw fault('FORBIDDEN');

  // From here on the command must succeed.
  await execute(work.manager, `UPDATE rewards_reward SET status = 'DELISTED' WHERE id = ?`, [
    rewardId,
  ]);
  return { kind: 'RewardDelisted', rewardId };
}
