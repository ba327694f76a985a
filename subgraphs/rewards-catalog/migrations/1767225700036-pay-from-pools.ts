import { migration } from '../../../shared/database/migrate.ts';

/** Who pays a redemption: its member, the pool of her family, or several members together. */
export const payFromPools = migration('PayFromPools1767225700036', [
  `ALTER TABLE rewards_redemption ADD COLUMN payment VARCHAR(64) NOT NULL DEFAULT 'OWN'
    CHECK (payment IN ('OWN', 'FAMILY_POOL', 'JOINT'))`,
  'ALTER TABLE rewards_redemption ADD COLUMN family_id VARCHAR(64) NULL',
]);
