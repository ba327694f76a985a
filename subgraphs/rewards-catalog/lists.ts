import type { ListSpec } from '../../shared/query-kit/list.ts';
import { Redemption, type RedemptionRow } from './entities/redemption.ts';
import { Reward, type RewardRow } from './entities/reward.ts';

export { incidents } from './incidents/lists.ts';

export const rewards: ListSpec<RewardRow> = {
  type: 'Reward',
  field: 'rewards',
  description:
    'The catalogue: what is offered now. Its merchant and those who see all find delisted rewards too.',
  entity: Reward,
  arguments: {
    search: {
      type: 'String',
      description:
        'Words of the title, the category or the brand, in Chinese or English. All must be found; of an English word its beginning is enough.',
    },
    region: {
      type: 'ID',
      description:
        'What can be had in this region, such as `440300`: everywhere, or where it lies.',
    },
    affordableFor: {
      type: 'ID',
      description:
        'What this member can pay with her own points now. For herself and those who see all.',
    },
  },
  requires: [['PUBLIC']],
  fields: {
    merchantId: { type: 'ID', isFilter: true },
    kind: { type: { enum: 'RewardKind' }, isFilter: true },
    category: { type: 'String', isFilter: true },
    brand: { type: 'String', isFilter: true },
    unit: { type: 'String', isFilter: true },
    window: {
      type: { enum: 'OfferWindow' },
      isFilter: true,
      sql: (row) => `CASE WHEN ${row}.offeredFrom > :now THEN 'UPCOMING'
        WHEN ${row}.offeredUntil <= :now THEN 'OVER' ELSE 'OPEN' END`,
    },
    points: { type: 'SafeInt', isFilter: true, isOrder: true },
    status: { type: { enum: 'RewardStatus' }, isFilter: true },
    publishedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'points', direction: 'ASC' },
};

export const redemptions: ListSpec<RedemptionRow> = {
  type: 'Redemption',
  field: 'redemptions',
  description:
    'Redemptions: a member finds her own, a merchant those at its counter, the operator and the regulator all.',
  entity: Redemption,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR'], ['SERVICE']],
  fields: {
    memberId: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    rewardId: { type: 'ID', isFilter: true },
    status: { type: { enum: 'RedemptionStatus' }, isFilter: true },
    requestedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'requestedAt', direction: 'DESC' },
};

export { charitiesList } from './donations/lists.ts';
export { jointRedemptionsList } from './joint/lists.ts';
export { offlineUses } from './vouchers/lists.ts';
export { webhookDeliveriesList, webhooksList } from './webhooks/lists.ts';
export { firstOrderOffersList } from './welcome/lists.ts';
