import { migration } from '../../../shared/database/migrate.ts';

/** Rewards that are had only while an order is used, such as during a stay, and how long each is good then (S16). */
export const duringOrders = migration('DuringOrders1767225700061', [
  'ALTER TABLE rewards_reward ADD COLUMN during_order TEXT NULL',
  'ALTER TABLE rewards_booking ADD COLUMN last_day INT NULL',
]);
