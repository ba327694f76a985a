import { migration } from '../../../shared/database/migrate.ts';

const COLUMNS = `id, cause_kind, cause_id, merchant_id, issuer_id, member_id, rule_id, programme_id, points,
  reasons, granted_ms`;

/** Neither engine changes a check of a table, so grants move into one that takes another kind of cause. */
export const createGreenActs = migration('CreateGreenActs1767225700060', [
  `CREATE TABLE merchants_green_act (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    behaviour VARCHAR(64) NOT NULL,
    region VARCHAR(64) NOT NULL,
    project_id VARCHAR(64) NULL,
    occurred_ms BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL,
    granted_ms BIGINT NULL,
    revoked_ms BIGINT NULL,
    taken_back_ms BIGINT NULL,
    due_ms BIGINT NULL,
    attempts BIGINT NOT NULL)`,
  'CREATE INDEX merchants_green_act_due ON merchants_green_act (due_ms, id)',
  `CREATE TABLE merchants_grant_of_acts (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    cause_kind VARCHAR(64) NOT NULL CHECK (cause_kind IN ('ENGAGEMENT', 'APPRECIATION', 'GREEN_ACT')),
    cause_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    issuer_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    rule_id VARCHAR(64) NOT NULL,
    programme_id VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL CHECK (points >= 0),
    reasons TEXT NOT NULL,
    granted_ms BIGINT NOT NULL,
    UNIQUE (cause_id, member_id, rule_id),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  `INSERT INTO merchants_grant_of_acts (${COLUMNS}) SELECT ${COLUMNS} FROM merchants_grant`,
  'DROP TABLE merchants_grant',
  'ALTER TABLE merchants_grant_of_acts RENAME TO merchants_grant',
  'CREATE INDEX merchants_grant_time ON merchants_grant (granted_ms, id)',
  'CREATE INDEX merchants_grant_member ON merchants_grant (member_id, granted_ms, id)',
  'CREATE INDEX merchants_grant_merchant ON merchants_grant (merchant_id, granted_ms, id)',
  'CREATE INDEX merchants_grant_rule ON merchants_grant (rule_id, member_id)',
]);
