import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { ClearingCycle, type ClearingCycleRow } from './entities/cycle.ts';
import { ClearingStatement, type ClearingStatementRow } from './entities/statement.ts';

export const clearingCycles: ListSpec<ClearingCycleRow> = {
  type: 'ClearingCycle',
  field: 'clearingCycles',
  description: 'The cuts of the books so far.',
  entity: ClearingCycle,
  requires: [['OPERATOR'], ['REGULATOR']],
  fields: {
    number: { type: 'SafeInt', isFilter: true, isOrder: true },
    closedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'number', direction: 'DESC' },
};

export const clearingStatements: ListSpec<ClearingStatementRow> = {
  type: 'ClearingStatement',
  field: 'clearingStatements',
  description: 'Statements of clearing. A merchant finds its own.',
  entity: ClearingStatement,
  requires: [['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    cycleId: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    state: { type: { enum: 'ClearingStatementState' }, isFilter: true },
    issuedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'issuedAt', direction: 'DESC' },
};
