import {
  type Caller,
  hasRole,
  seesAll,
  seesMember,
  seesMerchant,
} from '../../../shared/graphql/caller.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import type { RedemptionRow } from '../entities/redemption.ts';

/** A redemption is for its member, its merchant, and those who see all. */
export const seesRedemption = (
  caller: Caller,
  { memberId, merchantId }: Pick<RedemptionRow, 'memberId' | 'merchantId'>,
): boolean => seesMember(caller, memberId) || seesMerchant(caller, merchantId);

/**
 * The code is as good as the reward: for its member, and the operator on her behalf. The merchant gets
 * it when she shows it, else it could use her vouchers without her.
 */
export const seesVoucherCode = (
  caller: Caller,
  { memberId }: Pick<RedemptionRow, 'memberId'>,
): boolean =>
  hasRole(caller, 'OPERATOR') || (hasRole(caller, 'MEMBER') && caller.memberId === memberId);

/** The same rule as `seesRedemption`, for a list. */
export function visibleRedemptions(caller: Caller): Condition {
  if (seesAll(caller)) return { sql: '(1 = 1)', parameters: {} };
  return either(
    hasRole(caller, 'MEMBER') && caller.memberId !== null
      ? { sql: 'row.memberId = :visibleMember', parameters: { visibleMember: caller.memberId } }
      : NOTHING,
    ownRows(caller),
  );
}

/** Everybody sees what is offered; a merchant its own, and those who see all everything. */
export function visibleRewards(caller: Caller): Condition {
  if (seesAll(caller)) return { sql: '(1 = 1)', parameters: {} };
  return either(
    { sql: 'row.status = :visibleStatus', parameters: { visibleStatus: 'PUBLISHED' } },
    ownRows(caller),
  );
}

const NOTHING: Condition = { sql: '(1 = 0)', parameters: {} };

const ownRows = (caller: Caller): Condition =>
  hasRole(caller, 'MERCHANT') && caller.merchantId !== null
    ? {
        sql: 'row.merchantId = :visibleMerchant',
        parameters: { visibleMerchant: caller.merchantId },
      }
    : NOTHING;

/** Without a branch that is never true, which would keep the engines from their indexes. */
function either(one: Condition, other: Condition): Condition {
  if (one === NOTHING) return other;
  if (other === NOTHING) return one;
  return {
    sql: `(${one.sql} OR ${other.sql})`,
    parameters: { ...one.parameters, ...other.parameters },
  };
}
