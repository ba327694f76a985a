import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';

/** A green act as green-consumption has told of it, and how far its points are. */
export type GreenActRow = Readonly<{
  /** The id of the act. */
  id: string;
  merchantId: string;
  memberId: string;
  behaviour: string;
  region: string;
  projectId: string | null;
  occurredAt: Date;
  recordedAt: Date;
  /** Whether its rules were looked at; then there are grants, or there are none. */
  grantedAt: Date | null;
  revokedAt: Date | null;
  /** Whether what was given for it was taken back, or was never given. */
  takenBackAt: Date | null;
  /** When something is to be done about it; null: nothing. */
  dueAt: Date | null;
  attempts: number;
}>;

export const GreenAct = new EntitySchema<GreenActRow>({
  name: 'RewardedGreenAct',
  tableName: 'merchants_green_act',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    memberId: { ...reference, name: 'member_id' },
    behaviour: code,
    region: code,
    projectId: { ...nullable(reference), name: 'project_id' },
    occurredAt: { ...instant, name: 'occurred_ms' },
    recordedAt: { ...instant, name: 'recorded_ms' },
    grantedAt: { ...nullable(instant), name: 'granted_ms' },
    revokedAt: { ...nullable(instant), name: 'revoked_ms' },
    takenBackAt: { ...nullable(instant), name: 'taken_back_ms' },
    dueAt: { ...nullable(instant), name: 'due_ms' },
    attempts: integer,
  },
});
