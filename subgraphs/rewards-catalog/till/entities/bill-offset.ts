import { EntitySchema } from 'typeorm';
import {
  code,
  instant,
  integer,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';

/** What a redemption pays of a bill. Money is in the smallest unit of `currency`. */
export type BillOffsetRow = Readonly<{
  redemptionId: string;
  merchantId: string;
  /** As the merchant numbers it. */
  orderNumber: string;
  storeId: string | null;
  currency: string;
  /** What the bill came to before points. */
  billMinor: number;
  /** What the points take off. */
  amountMinor: number;
  /** When merchants last began to record the order with it. */
  claimedAt: Date | null;
  /** The order as merchants has recorded it; null: it has not, or this subgraph has not heard of it yet. */
  purchaseId: string | null;
  /** The most money that the recorded order has come to so far; null: it is not recorded. */
  baseMinor: number | null;
  /** When the points go back unless the order is recorded; null: they stay. */
  lapsesAt: Date | null;
}>;

export const BillOffset = new EntitySchema<BillOffsetRow>({
  name: 'BillOffset',
  tableName: 'rewards_bill_offset',
  columns: {
    redemptionId: { ...key(reference), name: 'redemption_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    orderNumber: { ...code, name: 'order_number' },
    storeId: nullable({ ...code, name: 'store_id' }),
    currency: code,
    billMinor: { ...integer, name: 'bill_minor' },
    amountMinor: { ...integer, name: 'amount_minor' },
    claimedAt: nullable({ ...instant, name: 'claimed_ms' }),
    purchaseId: nullable({ ...reference, name: 'purchase_id' }),
    baseMinor: nullable({ ...integer, name: 'base_minor' }),
    lapsesAt: nullable({ ...instant, name: 'lapses_ms' }),
  },
});
