import type { Work } from '../../../../shared/commands/run-command.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { RedeemTogetherInput } from '../../schema.generated.ts';
import { INVITED_PER_DAY_MAX, OPEN_MAX, WAITING_FOR_MAX } from '../domain/joint.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Why these cannot be invited, or not now; null: they can. Keeps members from being pestered. */
export async function refuseInvitations(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  { memberId, parts }: Pick<RedeemTogetherInput, 'memberId' | 'parts'>,
  areActive: boolean,
): Promise<Refused<'LimitReached' | 'NotInvitable'> | null> {
  const others = parts.map((part) => part.memberId).filter((id) => id !== memberId);
  const count = async (sql: string, parameters: unknown[]): Promise<number> => {
    const [row] = await manager.query<{ found: unknown }[]>(sql, parameters);
    return toSafeInteger(row?.found ?? 0);
  };
  const open = await count(
    `SELECT COUNT(*) AS found FROM rewards_joint
     WHERE initiator_id = ? AND state IN ('STARTED', 'OPEN')`,
    [memberId],
  );
  if (open >= OPEN_MAX) return tooMany('JOINT_TOO_MANY_OPEN', OPEN_MAX, open);
  const sent = await count(
    `SELECT COUNT(*) AS found FROM rewards_joint joint
     JOIN rewards_joint_part part ON part.joint_id = joint.id
     WHERE joint.initiator_id = ? AND joint.requested_ms > ? AND part.part_number > 1`,
    [memberId, at.getTime() - DAY_MS],
  );
  if (sent + others.length > INVITED_PER_DAY_MAX) {
    return tooMany('JOINT_TOO_MANY_INVITED', INVITED_PER_DAY_MAX, sent);
  }
  const named = placeholders(others.length);
  const blocking = await count(
    `SELECT COUNT(*) AS found FROM rewards_joint_block
     WHERE blocked_id = ? AND member_id IN (${named})`,
    [memberId, ...others],
  );
  const besieged = await count(
    `SELECT COALESCE(MAX(waiting), 0) AS found FROM (
       SELECT COUNT(*) AS waiting FROM rewards_joint_part part
       JOIN rewards_joint joint ON joint.id = part.joint_id
       WHERE part.member_id IN (${named}) AND part.state = 'INVITED' AND joint.state = 'OPEN'
       GROUP BY part.member_id) AS counted`,
    others,
  );
  const areFree = areActive && blocking === 0 && besieged < WAITING_FOR_MAX;
  return areFree ? null : refused('NotInvitable', 'JOINT_NOT_INVITABLE');
}

const tooMany = (code: string, limit: number, taken: number) =>
  refused('LimitReached', code, { limit, taken });
