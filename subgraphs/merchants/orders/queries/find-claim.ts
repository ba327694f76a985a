import type { Work } from '../../../../shared/commands/run-command.ts';
import { hasRole, seesAll } from '../../../../shared/graphql/caller.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { Context } from '../../context.ts';
import { PointsClaim, type PointsClaimRow } from '../entities/points-claim.ts';

/** Locks a claim and reads it; null: there is none with this id. */
export async function lockClaim(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  id: string,
): Promise<PointsClaimRow | null> {
  await manager.query(`SELECT id FROM merchants_points_claim WHERE id = ? ${dialect.forUpdate}`, [
    id,
  ]);
  const claim = await manager.findOneBy(PointsClaim, { id });
  // MariaDB finds an id with blanks after it as well.
  return claim?.id === id ? claim : null;
}

/** The claims that a caller may list. */
export function visibleClaims(caller: Context['caller']): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { memberId, merchantId } = caller;
  if (hasRole(caller, 'MEMBER') && memberId !== null) {
    return { sql: 'row.memberId = :ownMember', parameters: { ownMember: memberId } };
  }
  return hasRole(caller, 'MERCHANT') && merchantId !== null
    ? { sql: 'row.merchantId = :ownMerchant', parameters: { ownMerchant: merchantId } }
    : { sql: '1 = 0', parameters: {} };
}
