import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of discounts on the first order of invitees. */
export const welcomeWording: Wording = {
  FIRST_ORDER_CURRENCY: {
    en: 'State both amounts in one currency, by its ISO 4217 code.',
    'zh-CN': '两个金额须为同一币种（ISO 4217 代码）。',
  },
  FIRST_ORDER_THRESHOLD: {
    en: 'The order has to come to at least what is taken off it, and to at most {max} in the smallest unit.',
    'zh-CN': '订单门槛不得低于优惠金额，且不超过 {max}（最小货币单位）。',
  },
  FIRST_ORDER_DAYS: {
    en: 'A voucher is good for 1 to {max} days.',
    'zh-CN': '券的有效期须为 1 至 {max} 天。',
  },
  FIRST_ORDER_OFFER_NOT_FOUND: {
    en: 'No merchant makes this offer for first orders. Check its id.',
    'zh-CN': '不存在该编号的首单优惠，请核对编号。',
  },
  FIRST_ORDER_OFFER_ENDED: {
    en: 'The merchant makes this offer no more. Choose one of another merchant.',
    'zh-CN': '该商家的首单优惠已结束，请选择其他商家的首单优惠。',
  },
  NOT_INVITED: {
    en: 'The discount is for members who registered by an invitation.',
    'zh-CN': '首单优惠仅限通过邀请注册的会员。',
  },
  FIRST_ORDER_MADE: {
    en: 'The discount is for the first order, and that has been made already.',
    'zh-CN': '该优惠仅限首单，会员已有订单。',
  },
  FIRST_ORDER_VOUCHER_TAKEN: {
    en: 'Each member takes one such discount, and she has one of another offer.',
    'zh-CN': '每位会员只能领取一次首单优惠，该会员已领取其他首单优惠。',
  },
};
