import { migration } from '../../../shared/database/migrate.ts';

export const createVestingHolds = migration('CreateVestingHolds1767225700029', [
  // One for a purchase: its term is given once and never begins anew.
  `CREATE TABLE merchants_vesting_hold (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    purchase_id VARCHAR(64) NOT NULL UNIQUE,
    merchant_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    signs TEXT NOT NULL,
    raised_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL CHECK (until_ms > raised_ms),
    decision VARCHAR(64) NULL CHECK (decision IN ('CLEARED', 'CASE')),
    case_id VARCHAR(64) NULL,
    reason VARCHAR(1000) NULL,
    decided_by VARCHAR(128) NULL,
    decided_ms BIGINT NULL,
    case_closed_ms BIGINT NULL,
    CHECK ((case_id IS NULL) = (decision IS NULL OR decision <> 'CASE')),
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  'CREATE INDEX merchants_vesting_hold_time ON merchants_vesting_hold (raised_ms, id)',
]);
