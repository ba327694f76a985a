import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of the figures. */
export const figuresWording: Wording = {
  PERIOD_NOT_USABLE: {
    en: '{field} must not come before the first day, and a period has at most {max} days.',
    'zh-CN': '{field} 不得早于起始日，期间最长 {max} 天。',
  },
};
