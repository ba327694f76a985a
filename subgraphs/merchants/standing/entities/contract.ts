import { EntitySchema } from 'typeorm';
import {
  code,
  instant,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { ContractTerms } from '../domain/contract.ts';

/** One version of what a merchant and the alliance agreed on. Its terms never change. */
export type ContractRow = ContractTerms &
  Readonly<{
    merchantId: string;
    /** From 1. */
    version: number;
    state: 'PROPOSED' | 'AGREED' | 'DECLINED';
    proposedBy: string;
    /** Which side proposed it: the other one has to agree. */
    proposedAs: 'MERCHANT' | 'OPERATOR';
    proposedAt: Date;
    answeredBy: string | null;
    answeredAt: Date | null;
    effectiveAt: Date;
    /** When the ledger was told of it; null: not yet. */
    toldAt: Date | null;
  }>;

export const Contract = new EntitySchema<ContractRow>({
  name: 'Contract',
  tableName: 'merchants_contract',
  columns: {
    merchantId: { ...key(reference), name: 'merchant_id' },
    version: key(integer),
    state: code,
    priceMinor: { ...integer, name: 'price_minor' },
    pricePoints: { ...integer, name: 'price_points' },
    currency: code,
    mode: code,
    paymentDays: { ...integer, name: 'payment_days' },
    feeNumerator: { ...integer, name: 'fee_numerator' },
    feeDenominator: { ...integer, name: 'fee_denominator' },
    guaranteeMinor: { ...integer, name: 'guarantee_minor' },
    limits: json,
    leaveNoticeDays: { ...integer, name: 'leave_notice_days' },
    onDefault: { ...code, name: 'on_default' },
    proposedBy: { ...reference, name: 'proposed_by' },
    proposedAs: { ...code, name: 'proposed_as' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    answeredBy: { ...nullable(reference), name: 'answered_by' },
    answeredAt: { ...nullable(instant), name: 'answered_ms' },
    effectiveAt: { ...instant, name: 'effective_ms' },
    toldAt: { ...nullable(instant), name: 'told_ms' },
  },
});
