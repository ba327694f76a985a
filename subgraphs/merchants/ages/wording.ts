import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences about how old members are. */
export const agesWording: Wording = {
  AGE_NOT_CONFIRMED: {
    en: 'Only from the age of {age} on, and the merchant has seen no proof of age of this member yet. Show one there: what is bought afterwards earns points.',
    'zh-CN':
      '须年满 {age} 周岁，而该商家尚未核验该会员的年龄。请先到该商家核验，之后的消费即可积分。',
  },
  AGE_BELOW_MINIMUM: {
    en: 'Only from the age of {age} on; the proof that the merchant has seen is of fewer years. Show it another one there once she is {age}.',
    'zh-CN': '须年满 {age} 周岁，该商家核验的年龄不足。年满 {age} 周岁后请到该商家重新核验。',
  },
  YEARS_NOT_USABLE: {
    en: '{field} must be from 0 to {max}.',
    'zh-CN': '{field} 须为 0 至 {max}。',
  },
  MEMBERS_NOT_USABLE: {
    en: '{field}: name 1 to {max} members.',
    'zh-CN': '{field}：请填写 1 至 {max} 名会员。',
  },
};
