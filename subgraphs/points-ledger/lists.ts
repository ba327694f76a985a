import type { ListSpec } from '../../shared/query-kit/list.ts';
import { JournalEntry, type JournalEntryRow } from './entities/journal-entry.ts';

export const journalEntries: ListSpec<JournalEntryRow> = {
  type: 'JournalEntry',
  field: 'journalEntries',
  description: 'The books. A member sees the entries of her own wallet.',
  entity: JournalEntry,
  requires: [['MEMBER'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    kind: { type: { enum: 'JournalEntryKind' }, isFilter: true },
    memberId: { type: 'ID', property: 'walletId', isFilter: true },
    unit: { type: 'String', isFilter: true },
    points: { type: 'SafeInt', isFilter: true, isOrder: true },
    causeKind: { type: 'String', isFilter: true },
    causeId: { type: 'ID', isFilter: true },
    recordedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    block: { type: 'SafeInt', isFilter: true, isOrder: true },
  },
  order: { field: 'recordedAt', direction: 'DESC' },
};

export { pointsAdjustments, pointsCases } from './cases/lists.ts';
export { clearingCycles, clearingStatements } from './clearing/lists.ts';
export { pointsMerges } from './merges/lists.ts';
