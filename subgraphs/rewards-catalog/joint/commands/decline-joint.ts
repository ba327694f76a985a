import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import type { DeclineJointRedemptionInput } from '../../schema.generated.ts';
import { whyNotOpen } from '../domain/why-not-open.ts';
import { lockJoint, moveJoint } from './lock-joint.ts';

export type DeclineRecorded = Readonly<{ kind: 'DeclineRecorded'; jointId: string }>;

/**
 * One of those who were to pay does not, or does not any more: nothing comes of it, and the points of all go back
 * afterwards. She who started it takes it back so. `neverAgain`: she cannot be invited by her any more, which nobody
 * is told.
 */
export async function declineJointRedemption(
  work: Work,
  { memberId, jointRedemptionId, neverAgain }: DeclineJointRedemptionInput,
): Promise<DeclineRecorded | NotFound | Refused<'JointNotOpen'>> {
  const { manager, dialect, at } = work;
  const found = await lockJoint(work, jointRedemptionId);
  const part = found?.parts.find((one) => one.memberId === memberId);
  const isHers = found?.joint.initiatorId === memberId;
  if (found == null || part === undefined || (found.joint.openedAt === null && !isHers)) {
    return notFound('JOINT_NOT_FOUND');
  }
  const { joint } = found;
  const closed = whyNotOpen(joint, at);
  if (closed !== null) return closed;

  // From here on the command must succeed.
  await execute(manager, 'UPDATE rewards_joint_part SET declined_ms = ? WHERE id = ?', [
    at.getTime(),
    part.id,
  ]);
  const refusal = refused('RewardNotAvailable', isHers ? 'JOINT_WITHDRAWN' : 'JOINT_DECLINED');
  await moveJoint(manager, joint, {
    ...{ state: 'RELEASING', refusal, dueAt: at.getTime() + OWN_TURN_MS },
  });
  if (neverAgain === true && !isHers) {
    await execute(
      manager,
      `INSERT INTO rewards_joint_block (member_id, blocked_id) VALUES (?, ?)
       ${dialect.onDuplicateKeep(['member_id', 'blocked_id'])}`,
      [memberId, joint.initiatorId],
    );
  }
  return { kind: 'DeclineRecorded', jointId: joint.id };
}
