import type { Wording } from '../../../shared/graphql/wording.ts';

/** Why a rule pays nothing for an order, or not more, and how its points come about. */
export const awardWording: Wording = {
  QUOTE_EXACT: {
    en: '{total} at {earnPoints, plural, one {# point} other {# points}} for {per} are {points, plural, one {# point} other {# points}}.',
    'zh-CN': '消费 {total}，每 {per}积 {earnPoints, number} 分，共 {points, number} 分。',
  },
  QUOTE_ROUNDED: {
    en: '{total} at {earnPoints, plural, one {# point} other {# points}} for {per} are {points, plural, one {# point} other {# points}}, rounded down once over the whole order.',
    'zh-CN':
      '消费 {total}，每 {per}积 {earnPoints, number} 分，整单向下取整，共 {points, number} 分。',
  },
  QUOTE_MULTIPLIER: {
    en: '{total} earn {factor} times the points: {points, plural, one {# point} other {# points}} more.',
    'zh-CN': '其中 {total} 享 {factor} 倍积分，额外加 {points, number} 分。',
  },
  QUOTE_FIXED: {
    en: '{points, plural, one {# point} other {# points}} once for the order.',
    'zh-CN': '本单一次性奖励 {points, number} 分。',
  },
  QUOTE_SUSPENDED: {
    en: 'No points: the merchant is suspended at the moment.',
    'zh-CN': '不积分：该商家目前已暂停。',
  },
  RULE_OTHER_CURRENCY: {
    en: 'No points: the programme counts {rateCurrency}, the order is in {currency}.',
    'zh-CN': '不积分：该计划按 {rateCurrency} 计算，订单币种为 {currency}。',
  },
  RULE_ADDS_NOTHING: {
    en: 'The multiplier is not more than 1, so it adds nothing.',
    'zh-CN': '倍数不大于 1，不增加积分。',
  },
  RULE_POINTS_LAPSED: {
    en: 'Its points would lapse before they could be spent.',
    'zh-CN': '按此规则发放的积分在可用之前即已过期。',
  },
  RULE_STORE: {
    en: 'Only in the stores {required}.',
    'zh-CN': '仅限门店 {required}。',
  },
  RULE_CHANNEL: {
    en: 'Only by the channels {required}.',
    'zh-CN': '仅限渠道 {required}。',
  },
  RULE_REGION: {
    en: 'Only in the regions {required}.',
    'zh-CN': '仅限地区 {required}。',
  },
  RULE_PAYMENT: {
    en: 'Only when paid with {required}.',
    'zh-CN': '仅限使用 {required} 支付。',
  },
  RULE_TIER: {
    en: 'Only for the tiers {required}; the tier is {actual}.',
    'zh-CN': '仅限会员等级 {required}，当前等级为 {actual}。',
  },
  RULE_NOT_BEGUN: {
    en: 'The campaign begins at {from}, Beijing time.',
    'zh-CN': '活动自北京时间 {from} 开始。',
  },
  RULE_OVER: {
    en: 'The campaign was over at {until}, Beijing time.',
    'zh-CN': '活动已于北京时间 {until} 结束。',
  },
  RULE_WEEKDAY: {
    en: 'Only on {required}; it is {actual} in Beijing.',
    'zh-CN': '仅限{required}，当天为{actual}（北京时间）。',
  },
  RULE_HOURS: {
    en: 'Only from {from} until {until}, Beijing time.',
    'zh-CN': '仅限北京时间 {from} 至 {until}。',
  },
  RULE_CATEGORY: {
    en: 'No line is of the categories {required}.',
    'zh-CN': '没有属于类别 {required} 的商品行。',
  },
  RULE_SKU: {
    en: 'No line is one of the products {required}.',
    'zh-CN': '没有商品编号为 {required} 的商品行。',
  },
  RULE_GREEN: {
    en: 'No line has a green certificate that is valid for it.',
    'zh-CN': '没有持有效绿色认证的商品行。',
  },
  RULE_NOT_GREEN_ONLY: {
    en: 'All lines have a valid green certificate; the rule is for the others.',
    'zh-CN': '各商品行均持有效绿色认证，该规则仅适用于其他商品。',
  },
  RULE_NO_LINE: {
    en: 'No line meets all conditions of the rule.',
    'zh-CN': '没有同时满足该规则全部条件的商品行。',
  },
  RULE_MINIMUM: {
    en: 'The lines it is for have to come to {minimum}; they come to {actual}, {missing} are missing.',
    'zh-CN': '适用商品须满 {minimum}，现为 {actual}，还差 {missing}。',
  },
  RULE_PRECEDED: {
    en: 'Another rule pays for these lines: {rule}.',
    'zh-CN': '这些商品按另一规则积分：{rule}。',
  },
  RULE_NO_RATE: {
    en: 'Nothing is earned on these lines that could be multiplied.',
    'zh-CN': '这些商品没有可加倍的积分。',
  },
  RULE_ROUNDED_AWAY: {
    en: 'The amount is too small for one point.',
    'zh-CN': '金额不足以积 1 分。',
  },
  RULE_CAP: {
    en: '{points, plural, one {# point} other {# points}} less: {cap, select, perOrder {the limit for an order} perMemberPerDay {the limit for a member on a day} perMember {the limit for a member} other {the budget of the rule}} is reached.',
    'zh-CN':
      '少积 {points, number} 分：已达{cap, select, perOrder {单笔上限} perMemberPerDay {每位会员每日上限} perMember {每位会员上限} other {规则预算}}。',
  },
  RULE_WAITS_TIER: {
    en: 'The tier of the member is not known at the moment. It is awarded later.',
    'zh-CN': '暂时无法得知会员等级，将稍后补记。',
  },
  RULE_WAITS_GREEN: {
    en: 'Whether the certificates are valid is not known at the moment. It is awarded later.',
    'zh-CN': '暂时无法核验绿色认证，将稍后补记。',
  },
};
