import { migration } from '../../../shared/database/migrate.ts';

/** Goods may be exchanged for another reward, such as another size. */
export const exchangeForOthers = migration('ExchangeForOthers1767225700065', [
  'ALTER TABLE rewards_redemption_event ADD COLUMN reward_id CHAR(36) NULL',
]);
