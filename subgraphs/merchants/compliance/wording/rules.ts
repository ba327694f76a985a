import { type Told, toldAs } from './sentences.ts';

/** What is looked at in the data of a rule. */
const rules: Readonly<Record<string, Told>> = {
  REFERRAL_DEPTH: {
    found: [
      'A referral has one level; this one has {levels}.',
      '邀请奖励只能有一级，此规则有 {levels} 级。',
    ],
    alternative: ['Reward the direct inviter alone.', '请仅奖励直接邀请人。'],
    looksAt: ['How many levels a referral has.', '邀请奖励的层级。'],
  },
  REFERRAL_PERCENTAGE: {
    found: [
      'A referral is rewarded with a fixed number of points, never with a share of what the invitee buys.',
      '邀请奖励须为固定积分，不得按被邀请人的消费比例计算。',
    ],
    alternative: ['Award a fixed number of points.', '请改为固定积分。'],
    looksAt: ['How a referral is rewarded.', '邀请奖励的计算方式。'],
  },
  REFERRAL_STEPS: {
    found: [
      'A referral brings the same for each invitee: no more from {invitees} invitees on.',
      '每成功邀请一人的奖励须相同，不得从第 {invitees} 人起增加。',
    ],
    alternative: ['Award the same points for each invitee.', '请对每位被邀请人给予相同的积分。'],
    looksAt: ['Steps by the number of invitees.', '按邀请人数设置的阶梯。'],
  },
  REFERRAL_EARLY: {
    found: [
      'The points of a referral vest when the first order of the invitee is paid and can no longer come back, not before.',
      '邀请积分须在被邀请人首单付款且退货期满后才可使用。',
    ],
    alternative: ['Vest on the event {event}.', '请将生效条件设为事件 {event}。'],
    looksAt: ['When the points of a referral vest.', '邀请积分何时生效。'],
  },
  REFERRAL_UNCAPPED: {
    found: ['A referral needs a cap for each inviter.', '邀请奖励须对每位邀请人设上限。'],
    alternative: [
      'State caps.perMember or caps.perMemberPerDay, such as ten rewards.',
      '请填写 caps.perMember 或 caps.perMemberPerDay，例如十次奖励的积分。',
    ],
    looksAt: ['Caps of a referral for each member.', '每位会员的邀请奖励上限。'],
  },
  ADVERTISED_RATE_DIFFERS: {
    found: [
      'The advertisement says {advertised} %, but the rule gives {effective} %.',
      '宣传为 {advertised}%，而规则实际为 {effective}%。',
    ],
    alternative: [
      'Advertise the points, such as so many for each yuan, and no percentage; or the {effective} % that they come to where they are worth most, and say so; or change the rate.',
      '请宣传积分数（如“每元积几分”）而不写百分比；或写 {effective}%，并注明按积分价值最高的兑换计算；或调整积分比例。',
    ],
    looksAt: [
      'The rebate that is advertised, as a figure or in words, against rate × worth of a point, exactly.',
      '宣传的返还比例（数据或文字）与“积分比例 × 积分价值”是否完全一致。',
    ],
  },
  REBATE_TOO_HIGH: {
    found: [
      'At its highest {rebate} % of the price come back; at most {max} % may.',
      '最高返还达价格的 {rebate}%，上限为 {max}%。',
    ],
    alternative: [
      'Lower the rate or the factor, or put the rules that add up into one group. The other programmes of the merchant count too.',
      '请降低比例或倍数，或将可叠加的规则归入同一组；同一商家的其他积分计划合并计算。',
    ],
    looksAt: [
      'What a purchase brings at most with all rules that can hold for it, over all programmes of the merchant, points at their highest cash-equivalent.',
      '同一订单可同时适用的全部规则（含同一商家的其他积分计划）的最高返还，积分按最高现金等值计算。',
    ],
  },
  REBATE_UNBOUNDED: {
    found: [
      'Points for an order of any size have no ceiling in relation to its price.',
      '对任意金额的订单给固定积分，返还比例没有上限。',
    ],
    alternative: [
      'State a minimum order (condition.minimumMinor).',
      '请设置最低订单金额（condition.minimumMinor）。',
    ],
    looksAt: ['Fixed points for purchases without a minimum.', '无最低金额的消费固定积分。'],
  },
  REBATE_HIGH_AT_ONE: {
    found: [
      'At one other merchant alone a reward is worth so much that {rebate} % of a purchase would come back; above {max} % a rule would be refused.',
      '仅一家其他商家的兑换项目价值较高，按其计算返还达 {rebate}%；超过 {max}% 的规则不予发布。',
    ],
    alternative: [
      'Ask whether that reward is to stay; the rule may be published.',
      '请核实该兑换项目是否长期有效；本规则可以发布。',
    ],
    looksAt: [
      'The same with what a single other merchant gives for points.',
      '按单独一家其他商家的最高兑换价值计算的同一比例。',
    ],
  },
  REBATE_HIGH: {
    found: [
      'At its highest {rebate} % of the price come back. Above {review} % somebody should look at it.',
      '最高返还达价格的 {rebate}%，超过 {review}% 建议人工复核。',
    ],
    alternative: [
      'Make sure that prices were not raised for it and that the budget bears it.',
      '请确认未因此提价，且预算足以承担。',
    ],
    looksAt: ['The same from the lower bound on.', '同上，按较低的复核线。'],
  },
  PRIZE_TOO_HIGH: {
    found: [
      'The highest prize is worth {prize} yuan; at most {max} yuan may be.',
      '最高奖价值 {prize} 元，上限为 {max} 元。',
    ],
    alternative: ['Offer more and smaller prizes.', '请改设更多、更小的奖项。'],
    looksAt: [
      'The highest prize of a draw, points at their highest cash-equivalent.',
      '抽奖的最高奖价值，积分按最高现金等值计算。',
    ],
  },
  PRIZES_UNCLEAR: {
    found: [
      'A draw states its prizes and its odds before it begins.',
      '抽奖须在开始前公布奖项与中奖概率。',
    ],
    alternative: [
      'State lottery.prizes in both languages, and lottery.odds.',
      '请以中英文填写 lottery.prizes，并填写 lottery.odds。',
    ],
    looksAt: ['Prizes and odds of a draw.', '抽奖的奖项与概率。'],
  },
  PAID_ENTRY: {
    found: ['Nobody pays to take part in a draw.', '参加抽奖不得收费。'],
    alternative: ['Let members take part for nothing.', '请允许会员免费参加。'],
    looksAt: ['The fee of a draw.', '抽奖的参加费用。'],
  },
  DRAW_WORSENED: {
    found: [
      'A draw that was announced changes in favour of members only.',
      '已公布的抽奖只能作有利于会员的修改。',
    ],
    alternative: [
      'Keep odds and highest prize, or announce another draw.',
      '请保留原概率与最高奖，或另行公布新的抽奖。',
    ],
    looksAt: [
      'Odds and highest prize against the version before.',
      '与上一版本相比的概率与最高奖。',
    ],
  },
  DISCLOSURE_INCOMPLETE: {
    found: [
      'Members have to be told {field}, in both languages.',
      '须以中英文向会员说明 {field}。',
    ],
    alternative: [
      'Fill it in; how points are earned and for how long they are good is told from the data.',
      '请填写该项；积分获取方式与有效期将由规则数据自动生成说明。',
    ],
    looksAt: [
      'How points are used and where members complain (basic rule); texts that are empty in one language.',
      '积分使用方式与投诉渠道（基本规则）；某一语言为空的文字。',
    ],
  },
  INDUSTRY_DISCLOSURE_INCOMPLETE: {
    found: [
      'In the industry {industry} members have to be told {field}.',
      '{industry} 行业须向会员说明 {field}。',
    ],
    alternative: [
      'Fill it in; when there are no limits, say so.',
      '请填写该项；若无限制，也须写明“无”。',
    ],
    looksAt: [
      'What airlines, scenic spots, hotels, telecoms and banks state besides.',
      '航空、景区、酒店、通讯、银行须另行说明的事项。',
    ],
  },
  SIGN_UP_POINTS: {
    found: [
      'For a card or a registration at most {max} points may be given: points come from what is bought.',
      '办卡或注册最多可送 {max} 积分：积分须与消费挂钩。',
    ],
    alternative: ['Give the points for purchases that are paid.', '请改为对已完成的消费给予积分。'],
    looksAt: [
      'Points for issuing a card, and at banks for a registration; texts of card programmes that promise them.',
      '办卡送积分，以及银行的注册送积分；银行卡计划中承诺办卡送积分的文字。',
    ],
  },
  BUDGET_MISSING: {
    found: ['Points that no purchase pays for need a budget.', '非消费发放的积分须有预算。'],
    alternative: ['State caps.budget.', '请填写 caps.budget。'],
    looksAt: [
      'Grants that are not for purchases and have no budget.',
      '非消费发放且无预算的积分。',
    ],
  },
  EXPIRY_SHORT: {
    found: [
      'Points are good for {months} months only: make sure that members are told prominently.',
      '积分有效期仅 {months} 个月，请务必显著提示会员。',
    ],
    alternative: ['Let points be good for a year or longer.', '建议有效期不少于一年。'],
    looksAt: ['A term below six months.', '短于六个月的有效期。'],
  },
  RETURNS_SHORT: {
    found: [
      'Goods come back within {days} days only; what is sold at a distance may come back within {min}.',
      '退货期仅 {days} 日；网络等远程销售的商品为 {min} 日。',
    ],
    alternative: [
      'Accept returns for {min} days, for points as for money.',
      '请将退货期设为不少于 {min} 日，积分与现金一致。',
    ],
    looksAt: ['For how many days goods may come back.', '退货天数。'],
  },
  RETROACTIVE: {
    found: ['A rule cannot be in force before it is published.', '规则不得在发布之前生效。'],
    alternative: [
      'State a later instant, after comment and notice.',
      '请填写征求意见与公示期之后的生效时间。',
    ],
    looksAt: ['When a rule takes effect.', '规则的生效时间。'],
  },
  CHANGE_WITHOUT_NOTICE: {
    found: [
      'A change is published {days} days before it takes effect: not before {earliest}.',
      '规则修改须提前 {days} 日公示，最早可于 {earliest} 生效。',
    ],
    alternative: [
      'Let it take effect at {earliest} or later; points earned before keep value and expiry.',
      '请将生效时间设为 {earliest} 或之后；此前获得的积分价值与有效期不变。',
    ],
    looksAt: [
      'The days between the publication of a change and its effect.',
      '修改的发布与生效之间的天数。',
    ],
  },
  END_TOO_SOON: {
    found: [
      'The end of a programme is announced {days} days before: not before {earliest}.',
      '积分计划终止须提前 {days} 日公告，最早可于 {earliest} 终止。',
    ],
    alternative: [
      'Let it end at {earliest} or later, and keep redemption open.',
      '请将终止时间设为 {earliest} 或之后，并继续受理兑换。',
    ],
    looksAt: ['The end of a basic rule.', '基本规则的终止时间。'],
  },
};

export const ruleWording = toldAs(rules);
