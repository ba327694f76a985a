import { migration } from '../../../shared/database/migrate.ts';

/** The end of a rule in force as one person proposed it, and who stands for it. */
export const proposeEnds = migration('ProposeEnds1767225700012', [
  `CREATE TABLE merchants_rule_end (
    rule_id VARCHAR(64) NOT NULL PRIMARY KEY,
    reason VARCHAR(1000) NOT NULL,
    asked_ms BIGINT NULL,
    proposed_by VARCHAR(64) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    confirmed_by VARCHAR(64) NULL,
    FOREIGN KEY (rule_id) REFERENCES merchants_rule (id))`,
]);
