import type { Wording } from '../../../shared/graphql/wording.ts';
import { lawWording } from './wording/laws.ts';
import { promiseWording } from './wording/promises.ts';
import { rewardWording } from './wording/rewards.ts';
import { ruleWording } from './wording/rules.ts';

/** The sentences of the compliance guard: what was found, the law, and the nearest lawful alternative. */
export const complianceWording: Wording = {
  ...promiseWording,
  ...ruleWording,
  ...rewardWording,
  ...lawWording,
  NOT_LAWFUL: {
    en: '{count, plural, one {One thing stands} other {# things stand}} against it. See findings: each names the law and what would be lawful.',
    'zh-CN': '有 {count} 项不合规，请见 findings：每项列明依据与合法的替代方案。',
  },
};
