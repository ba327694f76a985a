import { type Caller, hasRole, seesAll } from '../../../../shared/graphql/caller.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { ActRow } from '../entities/act.ts';

/** The acts that a caller may list: a member's own, those under a merchant's name, or all. */
export function visibleActs(caller: Caller): Condition {
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

/** The same of one act. */
export const seesAct = (
  caller: Caller,
  { memberId, merchantId }: Pick<ActRow, 'memberId' | 'merchantId'>,
): boolean =>
  seesAll(caller) ||
  (hasRole(caller, 'MEMBER') && caller.memberId === memberId) ||
  (hasRole(caller, 'MERCHANT') && merchantId !== null && caller.merchantId === merchantId);
