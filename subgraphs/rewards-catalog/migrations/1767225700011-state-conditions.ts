import { migration } from '../../../shared/database/migrate.ts';

/** What members are told of a reward beside its price: conditions, category, seller, days of use. */
export const stateConditions = migration('StateConditions1767225700011', [
  'ALTER TABLE rewards_reward ADD COLUMN terms_zh VARCHAR(1000) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN terms_en VARCHAR(1000) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN category VARCHAR(64) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN seller VARCHAR(1000) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN weekdays TEXT NULL',
]);
