import { EntitySchema } from 'typeorm';
import { code, flag, id, instant, reference } from '../../../../shared/database/columns.ts';

/** That something happened to a purchase, such as its delivery: once for each event. */
export type PurchaseEventRow = Readonly<{
  id: string;
  purchaseId: string;
  event: string;
  occurredAt: Date;
  recordedBy: string;
  recordedAt: Date;
  /** From when on points that waited for it are good. */
  releasedAt: Date;
  /** Whether the ledger was told so, or is going to be. */
  isReleased: boolean;
}>;

export const PurchaseEvent = new EntitySchema<PurchaseEventRow>({
  name: 'PurchaseEvent',
  tableName: 'merchants_purchase_event',
  columns: {
    id,
    purchaseId: { ...reference, name: 'purchase_id' },
    event: code,
    occurredAt: { ...instant, name: 'occurred_ms' },
    recordedBy: { ...reference, length: 128, name: 'recorded_by' },
    recordedAt: { ...instant, name: 'recorded_ms' },
    releasedAt: { ...instant, name: 'released_ms' },
    isReleased: { ...flag, name: 'is_released' },
  },
});
