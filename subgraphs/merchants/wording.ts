import {
  type Locale,
  type Parameters,
  sharedWording,
  type Wording,
  word,
} from '../../shared/graphql/wording.ts';
import { agesWording } from './ages/wording.ts';
import { complianceWording } from './compliance/wording.ts';
import { disclosureWording } from './disclosure/wording.ts';
import { figuresWording } from './figures/wording.ts';
import { grantsWording } from './grants/wording.ts';
import { importWording } from './import/wording.ts';
import { ordersWording } from './orders/wording.ts';
import { profileWording } from './profile/wording.ts';
import { awardWording } from './rules/award-wording.ts';
import { rulesWording } from './rules/wording.ts';
import { standingWording } from './standing/wording.ts';
import { tillWording } from './till/wording.ts';

/** The sentences of refusals and faults. */
const ownWording: Wording = {
  MERCHANT_NOT_FOUND: {
    en: 'There is no merchant with this id. Check it, or onboard the merchant first.',
    'zh-CN': '不存在该编号的商家，请核对编号或先办理商家入盟。',
  },
  MEMBER_NOT_FOUND: {
    en: 'There is no active member with this id. Check it, or register the member first.',
    'zh-CN': '不存在该编号的有效会员，请核对编号或先注册会员。',
  },
  PURCHASE_NOT_FOUND: {
    en: 'There is no purchase with this id. Check it.',
    'zh-CN': '不存在该编号的订单，请核对编号。',
  },
  LINE_NOT_FOUND: {
    en: '{field} is not a line of this purchase. Lines are numbered from 1.',
    'zh-CN': '{field} 不是该订单的商品行，行号从 1 开始。',
  },
  MEMBERS_UNREACHABLE: {
    en: 'Members cannot be reached at the moment, so the buyer cannot be checked. Ask again with the same key.',
    'zh-CN': '会员服务暂时无法访问，无法核验购买者，请稍后用同一幂等键重试。',
  },
  MERCHANT_NOT_ACTIVE: {
    en: 'The merchant is suspended and issues no points. Points it issued stay good at the others.',
    'zh-CN': '该商家已暂停发放积分，已发放的积分在其他商家仍然有效。',
  },
  ORDER_NUMBER_TAKEN: {
    en: 'Another purchase of this merchant has this order number. Nothing was recorded; use the number of this order.',
    'zh-CN': '该商家的另一笔订单已使用此订单号，未作记录，请使用本订单自己的订单号。',
  },
  ORDER_REPEATED: {
    en: 'Order {orderNumber} stands in this import more than once. Keep the rows of an order together.',
    'zh-CN': '订单 {orderNumber} 在本次导入中出现多次，请将同一订单的各行放在一起。',
  },
  RETURN_EXCEEDS_PURCHASE: {
    en: '{field}: only {left} of it can still come back.',
    'zh-CN': '{field}：最多还可退回 {left} 件。',
  },
  RETURN_WITHOUT_PURCHASE: {
    en: 'The customer has no earlier purchase with {quantity} of {sku} left to take back. Import the earlier purchases first.',
    'zh-CN': '该顾客此前没有可退回 {quantity} 件 {sku} 的订单，请先导入更早的订单。',
  },
  CURRENCY_NOT_USABLE: {
    en: '{field} must be an ISO 4217 code of three capital letters, such as CNY.',
    'zh-CN': '{field} 必须是 ISO 4217 的三位大写字母代码，例如 CNY。',
  },
  UNIT_NOT_USABLE: {
    en: '{field} must have 2 to 32 capital letters, digits or _, begin with a letter, and not be the code of a currency.',
    'zh-CN': '{field} 须为 2 至 32 个大写字母、数字或下划线，以字母开头，且不得为货币代码。',
  },
  EXPIRY_NOT_USABLE: {
    en: '{field} must be from 1 to {max} months, or null for points that never expire.',
    'zh-CN': '{field} 须为 1 至 {max} 个月，永久有效请填 null。',
  },
  TOO_MANY_PROGRAMMES: {
    en: '{field}: a merchant has at most {max} programmes.',
    'zh-CN': '{field}：每个商家最多 {max} 个积分计划。',
  },
  TOO_MANY_PURCHASES: {
    en: '{field}: at most {max} purchases go into one import. Send the rest in another one.',
    'zh-CN': '{field}：每次导入最多 {max} 笔订单，其余请另行提交。',
  },
  NO_LINES: {
    en: '{field} must have at least one line.',
    'zh-CN': '{field} 至少须有一行。',
  },
  TOO_MANY_LINES: {
    en: '{field}: at most {max, number} lines at once.',
    'zh-CN': '{field}：一次最多 {max, number} 行。',
  },
  NOTHING_PAID: {
    en: 'Nothing was paid for it: an amount above 0 is needed to earn points.',
    'zh-CN': '未支付金额：金额须大于 0 才能获得积分。',
  },
  DAYS_NOT_BOTH: {
    en: '{field} is missing: say the first and the last day for which the line is bought, or neither.',
    'zh-CN': '缺少 {field}：请同时填写使用的首日与末日，或都不填。',
  },
  DAYS_NOT_IN_ORDER: {
    en: '{field} is before the first day. Say the last day for which the line is bought.',
    'zh-CN': '{field} 早于首日，请填写使用的末日。',
  },
  AMOUNT_NEGATIVE: {
    en: '{field} must not be negative. Record what comes back as a return.',
    'zh-CN': '{field} 不能为负数，退货请按退货登记。',
  },
  AMOUNT_TOO_LARGE: {
    en: '{field}: an order totals at most 1 billion yuan (100,000,000,000 in the smallest unit). Check the amounts.',
    'zh-CN': '{field}：单笔订单总额最多 10 亿元（最小货币单位 100,000,000,000），请核对金额。',
  },
  POINTS_TOO_MANY: {
    en: '{field}: one order earns at most {max, number} points over all programmes. Check the amounts and the rates.',
    'zh-CN': '{field}：单笔订单在全部积分计划中最多积 {max, number} 分，请核对金额与积分比例。',
  },
  TERM_TOO_LARGE: {
    en: '{field} is at most {max, number}. State the rate in smaller numbers.',
    'zh-CN': '{field} 最大为 {max, number}，请用较小的数字表示该比例。',
  },
  UNIT_TAKEN: {
    en: '{field}: another merchant has points of the unit {unit}. Choose another unit, or ALLIANCE.',
    'zh-CN': '{field}：积分单位 {unit} 已被其他商家使用，请另选单位，或使用 ALLIANCE。',
  },
  PURCHASED_IN_FUTURE: {
    en: '{field} is in the future. Check the date and its time zone.',
    'zh-CN': '{field} 晚于当前时间，请核对日期与时区。',
  },
  PURCHASED_TOO_EARLY: {
    en: '{field} is before {earliest}. Check the year.',
    'zh-CN': '{field} 早于 {earliest}，请核对年份。',
  },
  CUSTOMER_NOT_USABLE: {
    en: 'The customer number must have 1 to {max} characters and no blanks around it.',
    'zh-CN': '顾客编号须为 1 至 {max} 个字符，首尾不得有空白。',
  },
};

/** The sentences of this subgraph, for answers and for reports of imports. */
export const wording: Wording = {
  ...ownWording,
  ...importWording,
  ...rulesWording,
  ...disclosureWording,
  ...awardWording,
  ...complianceWording,
  ...standingWording,
  ...grantsWording,
  ...ordersWording,
  ...profileWording,
  ...tillWording,
  ...figuresWording,
  ...agesWording,
};

const all: Wording = { ...sharedWording, ...wording };

/** A sentence of this subgraph or of all of them. */
export const sentence = (code: string, locale: Locale, parameters: Parameters): string =>
  word(all, code, locale, parameters);
