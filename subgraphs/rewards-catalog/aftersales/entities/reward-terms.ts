import { EntitySchema } from 'typeorm';
import { flag, integer, key, nullable, reference } from '../../../../shared/database/columns.ts';
import type { Terms } from '../domain/terms.ts';

/** What was published with a reward about handing it over and giving it back. Never changes. */
export type RewardTermsRow = Terms & Readonly<{ rewardId: string }>;

export const RewardTerms = new EntitySchema<RewardTermsRow>({
  name: 'RewardTerms',
  tableName: 'rewards_reward_terms',
  columns: {
    rewardId: { ...key(reference), name: 'reward_id' },
    fulfilHours: { ...nullable(integer), name: 'fulfil_hours' },
    feePercent: { ...integer, name: 'fee_percent' },
    keepsLapsed: { ...flag, name: 'keeps_lapsed' },
    compensationPercent: { ...integer, name: 'compensation_percent' },
    goodForMonths: { ...integer, name: 'good_for_months' },
  },
});
