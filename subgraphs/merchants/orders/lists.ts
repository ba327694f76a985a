import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { PointsClaim, type PointsClaimRow } from './entities/points-claim.ts';
import { VestingHold, type VestingHoldRow } from './entities/vesting-hold.ts';

export const pointsClaimsList: ListSpec<PointsClaimRow> = {
  type: 'PointsClaim',
  field: 'pointsClaims',
  description: 'Claims of missing points: a member sees her own, a merchant those at it.',
  entity: PointsClaim,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    orderNumber: { type: 'String', isFilter: true },
    state: {
      type: { enum: 'PointsClaimState' },
      isFilter: true,
      // As `claimState`; `:now` is given by whoever reads the list.
      sql: (row) => `CASE WHEN ${row}.decision IS NOT NULL THEN ${row}.decision
        WHEN ${row}.escalatedAt IS NOT NULL THEN 'ESCALATED'
        WHEN ${row}.dueAt <= :now THEN 'OVERDUE' ELSE 'OPEN' END`,
    },
    filedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    dueAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'filedAt', direction: 'DESC' },
};

export const vestingHoldsList: ListSpec<VestingHoldRow> = {
  type: 'VestingHold',
  field: 'vestingHolds',
  description: 'Orders whose points wait longer because they look like wash trading.',
  entity: VestingHold,
  requires: [['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    state: {
      type: { enum: 'VestingHoldState' },
      isFilter: true,
      // As `holdState`; `:now` is given by whoever reads the list.
      sql: (row) => `CASE WHEN ${row}.decision = 'CLEARED' THEN 'CLEARED'
        WHEN ${row}.decision = 'CASE' AND ${row}.caseClosedAt IS NULL THEN 'CASE'
        WHEN ${row}.decision = 'CASE' THEN 'CASE_CLOSED'
        WHEN ${row}.until > :now THEN 'HELD' ELSE 'OVER' END`,
    },
    raisedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    until: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'raisedAt', direction: 'DESC' },
};
