import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Adjustment, type AdjustmentRow } from './entities/adjustment.ts';
import { PointsCase, type PointsCaseRow } from './entities/case.ts';

export const pointsCases: ListSpec<PointsCaseRow> = {
  type: 'PointsCase',
  field: 'pointsCases',
  description: 'Cases against points that may have been gained wrongly.',
  entity: PointsCase,
  requires: [['OPERATOR'], ['REGULATOR']],
  fields: {
    memberId: { type: 'ID', property: 'walletId', isFilter: true },
    state: { type: { enum: 'PointsCaseState' }, isFilter: true },
    reasonCode: { type: { enum: 'PointsCaseReason' }, isFilter: true },
    proposedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'proposedAt', direction: 'DESC' },
};

export const pointsAdjustments: ListSpec<AdjustmentRow> = {
  type: 'PointsAdjustment',
  field: 'pointsAdjustments',
  description: 'Points that were granted out of goodwill, or are proposed to be.',
  entity: Adjustment,
  requires: [['OPERATOR'], ['REGULATOR']],
  fields: {
    memberId: { type: 'ID', property: 'walletId', isFilter: true },
    issuerId: { type: 'ID', isFilter: true },
    state: { type: { enum: 'PointsAdjustmentState' }, isFilter: true },
    proposedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    points: { type: 'SafeInt', isFilter: true, isOrder: true },
  },
  order: { field: 'proposedAt', direction: 'DESC' },
};
