import { EntitySchema } from 'typeorm';
import { code, id, instant, nullable, reference } from '../../../../shared/database/columns.ts';
import type { StatementState } from '../domain/states.ts';

/** What one merchant owes and is owed in one cycle. */
export type ClearingStatementRow = Readonly<{
  id: string;
  cycleId: string;
  merchantId: string;
  state: StatementState;
  issuedAt: Date;
  confirmedAt: Date | null;
}>;

export const ClearingStatement = new EntitySchema<ClearingStatementRow>({
  name: 'ClearingStatement',
  tableName: 'points_clearing_statement',
  columns: {
    id,
    cycleId: { ...reference, name: 'cycle_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    state: code,
    issuedAt: { ...instant, name: 'issued_ms' },
    confirmedAt: { ...nullable(instant), name: 'confirmed_ms' },
  },
});
