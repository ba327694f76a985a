import type { Wording } from '../../../shared/graphql/wording.ts';

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
};
