import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of what programmes refuse. */
export const programmesWording: Wording = {
  RATE_ALLOWS_GAIN: {
    en: 'With this rate a member could have more points after converting there and back, at a rate that is or was in force. Nothing was set; choose a lower one.',
    'zh-CN': '按此比例，会员来回转换（含曾经生效的比例）后积分会增多，未予设置，请降低比例。',
  },
  RATE_BEFORE_LAST: {
    en: 'A later version cannot take effect before the one that it follows.',
    'zh-CN': '新版本的生效日不得早于其前一版本。',
  },
  RATE_IN_THE_PAST: {
    en: 'A rate takes effect today or later: what was converted stays as it was.',
    'zh-CN': '转换比例的生效日不得早于今天，已完成的转换不受影响。',
  },
  SAME_UNIT: {
    en: 'Name two different units.',
    'zh-CN': '请填写两个不同的积分单位。',
  },
  PART_OUT_OF_RANGE: {
    en: '{field} must be from {min} to {max}.',
    'zh-CN': '{field} 须为 {min} 至 {max}。',
  },
  CURRENCY_NOT_USABLE: {
    en: 'Give the currency as three capital letters (ISO 4217), such as CNY.',
    'zh-CN': '币种须为三个大写字母（ISO 4217），例如 CNY。',
  },
  CONVERSION_NO_CONVERSION_RATE: {
    en: 'None of the merchants that issued these points converts them into that unit.',
    'zh-CN': '发放这些积分的商家均未提供到该单位的转换。',
  },
  CONVERSION_INSUFFICIENT_POINTS: {
    en: 'You can convert {available, number} points and {missing, number} are missing. Ask for fewer.',
    'zh-CN': '可转换的积分为 {available, number}，还差 {missing, number}，请减少数量。',
  },
  CONVERSION_NOTHING_TO_CONVERT: {
    en: 'So few points do not make one whole point of the other unit. Nothing was taken; ask for more.',
    'zh-CN': '积分数量不足以转换为对方单位的整数积分，未扣除任何积分，请增加数量。',
  },
  CONVERSION_POINTS_OVERFLOW: {
    en: 'That would be more points than can be counted. Nothing was taken; ask for fewer.',
    'zh-CN': '转换后的积分超出可计算范围，未扣除任何积分，请减少数量。',
  },
  CONVERSION_ISSUER_CAP_REACHED: {
    en: 'The merchant cannot issue points of that unit at the moment. Nothing was taken; ask again later with a new key.',
    'zh-CN': '该商家目前不能再发放该单位的积分，未扣除任何积分，请稍后以新的键重试。',
  },
  COVER_NEGATIVE: {
    en: 'A cover is 0 points or more.',
    'zh-CN': '额度须为 0 或以上的积分。',
  },
  CONVERSION_WALLET_FROZEN: {
    en: 'A case freezes these points at the moment. Nothing was taken.',
    'zh-CN': '积分目前处于冻结状态，未扣除任何积分。',
  },
  CONVERSION_WALLET_MERGED: {
    en: 'This account was merged into another one. Convert its points there.',
    'zh-CN': '该账户已合并，请在合并后的账户中转换。',
  },
  CONVERSION_INVALID_COMMAND: {
    en: 'The conversion cannot be read. Nothing was taken.',
    'zh-CN': '无法识别该转换请求，未扣除任何积分。',
  },
};
