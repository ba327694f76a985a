import { migration } from '../../../shared/database/migrate.ts';

/** A voucher may be good for another reward than that of its redemption. */
export const substituteVouchers = migration('SubstituteVouchers1767225700034', [
  'ALTER TABLE rewards_voucher ADD COLUMN reward_id VARCHAR(64) NULL',
]);
