import { migration } from '../../../shared/database/migrate.ts';

/** What a reward says is for good, so the names of its codes are kept with it. Of earlier rewards codes are told. */
export const keepCodeNames = migration('KeepCodeNames1767225700035', [
  'ALTER TABLE rewards_reward ADD COLUMN code_names TEXT NULL',
]);
