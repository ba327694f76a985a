import { EntitySchema } from 'typeorm';
import {
  code,
  flag,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
} from '../../../shared/database/columns.ts';
import type {
  Payment,
  RedemptionRefusal,
  RedemptionState,
  RedemptionStatus,
} from '../domain/redemption.ts';

/** An exchange of points for a reward, with the price as it was when it was asked for. */
export type RedemptionRow = Readonly<{
  id: string;
  memberId: string;
  rewardId: string;
  merchantId: string;
  quantity: number;
  /** The price of all, in points of `unit`. */
  points: number;
  unit: string;
  /** Whose points pay. */
  payment: Payment;
  /** Whose pool pays; null: no family's. */
  familyId: string | null;
  state: RedemptionState;
  /** Computed by the database from `state`. */
  status: RedemptionStatus;
  /** Only when CANCELLED, or on the way there. */
  refusal: RedemptionRefusal | null;
  requestedAt: Date;
  /** Until when its merchant has to hand it over; null: a voucher is made at once. */
  fulfilBy: Date | null;
  /** Whether it pays a part of a bill: its points are burnt at once, and there is nothing to hand over. */
  atOnce: boolean;
  /** How many of `quantity` came back since. */
  returned: number;
  /** When it was asked to be cancelled. */
  cancelAt: Date | null;
  completedAt: Date | null;
  /** How often a worker took it up. */
  attempts: number;
  /** From when on a worker may take it up; null when there is nothing left to do. */
  nextAttemptAt: Date | null;
}>;

export const Redemption = new EntitySchema<RedemptionRow>({
  name: 'Redemption',
  tableName: 'rewards_redemption',
  columns: {
    id,
    memberId: { ...reference, name: 'member_id' },
    rewardId: { ...reference, name: 'reward_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    quantity: integer,
    points: integer,
    unit: code,
    payment: code,
    familyId: nullable({ ...reference, name: 'family_id' }),
    state: code,
    status: { ...code, insert: false, update: false },
    refusal: nullable(json),
    requestedAt: { ...instant, name: 'requested_ms' },
    atOnce: { ...flag, name: 'at_once' },
    returned: integer,
    fulfilBy: nullable({ ...instant, name: 'fulfil_by_ms' }),
    cancelAt: nullable({ ...instant, name: 'cancel_ms' }),
    completedAt: nullable({ ...instant, name: 'completed_ms' }),
    attempts: integer,
    nextAttemptAt: nullable({ ...instant, name: 'next_attempt_ms' }),
  },
});
