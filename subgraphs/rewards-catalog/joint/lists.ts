import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Joint, type JointRow } from './entities/joint.ts';

export const jointRedemptionsList: ListSpec<JointRow> = {
  type: 'JointRedemption',
  field: 'jointRedemptions',
  description:
    'Redemptions that several pay together: a member finds those that she started or was invited to, the operator and the regulator all.',
  entity: Joint,
  requires: [['MEMBER'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    rewardId: { type: 'ID', isFilter: true },
    requestedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'requestedAt', direction: 'DESC' },
};
