import { EntitySchema } from 'typeorm';
import { code, integer, key, reference } from '../../../../shared/database/columns.ts';

/** The price of one of a reward for members of a tier and of higher ones. It never changes. */
export type TierPriceRow = Readonly<{ rewardId: string; tier: string; points: number }>;

export const TierPrice = new EntitySchema<TierPriceRow>({
  name: 'RewardTierPrice',
  tableName: 'rewards_tier_price',
  columns: {
    rewardId: key({ ...reference, name: 'reward_id' }),
    tier: key(code),
    points: integer,
  },
});
