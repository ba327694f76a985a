import { migration } from '../../../shared/database/migrate.ts';

/** Points that paid a part of a bill: redemptions that are burnt at once, and the orders that they belong to. */
export const createBillOffsets = migration('CreateBillOffsets1767225700037', [
  'ALTER TABLE rewards_redemption ADD COLUMN at_once SMALLINT NOT NULL DEFAULT 0',
  `CREATE TABLE rewards_bill_offset (
    redemption_id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    order_number VARCHAR(64) NOT NULL,
    store_id VARCHAR(64) NULL,
    currency VARCHAR(64) NOT NULL,
    bill_minor BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    claimed_ms BIGINT NULL,
    purchase_id VARCHAR(64) NULL,
    base_minor BIGINT NULL,
    lapses_ms BIGINT NULL,
    CHECK (amount_minor >= 1 AND amount_minor < bill_minor),
    CHECK (base_minor IS NULL OR base_minor >= 1),
    FOREIGN KEY (redemption_id) REFERENCES rewards_redemption (id))`,
  'CREATE INDEX rewards_bill_offset_of_purchase ON rewards_bill_offset (purchase_id)',
  'CREATE INDEX rewards_bill_offset_due ON rewards_bill_offset (lapses_ms)',
  // An order, or a code that was shown: whoever holds the row decides what it pays.
  `CREATE TABLE rewards_till_claim (
    claim_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    redemption_id VARCHAR(64) NULL)`,
]);
