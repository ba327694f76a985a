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
} from '../../../../shared/database/columns.ts';

/** What a member is reminded of. IDLE: of points that lie idle, with a reward that she can have. EXPIRING: of points that lapse. */
export type ReminderRow = Readonly<{
  id: string;
  memberId: string;
  kind: 'IDLE' | 'EXPIRING';
  madeAt: Date;
  points: number;
  unit: string;
  /** Of IDLE. */
  rewardId: string | null;
  /** Of EXPIRING: who owes them, and the first day on which they are not good any more. */
  issuerId: string | null;
  expiresOn: Day | null;
}>;

export const Reminder = new EntitySchema<ReminderRow>({
  name: 'Reminder',
  tableName: 'rewards_reminder',
  columns: {
    id,
    memberId: { ...reference, name: 'member_id' },
    kind: code,
    madeAt: { ...instant, name: 'made_ms' },
    points: integer,
    unit: code,
    rewardId: nullable({ ...reference, name: 'reward_id' }),
    issuerId: nullable({ ...reference, name: 'issuer_id' }),
    expiresOn: nullable({ ...day, name: 'expires_on' }),
  },
});
