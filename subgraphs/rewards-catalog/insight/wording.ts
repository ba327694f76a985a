import {
  type Locale,
  type Parameters,
  type Wording,
  word,
} from '../../../shared/graphql/wording.ts';

/** The sentences of what redemptions tell. */
export const insightWording: Wording = {
  SAVINGS_PERIOD_NOT_USABLE: {
    en: '{field} must not come before the first day, and a period has at most {max, number} days.',
    'zh-CN': '{field} 不得早于起始日，期间最长 {max, number} 天。',
  },
  STATISTICS_PERIOD_NOT_USABLE: {
    en: '{field} must not come before the first month, and a period has at most {max} months.',
    'zh-CN': '{field} 不得早于起始月份，期间最长 {max} 个月。',
  },
  KEYS_REPEATED: {
    en: '{field}: name each key at most once.',
    'zh-CN': '{field} 中每项至多写一次。',
  },
  NOT_ASKED_FOR: {
    en: 'These are shown to everybody alike: what is redeemed most comes first, then what is new. No profile was looked at.',
    'zh-CN': '以下内容对所有人相同：先按兑换热度、再按上架时间排序，未使用任何画像。',
  },
  NO_PROFILE_AGREED: {
    en: 'There is no consent to a profile, so everybody sees these in the same order: what is redeemed most first, then what is new.',
    'zh-CN': '未同意建立画像，以下内容对所有人相同：先按兑换热度、再按上架时间排序。',
  },
  CONSENTS_NOT_KNOWN: {
    en: 'What members agree to, or their profiles, cannot be asked at the moment, so these are what everybody sees. Try again later.',
    'zh-CN': '目前无法核实会员的同意情况或获取画像，以下内容对所有人相同，请稍后再试。',
  },
  CATEGORY_BOUGHT: {
    en: 'You often buy {category} at {merchant}.',
    'zh-CN': '您常在{merchant}购买“{category}”类商品。',
  },
  MERCHANT_BOUGHT_AT: {
    en: 'You have bought at {merchant} in the last year.',
    'zh-CN': '您近一年曾在{merchant}消费。',
  },
  WANTED: {
    en: 'Redeemed at least {redemptions, number} times this month and last.',
    'zh-CN': '本月和上月至少被兑换 {redemptions, number} 次。',
  },
  OFFERED: {
    en: 'One of the newest rewards, or one that some members redeem.',
    'zh-CN': '近期上架或有会员兑换的权益。',
  },
};

/** A sentence of this area. */
export const sentence = (code: string, locale: Locale, parameters: Parameters): string =>
  word(insightWording, code, locale, parameters);
