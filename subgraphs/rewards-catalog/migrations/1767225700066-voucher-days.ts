import { migration } from '../../../shared/database/migrate.ts';

/** A voucher for a time that was booked is good from its day on. */
export const voucherDays = migration('VoucherDays1767225700066', [
  'ALTER TABLE rewards_voucher ADD COLUMN valid_from INT NULL',
]);
