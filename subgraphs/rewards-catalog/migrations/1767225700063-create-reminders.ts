import { migration } from '../../../shared/database/migrate.ts';

/** Since when members have neither earned nor spent, and what they were reminded of (S12, S59). */
export const createReminders = migration('CreateReminders1767225700063', [
  // `due_ms`: when to look whether she is to be reminded; null: she was, in this idle time.
  `CREATE TABLE rewards_activity (
    member_id VARCHAR(64) NOT NULL PRIMARY KEY,
    active_ms BIGINT NOT NULL,
    due_ms BIGINT NULL)`,
  'CREATE INDEX rewards_activity_due ON rewards_activity (due_ms, member_id)',
  `CREATE TABLE rewards_reminder (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    member_id VARCHAR(64) NOT NULL,
    kind VARCHAR(16) NOT NULL CHECK (kind IN ('IDLE', 'EXPIRING')),
    made_ms BIGINT NOT NULL,
    points BIGINT NOT NULL CHECK (points > 0),
    unit VARCHAR(64) NOT NULL,
    reward_id VARCHAR(64) NULL,
    issuer_id VARCHAR(64) NULL,
    expires_on INT NULL,
    FOREIGN KEY (reward_id) REFERENCES rewards_reward (id))`,
  'CREATE INDEX rewards_reminder_of_member ON rewards_reminder (member_id, made_ms)',
  'CREATE INDEX rewards_reminder_made ON rewards_reminder (made_ms)',
]);
