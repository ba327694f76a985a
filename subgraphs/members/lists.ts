import type { ListSpec } from '../../shared/query-kit/list.ts';
import { Member, type MemberRow } from './entities/member.ts';

export const members: ListSpec<MemberRow> = {
  type: 'Member',
  field: 'members',
  description: 'All members of the alliance.',
  entity: Member,
  requires: [['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    status: { type: { enum: 'MemberStatus' }, isFilter: true },
    joinedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'joinedAt', direction: 'DESC' },
};
