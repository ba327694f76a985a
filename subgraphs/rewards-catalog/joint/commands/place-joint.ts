import type { Work } from '../../../../shared/commands/run-command.ts';
import { refused } from '../../../../shared/graphql/refusals.ts';
import { noteEvent } from '../../aftersales/commands/note-event.ts';
import { takeStock, writeRedemption } from '../../commands/record-redemption.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { checkConditions } from '../../offers/commands/conditions.ts';
import { NO_FACTS } from '../../offers/queries/offer-facts.ts';
import { tellPlaced } from '../../webhooks/commands/tell.ts';
import type { JointRefusal } from '../domain/joint.ts';
import type { JointRow } from '../entities/joint.ts';
import type { PlacingFacts } from '../queries/placing-facts.ts';
import { type LockedJoint, moveJoint } from './lock-joint.ts';

/**
 * Takes the stock and makes the redemption, with the id of the joint one, whose points are held already; or why not.
 * Whose condition it was is told nobody: the others are not to learn it.
 */
export async function placeJoint(
  work: Work,
  found: LockedJoint,
  facts: PlacingFacts,
): Promise<JointRefusal | null> {
  const { joint } = found;
  const reward = await work.manager.findOneByOrFail(Reward, { id: joint.rewardId });
  const refusal = await refusePlacing(work, reward, found, facts);
  if (refusal !== null) return refusal;
  if (!(await takeStock(work, reward, joint.quantity))) return refused('SoldOut', 'SOLD_OUT');

  // From here on the command must succeed.
  await writeRedemption(work, reward, {
    ...{ id: joint.id, state: 'HELD', payment: 'JOINT', familyId: null, points: joint.points },
    asked: askedBy(joint, joint.initiatorId, null),
    lastDay: null,
  });
  await noteEvent(work.manager, joint.id, work.at, { kind: 'POINTS_HELD' });
  await moveJoint(work.manager, joint, { state: 'PLACED', dueAt: null });
  await tellPlaced(work.manager, work.at, { ...joint, memberId: joint.initiatorId });
  return null;
}

async function refusePlacing(
  work: Work,
  reward: RewardRow,
  { joint, parts }: LockedJoint,
  { merchant, members }: PlacingFacts,
): Promise<JointRefusal | null> {
  const no = (code: string) => refused('RewardNotAvailable', code);
  if (merchant !== 'ACTIVE') return no('MERCHANT_SUSPENDED');
  if (reward.status !== 'PUBLISHED') return no('REWARD_DELISTED');
  for (const { memberId, region } of parts) {
    const { standing, offer = NO_FACTS } = members.get(memberId) ?? {};
    const asked = askedBy(joint, memberId, region);
    const refusal =
      standing === 'ACTIVE'
        ? await checkConditions(work, reward, asked, offer)
        : no('MEMBER_NOT_FOUND');
    if (refusal !== null) return no('JOINT_CONDITIONS');
  }
  return null;
}

const askedBy = ({ quantity, slotId }: JointRow, memberId: string, region: string | null) => ({
  ...{ memberId, quantity, slotId, region, purchaseId: null },
});
