import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of the till. */
export const tillWording: Wording = {
  MEMBER_CODE_EXPIRED: {
    en: 'The minute of this code is over. Let the member show a new one.',
    'zh-CN': '会员码已过有效期（60 秒），请会员重新出示。',
  },
  MEMBER_CODE_UNKNOWN: {
    en: 'This is no code of an active member. Let the member show a new one, or go on without.',
    'zh-CN': '该码不是有效会员的会员码，请会员重新出示，或不使用会员码继续结账。',
  },
  POINTS_PAYMENT_UNKNOWN: {
    en: 'No points pay for this order by {field}, or they went back. Pay with points again, or record the order as paid in money alone.',
    'zh-CN': '{field} 不是该订单的积分支付，或积分已退回。请重新用积分支付，或按全额现金入账。',
  },
  POINTS_PAYMENT_OF_ANOTHER: {
    en: '{field} is not whose points pay for this order. Record it for her who showed the code.',
    'zh-CN': '{field} 不是支付该订单积分的会员，请按出示会员码的会员入账。',
  },
  POINTS_PAYMENT_CURRENCY: {
    en: '{field} must be {currency}, as the points pay it.',
    'zh-CN': '{field} 须为 {currency}，与积分支付的币种一致。',
  },
  POINTS_PAYMENT_BILL: {
    en: '{field} must come to {toPay, number} in the smallest unit: what is left to be paid in money after points.',
    'zh-CN': '{field} 合计须为 {toPay, number}（最小货币单位），即积分抵扣后应付的金额。',
  },
  PAYMENT_UNREADABLE: {
    en: 'What points pay of this order cannot be asked at the moment. Nothing was recorded; ask again with the same key.',
    'zh-CN': '暂时无法核对积分支付，订单未入账，请用同一幂等键重试。',
  },
  MEMBER_CODE_NOT_THEN: {
    en: 'The code was not good at the time at which it is said to have been scanned. Set the clock of the till; the member can claim the points of this order.',
    'zh-CN': '该会员码在所述扫码时间无效，请校准收银机时钟；会员可就该订单申请补登积分。',
  },
  ORDER_TOO_LATE: {
    en: 'Orders taken without network are taken in for {days} days. Nothing was recorded; the member can claim the points of this order.',
    'zh-CN': '离线订单须在 {days} 天内上传，本单未入账；会员可就该订单申请补登积分。',
  },
  QUEUED_ORDERS_COUNT: {
    en: '{field}: send 1 to {max} orders at a time.',
    'zh-CN': '{field} 每次须上传 1 至 {max} 笔订单。',
  },
  CODE_UNREADABLE: {
    en: 'Members cannot be reached at the moment, so the code cannot be read. Let the member show a new one in a while, or go on without.',
    'zh-CN': '会员服务暂时无法访问，无法识别会员码，请稍后请会员重新出示，或不使用会员码继续结账。',
  },
  TIER_PRICE: {
    en: 'Members of the tier {tier} pay {part, number}/{of, number} of the price, rounded down once over the whole order.',
    'zh-CN': '{tier} 等级会员按原价的 {part, number}/{of, number} 支付，整单向下舍入一次。',
  },
  TIER_PRICE_FOR: {
    en: 'Members of the tier {tier} pay {part, number}/{of, number} of the price of goods of these categories, rounded down once over all of them in an order: {goods}.',
    'zh-CN':
      '{tier} 等级会员购买以下类别的商品，按原价的 {part, number}/{of, number} 支付，一单内合计向下舍入一次：{goods}。',
  },
  CHANNEL_UNKNOWN: {
    en: '{field}: the merchant does not sell by {channel}. It sells by: {known}. Name one of them, or declare the channel first.',
    'zh-CN':
      '{field}：该商家没有渠道 {channel}。已有渠道：{known}。请使用其中之一，或先登记该渠道。',
  },
  CHANNELS_NOT_USABLE: {
    en: '{field}: a merchant has 1 to {max} channels.',
    'zh-CN': '{field}：每个商家须有 1 至 {max} 个渠道。',
  },
  CHANNEL_REPEATED: {
    en: '{field}: {channel} stands there more than once.',
    'zh-CN': '{field}：渠道 {channel} 出现多次。',
  },
  CATEGORY_UNKNOWN: {
    en: '{field}: the merchant has no category {category}. It has: {known}{others, plural, =0 {} other { and # more}}. Name one of them, or declare the category first.',
    'zh-CN':
      '{field}：该商家没有类别 {category}。已有类别：{known}{others, plural, =0 {} other { 等，另有 # 个}}。请使用其中之一，或先登记该类别。',
  },
  TOO_MANY_CATEGORIES: {
    en: '{field}: a merchant declares at most {max} categories.',
    'zh-CN': '{field}：每个商家最多登记 {max} 个类别。',
  },
  CATEGORY_REPEATED: {
    en: '{field}: {category} stands there more than once.',
    'zh-CN': '{field}：类别 {category} 出现多次。',
  },
  TIER_PRICES_PENDING: {
    en: 'Version {version} of the prices by tier is published and not in force yet. Publish anew when it is.',
    'zh-CN': '第 {version} 版会员等级价已公布但尚未施行，请待其施行后再公布新的版本。',
  },
  TIER_PRICES_NOT_PROPOSED: {
    en: 'There is no open proposal of prices by tier with this id. Another one may have taken its place: look at the programme.',
    'zh-CN': '不存在该编号的待公布会员等级价，可能已被新的方案取代，请查看该积分计划。',
  },
  TIER_PRICES_SECOND_PERSON: {
    en: 'Who proposed these prices does not publish them. Let another person do it.',
    'zh-CN': '会员等级价的提出人不得自行公布，请由另一人办理。',
  },
  TOO_MANY_TIER_PRICES: {
    en: '{field}: at most {max} prices.',
    'zh-CN': '{field}：最多 {max} 个等级价。',
  },
  TIER_REPEATED: {
    en: '{field}: the tier {tier} stands there more than once. Give each tier one price.',
    'zh-CN': '{field}：等级 {tier} 出现多次，每个等级只能有一个价格。',
  },
  PRICE_TOO_FINE: {
    en: '{field} is at most {max, number}. State the price in smaller numbers, such as 95 of 100.',
    'zh-CN': '{field} 最大为 {max, number}，请用较小的数字表示，例如 95/100。',
  },
  PRICE_NOT_LESS: {
    en: '{field}: a price by tier is less than what everybody pays. Leave the tier out, or give it a smaller part.',
    'zh-CN': '{field}：等级价须低于所有人的价格，请去掉该等级或调低比例。',
  },
};
