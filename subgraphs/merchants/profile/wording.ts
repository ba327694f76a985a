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
};
