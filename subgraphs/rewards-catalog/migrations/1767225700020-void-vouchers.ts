import { migration } from '../../../shared/database/migrate.ts';

/** A voucher is void from then on: its redemption was cancelled or returned. */
export const voidVouchers = migration('VoidVouchers1767225700020', [
  'ALTER TABLE rewards_voucher ADD COLUMN voided_ms BIGINT NULL',
]);
