import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { ReturnGrounds } from '../domain/return-window.ts';

/** That lines of an order came back. `insertReturns` writes it. */
export type PurchaseReturnRow = Readonly<{
  id: string;
  purchaseId: string;
  /** Null: nobody asked, as of a whole order that was cancelled and of a row of a file. */
  grounds: ReturnGrounds | null;
  recordedAt: Date;
}>;

export const PurchaseReturn = new EntitySchema<PurchaseReturnRow>({
  name: 'PurchaseReturn',
  tableName: 'merchants_return',
  columns: {
    id,
    purchaseId: { ...reference, name: 'purchase_id' },
    grounds: nullable(code),
    recordedAt: { ...instant, name: 'recorded_ms' },
  },
});

/** So many of a line. */
export type ReturnLineRow = Readonly<{ returnId: string; lineNumber: number; quantity: number }>;

export const ReturnLine = new EntitySchema<ReturnLineRow>({
  name: 'ReturnLine',
  tableName: 'merchants_return_line',
  columns: {
    returnId: { ...key(reference), name: 'return_id' },
    lineNumber: { ...key(integer), name: 'line_number' },
    quantity: integer,
  },
});
