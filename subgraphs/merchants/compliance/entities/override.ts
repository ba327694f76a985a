import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/**
 * A finding of the guard that is set aside for one version of a rule, as the table of limits allows for some
 * (L12): one person proposes it with a reason, another one confirms it.
 */
export type OverrideRow = Readonly<{
  id: string;
  ruleId: string;
  checkId: string;
  reason: string;
  proposedBy: string;
  proposedAt: Date;
  /** Null: proposed only, and without effect. */
  confirmedBy: string | null;
  confirmedAt: Date | null;
}>;

export const Override = new EntitySchema<OverrideRow>({
  name: 'Override',
  tableName: 'merchants_override',
  columns: {
    id,
    ruleId: { ...reference, name: 'rule_id' },
    checkId: { ...code, name: 'check_id' },
    reason: text,
    proposedBy: { ...reference, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    confirmedBy: { ...nullable(reference), name: 'confirmed_by' },
    confirmedAt: { ...nullable(instant), name: 'confirmed_ms' },
  },
});
