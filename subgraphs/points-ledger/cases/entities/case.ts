import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { PointsCaseReason } from '../../schema.generated.ts';
import type { CaseOutcome, CaseState } from '../domain/case-states.ts';

/** A case against points that may have been gained wrongly (S38). */
export type PointsCaseRow = Readonly<{
  id: string;
  walletId: string;
  state: CaseState;
  outcome: CaseOutcome | null;
  reasonCode: PointsCaseReason;
  reason: string;
  /** The rule that was broken, in its words, and its number. */
  basis: string;
  clauseId: string | null;
  /** SHA-256, hexadecimal. */
  evidenceHash: string;
  /** Where the evidence lies. */
  evidenceNote: string;
  /** The entries of the accruals in question. */
  accrualIds: readonly string[];
  /** The first day on which it does not freeze any more when nobody decides. */
  deadlineOn: Day;
  proposedBy: string;
  proposedAt: Date;
  approvedBy: string | null;
  /** When the books froze the wallet; null: not, or not yet. */
  frozenAt: Date | null;
  appeal: string | null;
  appealedAt: Date | null;
  /** Why it was lifted. */
  note: string | null;
  closedBy: string | null;
  closedAt: Date | null;
  daysGivenBack: number | null;
  /** Why the books refused what was decided. */
  refusal: string | null;
}>;

export const PointsCase = new EntitySchema<PointsCaseRow>({
  name: 'PointsCase',
  tableName: 'points_case',
  columns: {
    id,
    walletId: { ...reference, name: 'wallet_id' },
    state: code,
    outcome: nullable(code),
    reasonCode: { ...code, name: 'reason_code' },
    reason: text,
    basis: text,
    clauseId: { ...nullable(code), name: 'clause_id' },
    evidenceHash: { ...code, name: 'evidence_hash' },
    evidenceNote: { ...text, name: 'evidence_note' },
    accrualIds: { ...json, name: 'accrual_ids' },
    deadlineOn: { ...day, name: 'deadline_on' },
    proposedBy: { ...code, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    approvedBy: { ...nullable(code), name: 'approved_by' },
    frozenAt: { ...nullable(instant), name: 'frozen_ms' },
    appeal: nullable(text),
    appealedAt: { ...nullable(instant), name: 'appealed_ms' },
    note: nullable(text),
    closedBy: { ...nullable(code), name: 'closed_by' },
    closedAt: { ...nullable(instant), name: 'closed_ms' },
    daysGivenBack: { ...nullable(integer), name: 'days_given_back' },
    refusal: nullable(code),
  },
});

export type DeductionState = 'PROPOSED' | 'WITHDRAWN' | 'APPROVED' | 'BOOKED' | 'REFUSED';

/** How much of one accrual. */
export type DeductionPart = Readonly<{ accrualId: string; points: number }>;

/** What is to be taken back for a case. */
export type DeductionRow = Readonly<{
  caseId: string;
  /** From 1 in each case. */
  number: number;
  unit: string;
  points: number;
  parts: readonly DeductionPart[];
  state: DeductionState;
  proposedBy: string;
  approvedBy: string | null;
  entryId: string | null;
  refusal: string | null;
}>;

export const Deduction = new EntitySchema<DeductionRow>({
  name: 'PointsDeduction',
  tableName: 'points_case_deduction',
  columns: {
    caseId: { ...id, name: 'case_id' },
    number: { ...integer, primary: true },
    unit: code,
    points: integer,
    parts: json,
    state: code,
    proposedBy: { ...code, name: 'proposed_by' },
    approvedBy: { ...nullable(code), name: 'approved_by' },
    entryId: { ...nullable(reference), name: 'entry_id' },
    refusal: nullable(code),
  },
});
