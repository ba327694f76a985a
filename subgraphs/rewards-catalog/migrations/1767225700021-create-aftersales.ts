import { migration } from '../../../shared/database/migrate.ts';

/**
 * What became of a redemption step by step, until when its merchant has to hand the reward over, and when it was
 * asked to be cancelled. Of redemptions from before there are the steps whose instants are known.
 */
export const createAftersales = migration('CreateAftersales1767225700021', [
  'ALTER TABLE rewards_redemption ADD COLUMN fulfil_by_ms BIGINT NULL',
  'ALTER TABLE rewards_redemption ADD COLUMN cancel_ms BIGINT NULL',
  `CREATE TABLE rewards_reward_terms (
    reward_id VARCHAR(64) NOT NULL PRIMARY KEY,
    fulfil_hours BIGINT NULL,
    CHECK (fulfil_hours >= 1),
    FOREIGN KEY (reward_id) REFERENCES rewards_reward (id))`,
  `CREATE TABLE rewards_redemption_event (
    redemption_id VARCHAR(64) NOT NULL,
    event_number BIGINT NOT NULL,
    kind VARCHAR(64) NOT NULL,
    at_ms BIGINT NOT NULL,
    reason TEXT NULL,
    quantity BIGINT NULL,
    points BIGINT NULL,
    PRIMARY KEY (redemption_id, event_number),
    CHECK (event_number >= 1),
    FOREIGN KEY (redemption_id) REFERENCES rewards_redemption (id))`,
  `INSERT INTO rewards_redemption_event (redemption_id, event_number, kind, at_ms)
   SELECT id, 1, 'REQUESTED', requested_ms FROM rewards_redemption`,
  `INSERT INTO rewards_redemption_event (redemption_id, event_number, kind, at_ms)
   SELECT id, 2, 'COMPLETED', completed_ms FROM rewards_redemption WHERE completed_ms IS NOT NULL`,
]);
