import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of what is granted without a purchase. */
export const grantsWording: Wording = {
  NO_GRANTING_RULE: {
    en: 'The merchant had no rule in force that grants points for this. Nothing was recorded; publish a rule first.',
    'zh-CN': '该商家当时没有为此发放积分的有效规则，未作记录。请先发布规则。',
  },
  NO_GRANTING_RULE_FITS: {
    en: 'None of the rules in force grants points for this: see the reasons. Nothing was recorded.',
    'zh-CN': '现行规则均不适用于此次参与，原因见 reasons，未作记录。',
  },
  REFERRAL_CAP: {
    en: 'Whoever invites others is rewarded for {max} of them in a calendar month, and has been.',
    'zh-CN': '每位邀请人每个自然月最多获得 {max} 次邀请奖励，本月已达上限。',
  },
  APPRECIATION_NOT_FOUND: {
    en: 'There is no appreciation with this id. Check it.',
    'zh-CN': '不存在该编号的会员答谢，请核对编号。',
  },
  APPRECIATION_PERIOD_NOT_OVER: {
    en: 'The period ends at {until}. An appreciation is decided after it, never before. Propose it then.',
    'zh-CN': '该期间于 {until} 结束。答谢只能在期间结束之后决定，请届时再提出。',
  },
  APPRECIATION_RULE_NOT_USABLE: {
    en: 'Nothing can be shared out by this rule. It needs the trigger APPRECIATION, the basis FIXED_BUDGET, a period, a budget, and points as the most that one member gets; of conditions only tiers.',
    'zh-CN':
      '不能按此规则分配积分。规则须以 APPRECIATION 为触发、以 FIXED_BUDGET 为依据，载明期间、预算和每人上限（固定积分），条件只能限定会员等级。',
  },
  APPRECIATION_RULE_NOT_IN_FORCE: {
    en: 'The rule is not in force. Publish it, or wait until it takes effect.',
    'zh-CN': '该规则尚未生效或已失效，请先发布规则或等待其生效。',
  },
  APPRECIATION_UNDER_WAY: {
    en: 'Another appreciation by this rule is under way. Have it granted, or drop it first.',
    'zh-CN': '按该规则提出的另一笔答谢正在办理，请先完成发放或予以放弃。',
  },
  APPRECIATION_BUDGET_SPENT: {
    en: 'The budget of the rule is spent.',
    'zh-CN': '该规则的预算已用完。',
  },
  APPRECIATION_NOBODY: {
    en: 'Nobody who can take part earned points here in the period.',
    'zh-CN': '该期间内没有可参与的会员在本店获得积分。',
  },
  APPRECIATION_IN_OTHER_STATE: {
    en: 'The appreciation is {state, select, LISTING {still being worked out. Wait until the shares are known} READY {waiting for approval} GRANTING {approved, and being granted} GRANTED {granted} other {given up}}.',
    'zh-CN':
      '该答谢{state, select, LISTING {仍在核算，请待份额确定后再试} READY {正等待批准} GRANTING {已获批准，正在发放} GRANTED {已经发放} other {已被放弃}}。',
  },
  APPRECIATION_ABOVE_CEILING: {
    en: '{points, number} points are more than the ceiling of rebates allows for what was paid in the period: {ceilingPoints, number}. Lower the budget or the most for one member.',
    'zh-CN':
      '{points, number} 分超过该期间消费额所对应的返利上限 {ceilingPoints, number} 分，请降低预算或每人上限。',
  },
  APPRECIATION_ABOVE_COVER: {
    en: '{points, number} points are more than the cover of the issuer leaves room for: {coverLeft, number}. Lower the budget, or have the cover raised.',
    'zh-CN':
      '{points, number} 分超过发放方担保额度的余量 {coverLeft, number} 分，请降低预算或提高担保额度。',
  },
  WORTH_NOT_KNOWN: {
    en: 'The rewards cannot be reached at the moment, so what points are worth is not known. Ask again with the same key.',
    'zh-CN': '兑换目录暂时无法访问，无法核定积分价值，请稍后用同一幂等键重试。',
  },
  LEDGER_UNREACHABLE: {
    en: 'The books cannot be reached at the moment, so the cover of the issuer is not known. Ask again with the same key.',
    'zh-CN': '账本服务暂时无法访问，无法核对发放方的担保额度，请稍后用同一幂等键重试。',
  },
};
