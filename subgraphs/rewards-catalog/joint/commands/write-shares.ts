import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import { shareReturn } from '../domain/share.ts';
import { partsOf } from './lock-joint.ts';

/** Writes down how much of a return goes to whom. Under the lock of the redemption, so no two share the same points. */
export async function writeShares(
  manager: EntityManager,
  redemption: RedemptionRow,
  back: Readonly<{ returnId: string; points: number; compensation: number }>,
): Promise<void> {
  if (redemption.payment !== 'JOINT') return;
  const parts = await partsOf(manager, redemption.id);
  const shares = shareReturn(parts, back);
  for (const [index, { points }] of shares.entries()) {
    await execute(manager, 'UPDATE rewards_joint_part SET returned = returned + ? WHERE id = ?', [
      points,
      parts[index]?.id,
    ]);
  }
  await insertRows(
    manager,
    'rewards_joint_return',
    ['return_id', 'part_id', 'points', 'compensation'],
    shares.map(({ points, compensation }, index) => [
      ...[back.returnId, parts[index]?.id, points, compensation],
    ]),
  );
}
