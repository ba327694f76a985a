import type { Wording } from '../../../shared/graphql/wording.ts';

/** What is said of redemptions that are handed over, cancelled or given back. */
export const aftersalesWording: Wording = {
  REDEMPTION_NOT_FOUND: {
    en: 'There is no redemption with this id. Check it in the list of redemptions.',
    'zh-CN': '不存在该编号的兑换，请在兑换列表中核对。',
  },
  CANCELLED_ON_REQUEST: {
    en: 'It was cancelled as the member wished. Points and stock go back.',
    'zh-CN': '已按会员要求取消，积分与库存予以退回。',
  },
  CANCELLED_ALREADY: {
    en: 'This redemption is cancelled already. Its timeline shows why, and when its points went back.',
    'zh-CN': '该兑换已取消，原因与积分退回时间请见其进度记录。',
  },
  HANDED_OVER_ALREADY: {
    en: 'The merchant has handed it over already, so it cannot be cancelled. It can be returned.',
    'zh-CN': '商家已交付，无法取消，可申请退货。',
  },
  DONATION_HANDED_OVER: {
    en: 'The charity has been given this donation, as its delivery report says, so it does not come back.',
    'zh-CN': '该笔捐赠已按交付报告交给慈善组织，不能退回。',
  },
  RETURN_IS_HERS: {
    en: 'The member has not received it, so it is hers to give it back. If you cannot provide it, record your fault: all points come back.',
    'zh-CN': '会员尚未领取，应由会员本人申请退回。如您无法提供，请按商家过错登记，积分全部退还。',
  },
  FULFILLED_ALREADY: {
    en: 'It is recorded as handed over already. If something is wrong with it, record a return.',
    'zh-CN': '已登记交付，无需重复。如有问题，请登记退货。',
  },
  FULFILLED_AT_ONCE: {
    en: 'This redemption brought a voucher at once. There is nothing to hand over; use the voucher.',
    'zh-CN': '该兑换已即时发放券码，无需另行交付，请核销券码。',
  },
  POINTS_NOT_HELD_YET: {
    en: 'The points for it are not set aside yet, so do not hand it over. Ask again in a moment with a new key.',
    'zh-CN': '所需积分尚未预留，请勿交付，稍后请用新的幂等键重试。',
  },
  FULFILMENT_OVERDUE: {
    en: 'The merchant did not hand it over in time. Points and stock go back.',
    'zh-CN': '商家未在期限内交付，积分与库存予以退回。',
  },
  DECLINED_BY_MERCHANT: {
    en: 'The merchant cannot hand it over: {reason} Points and stock go back.',
    'zh-CN': '商家无法交付：{reason} 积分与库存予以退回。',
  },
  HOURS_OUT_OF_RANGE: {
    en: '{field} must be from 1 to {max} hours.',
    'zh-CN': '{field} 须为 1 至 {max} 小时。',
  },
  SHARE_OUT_OF_RANGE: {
    en: '{field} must be from {min} to {max} per cent.',
    'zh-CN': '{field} 须为百分之 {min} 至 {max}。',
  },
  MONTHS_OUT_OF_RANGE: {
    en: '{field} must be from {min} to {max} months.',
    'zh-CN': '{field} 须为 {min} 至 {max} 个月。',
  },
  COMPENSATION_NOT_OWN: {
    en: 'A merchant can promise to add points only of a unit that it issues itself.',
    'zh-CN': '商家只能承诺补偿其自行发放的积分。',
  },
  RETURNED_PARTLY: {
    en: 'Some of it came back already. Return the rest instead of cancelling it.',
    'zh-CN': '已有部分退回，请以退货方式退回其余部分。',
  },
  CANCELS_AT_A_FEE: {
    en: 'Its terms keep {percent} per cent of the points, so it is returned and not cancelled. Ask for a quote first.',
    'zh-CN': '按其公示条款将扣除 {percent}% 的积分，请先询价，再申请退货。',
  },
  NOT_COMPLETED_YET: {
    en: 'This redemption is not completed yet. It can be cancelled.',
    'zh-CN': '该兑换尚未完成，可以取消。',
  },
  RETURN_EXCEEDS: {
    en: 'There are {left, number} of it left to come back, not so many.',
    'zh-CN': '可退数量为 {left, number}，不足所申请的数量。',
  },
  RETURN_OF_GOODS_ONLY: {
    en: 'The seven days without a reason are for goods. Return this one of your own will, or tell the merchant what was wrong.',
    'zh-CN': '七日无理由退货适用于商品。您可自愿退回，或向商家说明问题。',
  },
  RETURN_TOO_LATE: {
    en: 'On these grounds it could come back until {day}. If something is wrong with it, tell the merchant or the operator.',
    'zh-CN': '以此理由退回的期限为 {day}。如有质量或履约问题，请联系商家或运营方。',
  },
  RETURN_AT_COUNTER: {
    en: 'You have received it. Bring it back to the merchant, which records the return; it may not refuse because you paid with points.',
    'zh-CN': '您已收到该权益，请退还商家并由其登记；商家不得以积分兑换为由拒绝。',
  },
  FAULT_IS_RECORDED_BY_MERCHANT: {
    en: 'That it could not be had as promised is recorded by the merchant or the operator. Tell one of them what happened.',
    'zh-CN': '未能如约提供的情形由商家或运营方登记，请向其说明情况。',
  },
  FEE_NOT_AGREED: {
    en: 'Its terms keep {fee, number} points as a fee, and {points, number} go back. Agree to the fee and ask again with a new key.',
    'zh-CN':
      '按其公示条款将扣除 {fee, number} 积分，退回 {points, number} 积分。如同意，请确认该费用并使用新的幂等键重试。',
  },
  EXCHANGE_OF_GOODS_ONLY: {
    en: 'Only goods are exchanged. Return it, or replace its voucher.',
    'zh-CN': '仅实物商品可以换货，请办理退回或补发券。',
  },
  EXCHANGE_NOT_RECEIVED: {
    en: 'The member has not received it yet, so there is nothing to exchange. She can cancel or return it.',
    'zh-CN': '会员尚未收到商品，无可更换。会员可以撤销或退回兑换。',
  },
  EXCHANGE_NOT_OFFERED: {
    en: 'What is to be handed out instead is not on offer at the moment. Take another one, or return it: the points go back.',
    'zh-CN': '所换商品目前未在供应，请换其他商品或办理退回，积分将退还。',
  },
  EXCHANGE_DIFFERS: {
    en: 'Only goods of the same price, category and conditions are exchanged for each other; these differ in {differing}. Return it and redeem the other one.',
    'zh-CN':
      '只有价格、类别和条件相同的商品可以互换；二者在 {differing} 上不同。请先退回，再兑换另一件。',
  },
  EXCHANGE_SOLD_OUT: {
    en: 'There are not so many left to exchange them for. Exchange fewer, or return them: the points go back.',
    'zh-CN': '库存不足，无法换货。请减少数量，或办理退回，积分将退还。',
  },
  GROUNDS_SEVEN_DAYS: {
    en: 'Returned within seven days, without a reason.',
    'zh-CN': '七日无理由退货。',
  },
  GROUNDS_PROVIDER_FAULT: {
    en: 'It could not be had as promised.',
    'zh-CN': '未能如约提供。',
  },
  GROUNDS_VOLUNTARY: {
    en: 'The member gave it back of her own will.',
    'zh-CN': '会员自愿退回。',
  },
  GROUNDS_ORDER_CHANGED: {
    en: 'Less is left of the order that these points paid a part of.',
    'zh-CN': '这些积分所抵扣的订单已退货、取消或更正。',
  },
  COMPENSATION_NOT_ISSUED: {
    en: 'The merchant cannot issue points at the moment, so what it was to add is still open. Ask the operator.',
    'zh-CN': '商家目前无法发放积分，补偿尚未到账，请联系运营方。',
  },
};
