import { EntitySchema } from 'typeorm';
import { integer, key, nullable, reference } from '../../../../shared/database/columns.ts';

/** What else was published with a reward, and never changes. A reward that is as most are has none. */
export type RewardTermsRow = Readonly<{
  rewardId: string;
  /** Within how many hours its merchant hands it over; null: at once, as a voucher. */
  fulfilHours: number | null;
}>;

export const RewardTerms = new EntitySchema<RewardTermsRow>({
  name: 'RewardTerms',
  tableName: 'rewards_reward_terms',
  columns: {
    rewardId: { ...key(reference), name: 'reward_id' },
    fulfilHours: { ...nullable(integer), name: 'fulfil_hours' },
  },
});
