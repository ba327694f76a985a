import type { EntityManager } from 'typeorm';
import { type Terms, usualTerms } from '../domain/terms.ts';
import { RewardTerms } from '../entities/reward-terms.ts';

/** On which terms a reward is handed over and given back. */
export const readTerms = async (manager: EntityManager, rewardId: string): Promise<Terms> =>
  (await manager.findOneBy(RewardTerms, { rewardId })) ?? usualTerms;
