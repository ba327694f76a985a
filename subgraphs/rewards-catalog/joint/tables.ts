import { payFromPools } from '../migrations/1767225700036-pay-from-pools.ts';

export const jointMigrations = [payFromPools];
