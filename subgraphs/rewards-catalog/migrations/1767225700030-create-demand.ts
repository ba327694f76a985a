import { migration } from '../../../shared/database/migrate.ts';

/** How often each reward was redeemed in a month, so that nobody who is shown what is wanted counts redemptions. */
export const createDemand = migration('CreateDemand1767225700030', [
  `CREATE TABLE rewards_demand (
    month INT NOT NULL,
    reward_id VARCHAR(64) NOT NULL,
    redemptions BIGINT NOT NULL,
    PRIMARY KEY (month, reward_id),
    CHECK (redemptions >= 0))`,
  'CREATE INDEX rewards_demand_most ON rewards_demand (month, redemptions, reward_id)',
]);
