import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Complaint, type ComplaintRow } from './entities/complaint.ts';

export const complaintsList: ListSpec<ComplaintRow> = {
  type: 'Complaint',
  field: 'complaints',
  description: 'Complaints: a member sees her own, a merchant those about it.',
  entity: Complaint,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    state: {
      type: { enum: 'ComplaintState' },
      isFilter: true,
      // As `complaintState`; `:now` is given by whoever reads the list.
      sql: (row) => `CASE WHEN ${row}.answeredAt IS NOT NULL THEN 'ANSWERED'
        WHEN ${row}.dueAt <= :now THEN 'OVERDUE' ELSE 'OPEN' END`,
    },
    filedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    dueAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'filedAt', direction: 'DESC' },
};
