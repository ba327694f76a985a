import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  json,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { Sign } from '../domain/signs.ts';

/** That points of a purchase wait longer, because it looks like wash trading (S38). */
export type VestingHoldRow = Readonly<{
  id: string;
  purchaseId: string;
  merchantId: string;
  memberId: string;
  /** What was seen. */
  signs: readonly Sign[];
  raisedAt: Date;
  /** The end of the published term: from then on the points vest, unless a case was opened. */
  until: Date;
  decision: 'CLEARED' | 'CASE' | null;
  /** The case in the ledger, with its notice and its appeal. */
  caseId: string | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  caseClosedAt: Date | null;
}>;

export const VestingHold = new EntitySchema<VestingHoldRow>({
  name: 'VestingHold',
  tableName: 'merchants_vesting_hold',
  columns: {
    id,
    purchaseId: { ...reference, name: 'purchase_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    memberId: { ...reference, name: 'member_id' },
    signs: json,
    raisedAt: { ...instant, name: 'raised_ms' },
    until: { ...instant, name: 'until_ms' },
    decision: nullable(code),
    caseId: { ...nullable(reference), name: 'case_id' },
    reason: nullable(text),
    decidedBy: { ...nullable(reference), length: 128, name: 'decided_by' },
    decidedAt: { ...nullable(instant), name: 'decided_ms' },
    caseClosedAt: { ...nullable(instant), name: 'case_closed_ms' },
  },
});
