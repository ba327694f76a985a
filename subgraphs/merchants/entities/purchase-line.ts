import { EntitySchema } from 'typeorm';
import type { Day } from '../../../shared/calendar.ts';
import {
  code,
  day,
  flag,
  integer,
  key,
  nullable,
  reference,
  text,
} from '../../../shared/database/columns.ts';

/** One line of a purchase. `returnedQuantity` changes, and what was not known becomes known. */
export type PurchaseLineRow = Readonly<{
  purchaseId: string;
  number: number;
  sku: string | null;
  description: string | null;
  category: string | null;
  quantity: number;
  returnedQuantity: number;
  amountMinor: number;
  certificateNumber: string | null;
  behaviour: string | null;
  /** The first and the last day for which it was bought; null: for none in particular. */
  usedFrom: Day | null;
  usedUntil: Day | null;
  /** Whether its green certificate was valid when it was bought; null: no rule asked, or nobody answered. */
  isGreen: boolean | null;
}>;

export const PurchaseLine = new EntitySchema<PurchaseLineRow>({
  name: 'PurchaseLine',
  tableName: 'merchants_purchase_line',
  columns: {
    purchaseId: { ...key(reference), name: 'purchase_id' },
    number: { ...key(integer), name: 'line_number' },
    sku: nullable(code),
    description: nullable(text),
    category: nullable(code),
    quantity: integer,
    returnedQuantity: { ...integer, name: 'returned_quantity' },
    amountMinor: { ...integer, name: 'amount_minor' },
    certificateNumber: { ...nullable(code), name: 'certificate_number' },
    behaviour: nullable(code),
    usedFrom: nullable({ ...day, name: 'used_from' }),
    usedUntil: nullable({ ...day, name: 'used_until' }),
    isGreen: { ...nullable(flag), name: 'is_green' },
  },
});
