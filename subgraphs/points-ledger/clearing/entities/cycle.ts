import { EntitySchema } from 'typeorm';
import { id, instant, integer } from '../../../../shared/database/columns.ts';

/** One cut of the books. `lastSeq` is one below `firstSeq` when it holds corrections alone. */
export type ClearingCycleRow = Readonly<{
  id: string;
  /** From 1. */
  number: number;
  firstSeq: number;
  lastSeq: number;
  closedAt: Date;
}>;

export const ClearingCycle = new EntitySchema<ClearingCycleRow>({
  name: 'ClearingCycle',
  tableName: 'points_clearing_cycle',
  columns: {
    id,
    number: integer,
    firstSeq: { ...integer, name: 'first_seq' },
    lastSeq: { ...integer, name: 'last_seq' },
    closedAt: { ...instant, name: 'closed_ms' },
  },
});
