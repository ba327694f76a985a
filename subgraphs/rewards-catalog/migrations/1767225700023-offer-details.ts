import { migration } from '../../../shared/database/migrate.ts';

/** What each kind of reward says, brand and certificate, and the times that can be booked. */
export const offerDetails = migration('OfferDetails1767225700023', [
  'ALTER TABLE rewards_reward ADD COLUMN details TEXT NULL',
  'ALTER TABLE rewards_reward ADD COLUMN brand VARCHAR(1000) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN certificate_number VARCHAR(64) NULL',
  `CREATE TABLE rewards_slot (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    reward_id VARCHAR(64) NOT NULL,
    from_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    CHECK (until_ms > from_ms),
    CHECK (capacity >= 1),
    CHECK (taken >= 0 AND taken <= capacity),
    FOREIGN KEY (reward_id) REFERENCES rewards_reward (id))`,
  'CREATE INDEX rewards_slot_of_reward ON rewards_slot (reward_id, from_ms, id)',
]);
