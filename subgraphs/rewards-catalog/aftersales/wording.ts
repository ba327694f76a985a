import type { Wording } from '../../../shared/graphql/wording.ts';

/** What is said of redemptions that are handed over, cancelled or given back. */
export const aftersalesWording: Wording = {
  REDEMPTION_NOT_FOUND: {
    en: 'There is no redemption with this id. Check it in the list of redemptions.',
    'zh-CN': '不存在该编号的兑换，请在兑换列表中核对。',
  },
  CANCELLED_ON_REQUEST: {
    en: 'It was cancelled as the member wished. Points and stock go back.',
    'zh-CN': '已按会员要求取消，积分与库存予以退回。',
  },
  CANCELLED_ALREADY: {
    en: 'This redemption is cancelled already. Its timeline shows why, and when its points went back.',
    'zh-CN': '该兑换已取消，原因与积分退回时间请见其进度记录。',
  },
  HANDED_OVER_ALREADY: {
    en: 'The merchant has handed it over already, so it cannot be cancelled. It can be returned.',
    'zh-CN': '商家已交付，无法取消，可申请退货。',
  },
  FULFILLED_AT_ONCE: {
    en: 'This redemption brought a voucher at once. There is nothing to hand over; use the voucher.',
    'zh-CN': '该兑换已即时发放券码，无需另行交付，请核销券码。',
  },
  POINTS_NOT_HELD_YET: {
    en: 'The points for it are not set aside yet, so do not hand it over. Ask again in a moment with a new key.',
    'zh-CN': '所需积分尚未预留，请勿交付，稍后请用新的幂等键重试。',
  },
  FULFILMENT_OVERDUE: {
    en: 'The merchant did not hand it over in time. Points and stock go back.',
    'zh-CN': '商家未在期限内交付，积分与库存予以退回。',
  },
  DECLINED_BY_MERCHANT: {
    en: 'The merchant cannot hand it over: {reason} Points and stock go back.',
    'zh-CN': '商家无法交付：{reason} 积分与库存予以退回。',
  },
  HOURS_OUT_OF_RANGE: {
    en: '{field} must be from 1 to {max} hours.',
    'zh-CN': '{field} 须为 1 至 {max} 小时。',
  },
};
