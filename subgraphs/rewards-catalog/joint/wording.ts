import type { Wording } from '../../../shared/graphql/wording.ts';

export const jointWording: Wording = {
  NO_FAMILY_POOL: {
    en: 'You belong to no family, so there is no pool to pay from. Pay with your own points.',
    'zh-CN': '您尚未加入家庭，没有可用的家庭积分池，请使用本人积分支付。',
  },
  FAMILY_POOL_NOT_HERS: {
    en: 'The pool of this family does not know you yet, or not any more. Nothing was taken; try again in a moment.',
    'zh-CN': '该家庭积分池尚未或不再接受您的支付，未扣除任何积分，请稍后重试。',
  },
  JOINT_NOT_FOUND: {
    en: 'There is no joint redemption with this id that is yours to pay a part of.',
    'zh-CN': '没有由您参与的该编号的合兑。',
  },
  JOINT_HOURS: {
    en: '{field} must be from 1 to {max} hours.',
    'zh-CN': '{field} 须为 1 至 {max} 小时。',
  },
  JOINT_SIZE: {
    en: 'From 2 to {max} members pay together, each named once with her points.',
    'zh-CN': '合兑须由 2 至 {max} 位会员参与，每位列明一次及其积分。',
  },
  JOINT_MEMBER_TWICE: {
    en: '{field} names a member who is named before. Add her points up into one part.',
    'zh-CN': '{field} 重复填写了同一会员，请合并为一份。',
  },
  JOINT_WITHOUT_HER: {
    en: 'She who starts a joint redemption pays a part of it too. Name her among the parts.',
    'zh-CN': '发起人须自付一份，请在各份中列明发起人。',
  },
  JOINT_SUM: {
    en: 'The parts add up to {total} points, and the price is {price, number}. Make them equal.',
    'zh-CN': '各份合计 {total} 积分，而价格为 {price, number} 积分，请调整至相等。',
  },
  JOINT_NOT_FOR_THIS: {
    en: 'A donation, an upgrade of an order and a payment of a bill are one member’s alone. No points were taken; redeem it alone.',
    'zh-CN': '捐赠、订单升级与账单抵扣只能由一人兑换，未扣除积分，请单独兑换。',
  },
  JOINT_NOT_INVITABLE: {
    en: 'Not all whom you named can be invited at the moment. No points were taken. Ask them, or name others.',
    'zh-CN': '您填写的会员中有人目前无法被邀请，未扣除积分，请与对方确认或更换会员。',
  },
  JOINT_TOO_MANY_OPEN: {
    en: 'You have {taken} joint redemptions that wait for others, as many as may. Wait for them, or take one back.',
    'zh-CN': '您有 {taken} 个等待中的合兑，已达上限，请等待其完成或撤回其一。',
  },
  JOINT_TOO_MANY_INVITED: {
    en: 'You may invite {limit} members within a day and have invited {taken}. Try again tomorrow.',
    'zh-CN': '一天内最多可邀请 {limit} 人，您已邀请 {taken} 人，请明天再试。',
  },
  JOINT_ACCEPTED_ALREADY: {
    en: 'You have accepted this already. Your points are set aside until all have.',
    'zh-CN': '您已接受此合兑，积分已预留，待全部参与者接受。',
  },
  JOINT_TRIED_OFTEN: {
    en: 'You have tried this too often. Let your friend start anew.',
    'zh-CN': '尝试次数过多，请由发起人重新发起。',
  },
  JOINT_PLACED: {
    en: 'All have accepted this, and it is placed. She who started it may cancel or return it.',
    'zh-CN': '全部参与者均已接受，兑换已成立，可由发起人取消或退回。',
  },
  JOINT_EXPIRED: {
    en: 'Not all accepted in time. The points of all are back, or about to be.',
    'zh-CN': '未能在期限内全部接受，各人的积分已退回或即将退回。',
  },
  JOINT_DECLINED: {
    en: 'Somebody who was to pay a part declined. The points of all are back, or about to be.',
    'zh-CN': '有参与者拒绝了，各人的积分已退回或即将退回。',
  },
  JOINT_WITHDRAWN: {
    en: 'She who started it took it back. The points of all are back, or about to be.',
    'zh-CN': '发起人已撤回，各人的积分已退回或即将退回。',
  },
  JOINT_CONDITIONS: {
    en: 'When all had accepted, not all could have this reward any more. The points of all are back, or about to be.',
    'zh-CN': '全部接受时，已非所有参与者都符合该权益的条件，各人的积分已退回或即将退回。',
  },
  SPENDING_CAP_EXCEEDED: {
    en: 'That is more than you may spend from the pool of your family this month. Nothing was taken; redeem less, or pay with your own points.',
    'zh-CN': '已超出您本月可使用的家庭积分额度，未扣除任何积分，请减少数量或使用本人积分支付。',
  },
};
