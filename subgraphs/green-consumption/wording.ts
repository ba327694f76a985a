import type { Wording } from '../../shared/graphql/wording.ts';
import { actWording } from './acts/wording.ts';
import { factorWording } from './factors/wording.ts';

/** The sentences of this subgraph's refusals. */
export const wording: Wording = {
  ...actWording,
  ...factorWording,
  CERTIFICATE_TAKEN: {
    en: 'A certificate with the number {number} is registered already. Check the number.',
    'zh-CN': '编号为 {number} 的证书已登记，请核对编号。',
  },
  DATES_REVERSED: {
    en: 'The last day of a certificate is not before the first one.',
    'zh-CN': '证书的截止日期不得早于起始日期。',
  },
  SCOPE_EMPTY: {
    en: 'Name at least one product or reward that the certificate covers.',
    'zh-CN': '请至少填写一个证书覆盖的商品或权益。',
  },
  SCOPE_TOO_LARGE: {
    en: '{field} takes at most {max} entries.',
    'zh-CN': '{field} 最多 {max} 项。',
  },
  BEHAVIOUR_UNKNOWN: {
    en: 'No emission factor is known for {behaviour}. Choose a code from emissionFactors, or leave it out.',
    'zh-CN': '没有 {behaviour} 的排放因子，请从 emissionFactors 中选择代码，或留空。',
  },
  ACTIVITY_INCOMPLETE: {
    en: 'Give behaviour and activityMilli together, or neither.',
    'zh-CN': 'behaviour 与 activityMilli 须同时填写或同时留空。',
  },
  ACTIVITY_NOT_USABLE: {
    en: 'activityMilli is in thousandths of the unit, from 1 to {max, number}.',
    'zh-CN': 'activityMilli 以千分之一单位计，范围为 1 至 {max, number}。',
  },
};
