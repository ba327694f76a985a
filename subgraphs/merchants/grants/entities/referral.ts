import { EntitySchema } from 'typeorm';
import { instant, integer, nullable, reference } from '../../../../shared/database/columns.ts';

/** That a member registered by the invitation of another one, as members has told of it, and what came of it. */
export type ReferralRow = Readonly<{
  inviteeId: string;
  /** Names it for the inviter, who is not told who the invitee is. */
  id: string;
  /** Who invited her. Who invited the inviter is kept nowhere (L1). */
  inviterId: string;
  registeredAt: Date;
  /** Her first order in the alliance, once there is one; it stays the first. */
  purchaseId: string | null;
  /** Since when it can no longer come back without a reason, and its rules were looked at. */
  settledAt: Date | null;
  /** When the inviter was given points for it; null: she was not. */
  rewardedAt: Date | null;
  /** Since when all of it is back: nothing is given any more, and what was given is taken back. */
  refundedAt: Date | null;
  /** When something is to be done about it; null: nothing. */
  dueAt: Date | null;
  attempts: number;
}>;

export const Referral = new EntitySchema<ReferralRow>({
  name: 'Referral',
  tableName: 'merchants_referral',
  columns: {
    inviteeId: { ...reference, primary: true, name: 'invitee_id' },
    id: reference,
    inviterId: { ...reference, name: 'inviter_id' },
    registeredAt: { ...instant, name: 'registered_ms' },
    purchaseId: { ...nullable(reference), name: 'purchase_id' },
    settledAt: { ...nullable(instant), name: 'settled_ms' },
    rewardedAt: { ...nullable(instant), name: 'rewarded_ms' },
    refundedAt: { ...nullable(instant), name: 'refunded_ms' },
    dueAt: { ...nullable(instant), name: 'due_ms' },
    attempts: integer,
  },
});
