import { migration } from '../../../shared/database/migrate.ts';

/**
 * Where merchants want to be told of what happens, and what became of telling them. What is told is the event of the
 * feed at that position: it is not written down a second time.
 */
export const createWebhooks = migration('CreateWebhooks1767225700031', [
  `CREATE TABLE rewards_webhook (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    url VARCHAR(1000) NOT NULL,
    kinds TEXT NOT NULL,
    state VARCHAR(64) NOT NULL,
    disabled_because VARCHAR(64) NULL,
    secret_sealed VARCHAR(1000) NOT NULL,
    secret_number BIGINT NOT NULL,
    secret_ms BIGINT NOT NULL,
    former_sealed VARCHAR(1000) NULL,
    former_until_ms BIGINT NULL,
    created_ms BIGINT NOT NULL,
    after_position BIGINT NOT NULL,
    failing_since_ms BIGINT NULL,
    rests_until_ms BIGINT NOT NULL,
    claimed_until_ms BIGINT NOT NULL,
    CHECK (state IN ('ACTIVE', 'DISABLED', 'REMOVED')),
    CHECK ((state = 'DISABLED') = (disabled_because IS NOT NULL)),
    CHECK ((former_sealed IS NULL) = (former_until_ms IS NULL)))`,
  'CREATE INDEX rewards_webhook_of_merchant ON rewards_webhook (merchant_id, created_ms, id)',
  `CREATE TABLE rewards_webhook_delivery (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    webhook_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    position BIGINT NOT NULL,
    kind VARCHAR(64) NOT NULL,
    happened_ms BIGINT NOT NULL,
    status VARCHAR(64) NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    attempted_ms BIGINT NULL,
    last_status BIGINT NULL,
    failure VARCHAR(64) NULL,
    CHECK (status IN ('PENDING', 'DELIVERED', 'GIVEN_UP')),
    CHECK (attempts >= 0),
    FOREIGN KEY (webhook_id) REFERENCES rewards_webhook (id))`,
  `CREATE UNIQUE INDEX rewards_webhook_delivery_once
    ON rewards_webhook_delivery (webhook_id, position)`,
  `CREATE INDEX rewards_webhook_delivery_due
    ON rewards_webhook_delivery (webhook_id, status, position)`,
  `CREATE INDEX rewards_webhook_delivery_by_age
    ON rewards_webhook_delivery (merchant_id, happened_ms, id)`,
]);
