import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { type MergeRow, PointsMerge } from './entities/merge.ts';

export const pointsMerges: ListSpec<MergeRow> = {
  type: 'PointsMerge',
  field: 'pointsMerges',
  description: 'Accounts of one person that became one, or are proposed to.',
  entity: PointsMerge,
  requires: [['OPERATOR'], ['REGULATOR']],
  fields: {
    fromMemberId: { type: 'ID', property: 'walletId', isFilter: true },
    intoMemberId: { type: 'ID', property: 'intoId', isFilter: true },
    state: { type: { enum: 'PointsMergeState' }, isFilter: true },
    proposedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'proposedAt', direction: 'DESC' },
};
