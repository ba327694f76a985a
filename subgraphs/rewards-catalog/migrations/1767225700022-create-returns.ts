import { migration } from '../../../shared/database/migrate.ts';

/** Redemptions that come back by quantity, and on which terms of their reward. */
export const createReturnTables = migration('CreateReturns1767225700022', [
  'ALTER TABLE rewards_redemption ADD COLUMN returned BIGINT NOT NULL DEFAULT 0',
  'ALTER TABLE rewards_reward_terms ADD COLUMN fee_percent BIGINT NOT NULL DEFAULT 0',
  'ALTER TABLE rewards_reward_terms ADD COLUMN keeps_lapsed SMALLINT NOT NULL DEFAULT 1',
  'ALTER TABLE rewards_reward_terms ADD COLUMN compensation_percent BIGINT NOT NULL DEFAULT 0',
  'ALTER TABLE rewards_reward_terms ADD COLUMN good_for_months BIGINT NOT NULL DEFAULT 6',
  `CREATE TABLE rewards_return (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    redemption_id VARCHAR(64) NOT NULL,
    grounds VARCHAR(64) NOT NULL,
    quantity BIGINT NOT NULL,
    points BIGINT NOT NULL,
    fee_points BIGINT NOT NULL,
    compensation_points BIGINT NOT NULL,
    keeps_lapsed SMALLINT NOT NULL,
    good_for_months BIGINT NULL,
    state VARCHAR(64) NOT NULL,
    requested_ms BIGINT NOT NULL,
    completed_ms BIGINT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_ms BIGINT NULL,
    CHECK (quantity >= 1),
    CHECK (points >= 0),
    CHECK (fee_points >= 0),
    CHECK (compensation_points >= 0),
    CHECK (state IN ('RECORDED', 'REFUNDED', 'DONE')),
    FOREIGN KEY (redemption_id) REFERENCES rewards_redemption (id))`,
  'CREATE INDEX rewards_return_of_redemption ON rewards_return (redemption_id, id)',
  'CREATE INDEX rewards_return_due ON rewards_return (next_attempt_ms)',
]);
