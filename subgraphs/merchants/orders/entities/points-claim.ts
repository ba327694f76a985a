import { EntitySchema } from 'typeorm';
import {
  code,
  flag,
  id,
  instant,
  integer,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/** That a member misses the points of an order: one claim for an order number of a merchant. */
export type PointsClaimRow = Readonly<{
  id: string;
  merchantId: string;
  orderNumber: string;
  memberId: string;
  purchasedAt: Date;
  /** What she says that she paid, in the smallest unit; null: she does not say. */
  amountMinor: number | null;
  words: string;
  filedAt: Date;
  dueAt: Date;
  /** The latest; null: there is none, or she has escalated it. */
  decision: 'ACCEPTED' | 'DECLINED' | null;
  answer: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** What was recorded for it, or was recorded already. */
  purchaseId: string | null;
  /** Why she does not agree with the merchant, or null. */
  escalation: string | null;
  escalatedAt: Date | null;
  /** Nothing changes any more. */
  isFinal: boolean;
}>;

export const PointsClaim = new EntitySchema<PointsClaimRow>({
  name: 'PointsClaim',
  tableName: 'merchants_points_claim',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    orderNumber: { ...code, name: 'order_number' },
    memberId: { ...reference, name: 'member_id' },
    purchasedAt: { ...instant, name: 'purchased_ms' },
    amountMinor: { ...nullable(integer), name: 'amount_minor' },
    words: text,
    filedAt: { ...instant, name: 'filed_ms' },
    dueAt: { ...instant, name: 'due_ms' },
    decision: nullable(code),
    answer: nullable(text),
    decidedBy: { ...nullable(reference), length: 128, name: 'decided_by' },
    decidedAt: { ...nullable(instant), name: 'decided_ms' },
    purchaseId: { ...nullable(reference), name: 'purchase_id' },
    escalation: nullable(text),
    escalatedAt: { ...nullable(instant), name: 'escalated_ms' },
    isFinal: { ...flag, name: 'is_final' },
  },
});
