import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { SavedOnDay } from './domain/savings.ts';
import { type AskedSavings, readSavings, savingsKey } from './queries/savings.ts';

/** The batched reads of what redemptions tell. */
export const createInsightLoaders = (reader: EntityManager) => ({
  /** What a member saved in a period, day by day. */
  savings: new DataLoader<AskedSavings, SavedOnDay[], string>(
    (asked) => readSavings(reader, asked),
    { cacheKeyFn: savingsKey, maxBatchSize: 1_000 },
  ),
});
