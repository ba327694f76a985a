import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of merged accounts. */
export const mergeWording: Wording = {
  MERGE_INTO_SELF: {
    en: 'Name two accounts: one cannot be merged into itself.',
    'zh-CN': '须填写两个不同的账户，账户不能并入其自身。',
  },
  MERGE_POOL_WALLET: {
    en: 'The pool of a family is nobody’s account. Name two members.',
    'zh-CN': '家庭账户不属于个人，请填写两位会员。',
  },
  MERGE_WALLET_MERGED: {
    en: 'One of these accounts was merged into another one before. Name that one instead.',
    'zh-CN': '其中一个账户此前已并入其他账户，请改填合并后的账户。',
  },
  MERGE_HAS_MERGED: {
    en: 'Another account was merged into the one that is to end. Merge the two the other way round.',
    'zh-CN': '拟终止的账户此前已并入过其他账户，请对调两个账户后再合并。',
  },
  MERGE_WALLET_FROZEN: {
    en: 'A case against one of these accounts is open. Decide it first.',
    'zh-CN': '其中一个账户有尚未处理完毕的案件，请先处理。',
  },
  MERGE_HOLD_OPEN: {
    en: 'Points of the account that is to end are set aside for a redemption. Wait until it is done or given up.',
    'zh-CN': '拟终止账户有积分正用于兑换而被预留，请待该兑换完成或取消后再合并。',
  },
  MERGE_IN_FAMILY: {
    en: 'The account that is to end belongs to a family. Have it leave the family first: what it put into the pool comes back to it, also after the merge.',
    'zh-CN':
      '拟终止账户是家庭成员，请先退出家庭；其归集到家庭账户的积分将退回（合并后亦会退至合并后的账户）。',
  },
  MERGE_POINTS_OVERFLOW: {
    en: 'Together the accounts would have more points than can be counted.',
    'zh-CN': '两个账户的积分合计将超出可计数范围。',
  },
  MERGE_NOT_FOUND: { en: 'There is no merge with this id.', 'zh-CN': '不存在该编号的账户合并。' },
  MERGE_NOT_READY: {
    en: 'This merge was decided before: it is {state}.',
    'zh-CN': '该账户合并已处理，状态为 {state}。',
  },
  MEMBER_MERGED: {
    en: 'This account was merged into the one of member {into}. Name that one.',
    'zh-CN': '该账户已并入会员 {into} 的账户，请改填该会员。',
  },
};
