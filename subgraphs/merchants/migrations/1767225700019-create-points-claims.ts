import { migration } from '../../../shared/database/migrate.ts';

export const createPointsClaims = migration('CreatePointsClaims1767225700019', [
  // One claim of a member for an order: claiming it is the lock.
  `CREATE TABLE merchants_points_claim (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    order_number VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    purchased_ms BIGINT NOT NULL,
    amount_minor BIGINT NULL CHECK (amount_minor >= 0),
    words VARCHAR(1000) NOT NULL,
    filed_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    decision VARCHAR(64) NULL CHECK (decision IN ('ACCEPTED', 'DECLINED')),
    answer VARCHAR(1000) NULL,
    decided_by VARCHAR(128) NULL,
    decided_ms BIGINT NULL,
    purchase_id VARCHAR(64) NULL,
    escalation VARCHAR(1000) NULL,
    escalated_ms BIGINT NULL,
    is_final SMALLINT NOT NULL,
    UNIQUE (merchant_id, order_number, member_id),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_points_claim_member ON merchants_points_claim (member_id, filed_ms, id)',
  'CREATE INDEX merchants_points_claim_time ON merchants_points_claim (filed_ms, id)',
]);
