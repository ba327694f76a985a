import { EntitySchema } from 'typeorm';
import { code, id, instant, nullable, reference } from '../../../../shared/database/columns.ts';
import type { OfflineBreach, OfflineConflict, OfflineStatus } from '../domain/offline.ts';

/** A voucher that a shop accepted without network: once for a code and an order. Never changed. */
export type OfflineUseRow = Readonly<{
  id: string;
  merchantId: string;
  codeHash: string;
  /** Null when no voucher of the merchant has the code, now or before. */
  voucherId: string | null;
  redemptionId: string | null;
  orderNumber: string;
  storeId: string | null;
  /** As the shop says. */
  usedAt: Date;
  reportedAt: Date;
  status: OfflineStatus;
  /** Only of a CONFLICT. */
  conflict: OfflineConflict | null;
  breach: OfflineBreach | null;
}>;

export const OfflineUse = new EntitySchema<OfflineUseRow>({
  name: 'OfflineUse',
  tableName: 'rewards_offline_use',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    codeHash: { ...code, name: 'code_hash' },
    voucherId: nullable({ ...reference, name: 'voucher_id' }),
    redemptionId: nullable({ ...reference, name: 'redemption_id' }),
    orderNumber: { ...code, name: 'order_number' },
    storeId: nullable({ ...code, name: 'store_id' }),
    usedAt: { ...instant, name: 'used_ms' },
    reportedAt: { ...instant, name: 'reported_ms' },
    status: code,
    conflict: nullable(code),
    breach: nullable(code),
  },
});
