import { hasRole, seesAll } from '../../../../shared/graphql/caller.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { Context } from '../../context.ts';

type Caller = Context['caller'];

/** The grants that a caller may list: a member's own, a merchant's own, or all. */
export function visibleGrants(caller: Caller): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { memberId, merchantId } = caller;
  const own: string[] = [];
  const parameters: Record<string, string> = {};
  if (hasRole(caller, 'MEMBER') && memberId !== null) {
    own.push('row.memberId = :ownMember');
    parameters.ownMember = memberId;
  }
  if (hasRole(caller, 'MERCHANT') && merchantId !== null) {
    own.push('row.merchantId = :ownMerchant');
    parameters.ownMerchant = merchantId;
  }
  return { sql: own.length === 0 ? '1 = 0' : `(${own.join(' OR ')})`, parameters };
}

/** The appreciations that a caller may list: before they are granted no member hears of them. */
export function visibleAppreciations(caller: Caller): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { merchantId } = caller;
  return hasRole(caller, 'MERCHANT') && merchantId !== null
    ? { sql: 'row.merchantId = :ownMerchant', parameters: { ownMerchant: merchantId } }
    : { sql: '1 = 0', parameters: {} };
}
