import { EntitySchema } from 'typeorm';
import { integer, key, reference } from '../../../../shared/database/columns.ts';

/** How much of what is returned goes to one of those who paid. */
export type PartReturnRow = Readonly<{
  returnId: string;
  partId: string;
  points: number;
  /** What the merchant issues to her on top. */
  compensation: number;
}>;

export const PartReturn = new EntitySchema<PartReturnRow>({
  name: 'JointPartReturn',
  tableName: 'rewards_joint_return',
  columns: {
    returnId: { ...key(reference), name: 'return_id' },
    partId: { ...key(reference), name: 'part_id' },
    points: integer,
    compensation: integer,
  },
});
