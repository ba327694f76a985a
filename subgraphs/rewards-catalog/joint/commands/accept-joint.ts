import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import { Reward } from '../../entities/reward.ts';
import type { Facts, OfferRefusal } from '../../offers/domain/conditions.ts';
import { refuseConditions } from '../../offers/queries/read-conditions.ts';
import type { Standing } from '../../queries/standing.ts';
import type { AcceptJointRedemptionInput } from '../../schema.generated.ts';
import { TRIES_MAX } from '../domain/joint.ts';
import { whyNotOpen } from '../domain/why-not-open.ts';
import { lockJoint } from './lock-joint.ts';

export type AcceptanceRecorded = Readonly<{
  kind: 'AcceptanceRecorded';
  jointId: string;
  partId: string;
  /** Which of her tries it is, from 1. */
  tried: number;
}>;

export type RecordAcceptanceOutcome =
  | AcceptanceRecorded
  | InvalidInput
  | NotFound
  | OfferRefusal
  | Refused<'RewardNotAvailable' | 'JointNotOpen'>;

/** What other subgraphs said just before. */
export type AcceptFacts = Readonly<{ member: Standing; merchant: Standing; offer: Facts }>;

/**
 * Writes down that a member pays her part; her points are set aside afterwards. One of others, or that is not open
 * to her yet, is answered as if there were none. What the reward asks for, it asks of her too.
 */
export const recordAcceptance = ({ member, merchant, offer }: AcceptFacts) =>
  // The frame scopes keys by the name of the function.
  async function acceptJointRedemption(
    work: Work,
    { memberId, jointRedemptionId, region: given }: AcceptJointRedemptionInput,
  ): Promise<RecordAcceptanceOutcome> {
    const { manager, at } = work;
    const found = await lockJoint(work, jointRedemptionId);
    const part = found?.parts.find((one) => one.memberId === memberId);
    if (found == null || part === undefined || found.joint.openedAt === null) {
      return notFound('JOINT_NOT_FOUND');
    }
    const { joint } = found;
    const closed = whyNotOpen(joint, at);
    if (closed !== null) return closed;
    if (part.state !== 'INVITED') return refused('JointNotOpen', 'JOINT_ACCEPTED_ALREADY');
    if (part.tries >= TRIES_MAX) return refused('JointNotOpen', 'JOINT_TRIED_OFTEN');
    if (member !== 'ACTIVE') return notFound('MEMBER_NOT_FOUND');
    if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
    const reward = await manager.findOneByOrFail(Reward, { id: joint.rewardId });
    if (reward.status !== 'PUBLISHED') return refused('RewardNotAvailable', 'REWARD_DELISTED');
    const region = given ?? null;
    const { quantity, slotId } = joint;
    const asked = { memberId, quantity, slotId, region, purchaseId: null };
    const no = await refuseConditions(manager, reward, { asked, facts: offer, at });
    if (no !== null) return no;

    // From here on the command must succeed.
    const tried = part.tries + 1;
    await execute(
      manager,
      `UPDATE rewards_joint_part SET state = 'ACCEPTING', tries = ?, region = ? WHERE id = ?`,
      [tried, region, part.id],
    );
    await execute(
      manager,
      'UPDATE rewards_joint SET attempts = 0, next_attempt_ms = ? WHERE id = ?',
      [at.getTime() + OWN_TURN_MS, joint.id],
    );
    return { kind: 'AcceptanceRecorded', jointId: joint.id, partId: part.id, tried };
  };
