import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/** Two accounts of one person that become one. */
export type MergeRow = Readonly<{
  id: string;
  /** The account that ends. */
  walletId: string;
  /** The account that goes on. */
  intoId: string;
  reason: string;
  /** What shows that both are one person's: where it lies. */
  evidence: string;
  state: 'PROPOSED' | 'APPROVED' | 'BOOKED' | 'REFUSED';
  proposedBy: string;
  proposedAt: Date;
  approvedBy: string | null;
  entryId: string | null;
  /** Why the books refused it. */
  refusal: string | null;
}>;

export const PointsMerge = new EntitySchema<MergeRow>({
  name: 'PointsMerge',
  tableName: 'points_merge',
  columns: {
    id,
    walletId: { ...reference, name: 'wallet_id' },
    intoId: { ...reference, name: 'into_id' },
    reason: text,
    evidence: text,
    state: code,
    proposedBy: { ...code, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    approvedBy: { ...nullable(code), name: 'approved_by' },
    entryId: { ...nullable(reference), name: 'entry_id' },
    refusal: nullable(code),
  },
});
