import { migration } from '../../../shared/database/migrate.ts';

/**
 * What happens to a version of a rule after it was drafted. Nothing of it is ever deleted: the law wants the
 * history of rules for three years at the least, and posted points name the version that made them for ever.
 */
export const createLifeCycle = migration('CreateLifeCycle1767225700004', [
  // Which version ended this one. Withdrawing that one restores this one; an announced end has none.
  'ALTER TABLE merchants_rule ADD COLUMN ended_by VARCHAR(64) NULL',
  'ALTER TABLE merchants_rule ADD COLUMN withdrawn_by VARCHAR(64) NULL',
  'ALTER TABLE merchants_rule ADD COLUMN withdrawn_ms BIGINT NULL',
  'ALTER TABLE merchants_rule ADD COLUMN withdraw_reason VARCHAR(1000) NULL',
  'CREATE INDEX merchants_rule_time ON merchants_rule (drafted_ms, id)',
  'CREATE INDEX merchants_rule_ended_by ON merchants_rule (ended_by)',
  // As it was published, whatever the program makes of the same terms later on.
  `CREATE TABLE merchants_rule_disclosure (
    rule_id VARCHAR(64) NOT NULL,
    language VARCHAR(64) NOT NULL,
    title VARCHAR(1000) NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    PRIMARY KEY (rule_id, language),
    FOREIGN KEY (rule_id) REFERENCES merchants_rule (id))`,
  `CREATE TABLE merchants_rule_comment (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    rule_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    text VARCHAR(1000) NOT NULL,
    recorded_ms BIGINT NOT NULL,
    FOREIGN KEY (rule_id) REFERENCES merchants_rule (id))`,
  'CREATE INDEX merchants_rule_comment_rule ON merchants_rule_comment (rule_id, member_id)',
  'CREATE INDEX merchants_rule_comment_time ON merchants_rule_comment (recorded_ms, id)',
  `CREATE TABLE merchants_rule_acknowledgement (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    rule_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    language VARCHAR(64) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    presentation VARCHAR(64) NOT NULL,
    recorded_ms BIGINT NOT NULL,
    UNIQUE (rule_id, member_id),
    FOREIGN KEY (rule_id) REFERENCES merchants_rule (id))`,
  'CREATE INDEX merchants_rule_acknowledgement_member ON merchants_rule_acknowledgement (member_id, recorded_ms, id)',
]);
