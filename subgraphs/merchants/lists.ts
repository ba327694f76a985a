import type { ListSpec } from '../../shared/query-kit/list.ts';
import { Merchant, type MerchantRow } from './entities/merchant.ts';
import { Purchase, type PurchaseRow } from './entities/purchase.ts';

export const merchantsList: ListSpec<MerchantRow> = {
  type: 'Merchant',
  field: 'merchants',
  description: 'The merchants of the alliance.',
  entity: Merchant,
  requires: [['PUBLIC']],
  fields: {
    id: { type: 'ID', isFilter: true },
    industry: { type: { enum: 'Industry' }, isFilter: true },
    status: { type: { enum: 'MerchantStatus' }, isFilter: true },
    nameZh: { type: 'String', isFilter: true },
    nameEn: { type: 'String', isFilter: true },
    joinedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'joinedAt', direction: 'ASC' },
};

export const purchasesList: ListSpec<PurchaseRow> = {
  type: 'Purchase',
  field: 'purchases',
  description: 'Purchases: a member sees her own, a merchant its own.',
  entity: Purchase,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    orderNumber: { type: 'String', isFilter: true },
    currency: { type: 'String', isFilter: true },
    totalMinor: { type: 'SafeInt', isFilter: true, isOrder: true },
    purchasedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    recordedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'purchasedAt', direction: 'DESC' },
};

export { complaintsList } from './compliance/lists.ts';
export { ruleAcknowledgementsList, ruleCommentsList } from './disclosure/lists.ts';
export { appreciationsList, grantsList } from './grants/lists.ts';
export { pointsClaimsList, vestingHoldsList } from './orders/lists.ts';
export { promotionsList, segmentsList } from './profile/lists.ts';
export { accrualRulesList } from './rules/lists.ts';
