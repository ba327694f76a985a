import { type Caller, hasRole, seesAll } from '../../../../shared/graphql/caller.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { JointRow } from '../entities/joint.ts';
import type { PartRow } from '../entities/part.ts';

/** For those who pay a part; those who were invited once the points of her who invites are set aside. */
export const seesJoint = (
  caller: Caller,
  joint: JointRow,
  parts: readonly Pick<PartRow, 'memberId'>[],
): boolean => {
  if (seesAll(caller)) return true;
  const own = ownId(caller);
  if (own === null || !parts.some(({ memberId }) => memberId === own)) return false;
  return joint.initiatorId === own || joint.openedAt !== null;
};

/** The same rule, for a list. */
export function visibleJoints(caller: Caller): Condition {
  if (seesAll(caller)) return { sql: '(1 = 1)', parameters: {} };
  return {
    sql: `(row.initiatorId = :visibleMember OR (row.openedAt IS NOT NULL AND row.id IN (
      SELECT part.joint_id FROM rewards_joint_part part WHERE part.member_id = :visibleMember)))`,
    parameters: { visibleMember: ownId(caller) },
  };
}

/** She who started it decided who pays what, and sees it; each other her own part. */
export const visibleParts = (
  caller: Caller,
  { initiatorId }: JointRow,
  parts: readonly PartRow[],
): PartRow[] =>
  parts.filter(
    ({ memberId }) =>
      seesAll(caller) || ownId(caller) === initiatorId || ownId(caller) === memberId,
  );

const ownId = (caller: Caller): string | null =>
  hasRole(caller, 'MEMBER') ? caller.memberId : null;
