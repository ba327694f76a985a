import { type Told, toldAs } from './sentences.ts';

/** What points must not be or promise, and what texts must not say. */
const promises: Readonly<Record<string, Told>> = {
  PROHIBITED_BENEFIT: {
    found: [
      'Points must not be a share, a dividend, interest or any other return: “{words}”.',
      '积分不得作为股权、分红、利息或其他回报：“{words}”。',
    ],
    alternative: [
      'Grant an appreciation instead: when a period is over, decide a fixed budget of points and share it out equally, or by published tiers, among those who earned in it, without announcing it beforehand.',
      '可改为会员答谢：一个期间结束后再决定固定的积分预算，平均或按公示的等级赠送给该期间获得过积分的会员，且事先不作宣传。',
    ],
    looksAt: [
      'Texts that join points to equity, dividends, interest, release by days or a value that grows; an appreciation whose budget comes from revenue, profit or headcount.',
      '将积分与股权、分红、利息、逐日释放或增值相联系的文字；以营业额、利润或人数为来源的会员答谢。',
    ],
  },
  GROWS_WITH_TIME: {
    found: [
      'Points must not come from time that goes by: that is interest or daily release.',
      '积分不得因时间经过而产生：这属于利息或每日释放。',
    ],
    alternative: [
      'Grant points for something members do: a purchase, a lecture, a survey; or an appreciation after a period.',
      '请改为因会员的行为发放积分，例如消费、听讲座、填写问卷，或在期间结束后作会员答谢。',
    ],
    looksAt: ['Rules that are set off by time alone.', '仅因时间经过触发的规则。'],
  },
  APPRECIATION_PROMISED: {
    found: [
      'An appreciation must not be announced or scheduled before its period is over: a promise of it is a promised return.',
      '会员答谢不得在期间结束前宣传或安排：事先承诺即为承诺回报。',
    ],
    alternative: [
      'State a period that is over (condition.from, condition.until) and leave out the advertisement.',
      '请填写已经结束的期间（condition.from、condition.until），并删去宣传文字。',
    ],
    looksAt: [
      'Appreciations that are advertised, or whose period is not over when they are published.',
      '有宣传文字的会员答谢，或发布时期间尚未结束的会员答谢。',
    ],
  },
  FAVOURABLE_ANSWER: {
    found: [
      'Points must not depend on a favourable answer: “{words}”.',
      '积分不得以好评或有利的回答为条件：“{words}”。',
    ],
    alternative: [
      'Grant the same points for any answer, good or bad (answers: ANY).',
      '请对任何评价给予相同的积分（answers: ANY）。',
    ],
    looksAt: [
      'Surveys and suggestions of which only favourable ones earn; texts that pay for good reviews.',
      '仅奖励有利回答的问卷与建议；以积分换好评的文字。',
    ],
  },
  UNFAIR_TERM: {
    found: [
      'This takes away what the law gives to consumers, or frees the merchant of what it owes, and is void: “{words}”.',
      '该内容排除消费者权利或免除经营者责任，属无效条款：“{words}”。',
    ],
    alternative: [
      'Say what holds instead: for how long points are good and when members are reminded, that goods got for points come back like goods got for money, and that changes are published before they take effect.',
      '请改为写明：积分有效期及提醒时间；积分兑换的商品与现金购买的商品同样退换；规则修改将提前公示。',
    ],
    looksAt: [
      'Texts that refuse returns, refunds or complaints, reserve the interpretation, or allow changes at any time or without notice.',
      '拒绝退换、退款、投诉，保留最终解释权，或可随时、不经通知修改规则的文字。',
    ],
  },
  PROHIBITED_CLAIM: {
    found: [
      'An advertisement must not promise a gain from spending: “{words}”.',
      '宣传不得承诺消费可以获利：“{words}”。',
    ],
    alternative: [
      'Say what members get: so many points for so much money, and what they are good for. In place of dividends and shares grant an appreciation after a period. Two persons may set this aside with a reason, when the sentence means something else.',
      '请写明会员实际获得的内容：消费多少积多少分、可兑换什么。如拟以分红、股权回馈会员，可改为在一段时期结束后办理会员答谢。若该句另有合法含义，可由两人复核并说明理由后放行。',
    ],
    looksAt: [
      'Words of campaigns that promise a gain, such as 消费赚钱, 躺赚, 分红, 原始股, 消费股东.',
      '承诺获利的宣传用语，例如消费赚钱、躺赚、分红、原始股、消费股东。',
    ],
  },
  CASH_OUT: {
    found: [
      'Points must not become money again, nor be sold: “{words}”.',
      '积分不得变现或买卖：“{words}”。',
    ],
    alternative: [
      'Offer goods, services, vouchers or a part of a bill for points, or a donation.',
      '请改为兑换商品、服务、优惠券、抵扣账单或公益捐赠。',
    ],
    looksAt: [
      'Texts that offer cash for points, buy them back or let members trade them.',
      '以积分兑换现金、回购积分或允许会员交易积分的文字。',
    ],
  },
  TOP_UP: {
    found: [
      'Points must not be bought: that is stored value of a payment business: “{words}”.',
      '积分不得用钱购买或充值，否则属于储值支付业务：“{words}”。',
    ],
    alternative: [
      'Let points come from purchases and acts of members; who lacks points pays the rest in money.',
      '积分应来自消费和会员行为；积分不足时，差额可用现金支付。',
    ],
    looksAt: ['Texts that sell points.', '出售积分的文字。'],
  },
  PYRAMID: {
    found: [
      'Nobody is rewarded for more than one level, for a team, or out of what others buy: “{words}”.',
      '不得设多级、团队奖励，或按他人的消费提成：“{words}”。',
    ],
    alternative: [
      'Reward the direct inviter once, with a fixed number of points, when the first order of the invitee is settled.',
      '请改为：被邀请人首单完结后，向直接邀请人一次性发放固定积分。',
    ],
    looksAt: [
      'Texts on levels, downlines, teams, and shares of what friends buy.',
      '涉及层级、下线、团队及按好友消费提成的文字。',
    ],
  },
  PAID_ACCESS: {
    found: [
      'Nobody pays or buys for the right to join, to invite or to be rewarded: “{words}”.',
      '不得要求缴费或消费后方可加入、邀请或获得奖励：“{words}”。',
    ],
    alternative: [
      'Let every member invite: leave out fee, minimum purchase and tier.',
      '请允许所有会员邀请好友，取消费用、最低消费与等级要求。',
    ],
    looksAt: [
      'Referrals and registrations with a minimum purchase or a tier; texts that ask for a fee.',
      '设最低消费或等级要求的邀请与注册规则；要求缴费的文字。',
    ],
  },
  FORCED_PARTICIPATION: {
    found: [
      'Merchants must not be forced to take part in a campaign: “{words}”.',
      '不得强制商家参加活动：“{words}”。',
    ],
    alternative: [
      'Invite the merchants, and let them decline.',
      '请改为邀请商家参加，并允许其拒绝。',
    ],
    looksAt: [
      'Texts that oblige merchants to take part or forbid them to leave.',
      '强制商家参加或禁止其退出的文字。',
    ],
  },
  GREEN_CLAIM: {
    found: [
      'A green claim names what it is about, who has certified it and for when: “{words}”.',
      '绿色宣称须写明对象、认证依据与期间：“{words}”。',
    ],
    alternative: [
      'Say in the same sentence what it is about, who has certified it and for which year; or say what was measured, such as so many grams less.',
      '请在同一句中写明宣称的对象、认证机构与证书及年份；或改为说明经核算的数据，例如减少多少克。',
    ],
    looksAt: [
      'Claims such as 碳中和, 零碳, “carbon neutral” or “100 % green”, without certificate, scope and period in their sentence.',
      '同一句中未写明认证、范围与期间的“碳中和”“零碳”“100%环保”等宣称。',
    ],
  },
};

export const promiseWording = toldAs(promises);
