import type { StaffDeeds } from '../../shared/graphql/staff.ts';

/** What of a merchant's staff each mutation needs that is open to merchants. */
export const staff: StaffDeeds = {
  publishReward: 'REWARDS',
  adjustStock: 'REWARDS',
  delistReward: 'REWARDS',
  extendVoucher: 'REWARDS',
  publishFirstOrderOffer: 'REWARDS',
  endFirstOrderOffer: 'REWARDS',
  declareIncident: 'REWARDS',
  proposeRemedy: 'REWARDS',
  applyRemedy: 'REWARDS',
  withdrawIncident: 'REWARDS',
  reportDelivery: 'REWARDS',

  fulfilRedemption: 'AFTERSALES',
  declineRedemption: 'AFTERSALES',
  returnRedemption: 'AFTERSALES',
  exchangeRedemption: 'AFTERSALES',

  // They ask at which store it is, or who has it, once they know what it is about.
  useVoucher: null,
  payWithPoints: null,
  undoPointsPayment: null,
  registerWebhook: null,
  rotateWebhookSecret: null,
  enableWebhook: null,
  removeWebhook: null,
  replayWebhook: null,
  // What a shop has accepted is never turned away, also while nobody can be asked.
  reportOfflineUses: null,
};
