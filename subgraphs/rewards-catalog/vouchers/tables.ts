import { bindVouchers } from '../migrations/1767225700026-bind-vouchers.ts';
import { FormerCode } from './entities/former-code.ts';

export const voucherEntities = [FormerCode];

export const voucherMigrations = [bindVouchers];
