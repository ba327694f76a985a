import {
  actsForMember,
  actsForMerchant,
  type Caller,
  hasRole,
} from '../../../../shared/graphql/caller.ts';
import type { ReturnBy } from '../domain/returning.ts';

/** Who of those that may say so is asking; null: nobody of them. */
export function returnBy(
  caller: Caller,
  { memberId, merchantId }: Readonly<{ memberId: string; merchantId: string }>,
): ReturnBy | null {
  if (hasRole(caller, 'OPERATOR', 'SERVICE')) return 'OPERATOR';
  if (actsForMerchant(caller, merchantId)) return 'MERCHANT';
  return actsForMember(caller, memberId) ? 'MEMBER' : null;
}
