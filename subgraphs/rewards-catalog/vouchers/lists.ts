import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { OfflineUse, type OfflineUseRow } from './entities/offline-use.ts';

export const offlineUses: ListSpec<OfflineUseRow> = {
  type: 'OfflineUse',
  field: 'offlineUses',
  description:
    'Vouchers accepted without network: a merchant finds its own, those who see all, all.',
  entity: OfflineUse,
  requires: [['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    merchantId: { type: 'ID', isFilter: true },
    status: { type: { enum: 'OfflineUseStatus' }, isFilter: true },
    usedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'usedAt', direction: 'DESC' },
};
