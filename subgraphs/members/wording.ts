import type { Wording } from '../../shared/graphql/wording.ts';

/** The sentences of this subgraph: its refusals, its faults, and why a member has her tier. */
export const wording: Wording = {
  MEMBER_NOT_FOUND: {
    en: 'There is no active member with this id. Check the id.',
    'zh-CN': '不存在该编号的有效会员，请核对编号。',
  },
  PHONE_TAKEN: {
    en: 'A member with this phone exists already. Sign in instead of registering.',
    'zh-CN': '该手机号已注册会员，请直接登录。',
  },
  PHONE_NOT_USABLE: {
    en: 'Give the phone number with its country code, such as +8613800138000.',
    'zh-CN': '请填写带国家代码的手机号，例如 +8613800138000。',
  },
  INVITATION_UNKNOWN: {
    en: 'This is no invitation of a member. Ask for a new one, or register without it.',
    'zh-CN': '该邀请无效。请让邀请人重新发送，或不使用邀请直接注册。',
  },
  INVITATION_DEVICE_KNOWN: {
    en: 'Somebody has registered with this device already, so it takes no invitation. Register without it: nothing else is lost.',
    'zh-CN': '此设备已有会员注册，不能再使用邀请。您可以不使用邀请直接注册，其他权益不受影响。',
  },
  DEVICE_NEEDED: {
    en: 'An invitation needs the device (`deviceId`), so that one person is not taken for two.',
    'zh-CN': '使用邀请注册须提供设备标识（deviceId），以免同一人重复获得邀请奖励。',
  },
  LOCALE_UNKNOWN: {
    en: 'This language is not spoken here. Choose one of: {known}.',
    'zh-CN': '暂不支持该语言，请选择其一：{known}。',
  },
  CONSENT_NOT_FOUND: {
    en: 'No consent for this purpose stands, so there is nothing to withdraw.',
    'zh-CN': '该用途下没有有效的同意，无需撤回。',
  },
  ALREADY_IN_FAMILY: {
    en: 'A member belongs to one family at a time. Leave the present one first.',
    'zh-CN': '每位会员同一时间只能加入一个家庭，请先退出当前家庭。',
  },
  ALREADY_IN_THIS_FAMILY: {
    en: 'She belongs to this family already. There is no one to invite.',
    'zh-CN': '该会员已在本家庭中，无需邀请。',
  },
  NOT_IN_FAMILY: {
    en: 'The member belongs to no family. Create one first.',
    'zh-CN': '该会员尚未加入家庭，请先创建家庭。',
  },
  FAMILY_FULL: {
    en: 'A family has at most {max} members, and this one has them.',
    'zh-CN': '一个家庭最多 {max} 位成员，该家庭已满。',
  },
  INVITATION_NOT_FOUND: {
    en: 'There is no open invitation with this id for her. It may have expired: ask for a new one.',
    'zh-CN': '没有发给该会员的有效邀请，可能已过期，请重新邀请。',
  },
  TOO_MANY_CUSTOMERS: {
    en: 'Ask for at most {max} customers at a time.',
    'zh-CN': '每次最多处理 {max} 个顾客编号。',
  },
  CUSTOMER_NOT_USABLE: {
    en: 'A customer number has 1 to {max} characters and no blanks around it.',
    'zh-CN': '顾客编号的长度须为 1 至 {max} 个字符，首尾不得有空白。',
  },
  NAMELESS_MEMBER: { en: 'Customer', 'zh-CN': '顾客' },
  TIER_EXPLAINED: {
    en: '{tier}: {points, number} qualifying points were earned from {from} to {to}, and {tier} needs {threshold, number}. {next} needs {nextThreshold, number}: {missing, number} more. Only points earned by purchases count, less returns; spending points changes nothing.',
    'zh-CN':
      '{tier}：{from} 至 {to} 累计定级积分 {points, number} 分，{tier}门槛为 {threshold, number} 分。{next}门槛为 {nextThreshold, number} 分，还差 {missing, number} 分。仅消费获得的积分计入（扣除退货），兑换积分不影响等级。',
  },
  HIGHEST_TIER_EXPLAINED: {
    en: '{tier}: {points, number} qualifying points were earned from {from} to {to}, and {tier} needs {threshold, number}. It is the highest tier. Only points earned by purchases count, less returns; spending points changes nothing.',
    'zh-CN':
      '{tier}：{from} 至 {to} 累计定级积分 {points, number} 分，{tier}门槛为 {threshold, number} 分，已是最高等级。仅消费获得的积分计入（扣除退货），兑换积分不影响等级。',
  },
};
