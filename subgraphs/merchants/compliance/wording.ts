import type { Wording } from '../../../shared/graphql/wording.ts';
import { industryWording } from './wording/industries.ts';
import { lawWording } from './wording/laws.ts';
import { promiseWording } from './wording/promises.ts';
import { rewardWording } from './wording/rewards.ts';
import { ruleWording } from './wording/rules.ts';

/** The sentences of the compliance guard: what was found, the law, and the nearest lawful alternative. */
export const complianceWording: Wording = {
  ...promiseWording,
  ...ruleWording,
  ...industryWording,
  ...rewardWording,
  ...lawWording,
  OVERRIDE_NOT_ALLOWED: {
    en: 'Nobody may set {check} aside. Change the rule as its alternative says.',
    'zh-CN': '{check} 不得由人工放行，请按替代方案修改规则。',
  },
  CHECK_UNKNOWN: {
    en: '{field}: there is no check {check}. See complianceChecks.',
    'zh-CN': '{field}：不存在检查项 {check}，请见 complianceChecks。',
  },
  NOTHING_TO_OVERRIDE: {
    en: '{field}: {check} finds nothing in this version.',
    'zh-CN': '{field}：{check} 在该版本中没有发现问题。',
  },
  OVERRIDE_NOT_FOUND: {
    en: 'There is no proposal with this id. Check it, or propose it first.',
    'zh-CN': '不存在该编号的放行提议，请核对编号或先提出。',
  },
  RULE_VERSION_NOT_FOUND: {
    en: 'There is no version of a rule with this id. Check it.',
    'zh-CN': '不存在该编号的规则版本，请核对编号。',
  },
  TOO_MANY_TEXTS: {
    en: '{field}: at most {max} texts at once.',
    'zh-CN': '{field}：一次最多 {max} 段文字。',
  },
  CATALOGUE_UNREACHABLE: {
    en: 'The catalogue cannot be reached at the moment, so it is not known what points are worth at most. Ask again with the same key.',
    'zh-CN': '兑换目录暂时无法访问，无法核定积分的最高价值，请稍后用同一幂等键重试。',
  },
  COMPLAINT_NOT_FOUND: {
    en: 'There is no complaint with this id. Check it.',
    'zh-CN': '不存在该编号的投诉，请核对编号。',
  },
  COMPLAINT_CLOSED: {
    en: 'This complaint was answered before. The member may complain again.',
    'zh-CN': '该投诉已经答复，会员可以再次投诉。',
  },
};
