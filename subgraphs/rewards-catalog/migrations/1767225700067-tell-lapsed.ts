import { migration } from '../../../shared/database/migrate.ts';

/** Since when a voucher that nobody used is told to have lapsed. */
export const tellLapsed = migration('TellLapsed1767225700067', [
  'ALTER TABLE rewards_voucher ADD COLUMN lapsed_ms BIGINT NULL',
  'CREATE INDEX rewards_voucher_lapsing ON rewards_voucher (lapsed_ms, used_ms, voided_ms, valid_until)',
]);
