import { EntitySchema } from 'typeorm';
import {
  code,
  flag,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { ReturnGrounds, ReturnState } from '../domain/returning.ts';

/** That some or all of a redemption comes back. */
export type ReturnRow = Readonly<{
  id: string;
  redemptionId: string;
  grounds: ReturnGrounds;
  quantity: number;
  /** What goes back of what was burnt. */
  points: number;
  /** What is kept. */
  feePoints: number;
  /** What the merchant issues on top. */
  compensationPoints: number;
  /** Whether points that lapsed meanwhile are good again. */
  keepsLapsed: boolean;
  /** For how many months what goes back is good at least; null: as long as it was. */
  goodForMonths: number | null;
  state: ReturnState;
  requestedAt: Date;
  completedAt: Date | null;
}>;

export const Return = new EntitySchema<ReturnRow>({
  name: 'Return',
  tableName: 'rewards_return',
  columns: {
    id,
    redemptionId: { ...reference, name: 'redemption_id' },
    grounds: code,
    quantity: integer,
    points: integer,
    feePoints: { ...integer, name: 'fee_points' },
    compensationPoints: { ...integer, name: 'compensation_points' },
    keepsLapsed: { ...flag, name: 'keeps_lapsed' },
    goodForMonths: nullable({ ...integer, name: 'good_for_months' }),
    state: code,
    requestedAt: { ...instant, name: 'requested_ms' },
    completedAt: nullable({ ...instant, name: 'completed_ms' }),
  },
});
