import { EntitySchema } from 'typeorm';
import { integer, key, reference } from '../../../shared/database/columns.ts';

/** Points of one programme for one purchase, and how many of them returns took back. */
export type AwardRow = Readonly<{
  purchaseId: string;
  programmeId: string;
  points: number;
  reversedPoints: number;
}>;

export const Award = new EntitySchema<AwardRow>({
  name: 'Award',
  tableName: 'merchants_award',
  columns: {
    purchaseId: { ...key(reference), name: 'purchase_id' },
    programmeId: { ...key(reference), name: 'programme_id' },
    points: integer,
    reversedPoints: { ...integer, name: 'reversed_points' },
  },
});
