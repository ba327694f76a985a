import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of transfers, family pools and merged accounts. */
export const sharingWording: Wording = {
  TOO_MANY_MOVES: {
    en: 'So many points were moved today ({max, number} entries) that no more are until tomorrow. Nothing was moved; ask again then, with a new key.',
    'zh-CN':
      '今日积分变动已达 {max, number} 笔，当日不再转移，未发生任何变动，请明日以新的键重试。',
  },
  NOT_TRANSFERABLE: {
    en: 'These points cannot be passed on: the merchant that issued them does not allow it.',
    'zh-CN': '这些积分不可转让：发放商家未约定可转让。',
  },
  NOT_FAMILY: {
    en: 'The merchant allows these points to be passed on within a family only. Make a family with this member first.',
    'zh-CN': '发放商家仅允许在家庭成员之间转让这些积分，请先与该会员组成家庭。',
  },
  NOT_TRANSFEREE: {
    en: 'This member is not registered to get these points from you. Have her registered first.',
    'zh-CN': '该会员尚未登记为您这些积分的受让人，请先登记。',
  },
  TRANSFEREE_NOT_YET: {
    en: 'You may pass these points on to this member, but not yet: the merchant asks for some days after the registration.',
    'zh-CN': '该会员登记后尚未满发放商家规定的天数，暂不能受让这些积分。',
  },
  NOT_IN_FAMILY: {
    en: 'You do not belong to this family.',
    'zh-CN': '您不是该家庭的成员。',
  },
  WALLET_FROZEN: {
    en: 'These points are frozen while a case is examined. See the case for the reason and how to appeal.',
    'zh-CN': '积分因核查处于冻结状态，原因及申诉方式请查看相应案件。',
  },
  WALLET_MERGED: {
    en: 'This account was merged into another one. Use that one.',
    'zh-CN': '该账户已并入另一账户，请使用后者。',
  },
  MOVE_INSUFFICIENT_POINTS: {
    en: 'There are {available, number} points that can be moved, {missing, number} fewer than asked for.',
    'zh-CN': '可转出的积分为 {available, number}，比所需少 {missing, number}。',
  },
  MOVE_NOTHING_TO_WITHDRAW: {
    en: 'Nothing of what you put into this pool is left.',
    'zh-CN': '您归集到该家庭账户的积分已无剩余。',
  },
  NOT_ANOTHER_MEMBER: {
    en: 'Name another member here, not yourself and not a family.',
    'zh-CN': '此处须填写另一位会员，不能是本人或家庭。',
  },
  POINTS_OVERFLOW: {
    en: 'The receiver would have more points than can be counted. Move fewer.',
    'zh-CN': '转入后积分数将超出可计数范围，请减少数量。',
  },
  CAP_NEGATIVE: {
    en: 'A limit is 0 points or more; leave it out to spend without one.',
    'zh-CN': '限额须为 0 或以上的积分；不设限额请留空。',
  },
  OUT_OF_BOUNDS: {
    en: 'Choose a number from 0 to {max}.',
    'zh-CN': '请填写 0 至 {max} 之间的数。',
  },
  TRANSFEREES_FULL: {
    en: 'At most {max} members can be registered for these points. Remove one first.',
    'zh-CN': '这些积分最多可登记 {max} 位受让人，请先移除一位。',
  },
};
