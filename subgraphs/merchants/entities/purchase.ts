import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../shared/database/columns.ts';

/** Something a member bought. `totalMinor` changes when the order is, `returnedMinor` grows with returns. */
export type PurchaseRow = Readonly<{
  id: string;
  merchantId: string;
  memberId: string;
  orderNumber: string;
  /** A keyed hash of the merchant's own customer number; null when it was not imported. */
  customerKey: string | null;
  /** Tells whether an imported order is the one that is recorded. */
  contentHash: string;
  currency: string;
  totalMinor: number;
  returnedMinor: number;
  purchasedAt: Date;
  recordedAt: Date;
  storeId: string | null;
  channel: string | null;
  region: string | null;
  paymentInstrument: string | null;
  /** The member's tier when it was recorded; null: no rule asked, or nobody answered. */
  tier: string | null;
  /** The redemption by which points paid a part; null: none did. `totalMinor` is without it. */
  pointsPaymentId: string | null;
  pointsPaidMinor: number;
}>;

export const Purchase = new EntitySchema<PurchaseRow>({
  name: 'Purchase',
  tableName: 'merchants_purchase',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    memberId: { ...reference, name: 'member_id' },
    orderNumber: { ...code, name: 'order_number' },
    customerKey: { ...nullable(reference), name: 'customer_key' },
    contentHash: { ...reference, name: 'content_hash' },
    currency: code,
    totalMinor: { ...integer, name: 'total_minor' },
    returnedMinor: { ...integer, name: 'returned_minor' },
    purchasedAt: { ...instant, name: 'purchased_ms' },
    recordedAt: { ...instant, name: 'recorded_ms' },
    storeId: { ...nullable(code), name: 'store_id' },
    channel: nullable(code),
    region: nullable(code),
    paymentInstrument: { ...nullable(code), name: 'payment_instrument' },
    tier: nullable(code),
    pointsPaymentId: { ...nullable(reference), name: 'points_payment_id' },
    pointsPaidMinor: { ...integer, name: 'points_paid_minor' },
  },
});
