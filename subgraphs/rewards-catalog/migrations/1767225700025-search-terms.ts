import { migration } from '../../../shared/database/migrate.ts';

/** By which words a reward is found. Those of rewards from before are written by a worker. */
export const searchTerms = migration('SearchTerms1767225700025', [
  'ALTER TABLE rewards_reward ADD COLUMN is_found SMALLINT NOT NULL DEFAULT 0',
  'CREATE INDEX rewards_reward_not_found ON rewards_reward (is_found, id)',
  'CREATE INDEX rewards_reward_by_category ON rewards_reward (category, points, id)',
  `CREATE TABLE rewards_term (
    term VARCHAR(64) NOT NULL,
    reward_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (term, reward_id),
    FOREIGN KEY (reward_id) REFERENCES rewards_reward (id))`,
]);
