import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { OrderSetting } from '../../domain/order.ts';
import type { PurchaseLineRow } from '../../entities/purchase-line.ts';

export type AmendmentKind = 'UPGRADE' | 'CORRECTION';

/** That an order was changed: what it was, what it became, who did it and why. Never changed itself. */
export type AmendmentRow = Readonly<{
  id: string;
  purchaseId: string;
  /** From 1, in the order in which they were made. */
  number: number;
  kind: AmendmentKind;
  reason: string;
  linesBefore: readonly PurchaseLineRow[];
  linesAfter: readonly PurchaseLineRow[];
  settingBefore: OrderSetting;
  /** The highest number that a line of the order ever had: numbers are not used again. */
  lastLine: number;
  /** By how much more is paid for what is kept; below 0: less. */
  differenceMinor: number;
  givenPoints: number;
  reversedPoints: number;
  amendedBy: string;
  amendedAt: Date;
}>;

export const Amendment = new EntitySchema<AmendmentRow>({
  name: 'Amendment',
  tableName: 'merchants_amendment',
  columns: {
    id,
    purchaseId: { ...reference, name: 'purchase_id' },
    number: integer,
    kind: code,
    reason: text,
    linesBefore: { ...json, name: 'lines_before' },
    linesAfter: { ...json, name: 'lines_after' },
    settingBefore: { ...json, name: 'setting_before' },
    lastLine: { ...integer, name: 'last_line' },
    differenceMinor: { ...integer, name: 'difference_minor' },
    givenPoints: { ...integer, name: 'given_points' },
    reversedPoints: { ...integer, name: 'reversed_points' },
    amendedBy: { ...reference, length: 128, name: 'amended_by' },
    amendedAt: { ...instant, name: 'amended_ms' },
  },
});
