import { migration } from '../../../shared/database/migrate.ts';

/** With which order vouchers are used, how many one order takes, and the codes that were replaced. */
export const bindVouchers = migration('BindVouchers1767225700026', [
  'ALTER TABLE rewards_voucher ADD COLUMN used_order VARCHAR(64) NULL',
  'ALTER TABLE rewards_voucher ADD COLUMN used_store VARCHAR(64) NULL',
  `ALTER TABLE rewards_reward ADD COLUMN per_order BIGINT NOT NULL DEFAULT 1
    CHECK (per_order >= 1)`,
  // What the strictest of its vouchers allows.
  `CREATE TABLE rewards_voucher_order (
    merchant_id VARCHAR(64) NOT NULL,
    order_number VARCHAR(64) NOT NULL,
    used BIGINT NOT NULL,
    allowed BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, order_number),
    CHECK (used >= 0 AND used <= allowed))`,
  `CREATE TABLE rewards_former_code (
    code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    voucher_id VARCHAR(64) NOT NULL,
    reason VARCHAR(64) NOT NULL,
    replaced_ms BIGINT NOT NULL,
    CHECK (reason IN ('LOST', 'LEAKED')),
    FOREIGN KEY (voucher_id) REFERENCES rewards_voucher (id))`,
  'CREATE INDEX rewards_former_code_of_voucher ON rewards_former_code (voucher_id)',
]);
