import type { Wording } from '../../../shared/graphql/wording.ts';

/** What tills are told when points are to pay a part of a bill. */
export const tillWording: Wording = {
  PAYMENT_UNDONE: {
    en: 'This payment was undone: the points are back with the member, and nothing of the bill is paid. Let her show a new code and pay anew under a new key.',
    'zh-CN':
      '该笔积分支付已撤销，积分已退还会员，账单未被抵扣。请会员重新出示会员码，并用新的幂等键重新支付。',
  },
  PAYMENT_UNDONE_BY_TILL: {
    en: 'The till gave the points back: the order was not recorded with them.',
    'zh-CN': '收银台已退回积分：该订单未使用积分入账。',
  },
  PAYMENT_LAPSED: {
    en: 'The merchant did not record the order in time, so the points go back.',
    'zh-CN': '商家未在期限内登记该订单，积分予以退回。',
  },
  OFFSET_MAX_OUT_OF_RANGE: {
    en: '{field} is 1 to {max}, in the smallest unit: a code that is shown pays no more of one bill.',
    'zh-CN': '{field} 须为 1 至 {max}（最小货币单位）：出示会员码每单最多支付此数。',
  },
  PAYS_AT_TILL_ONLY: {
    en: 'This one pays a part of a bill at the till. Show your code there.',
    'zh-CN': '该权益用于在收银台抵扣账单，请到店出示会员码。',
  },
  NOT_WITH_BILL_OFFSET: {
    en: 'Points that pay a part of a bill are the same for everybody, every day: leave {field} out.',
    'zh-CN': '积分抵扣账单对所有会员、所有日期一致，请勿填写 {field}。',
  },
  OFFSET_NOT_FOUND: {
    en: 'This merchant takes no points by these terms. Quote the order, and pay by what the quote offers.',
    'zh-CN': '该商家未公布此积分抵扣方案，请先询价，并按询价结果中的方案支付。',
  },
  MEMBER_CODE_EXPIRED: {
    en: 'The minute of this code is over. Let the member show a new one.',
    'zh-CN': '会员码已过有效期（60 秒），请会员重新出示。',
  },
  MEMBER_CODE_UNKNOWN: {
    en: 'This is no code of an active member. Let the member show a new one, or go on without.',
    'zh-CN': '该码不是有效会员的会员码，请会员重新出示，或不使用会员码继续结账。',
  },
  MEMBER_CODE_USED: {
    en: 'This code has paid for another order. Let the member show a new one.',
    'zh-CN': '该会员码已用于其他订单的支付，请会员重新出示。',
  },
  BILL_LINES_COUNT: {
    en: '{field}: state 1 to {max, number} lines.',
    'zh-CN': '{field} 须为 1 至 {max, number} 行。',
  },
  POINTS_NOT_IN_STEPS: {
    en: '{field} must be in whole steps of {step, number} points.',
    'zh-CN': '{field} 须为 {step, number} 积分的整数倍。',
  },
  OFFSET_ABOVE_BILL: {
    en: 'Points take something off a bill; a part is always paid in money. At most {mostPoints, number} points pay here.',
    'zh-CN': '积分仅用于抵扣部分账单，不可全额支付。本单最多可用 {mostPoints, number} 积分。',
  },
  OFFSET_ABOVE_SHARE: {
    en: 'Points pay {percent}% of a bill at most here: {mostPoints, number} points.',
    'zh-CN': '该商家的积分最多抵扣账单的 {percent}%，本单最多可用 {mostPoints, number} 积分。',
  },
  OFFSET_ABOVE_LIMIT: {
    en: 'It is more than points pay of one bill here: {mostPoints, number} points at most.',
    'zh-CN': '超出单张账单的积分抵扣上限，本单最多可用 {mostPoints, number} 积分。',
  },
  OFFSET_BELOW_THRESHOLD: {
    en: 'The bill is too small for points to pay a part of it.',
    'zh-CN': '账单金额未达到积分抵扣的最低要求。',
  },
  ORDER_PAID_OTHERWISE: {
    en: 'Points pay for an order of this number already, for another amount, bill or member. Check the number, or undo that payment first.',
    'zh-CN': '该订单号已用积分支付，且金额、账单或会员不同，请核对订单号，或先撤销原支付。',
  },
  ORDER_RECORDED: {
    en: 'An order of this number is recorded already. Points pay before an order is recorded.',
    'zh-CN': '该订单号的订单已入账，积分抵扣须在入账前进行。',
  },
  ORDER_NOT_PAID_WITH_POINTS: {
    en: 'No points pay for an order of this number. Check it.',
    'zh-CN': '该订单号没有积分支付记录，请核对。',
  },
  PAID_ORDER_RECORDED: {
    en: 'The order is recorded. Return it, or cancel it, and its points go back by themselves.',
    'zh-CN': '该订单已入账，请办理退货或取消，积分将自动退回。',
  },
  PAID_ORDER_IN_HAND: {
    en: 'The order is being recorded at this moment. Ask again in ten minutes with a new key.',
    'zh-CN': '该订单正在入账，请十分钟后用新的幂等键重试。',
  },
  OFFSET_GOES_WITH_ORDER: {
    en: 'These points paid a part of an order. They go back with it: the merchant returns or cancels the order.',
    'zh-CN': '这些积分已抵扣订单金额，将随订单的退货或取消退回，请由商家办理。',
  },
  GROUNDS_OF_ORDERS_ONLY: {
    en: 'Nobody can ask for this: it happens by itself when an order changes.',
    'zh-CN': '该事由由订单变更自动产生，不能自行申请。',
  },
  MEMBERS_UNREACHABLE: {
    en: 'Members cannot be reached at the moment. Nothing was taken; ask again with the same key.',
    'zh-CN': '会员服务暂时无法访问，未扣减积分，请用同一幂等键重试。',
  },
  MERCHANTS_UNREACHABLE: {
    en: 'Merchants cannot be reached at the moment. Nothing was changed; ask again with the same key.',
    'zh-CN': '商家服务暂时无法访问，未作任何变更，请用同一幂等键重试。',
  },
};
