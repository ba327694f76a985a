import { migration } from '../../../shared/database/migrate.ts';

/** For the dearest rewards that a member can pay for: see `listRewards`. */
export const indexPrices = migration('IndexPrices1767225700043', [
  'CREATE INDEX rewards_reward_by_price ON rewards_reward (points, id)',
]);
