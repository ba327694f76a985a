import { EntitySchema } from 'typeorm';
import {
  id,
  instant,
  integer,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/** That a whole order was undone: all that was left of it came back. */
export type CancellationRow = Readonly<{
  purchaseId: string;
  /** The return of all that was left; null: nothing was left. */
  returnId: string | null;
  reason: string;
  reversedPoints: number;
  cancelledBy: string;
  cancelledAt: Date;
}>;

export const Cancellation = new EntitySchema<CancellationRow>({
  name: 'Cancellation',
  tableName: 'merchants_cancellation',
  columns: {
    purchaseId: { ...id, name: 'purchase_id' },
    returnId: { ...nullable(reference), name: 'return_id' },
    reason: text,
    reversedPoints: { ...integer, name: 'reversed_points' },
    cancelledBy: { ...reference, length: 128, name: 'cancelled_by' },
    cancelledAt: { ...instant, name: 'cancelled_ms' },
  },
});
