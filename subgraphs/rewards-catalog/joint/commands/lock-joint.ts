import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import type { JointRefusal, JointState } from '../domain/joint.ts';
import { Joint, type JointRow } from '../entities/joint.ts';
import { Part, type PartRow } from '../entities/part.ts';

export type LockedJoint = Readonly<{ joint: JointRow; parts: readonly PartRow[] }>;

/** A joint redemption with its parts, as it is now: nobody else changes it until the transaction ends. Null: none. */
export async function lockJoint(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  id: string,
): Promise<LockedJoint | null> {
  await manager.query(`SELECT id FROM rewards_joint WHERE id = ? ${dialect.forUpdate}`, [id]);
  return readJoint(manager, id);
}

/** The same, as it was a moment ago. */
export async function readJoint(manager: EntityManager, id: string): Promise<LockedJoint | null> {
  const joint = await manager.findOneBy(Joint, { id });
  return joint && { joint, parts: await partsOf(manager, id) };
}

/** Who pays what, her who started it first. */
export const partsOf = (manager: EntityManager, jointId: string): Promise<PartRow[]> =>
  manager.find(Part, { where: { jointId }, order: { number: 'ASC' } });

/** Moves one that is locked on. `dueAt`: from when on a worker may take it up; null: nothing is left to do. */
export const moveJoint = (
  manager: EntityManager,
  { id }: Pick<JointRow, 'id'>,
  {
    state,
    refusal = null,
    dueAt,
  }: Readonly<{
    state: JointState;
    refusal?: JointRefusal | null;
    dueAt: number | null;
  }>,
): Promise<number> =>
  execute(
    manager,
    `UPDATE rewards_joint SET state = ?, refusal = COALESCE(?, refusal), attempts = 0,
       next_attempt_ms = ? WHERE id = ?`,
    [state, refusal === null ? null : JSON.stringify(refusal), dueAt, id],
  );
