import { type EntityManager, IsNull, LessThanOrEqual } from 'typeorm';
import { hasRole, seesAll } from '../../../../shared/graphql/caller.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { Context } from '../../context.ts';
import { Complaint, type ComplaintRow } from '../entities/complaint.ts';

const OVERDUE_MAX = 100;

/** Complaints that nobody answered in time (R15), the longest overdue first. */
export const overdueComplaints = (
  reader: EntityManager,
  merchantId: string | null,
  at: Date,
): Promise<ComplaintRow[]> =>
  reader.find(Complaint, {
    where: {
      answeredAt: IsNull(),
      dueAt: LessThanOrEqual(at),
      ...(merchantId === null ? {} : { merchantId }),
    },
    order: { dueAt: 'ASC', id: 'ASC' },
    take: OVERDUE_MAX,
  });

/** The complaints that a caller may list. */
export function visibleComplaints(caller: Context['caller']): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { memberId, merchantId } = caller;
  if (hasRole(caller, 'MEMBER') && memberId !== null) {
    return { sql: 'row.memberId = :ownMember', parameters: { ownMember: memberId } };
  }
  return hasRole(caller, 'MERCHANT') && merchantId !== null
    ? { sql: 'row.merchantId = :ownMerchant', parameters: { ownMerchant: merchantId } }
    : { sql: '1 = 0', parameters: {} };
}
