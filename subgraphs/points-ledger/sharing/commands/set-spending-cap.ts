import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { checkKey, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { checkUnit } from '../../commands/check-unit.ts';
import { poolOf } from '../../domain/registers.ts';
import type { SetSpendingCapInput } from '../../schema.generated.ts';
import { lockWallets } from './lock-wallets.ts';

export type SpendingCapSet = Readonly<{ kind: 'SpendingCapSet'; memberId: string }>;

/**
 * How many points of a unit a member may spend from her family's pool in a calendar month; null: as many as
 * there are. Throws FORBIDDEN to everybody but the operator and members' own subgraph.
 */
export async function setSpendingCap(
  work: Work,
  input: SetSpendingCapInput,
): Promise<SpendingCapSet | InvalidInput> {
  const { manager, dialect, caller } = work;
  const { familyId, memberId, unit } = input;
  const points = input.points ?? null;
  if (!hasRole(caller, 'OPERATOR') && caller.subject !== 'service:members') {
    throw fault('FORBIDDEN');
  }
  const unusable =
    checkKey('familyId', familyId, 59) ??
    checkKey('memberId', memberId, 64) ??
    checkUnit('unit', unit) ??
    (points !== null && points < 0 ? invalidInput('CAP_NEGATIVE', 'points') : null);
  if (unusable !== null) return unusable;
  const poolId = poolOf(familyId);
  await lockWallets(work, [poolId]);

  // From here on the command must succeed.
  const key = ['pool_id', 'member_id', 'unit'];
  if (points === null) {
    const found = key.map((column) => `${column} = ?`).join(' AND ');
    const of = [poolId, memberId, unit];
    await execute(manager, `DELETE FROM points_spending_cap WHERE ${found}`, of);
  } else {
    await execute(
      manager,
      `INSERT INTO points_spending_cap (${key.join(', ')}, points) VALUES (?, ?, ?, ?)
       ${dialect.onDuplicateUpdate(key, ['points'])}`,
      [poolId, memberId, unit, points],
    );
  }
  return { kind: 'SpendingCapSet', memberId };
}
