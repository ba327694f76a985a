import { bindVouchers } from '../migrations/1767225700026-bind-vouchers.ts';
import { settleOfflineUses } from '../migrations/1767225700027-settle-offline-uses.ts';
import { tellLapsed } from '../migrations/1767225700067-tell-lapsed.ts';
import { FormerCode } from './entities/former-code.ts';
import { OfflineUse } from './entities/offline-use.ts';

export const voucherEntities = [FormerCode, OfflineUse];

export const voucherMigrations = [bindVouchers, settleOfflineUses, tellLapsed];
