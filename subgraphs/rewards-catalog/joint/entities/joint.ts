import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { JointRefusal, JointState } from '../domain/joint.ts';

/** A redemption that several members are to pay together. Once it is PLACED there is a redemption with the same id. */
export type JointRow = Readonly<{
  id: string;
  /** Who started it, and gets the reward. */
  initiatorId: string;
  rewardId: string;
  merchantId: string;
  quantity: number;
  /** The price of all, which the parts add up to. */
  points: number;
  unit: string;
  slotId: string | null;
  state: JointState;
  /** Why nothing came of it. */
  refusal: JointRefusal | null;
  requestedAt: Date;
  /** When the points of her who started it were set aside; null: they are not, and nobody else knows of it. */
  openedAt: Date | null;
  /** Until when all have to have accepted. */
  expiresAt: Date;
  /** For how long the points of each are set aside. */
  holdMinutes: number;
  attempts: number;
  nextAttemptAt: Date | null;
}>;

export const Joint = new EntitySchema<JointRow>({
  name: 'Joint',
  tableName: 'rewards_joint',
  columns: {
    id,
    initiatorId: { ...reference, name: 'initiator_id' },
    rewardId: { ...reference, name: 'reward_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    quantity: integer,
    points: integer,
    unit: code,
    slotId: nullable({ ...reference, name: 'slot_id' }),
    state: code,
    refusal: nullable(json),
    requestedAt: { ...instant, name: 'requested_ms' },
    openedAt: nullable({ ...instant, name: 'opened_ms' }),
    expiresAt: { ...instant, name: 'expires_ms' },
    holdMinutes: { ...integer, name: 'hold_minutes' },
    attempts: integer,
    nextAttemptAt: nullable({ ...instant, name: 'next_attempt_ms' }),
  },
});
