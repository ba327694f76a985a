import type { Wording } from '../../../shared/graphql/wording.ts';

/** What counters and members are told of vouchers. */
export const voucherWording: Wording = {
  VOUCHER_STAFF_MAY_NOT: {
    en: 'You take no orders there, so you use no vouchers there. If you work at one store, name it in the order; else ask the owner of the merchant. Nothing was used.',
    'zh-CN':
      '您无权在此收银，因此不能核销券。如您仅在某一门店工作，请在订单中注明该门店；否则请联系商家负责人。本券未被使用。',
  },
  VOUCHER_VOID: {
    en: 'This voucher is void: its redemption was cancelled, and the points went back.',
    'zh-CN': '该券已作废：对应的兑换已取消，积分已退回。',
  },
  VOUCHER_OF_DONATION: {
    en: 'This is the certificate of a donation. It is handed over by a delivery report, not at a counter.',
    'zh-CN': '这是捐赠凭证，由商家通过交付报告交付，不在柜台核销。',
  },
  VOUCHER_OF_OTHER_ORDER: {
    en: 'This upgrade was had for another order. Name the order that it was had for; nothing was used.',
    'zh-CN': '该升级权益对应另一订单，请填写兑换时所选的订单，本次未核销。',
  },
  VOUCHER_NOT_YET: {
    en: 'This voucher is for a time that is booked: it is good on {day}. It was not used.',
    'zh-CN': '该券对应已预约的时段，{day} 方可使用，本次未核销。',
  },
  VOUCHER_ENDS_WITH_STAY: {
    en: 'This voucher is had during the use of an order and ends with it (S16), so it is not made longer. Return it for a fault of yours: all points come back.',
    'zh-CN':
      '该券仅限订单使用期间享用，随之结束，不能延期。如因商家原因未能使用，请按商家过错办理退回，积分全部退还。',
  },
  SLOT_BEGUN: {
    en: 'The time that was booked has begun, and nobody else can have the place. If it could not be had as promised, tell the merchant or the operator: then all points come back.',
    'zh-CN':
      '所预约的时段已开始，名额无法再给他人。如未能按约提供，请联系商家或运营方，积分将全部退回。',
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
  OFFLINE_LIST_UNKNOWN: {
    en: '{field} is no list of this merchant. Take it from the list by which the vouchers were accepted.',
    'zh-CN': '{field} 不是该商家的清单编号，请使用验券时所依据的清单编号。',
  },
  OFFLINE_USES_COUNT: {
    en: '{field}: report 1 to {max} uses at a time.',
    'zh-CN': '{field} 每次须上报 1 至 {max} 笔。',
  },
  OFFLINE_USE_TO_COME: {
    en: '{field} is still to come. Set the clock of the till.',
    'zh-CN': '{field} 晚于当前时间，请校准收银机时钟。',
  },
  OFFLINE_SETTLED: {
    en: 'The voucher is used up by it.',
    'zh-CN': '该券已据此核销。',
  },
  OFFLINE_UNKNOWN_CODE: {
    en: 'No voucher of this merchant has this code. The till must accept only what is on the list.',
    'zh-CN': '该商家没有此券码，收银机只应接受清单上的券。',
  },
  OFFLINE_VOID: {
    en: 'The redemption was cancelled and the points went back, so the voucher cannot be used up.',
    'zh-CN': '对应的兑换已取消、积分已退回，该券无法核销。',
  },
  OFFLINE_REPLACED: {
    en: 'The code had been replaced before it was accepted: the voucher stays good by its new code.',
    'zh-CN': '验券前该券码已被更换，该券凭新券码仍然有效。',
  },
  OFFLINE_USED_ONLINE: {
    en: 'The voucher was used online with another order.',
    'zh-CN': '该券已在线用于其他订单。',
  },
  OFFLINE_USED_OFFLINE: {
    en: 'The voucher was accepted without network with another order.',
    'zh-CN': '该券已在离线时用于其他订单。',
  },
  OFFLINE_OUTSIDE_LIST: {
    en: 'The voucher is used up by it, though the list did not hold at that time. Fetch a list each day.',
    'zh-CN': '该券已据此核销，但当时清单不在有效期内，请每日更新清单。',
  },
  OFFLINE_EXPIRED: {
    en: 'The voucher is used up by it, though its days were over.',
    'zh-CN': '该券已据此核销，但使用时已过有效期。',
  },
  OFFLINE_NOT_THAT_DAY: {
    en: 'The voucher is used up by it, though it is not good on that day.',
    'zh-CN': '该券已据此核销，但当日并非可用日。',
  },
  OFFLINE_ORDER_NOT_TOLD: {
    en: 'The voucher is used up by it, though the order was not told as far as the voucher asks: total, lines or store.',
    'zh-CN': '该券已据此核销，但未提供券所要求的订单信息（总额、商品明细或地点）。',
  },
  OFFLINE_BELOW_THRESHOLD: {
    en: 'The voucher is used up by it, though the order was below its threshold.',
    'zh-CN': '该券已据此核销，但订单未达使用门槛。',
  },
  OFFLINE_OUT_OF_SCOPE: {
    en: 'The voucher is used up by it, though it is for other goods or for another place.',
    'zh-CN': '该券已据此核销，但不适用于该商品或地点。',
  },
  OFFLINE_ORDER_FULL: {
    en: 'The voucher is used up by it, though the order had more vouchers than they allow.',
    'zh-CN': '该券已据此核销，但该订单用券数超出上限。',
  },
};
