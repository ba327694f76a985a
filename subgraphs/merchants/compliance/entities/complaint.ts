import { EntitySchema } from 'typeorm';
import { id, instant, nullable, reference, text } from '../../../../shared/database/columns.ts';

/** What a member complains of at a merchant (R14, R15). */
export type ComplaintRow = Readonly<{
  id: string;
  merchantId: string;
  memberId: string;
  /** What it is about, when it is about one. */
  ruleId: string | null;
  purchaseId: string | null;
  words: string;
  filedAt: Date;
  /** From then on it stands with the operator and the regulator. */
  dueAt: Date;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
}>;

export const Complaint = new EntitySchema<ComplaintRow>({
  name: 'Complaint',
  tableName: 'merchants_complaint',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    memberId: { ...reference, name: 'member_id' },
    ruleId: { ...nullable(reference), name: 'rule_id' },
    purchaseId: { ...nullable(reference), name: 'purchase_id' },
    words: text,
    filedAt: { ...instant, name: 'filed_ms' },
    dueAt: { ...instant, name: 'due_ms' },
    answer: nullable(text),
    answeredBy: { ...nullable(reference), name: 'answered_by' },
    answeredAt: { ...nullable(instant), name: 'answered_ms' },
  },
});
