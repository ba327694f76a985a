import { migration } from '../../../shared/database/migrate.ts';

/** Rows are only ever added: what an order earned is worked out anew by what was known when it was recorded. */
export const checkAges = migration('CheckAges1767225700033', [
  `CREATE TABLE merchants_age_check (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    years INT NOT NULL CHECK (years BETWEEN 0 AND 120),
    checked_by VARCHAR(128) NOT NULL,
    checked_ms BIGINT NOT NULL,
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_age_check_member ON merchants_age_check (member_id, merchant_id)',
]);
