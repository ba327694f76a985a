import { type Locale, type Wording, word } from '../../../shared/graphql/wording.ts';
import type { Sign } from './domain/signs.ts';

/** The sentences about what becomes of orders. */
export const ordersWording: Wording = {
  PURCHASE_CANCELLED: {
    en: 'This order was cancelled as a whole. Record a new one.',
    'zh-CN': '该订单已整单取消，请另行录入新订单。',
  },
  PURCHASE_AWARDS_LATE: {
    en: 'Some points of this order are still being worked out. Ask again in a while, with another key.',
    'zh-CN': '该订单的部分积分仍在核算，请稍后换用新的幂等键重试。',
  },
  CLAIM_NOT_FOUND: {
    en: 'There is no claim with this id. Check it.',
    'zh-CN': '不存在该编号的补登申请，请核对编号。',
  },
  CLAIM_ORDER_RECORDED: {
    en: 'This order is recorded for you. What it earned, and why not more, stands with it.',
    'zh-CN': '该订单已记在您名下，所得积分及原因请见订单详情。',
  },
  CLAIMS_TOO_MANY: {
    en: 'There are {max} open claims of yours at this merchant. Wait for an answer first.',
    'zh-CN': '您在该商家已有 {max} 项未结的补登申请，请先等待答复。',
  },
  CLAIM_FINAL: {
    en: 'This claim is decided for good.',
    'zh-CN': '该补登申请已有最终决定。',
  },
  CLAIM_NOT_DUE: {
    en: 'The merchant still has time to answer. Once it has declined, or its time is over, the operator can be asked.',
    'zh-CN': '商家答复期限未到。商家拒绝或逾期未答复后，可提交联盟处理。',
  },
  CLAIM_ESCALATED: {
    en: 'This claim is with the operator, who decides it.',
    'zh-CN': '该补登申请已提交联盟，由联盟决定。',
  },
  CLAIM_DECIDED: {
    en: 'This claim was answered before. When the member does not agree, the operator decides.',
    'zh-CN': '该补登申请已答复。会员如不同意，由联盟决定。',
  },
  CLAIM_ORDER_NEEDED: {
    en: 'No order with this number is recorded for the member. Give it in {field}.',
    'zh-CN': '该会员名下没有此单号的订单，请在 {field} 中填写订单内容。',
  },
  HOLD_NOT_FOUND: {
    en: 'There is no hold with this id. Check it.',
    'zh-CN': '不存在该编号的暂缓记录，请核对编号。',
  },
  HOLD_OVER: {
    en: 'This hold was decided before, or its term is over and the points can be spent.',
    'zh-CN': '该暂缓已有决定，或期限已满、积分已可使用。',
  },
  HOLD_CASE_NOT_USABLE: {
    en: 'This is no open case of the ledger that names points of the order and of which the member was told. Open one and have it approved first.',
    'zh-CN': '该案件不存在、未生效或已结案，或与该订单的积分无关。请先立案并经第二人批准。',
  },
  SIGN_MANY_ORDERS: {
    en: '{limit} or more orders of one member at one merchant within {days, plural, one {a day} other {# days}} before or after the order',
    'zh-CN': '同一会员在同一商家，该订单前后 {days} 天内有 {limit} 单及以上',
  },
  SIGN_SAME_ORDERS: {
    en: '{limit} or more orders of one member at one merchant on one day, of the same goods, quantities and amounts',
    'zh-CN': '同一会员在同一商家，同一天内商品、数量、金额相同的订单有 {limit} 单及以上',
  },
  SIGN_RETURNED_ORDERS: {
    en: '{limit} or more orders of one member at one merchant in the {days} days before the order that were brought back as a whole',
    'zh-CN': '同一会员在同一商家，该订单前 {days} 天内整单退回的订单有 {limit} 单及以上',
  },
  RETURN_WINDOW_CLOSED: {
    en: 'It could be brought back without a reason for {days} days, until {lastDay}. It still comes back because of a defect, or when the merchant agrees: say so in grounds.',
    'zh-CN':
      '无理由退货期为 {days} 天，已于 {lastDay} 截止。商品有质量问题，或商家同意的，仍可退货，请在 grounds 中注明。',
  },
  NOT_AN_UPGRADE: {
    en: '{field} is not dearer than what it replaces. For what was entered wrongly make a correction; for what comes back a return.',
    'zh-CN': '{field} 的金额不高于被替换的部分。录入有误请用订单更正，退货请用退货。',
  },
  NOTHING_TO_CHANGE: {
    en: 'Nothing is to be changed. Name a line in {field}, or what else was entered wrongly.',
    'zh-CN': '没有任何变更内容，请在 {field} 中指明商品行，或指明其他录入有误之处。',
  },
  LINE_NAMED_TWICE: {
    en: '{field} names a line that is replaced before already. Name each line once, with all that takes its place.',
    'zh-CN': '{field} 重复指定了同一商品行，每行只能指定一次，并列出全部替换内容。',
  },
  LINE_ALL_RETURNED: {
    en: '{field} names a line of which nothing is left: all of it came back.',
    'zh-CN': '{field} 指定的商品行已全部退回，没有可变更的部分。',
  },
  EVENT_NOT_KNOWN: {
    en: '{field} is nothing that this order waits for. What is known: {known}.',
    'zh-CN': '{field} 不是该订单可确认的事项。可用的有：{known}。',
  },
  EVENT_OUT_OF_TIME: {
    en: '{field} must lie between the purchase and now.',
    'zh-CN': '{field} 必须在购买时间之后，且不晚于现在。',
  },
  CERTIFICATES_UNREACHABLE: {
    en: 'Green certificates cannot be checked at the moment, so the points cannot be worked out. Ask again with the same key.',
    'zh-CN': '绿色认证暂时无法核验，积分无法核算，请稍后用同一幂等键重试。',
  },
};

/** What was seen, or is looked at, in words. */
export const signText = ({ code, limit, days }: Sign, locale: Locale): string =>
  word(ordersWording, `SIGN_${code}`, locale, { limit, days });
