import { migration } from '../../../shared/database/migrate.ts';

export const createTill = migration('CreateTill1767225700010', [
  `CREATE TABLE merchants_tier_prices (
    programme_id VARCHAR(64) NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    prices TEXT NOT NULL,
    published_by VARCHAR(128) NOT NULL,
    published_ms BIGINT NOT NULL,
    effective_ms BIGINT NOT NULL CHECK (effective_ms >= published_ms),
    PRIMARY KEY (programme_id, version),
    FOREIGN KEY (programme_id) REFERENCES merchants_programme (id))`,
  `CREATE TABLE merchants_channel (
    merchant_id VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    PRIMARY KEY (merchant_id, code),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  // Who joined before channels were declared sells as it did, and as shops commonly do.
  `INSERT INTO merchants_channel (merchant_id, code)
   SELECT id, 'STORE' FROM merchants_merchant
   UNION SELECT id, 'ONLINE' FROM merchants_merchant
   UNION SELECT merchant_id, channel FROM merchants_purchase WHERE channel IS NOT NULL`,
]);
