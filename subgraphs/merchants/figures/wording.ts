import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of the figures. */
export const figuresWording: Wording = {
  FIGURES_UNREACHABLE: {
    en: 'The books cannot be reached at the moment, and only they tell where points were redeemed. Ask again in a while.',
    'zh-CN': '账本服务暂时无法访问，而积分在何处兑换只有账本知道，请稍后再查。',
  },
  PERIOD_NOT_USABLE: {
    en: '{field} must not come before the first day, and a period has at most {max} days.',
    'zh-CN': '{field} 不得早于起始日，期间最长 {max} 天。',
  },
};
