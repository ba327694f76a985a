import { createBillOffsets } from '../migrations/1767225700037-create-bill-offsets.ts';
import { BillOffset } from './entities/bill-offset.ts';

export const tillEntities = [BillOffset];

export const tillMigrations = [createBillOffsets];
