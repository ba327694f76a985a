import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of profiles and of what is made of them. */
export const profileWording: Wording = {
  GOODS_NOT_USABLE: {
    en: '{field} must name at least one and at most {max, number} goods. Send the rest in another request.',
    'zh-CN': '{field} 须列出 1 至 {max, number} 种商品，其余请另行提交。',
  },
  GOODS_REPEATED: {
    en: '{field}: the sku {sku} is named twice. Name each sku once.',
    'zh-CN': '{field}：货号 {sku} 重复，每个货号只列一次。',
  },
  PREFERENCE_NOT_FOUND: {
    en: 'There is no such preference in the profile. Look at the profile as it is now.',
    'zh-CN': '画像中没有该偏好，请查看当前画像。',
  },
  ACTIVITY_EXPLAINED: {
    en: '{recentOrders, number} {recentOrders, plural, one {order} other {orders}} for {recent} in the last {days} days, {earlierOrders, number} for {earlier} in the {days} days before. Rising means at least {least} orders in the last {days} days, and half as much again as in the {days} days before, both in orders and in money; of who bought nothing then it is not said.',
    'zh-CN':
      '最近 {days} 天下单 {recentOrders, number} 次，共 {recent}；此前 {days} 天下单 {earlierOrders, number} 次，共 {earlier}。活跃度上升是指：最近 {days} 天至少下单 {least} 次，且次数和金额均不少于此前 {days} 天的 1.5 倍；此前没有消费的，不作此判断。',
  },
  SEGMENT_NOT_FOUND: {
    en: 'The merchant has no such segment, or has ended it. Look at its segments.',
    'zh-CN': '该商家没有此客群，或已停用，请查看其客群列表。',
  },
  SEGMENT_SAYS_NOTHING: {
    en: '{field}: a segment has to say something, or it is everybody. Leave the segment out to tell everybody alike.',
    'zh-CN': '{field}：客群须至少规定一个条件。面向所有人的推广不需要客群。',
  },
  SEGMENT_VALUES_NOT_USABLE: {
    en: '{field} must have at least one and at most {max} values, or be left out.',
    'zh-CN': '{field} 须有 1 至 {max} 个值，或不填。',
  },
  TOO_MANY_SEGMENTS: {
    en: '{field}: a merchant has at most {max} segments at a time. End one first.',
    'zh-CN': '{field}：每个商家同时最多 {max} 个客群，请先停用一个。',
  },
  PROMOTION_NOT_FOUND: {
    en: 'The merchant has no such promotion. Check the id.',
    'zh-CN': '该商家没有此推广，请核对编号。',
  },
  PROMOTED_RULE_NOT_FOUND: {
    en: 'The merchant has no public rule with this id that is in force in the time of the promotion. Publish the rule first, or change the time.',
    'zh-CN': '该商家没有在推广期间内有效的此条公开规则。请先发布规则，或调整推广时间。',
  },
  PROMOTION_PERIOD_NOT_USABLE: {
    en: '{field} must be in the future, after the beginning, and at most {max} days after it.',
    'zh-CN': '{field} 须晚于当前时间和开始时间，且距开始不超过 {max} 天。',
  },
  CONSENTS_NOT_KNOWN: {
    en: 'What members agree to cannot be asked at the moment, so profiles are not used. Try again later.',
    'zh-CN': '目前无法核实会员的同意情况，因此不使用画像，请稍后再试。',
  },
  NO_PROFILE_AGREED: {
    en: 'There is no consent to a profile, so everybody sees these in the same order.',
    'zh-CN': '未同意建立画像，以下内容对所有人相同。',
  },
  SEGMENT_CATEGORIES: { en: 'often buys {values}', 'zh-CN': '常购类别：{values}' },
  SEGMENT_SIZES: { en: 'often in the size {values}', 'zh-CN': '常购尺码：{values}' },
  SEGMENT_COLOURS: { en: 'often in the colour {values}', 'zh-CN': '常购颜色：{values}' },
  SEGMENT_ORDERS: {
    en: 'at least {least, number} {least, plural, one {order} other {orders}} in a year',
    'zh-CN': '一年内至少 {least, number} 笔订单',
  },
  SEGMENT_AVERAGE: {
    en: 'orders of {least} or more on average',
    'zh-CN': '平均每单不少于 {least}',
  },
  SEGMENT_RISING: { en: 'buys more than before', 'zh-CN': '近期消费增加' },
  BECAUSE: {
    en: 'For what is bought at {merchant}: {description}.',
    'zh-CN': '根据在{merchant}的消费：{description}。',
  },
};
