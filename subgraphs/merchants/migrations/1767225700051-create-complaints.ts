import { migration } from '../../../shared/database/migrate.ts';

/** What members complain of, until when it has to be answered, and the answer. Never deleted. */
export const createComplaints = migration('CreateComplaints1767225700051', [
  `CREATE TABLE merchants_complaint (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    rule_id VARCHAR(64) NULL,
    purchase_id VARCHAR(64) NULL,
    words VARCHAR(1000) NOT NULL,
    filed_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    answer VARCHAR(1000) NULL,
    answered_by VARCHAR(64) NULL,
    answered_ms BIGINT NULL,
    CHECK (due_ms > filed_ms),
    CHECK ((answer IS NULL) = (answered_ms IS NULL)),
    CHECK ((answer IS NULL) = (answered_by IS NULL)),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_complaint_due ON merchants_complaint (answered_ms, due_ms)',
  'CREATE INDEX merchants_complaint_merchant ON merchants_complaint (merchant_id, filed_ms)',
  'CREATE INDEX merchants_complaint_member ON merchants_complaint (member_id, filed_ms)',
]);
