import { migration } from '../../../shared/database/migrate.ts';

export const createProfiles = migration('CreateProfiles1767225700008', [
  // One row for each member who has agreed to be profiled, and for nobody else.
  `CREATE TABLE merchants_profiled (
    member_id VARCHAR(64) NOT NULL PRIMARY KEY,
    wants_messages SMALLINT NOT NULL,
    due_ms BIGINT NOT NULL)`,
  'CREATE INDEX merchants_profiled_due ON merchants_profiled (due_ms, member_id)',
  `CREATE TABLE merchants_profile (
    member_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    currency VARCHAR(64) NOT NULL,
    orders BIGINT NOT NULL CHECK (orders > 0),
    average_minor BIGINT NOT NULL CHECK (average_minor >= 0),
    recent_orders BIGINT NOT NULL CHECK (recent_orders >= 0),
    recent_minor BIGINT NOT NULL CHECK (recent_minor >= 0),
    earlier_orders BIGINT NOT NULL CHECK (earlier_orders >= 0),
    earlier_minor BIGINT NOT NULL CHECK (earlier_minor >= 0),
    is_rising SMALLINT NOT NULL,
    reckoned_ms BIGINT NOT NULL,
    PRIMARY KEY (member_id, merchant_id),
    FOREIGN KEY (member_id) REFERENCES merchants_profiled (member_id))`,
  'CREATE INDEX merchants_profile_merchant ON merchants_profile (merchant_id, member_id)',
  'CREATE INDEX merchants_profile_rising ON merchants_profile (is_rising, member_id, merchant_id)',
  `CREATE TABLE merchants_profile_preference (
    member_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    kind VARCHAR(64) NOT NULL CHECK (kind IN ('CATEGORY', 'SIZE', 'COLOUR')),
    preferred VARCHAR(64) NOT NULL,
    orders BIGINT NOT NULL CHECK (orders > 0),
    PRIMARY KEY (member_id, merchant_id, kind, preferred),
    FOREIGN KEY (member_id, merchant_id) REFERENCES merchants_profile (member_id, merchant_id))`,
  // What a member took out of her profile stays out of it.
  `CREATE TABLE merchants_profile_removed (
    member_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    kind VARCHAR(64) NOT NULL CHECK (kind IN ('CATEGORY', 'SIZE', 'COLOUR')),
    preferred VARCHAR(64) NOT NULL,
    PRIMARY KEY (member_id, merchant_id, kind, preferred),
    FOREIGN KEY (member_id) REFERENCES merchants_profiled (member_id))`,
  `CREATE TABLE merchants_goods (
    merchant_id VARCHAR(64) NOT NULL,
    sku VARCHAR(64) NOT NULL,
    size VARCHAR(64) NULL,
    colour VARCHAR(64) NULL,
    PRIMARY KEY (merchant_id, sku),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
]);
