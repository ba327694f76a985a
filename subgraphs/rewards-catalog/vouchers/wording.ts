import type { Wording } from '../../../shared/graphql/wording.ts';

/** What counters and members are told of vouchers. */
export const voucherWording: Wording = {
  VOUCHER_VOID: {
    en: 'This voucher is void: its redemption was cancelled, and the points went back.',
    'zh-CN': '该券已作废：对应的兑换已取消，积分已退回。',
  },
  VOUCHER_REPLACED: {
    en: 'This code was replaced and is good no more. Ask the member to show the new one.',
    'zh-CN': '该券码已更换，不再有效，请会员出示新的券码。',
  },
  VOUCHER_REPLACED_TOO_OFTEN: {
    en: 'This voucher has had {max} new codes already. Let the operator look into it.',
    'zh-CN': '该券已更换过 {max} 次券码，请联系运营方处理。',
  },
  VOUCHER_ORDER_FULL: {
    en: 'Order {orderNumber} takes no more vouchers: its vouchers allow no other one beside them. Nothing was used; use this one with another order.',
    'zh-CN': '订单 {orderNumber} 可用券数已达上限，本券未被使用，请用于其他订单。',
  },
  VOUCHER_OF_REDEMPTION_NOT_FOUND: {
    en: 'There is no voucher of a redemption with this id. Check it.',
    'zh-CN': '不存在该兑换编号对应的券，请核对编号。',
  },
  VOUCHER_BELOW_THRESHOLD: {
    en: 'This voucher is for orders from {threshold} on; {missing} of goods that count are missing. Nothing was used.',
    'zh-CN': '该券须满 {threshold} 方可使用，计入的商品还差 {missing}，本券未被使用。',
  },
  VOUCHER_OUT_OF_SCOPE: {
    en: 'Nothing in this order is what the voucher is for: {scope}. Nothing was used.',
    'zh-CN': '订单中没有该券适用的商品（适用：{scope}），本券未被使用。',
  },
  VOUCHER_NOT_IN_STORE: {
    en: 'This voucher is not good here, but at: {scope}. Nothing was used.',
    'zh-CN': '该券不适用于此处（适用：{scope}），本券未被使用。',
  },
  VALID_UNTIL_NOT_LATER: {
    en: '{field} must be later than {day}: a voucher is never made shorter.',
    'zh-CN': '{field} 须晚于 {day}：券的有效期只能延长。',
  },
  VALID_UNTIL_OUT_OF_RANGE: {
    en: '{field} must be after today and at most {day}.',
    'zh-CN': '{field} 须晚于今日，且不晚于 {day}。',
  },
  ORDER_NEEDED: {
    en: '{field} is missing: this voucher is for certain orders only. Scan it with the bill.',
    'zh-CN': '缺少 {field}：该券仅适用于特定订单，请连同账单一起核销。',
  },
  ORDER_TOTAL_NEEDED: {
    en: '{field} is missing: this voucher is for orders of a least amount. State the total or the lines.',
    'zh-CN': '缺少 {field}：该券有最低消费要求，请提供订单总额或商品明细。',
  },
  ORDER_LINES_NEEDED: {
    en: '{field} is missing: this voucher is for certain goods. State the lines with sku and category.',
    'zh-CN': '缺少 {field}：该券仅适用于特定商品，请提供商品编号与类别。',
  },
  ORDER_STORE_NEEDED: {
    en: '{field} is missing: this voucher is good at certain places. State the store or the station.',
    'zh-CN': '缺少 {field}：该券仅适用于特定门店或充电站，请注明地点。',
  },
  ORDER_CURRENCY_DIFFERS: {
    en: '{field} must be {currency}, as the voucher is.',
    'zh-CN': '{field} 须为 {currency}，与券的币种一致。',
  },
  ORDER_TOO_LONG: {
    en: '{field}: at most {max, number} lines.',
    'zh-CN': '{field} 最多 {max, number} 行。',
  },
  ORDER_AMOUNT_TOO_LARGE: {
    en: '{field} is larger than any order.',
    'zh-CN': '{field} 超出订单金额范围。',
  },
};
