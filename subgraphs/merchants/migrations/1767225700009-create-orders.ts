import { migration } from '../../../shared/database/migrate.ts';

export const createOrders = migration('CreateOrders1767225700009', [
  // `released_ms` is the instant from which on points that waited for the event are good.
  `CREATE TABLE merchants_purchase_event (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    purchase_id VARCHAR(64) NOT NULL,
    event VARCHAR(64) NOT NULL,
    occurred_ms BIGINT NOT NULL,
    recorded_by VARCHAR(128) NOT NULL,
    recorded_ms BIGINT NOT NULL,
    released_ms BIGINT NOT NULL CHECK (released_ms >= recorded_ms),
    is_released SMALLINT NOT NULL,
    UNIQUE (purchase_id, event),
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  'CREATE INDEX merchants_purchase_event_due ON merchants_purchase_event (is_released, released_ms)',
  `CREATE TABLE merchants_cancellation (
    purchase_id VARCHAR(64) NOT NULL PRIMARY KEY,
    return_id VARCHAR(64) NULL,
    reason VARCHAR(1000) NOT NULL,
    reversed_points BIGINT NOT NULL CHECK (reversed_points >= 0),
    cancelled_by VARCHAR(128) NOT NULL,
    cancelled_ms BIGINT NOT NULL,
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  `CREATE TABLE merchants_amendment (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    purchase_id VARCHAR(64) NOT NULL,
    number BIGINT NOT NULL,
    kind VARCHAR(64) NOT NULL CHECK (kind IN ('UPGRADE', 'CORRECTION')),
    reason VARCHAR(1000) NOT NULL,
    lines_before TEXT NOT NULL,
    lines_after TEXT NOT NULL,
    setting_before TEXT NOT NULL,
    last_line BIGINT NOT NULL,
    difference_minor BIGINT NOT NULL,
    given_points BIGINT NOT NULL CHECK (given_points >= 0),
    reversed_points BIGINT NOT NULL CHECK (reversed_points >= 0),
    amended_by VARCHAR(128) NOT NULL,
    amended_ms BIGINT NOT NULL,
    UNIQUE (purchase_id, number),
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
]);
