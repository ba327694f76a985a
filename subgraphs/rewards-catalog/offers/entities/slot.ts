import { EntitySchema } from 'typeorm';
import { id, instant, integer, reference } from '../../../../shared/database/columns.ts';

/** A time of a reward that can be booked, and how often it is. */
export type SlotRow = Readonly<{
  id: string;
  rewardId: string;
  from: Date;
  until: Date;
  capacity: number;
  taken: number;
}>;

export const Slot = new EntitySchema<SlotRow>({
  name: 'RewardSlot',
  tableName: 'rewards_slot',
  columns: {
    id,
    rewardId: { ...reference, name: 'reward_id' },
    from: { ...instant, name: 'from_ms' },
    until: { ...instant, name: 'until_ms' },
    capacity: integer,
    taken: integer,
  },
});
