import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { PriceClass } from '../../domain/price.ts';

/** Points that are granted out of goodwill. */
export type AdjustmentRow = Readonly<{
  id: string;
  walletId: string;
  issuerId: string;
  unit: string;
  points: number;
  expiresOn: Day;
  priceClass: PriceClass;
  reason: string;
  /** Out of which budget of the issuer. */
  budget: string;
  ruleVersion: string;
  state: 'PROPOSED' | 'APPROVED' | 'BOOKED' | 'REFUSED';
  proposedBy: string;
  proposedAt: Date;
  approvedBy: string | null;
  entryId: string | null;
  /** Why the books refused it. */
  refusal: string | null;
}>;

export const Adjustment = new EntitySchema<AdjustmentRow>({
  name: 'PointsAdjustment',
  tableName: 'points_adjustment',
  columns: {
    id,
    walletId: { ...reference, name: 'wallet_id' },
    issuerId: { ...reference, name: 'issuer_id' },
    unit: code,
    points: integer,
    expiresOn: { ...day, name: 'expires_on' },
    priceClass: { ...code, name: 'price_class' },
    reason: text,
    budget: text,
    ruleVersion: { ...code, name: 'rule_version' },
    state: code,
    proposedBy: { ...code, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    approvedBy: { ...nullable(code), name: 'approved_by' },
    entryId: { ...nullable(reference), name: 'entry_id' },
    refusal: nullable(code),
  },
});
