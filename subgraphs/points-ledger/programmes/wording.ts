import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of what programmes refuse. */
export const programmesWording: Wording = {
  RATE_ALLOWS_GAIN: {
    en: 'With this rate a member could have more points after converting there and back, at a rate that is or was in force. Nothing was set; choose a lower one.',
    'zh-CN': '按此比例，会员来回转换（含曾经生效的比例）后积分会增多，未予设置，请降低比例。',
  },
  RATE_TOO_FAR: {
    en: 'A rate takes effect within {max, number} days: choose an earlier day.',
    'zh-CN': '转换比例须在 {max, number} 天内生效，请选择较早的日期。',
  },
  PRICE_TOO_HIGH: {
    en: 'A point costs at most {max, number} of the smallest unit of its currency. Check the price and for how many points it is.',
    'zh-CN': '每积分价格不得超过 {max, number}（以币种最小单位计），请核对价格及其对应的积分数量。',
  },
  IMPORT_TOO_LARGE: {
    en: 'An import has at most {max, number} points, and they cost at most as many fen. Check the rows, or split the import.',
    'zh-CN': '单次导入积分总数不得超过 {max, number}，其成本（分）亦同。请核对各行，或拆分导入。',
  },
  IMPORT_NOT_STATED: {
    en: 'The totals of this import were not stated yet, or it was decided before. Look at its state.',
    'zh-CN': '该导入尚未申报总数，或已作出决定，请查看其状态。',
  },
  IMPORT_NOT_FOUND: { en: 'There is no import with this id.', 'zh-CN': '没有此编号的导入。' },
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
  COVER_NOT_FOUND: {
    en: 'This issuer has no cover for points of that unit.',
    'zh-CN': '该发放方在此积分单位下没有额度。',
  },
  COVER_NEGATIVE: {
    en: 'A cover is 0 points or more.',
    'zh-CN': '额度须为 0 或以上的积分。',
  },
  CONVERSION_POOL_WALLET: {
    en: "Points of a family's pool are not converted. Take your share out first.",
    'zh-CN': '家庭积分池中的积分不能转换，请先取出自己的部分。',
  },
  IMPORT_ROWS_OR_CSV: {
    en: 'Give either rows or csv.',
    'zh-CN': 'rows 与 csv 请二选一。',
  },
  IMPORT_TOO_MANY_ROWS: {
    en: 'One call takes 1 to {max, number} rows. Send more of them in further calls with the same import id.',
    'zh-CN': '每次请求须为 1 至 {max, number} 行，其余行请以相同的导入编号分次提交。',
  },
  IMPORT_CSV_NOT_USABLE: {
    en: 'The text cannot be read as CSV with the columns member, points, expiresOn and price: {detail}',
    'zh-CN': '无法按包含 member、points、expiresOn、price 列的 CSV 读取：{detail}',
  },
  IMPORT_OF_OTHERS: {
    en: 'This import id belongs to another merchant or unit. Choose a new one.',
    'zh-CN': '该导入编号属于其他商家或积分单位，请使用新的编号。',
  },
  IMPORT_CLOSED: {
    en: 'The rows of this import are complete and being booked. Bring further ones with a new import id.',
    'zh-CN': '该导入的数据已完整并正在记账，其余数据请使用新的导入编号。',
  },
  RECONCILIATION_DIFFERS: {
    en: 'The rows add up to {rows, number} rows and {points, number} points, which is not what was stated. Nothing was booked; correct the rows or the totals and ask again with a new key.',
    'zh-CN':
      '数据合计为 {rows, number} 行、{points, number} 积分，与申报总数不符，未记账。请更正数据或总数后以新的键重试。',
  },
  ISSUER_CAP_REACHED: {
    en: 'The merchant has as many points open as its cover reaches for.',
    'zh-CN': '商家未兑付的积分已达额度上限。',
  },
  POINTS_OVERFLOW: {
    en: 'The member would have more points than can be counted.',
    'zh-CN': '会员的积分将超出可计算范围。',
  },
  WALLET_MERGED: {
    en: 'The account of the member was merged into another one.',
    'zh-CN': '该会员账户已合并。',
  },
  INVALID_COMMAND: {
    en: 'The points lapsed before they were booked.',
    'zh-CN': '积分在记账前已过期。',
  },
  ROW_NOT_USABLE: { en: 'A row number is 1 or more.', 'zh-CN': '行号须为 1 或以上。' },
  ROW_TWICE: { en: 'The row was given twice.', 'zh-CN': '该行重复提交。' },
  ROW_DIFFERS: {
    en: 'The row was given before with other values.',
    'zh-CN': '该行此前已提交，但内容不同。',
  },
  BALANCE_TWICE: {
    en: 'The member has a row with this expiry and price already.',
    'zh-CN': '该会员已有相同到期日与价格的一行。',
  },
  MEMBER_UNKNOWN: {
    en: 'There is no active member with this id.',
    'zh-CN': '不存在该编号的有效会员。',
  },
  POINTS_NOT_USABLE: {
    en: 'Points are a whole number from 1 to 1,000,000,000.',
    'zh-CN': '积分须为 1 至 1,000,000,000 的整数。',
  },
  PRICE_NOT_USABLE: {
    en: 'A price is written as 80/100 CNY: so many fen for so many points. A point costs at most 1,000,000 and a row 1,000,000,000 of the smallest unit.',
    'zh-CN':
      '价格应写作 80/100 CNY，即每若干积分对应若干分；每积分不超过 1,000,000，每行合计不超过 1,000,000,000（以币种最小单位计）。',
  },
  EXPIRY_NOT_USABLE: {
    en: 'An expiry is a day such as 2027-12-31, or empty for never.',
    'zh-CN': '到期日应写作 2027-12-31，永久有效则留空。',
  },
  ALREADY_EXPIRED: { en: 'The points have lapsed already.', 'zh-CN': '积分已经过期。' },
  MEMBERS_UNREACHABLE: {
    en: 'Members cannot be looked up at the moment. Ask again with the same key.',
    'zh-CN': '目前无法查询会员，请以相同的键重试。',
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
