import { migration } from '../../../shared/database/migrate.ts';

/** Findings of the compliance guard that two persons set aside, with their reason. Never deleted. */
export const createOverrides = migration('CreateOverrides1767225700005', [
  `CREATE TABLE merchants_override (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    rule_id VARCHAR(64) NOT NULL,
    check_id VARCHAR(64) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    proposed_by VARCHAR(64) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    confirmed_by VARCHAR(64) NULL,
    confirmed_ms BIGINT NULL,
    CHECK ((confirmed_by IS NULL) = (confirmed_ms IS NULL)),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    UNIQUE (rule_id, check_id),
    FOREIGN KEY (rule_id) REFERENCES merchants_rule (id))`,
]);
