import { migration } from '../../../shared/database/migrate.ts';

/** What shops accepted without network, and what became of it. */
export const settleOfflineUses = migration('SettleOfflineUses1767225700027', [
  `CREATE TABLE rewards_offline_use (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    code_hash VARCHAR(64) NOT NULL,
    voucher_id VARCHAR(64) NULL,
    redemption_id VARCHAR(64) NULL,
    order_number VARCHAR(64) NOT NULL,
    store_id VARCHAR(64) NULL,
    used_ms BIGINT NOT NULL,
    reported_ms BIGINT NOT NULL,
    status VARCHAR(64) NOT NULL,
    conflict VARCHAR(64) NULL,
    breach VARCHAR(64) NULL,
    CHECK (status IN ('SETTLED', 'CONFLICT')),
    CHECK ((status = 'CONFLICT') = (conflict IS NOT NULL)),
    FOREIGN KEY (voucher_id) REFERENCES rewards_voucher (id))`,
  `CREATE UNIQUE INDEX rewards_offline_use_once
    ON rewards_offline_use (merchant_id, code_hash, order_number)`,
  'CREATE INDEX rewards_offline_use_of_voucher ON rewards_offline_use (voucher_id)',
  'CREATE INDEX rewards_offline_use_by_merchant ON rewards_offline_use (merchant_id, used_ms, id)',
  'CREATE INDEX rewards_offline_use_by_time ON rewards_offline_use (used_ms, id)',
]);
