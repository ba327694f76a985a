import { migration } from '../../../shared/database/migrate.ts';

/** Who stands for a reward by its registration, and by what right it bears a brand (S65). */
export const nameSuppliers = migration('NameSuppliers1767225700060', [
  'ALTER TABLE rewards_reward ADD COLUMN seller_code VARCHAR(18) NULL',
  'ALTER TABLE rewards_reward ADD COLUMN brand_authorisation VARCHAR(1000) NULL',
]);
