import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Appreciation, type AppreciationRow } from './entities/appreciation.ts';
import { Grant, type GrantRow } from './entities/grant.ts';

export const grantsList: ListSpec<GrantRow> = {
  type: 'Grant',
  field: 'grants',
  description: 'Points granted without a purchase: a member sees her own, a merchant its own.',
  entity: Grant,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    causeKind: { type: { enum: 'GrantCauseKind' }, isFilter: true },
    causeId: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    ruleId: { type: 'ID', isFilter: true },
    points: { type: 'SafeInt', isFilter: true, isOrder: true },
    grantedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'grantedAt', direction: 'DESC' },
};

export const appreciationsList: ListSpec<AppreciationRow> = {
  type: 'Appreciation',
  field: 'appreciations',
  description: 'Budgets that are or were shared out after a period: a merchant sees its own.',
  entity: Appreciation,
  requires: [['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    ruleId: { type: 'ID', isFilter: true },
    state: { type: { enum: 'AppreciationState' }, isFilter: true },
    proposedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'proposedAt', direction: 'DESC' },
};
