import { migration } from '../../../shared/database/migrate.ts';

/** Who may have a reward, when, where and how often; money beside the points, and prices for tiers. */
export const offerConditions = migration('OfferConditions1767225700024', [
  'ALTER TABLE rewards_reward ADD COLUMN offered_from_ms BIGINT NULL',
  'ALTER TABLE rewards_reward ADD COLUMN offered_until_ms BIGINT NULL',
  // Codes with a comma before and behind each, so that one is found by LIKE.
  'ALTER TABLE rewards_reward ADD COLUMN regions VARCHAR(1000) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN min_tier VARCHAR(64) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN limit_per_day BIGINT NULL CHECK (limit_per_day >= 1)',
  'ALTER TABLE rewards_reward ADD COLUMN limit_in_all BIGINT NULL CHECK (limit_in_all >= 1)',
  'ALTER TABLE rewards_reward ADD COLUMN cash_part_minor BIGINT NULL CHECK (cash_part_minor >= 1)',
  // What members of the tier with the lowest price pay; of rewards from before the only price.
  'ALTER TABLE rewards_reward ADD COLUMN least_points BIGINT NULL CHECK (least_points >= 1)',
  'UPDATE rewards_reward SET least_points = points',
  `CREATE TABLE rewards_tier_price (
    reward_id VARCHAR(64) NOT NULL,
    tier VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (reward_id, tier),
    CHECK (points >= 1),
    FOREIGN KEY (reward_id) REFERENCES rewards_reward (id))`,
  `CREATE TABLE rewards_booking (
    redemption_id VARCHAR(64) NOT NULL PRIMARY KEY,
    slot_id VARCHAR(64) NULL,
    purchase_id VARCHAR(64) NULL,
    FOREIGN KEY (redemption_id) REFERENCES rewards_redemption (id),
    FOREIGN KEY (slot_id) REFERENCES rewards_slot (id))`,
  'CREATE INDEX rewards_booking_of_purchase ON rewards_booking (purchase_id)',
]);
