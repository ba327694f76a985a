import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of what the life cycle of rules refuses. */
export const rulesWording: Wording = {
  RULE_NOT_FOUND: {
    en: 'There is no rule with this id. Check it.',
    'zh-CN': '不存在该编号的规则，请核对编号。',
  },
  PROGRAMME_NOT_FOUND: {
    en: 'There is no programme with this id. Check it.',
    'zh-CN': '不存在该编号的积分计划，请核对编号。',
  },
  RULE_KEY_NOT_FOUND: {
    en: 'The programme has no rule with this key. Leave the key out to draft a new rule.',
    'zh-CN': '该积分计划没有此编号的规则；如需新建规则，请不要填写 key。',
  },
  SPONSOR_NOT_FOUND: {
    en: 'There is no merchant with the id of the sponsor. Check it.',
    'zh-CN': '不存在该编号的承担商家，请核对编号。',
  },
  TIER_WEIGHTS_NOT_USABLE: {
    en: '{field} is for an appreciation alone, and names each tier of condition.tiers once, with a weight from 1 to {max, number}.',
    'zh-CN':
      '{field} 仅用于期末答谢，须将 condition.tiers 中的每个等级各列一次，权重为 1 至 {max, number}。',
  },
  SECOND_PERSON_NEEDED: {
    en: 'Who drafted a rule does not review or publish it. Let another person do it.',
    'zh-CN': '规则的起草人不得自行审核或公布，请由另一人办理。',
  },
  SPONSOR_NEEDED: {
    en: 'Another merchant would pay for these points. Its own staff or the operator has to review the rule.',
    'zh-CN': '这些积分由另一商家承担，须由该商家的工作人员或联盟运营方审核。',
  },
  RULE_NOT_DRAFT: {
    en: 'Only a draft is reviewed; this version is further or was withdrawn.',
    'zh-CN': '仅草稿可以审核，该版本已进入后续阶段或已撤回。',
  },
  RULE_NOT_REVIEWED: {
    en: 'Only a version that was reviewed and is not published yet can be published.',
    'zh-CN': '仅已审核且尚未公布的版本可以公布。',
  },
  RULE_VERSION_PENDING: {
    en: 'Version {version} of this rule is published and not in force yet. Wait for it, or withdraw it first.',
    'zh-CN': '该规则的第 {version} 版已公布、尚未施行，请等待其施行，或先行撤回。',
  },
  RULE_VERSION_OLD: {
    en: 'Version {version} of this rule is newer and was published. Draft the next version.',
    'zh-CN': '该规则的第 {version} 版更新且已公布，请另行起草新版本。',
  },
  RULE_ENDS_ALREADY: {
    en: 'The end of this rule is announced already.',
    'zh-CN': '该规则的终止日期已经公布。',
  },
  RULE_IS_OVER: {
    en: 'This version is not in force any more, so there is nothing to withdraw. It stays public.',
    'zh-CN': '该版本已不再施行，无需撤回，其内容继续公开。',
  },
  RULE_NOT_OPEN: {
    en: 'Comments are taken from publication until the rule is in force.',
    'zh-CN': '规则自公布之日起至施行之前可以发表意见。',
  },
  RULE_NOT_SHOWN: {
    en: 'Only a version that is published and not over can be acknowledged.',
    'zh-CN': '仅已公布且未失效的版本可以确认阅读。',
  },
  EFFECTIVE_IN_PAST: {
    en: '{field} is in the past. A rule never holds for what was bought before; leave the time out for the earliest one.',
    'zh-CN': '{field} 早于当前时间。规则不溯及既往；不填写时按最早可施行时间处理。',
  },
  COMMENT_UNTIL_IN_PAST: {
    en: '{field} is in the past. Nobody could comment.',
    'zh-CN': '{field} 早于当前时间，公众无法发表意见。',
  },
  END_NOT_NEEDED: {
    en: '{field}: what is not in force yet has no end to announce. Leave it out.',
    'zh-CN': '{field}：尚未施行的版本没有终止日期，请不要填写。',
  },
  RULE_ENDS_BEFORE: {
    en: '{field}: the version before ends at an announced time. Let the next one begin then, or later.',
    'zh-CN': '{field}：前一版本的终止时间已公布，新版本须自该时间起或之后施行。',
  },
  RULE_NOTICE_TOO_SHORT: {
    en: '{days, plural, =0 {The rule cannot be in force before comments are closed.} other {This change has to be public for # days before it is in force.}} The earliest time is {time} (UTC+08:00); leave the time out to have it.',
    'zh-CN':
      '{days, plural, =0 {征求意见结束之前规则不得施行。} other {此项变更须在施行前公示至少 # 天。}}最早可于北京时间 {time} 施行，不填写时间即按此施行。',
  },
  RULE_END_NOT_PROPOSED: {
    en: 'Nobody has proposed to end this rule. Propose it first (withdrawAccrualRule).',
    'zh-CN': '尚未有人提议终止该规则，请先提议（withdrawAccrualRule）。',
  },
  RULE_OVERLAPS: {
    en: 'The rule “{titleEn}” can hold for the same purchase or act at the same time, and nothing says which of them is paid. Give rates different priorities (award.priority). Give bonuses, which are multipliers and fixed points, a group (award.group): one for both if only the better is paid, two if both are.',
    'zh-CN':
      '规则“{title}”可能在同一时间适用于同一消费或行为，而未说明适用哪一条。积分比例请设置不同的优先级（award.priority）；奖励（倍数与固定积分）请设置分组（award.group）：同组取优，不同组叠加。',
  },
  AWARD_NOT_ONE: {
    en: '{field}: give one of rate, multiplier and points.',
    'zh-CN': '{field}：rate、multiplier、points 请三选一。',
  },
  EXPIRY_NOT_ONE: {
    en: '{field}: give one of months, day and never.',
    'zh-CN': '{field}：months、day、never 请三选一。',
  },
  VESTING_NOT_ONE: {
    en: '{field}: give days or event, not both.',
    'zh-CN': '{field}：days 与 event 只能填写一项。',
  },
  POLICY_NOT_BASIC: {
    en: '{field}: transfer, returns and first use belong to the basic rule of the programme, for all its points alike.',
    'zh-CN': '{field}：转让、退货与首次兑换的规定属于积分计划的基本规则，对其全部积分一致适用。',
  },
  BASIC_NOT_RATE: {
    en: '{field}: the basic rule of a programme is a rate on purchases. Make a rule of its own for anything else.',
    'zh-CN': '{field}：积分计划的基本规则须为消费积分比例，其他奖励请另设规则。',
  },
  FACTOR_TOO_SMALL: {
    en: '{field} must be more than 1: it says how many times the usual points are paid.',
    'zh-CN': '{field} 必须大于 1，表示为平常积分的多少倍。',
  },
  LIST_NOT_USABLE: {
    en: '{field} has 1 to {max} entries. Leave it out when everything is meant.',
    'zh-CN': '{field} 须有 1 至 {max} 项；不限时请不要填写。',
  },
  HOURS_EMPTY: {
    en: '{field} begin when they end. Leave them out for the whole day.',
    'zh-CN': '{field} 的起止时间相同；全天有效请不要填写。',
  },
  WINDOW_EMPTY: {
    en: '{field} must be later than the beginning.',
    'zh-CN': '{field} 必须晚于开始时间。',
  },
  TRIGGER_NEVER_SET_OFF: {
    en: '{field}: nothing in the alliance grants points for it yet, and members would wait in vain. Choose PURCHASE, LECTURE, SURVEY, SUGGESTION, GREEN_ACT, REFERRAL or APPRECIATION.',
    'zh-CN':
      '{field}：联盟尚不支持按此事项发放积分，公布后会员将无法获得。请选择 PURCHASE、LECTURE、SURVEY、SUGGESTION、GREEN_ACT、REFERRAL 或 APPRECIATION。',
  },
  WINDOW_OVER: {
    en: '{field}: the campaign would be over before the rule is in force, and nobody would get anything. State a later end.',
    'zh-CN': '{field}：规则施行前活动已经结束，无人能够获得积分，请改为更晚的结束时间。',
  },
  EXPIRY_IN_PAST: {
    en: '{field} is over. Points that cannot be spent are no points.',
    'zh-CN': '{field} 已经过去，积分将无法使用。',
  },
  OUT_OF_BOUNDS: {
    en: '{field} must be from {min, number} to {max, number}.',
    'zh-CN': '{field} 须为 {min, number} 至 {max, number}。',
  },
  TERMS_TOO_LARGE: {
    en: '{field}: all texts and lists together are too long. Shorten them.',
    'zh-CN': '{field}：文字与列表合计过长，请精简。',
  },
  TOO_MANY_RULES: {
    en: '{field}: a programme has at most {max} rules that are not withdrawn or over.',
    'zh-CN': '{field}：每个积分计划最多有 {max} 条未撤回或未终止的规则。',
  },
};
