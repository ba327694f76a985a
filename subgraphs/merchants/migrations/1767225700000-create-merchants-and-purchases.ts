import { migration } from '../../../shared/database/migrate.ts';

const merchants = [
  `CREATE TABLE merchants_merchant (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    name_zh VARCHAR(1000) NOT NULL,
    name_en VARCHAR(1000) NOT NULL,
    industry VARCHAR(64) NOT NULL,
    status VARCHAR(64) NOT NULL CHECK (status IN ('ACTIVE', 'SUSPENDED')),
    status_reason VARCHAR(1000) NOT NULL,
    price_minor BIGINT NOT NULL CHECK (price_minor > 0),
    price_points BIGINT NOT NULL CHECK (price_points > 0),
    currency VARCHAR(64) NOT NULL,
    joined_ms BIGINT NOT NULL)`,
  'CREATE INDEX merchants_merchant_joined ON merchants_merchant (joined_ms, id)',
  `CREATE TABLE merchants_programme (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    name_zh VARCHAR(1000) NOT NULL,
    name_en VARCHAR(1000) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    earn_points BIGINT NOT NULL CHECK (earn_points > 0),
    earn_minor BIGINT NOT NULL CHECK (earn_minor > 0),
    currency VARCHAR(64) NOT NULL,
    expiry_months BIGINT NULL CHECK (expiry_months > 0),
    version VARCHAR(64) NOT NULL,
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_programme_merchant ON merchants_programme (merchant_id)',
];

const purchases = [
  // One purchase for an order number: claiming it is what makes a second recording wait.
  `CREATE TABLE merchants_purchase (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    order_number VARCHAR(64) NOT NULL,
    customer_key VARCHAR(64) NULL,
    content_hash VARCHAR(64) NOT NULL,
    currency VARCHAR(64) NOT NULL,
    total_minor BIGINT NOT NULL CHECK (total_minor > 0),
    returned_minor BIGINT NOT NULL CHECK (returned_minor >= 0),
    purchased_ms BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL,
    CHECK (returned_minor <= total_minor),
    UNIQUE (merchant_id, order_number),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_purchase_time ON merchants_purchase (purchased_ms, id)',
  'CREATE INDEX merchants_purchase_merchant ON merchants_purchase (merchant_id, purchased_ms, id)',
  'CREATE INDEX merchants_purchase_member ON merchants_purchase (member_id, purchased_ms, id)',
  'CREATE INDEX merchants_purchase_customer ON merchants_purchase (customer_key, purchased_ms)',
  `CREATE TABLE merchants_purchase_line (
    purchase_id VARCHAR(64) NOT NULL,
    line_number BIGINT NOT NULL,
    sku VARCHAR(64) NULL,
    description VARCHAR(1000) NULL,
    category VARCHAR(64) NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    returned_quantity BIGINT NOT NULL CHECK (returned_quantity >= 0),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    certificate_number VARCHAR(64) NULL,
    behaviour VARCHAR(64) NULL,
    CHECK (returned_quantity <= quantity),
    PRIMARY KEY (purchase_id, line_number),
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  `CREATE TABLE merchants_award (
    purchase_id VARCHAR(64) NOT NULL,
    programme_id VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL CHECK (points >= 0),
    reversed_points BIGINT NOT NULL CHECK (reversed_points >= 0),
    CHECK (reversed_points <= points),
    PRIMARY KEY (purchase_id, programme_id),
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
];

const returns = [
  // An import recognises its returns by order number, sku and quantity; others have none of them.
  `CREATE TABLE merchants_return (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    purchase_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    order_number VARCHAR(64) NULL,
    sku VARCHAR(64) NULL,
    quantity BIGINT NULL,
    recorded_ms BIGINT NOT NULL,
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  'CREATE INDEX merchants_return_order ON merchants_return (merchant_id, order_number)',
  `CREATE TABLE merchants_return_line (
    return_id VARCHAR(64) NOT NULL,
    line_number BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (return_id, line_number),
    FOREIGN KEY (return_id) REFERENCES merchants_return (id))`,
  `CREATE TABLE merchants_posting (
    posting_key VARCHAR(128) NOT NULL PRIMARY KEY,
    purchase_id VARCHAR(64) NOT NULL,
    position BIGINT NOT NULL,
    programme_id VARCHAR(64) NOT NULL,
    cause_id VARCHAR(64) NOT NULL,
    command TEXT NOT NULL,
    state VARCHAR(64) NOT NULL CHECK (state IN ('WAITING', 'POSTED', 'REFUSED')),
    refusal VARCHAR(64) NULL,
    recorded_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_ms BIGINT NOT NULL,
    UNIQUE (purchase_id, position))`,
  'CREATE INDEX merchants_posting_due ON merchants_posting (state, purchase_id, next_attempt_ms)',
];

export const createMerchantsAndPurchases = migration('CreateMerchantsAndPurchases1767225700000', [
  ...merchants,
  ...purchases,
  ...returns,
]);
