import {
  type Locale,
  type Parameters,
  sharedWording,
  type Wording,
  word,
} from '../../shared/graphql/wording.ts';
import { aftersalesWording } from './aftersales/wording.ts';
import { donationWording } from './donations/wording.ts';
import { incidentWording } from './incidents/wording.ts';
import { insightWording } from './insight/wording.ts';
import { jointWording } from './joint/wording.ts';
import { offerWording } from './offers/wording.ts';
import { reminderWording } from './reminders/wording.ts';
import { tillWording } from './till/wording.ts';
import { voucherWording } from './vouchers/wording.ts';
import { webhookWording } from './webhooks/wording.ts';
import { welcomeWording } from './welcome/wording.ts';

const ownWording: Wording = {
  REWARD_NOT_FOUND: {
    en: 'There is no reward with this id. Choose one from the catalogue.',
    'zh-CN': '不存在该编号的权益，请从权益目录中选择。',
  },
  MEMBER_NOT_FOUND: {
    en: 'There is no active member with this id.',
    'zh-CN': '不存在该编号的有效会员。',
  },
  MERCHANT_NOT_FOUND: {
    en: 'There is no merchant with this id.',
    'zh-CN': '不存在该编号的商家。',
  },
  VOUCHER_NOT_FOUND: {
    en: 'This merchant has no voucher with this code. Check the code, and where it is good.',
    'zh-CN': '该商家没有此券码，请核对券码及其适用商家。',
  },
  SELLER_SUSPENDED: {
    en: 'This merchant is suspended at the moment and publishes nothing. Nothing was published; ask the operator.',
    'zh-CN': '该商家目前已暂停，不能刊登兑换品，未作任何刊登。请联系运营方。',
  },
  STOCK_OUT_OF_RANGE: {
    en: '{field} is 0 to {max}; leave it out for a reward without a limit.',
    'zh-CN': '{field} 须为 0 至 {max}；不限量的请省略。',
  },
  MERCHANT_SUSPENDED: {
    en: 'The merchant is suspended at the moment. No points were taken; choose a reward of another one.',
    'zh-CN': '该商家目前已暂停服务，未扣除积分，请选择其他商家的权益。',
  },
  UNIT_NOT_OWN: {
    en: 'A reward is priced in ALLIANCE points or in a unit that the merchant issues itself.',
    'zh-CN': '权益只能以通兑积分（ALLIANCE）或商家自有计划的积分定价。',
  },
  REWARD_DELISTED: {
    en: 'This reward is not offered any more. No points were taken; choose another one.',
    'zh-CN': '该权益已下架，未扣除积分，请选择其他权益。',
  },
  SOLD_OUT: {
    en: 'There are not so many left of this reward. No points were taken; ask for fewer or choose another one.',
    'zh-CN': '该权益库存不足，未扣除积分，请减少数量或选择其他权益。',
  },
  INSUFFICIENT_POINTS: {
    en: 'You can spend {available, number} points and need {missing, number} more. Collect them first, or choose another reward.',
    'zh-CN':
      '可用积分为 {available, number}，还差 {missing, number} 积分，请继续累积或选择其他权益。',
  },
  WALLET_FROZEN: {
    en: 'Your points are frozen by a case that is under way. Nothing was taken. Your wallet shows the case, until when it is decided, and how to appeal.',
    'zh-CN':
      '您的积分因正在处理的案件被冻结，未扣除任何积分。请在钱包中查看案件、处理期限与申诉方式。',
  },
  WALLET_MERGED: {
    en: 'This account was merged into another one of yours, which has the points. Nothing was taken; sign in with that one.',
    'zh-CN': '此账户已并入您的另一个账户，积分在该账户中，未扣除任何积分，请使用该账户登录。',
  },
  POINTS_NOT_ACCEPTED: {
    en: 'The points could not be set aside for this reward. Nothing was taken.',
    'zh-CN': '无法为该权益预留积分，未扣除任何积分。',
  },
  REDEMPTION_OUT_OF_TIME: {
    en: 'The redemption could not be finished in time. Points and stock are back; ask again with a new key.',
    'zh-CN': '兑换未能及时完成，积分与库存已退回，请使用新的幂等键重新兑换。',
  },
  QUANTITY_OUT_OF_RANGE: {
    en: '{field} must be from 1 to {max}.',
    'zh-CN': '{field} 须为 1 至 {max}。',
  },
  PRICE_TOO_LARGE: {
    en: 'So many of this reward cost more points than can be counted. Ask for fewer.',
    'zh-CN': '所需积分超出可计算范围，请减少数量。',
  },
  AMOUNT_NEGATIVE: {
    en: '{field} must not be negative.',
    'zh-CN': '{field} 不得为负数。',
  },
  UNIT_NOT_USABLE: {
    en: '{field} is ALLIANCE or the own unit of a programme: capital letters, digits and _.',
    'zh-CN': '{field} 须为 ALLIANCE 或计划自有单位，仅限大写字母、数字和下划线。',
  },
  CURRENCY_NOT_USABLE: {
    en: '{field} must be a currency code of three letters, such as CNY.',
    'zh-CN': '{field} 须为三个字母的货币代码，例如 CNY。',
  },
  VALID_DAYS_OUT_OF_RANGE: {
    en: '{field} must be from 1 to {max} days.',
    'zh-CN': '{field} 须为 1 至 {max} 天。',
  },
  STOCK_NOT_LIMITED: {
    en: 'The stock of this reward is not limited, so there is nothing to adjust.',
    'zh-CN': '该权益不限库存，无需调整。',
  },
  STOCK_CHANGE_OUT_OF_RANGE: {
    en: '{field} must not be 0, and the stock must stay below {max, number}.',
    'zh-CN': '{field} 不得为 0，且库存不得超过 {max, number}。',
  },
  STOCK_TOO_SMALL: {
    en: 'There is less in stock than is to be taken. Nothing was changed; look at the stock and ask again.',
    'zh-CN': '现有库存少于要减少的数量，未作更改，请查看库存后重试。',
  },
  VOUCHER_CODE_MISTYPED: {
    en: 'This is no voucher code: a sign is wrong or missing. Scan or type it again.',
    'zh-CN': '券码有误：有字符错误或缺失，请重新扫描或输入。',
  },
  VOUCHER_USED: {
    en: 'This voucher has been used already.',
    'zh-CN': '该券已被使用。',
  },
  VOUCHER_NOT_TODAY: {
    en: 'This voucher cannot be used on {weekday, select, 1 {Mondays} 2 {Tuesdays} 3 {Wednesdays} 4 {Thursdays} 5 {Fridays} 6 {Saturdays} other {Sundays}}. It can be used next on {day}.',
    'zh-CN':
      '该券{weekday, select, 1 {周一} 2 {周二} 3 {周三} 4 {周四} 5 {周五} 6 {周六} other {周日}}不可使用，下一个可用日为 {day}。',
  },
  WEEKDAYS_NOT_USABLE: {
    en: '{field}: name each day once, from 1 (Monday) to 7 (Sunday). Leave it out for every day.',
    'zh-CN': '{field} 须为 1（周一）至 7（周日），每天至多写一次；每天可用时请留空。',
  },
  VOUCHER_EXPIRED: {
    en: 'This voucher has not been good since {day}.',
    'zh-CN': '该券自 {day} 起已失效。',
  },
};

/** What this subgraph may have to say. */
export const wording: Wording = {
  ...ownWording,
  ...aftersalesWording,
  ...incidentWording,
  ...donationWording,
  ...welcomeWording,
  ...insightWording,
  ...jointWording,
  ...offerWording,
  ...reminderWording,
  ...tillWording,
  ...voucherWording,
  ...webhookWording,
};

const all: Wording = { ...sharedWording, ...wording };

/** A sentence of this subgraph or of all of them. */
export const sentence = (code: string, locale: Locale, parameters: Parameters): string =>
  word(all, code, locale, parameters);
