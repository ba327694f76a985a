import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of certificates. */
export const certificateWording: Wording = {
  REWARD_NOT_OF_MERCHANT: {
    en: '{field}: the catalogue knows no such reward of this merchant. A certificate covers the rewards of its own merchant.',
    'zh-CN': '{field}：目录中没有该商户的这一兑换品。证书仅覆盖其自身商户的兑换品。',
  },
  CERTIFICATE_OVER: {
    en: 'This certificate has ended or is revoked. Register the one that follows it.',
    'zh-CN': '该证书已到期或已撤销，请登记其后续证书。',
  },
  CERTIFICATE_TAKEN: {
    en: 'A certificate with the number {number} is registered already. Check the number.',
    'zh-CN': '编号为 {number} 的证书已登记，请核对编号。',
  },
  DATES_REVERSED: {
    en: 'The last day of a certificate is not before the first one.',
    'zh-CN': '证书的截止日期不得早于起始日期。',
  },
  SCOPE_EMPTY: {
    en: 'Name at least one product or reward that the certificate covers.',
    'zh-CN': '请至少填写一个证书覆盖的商品或权益。',
  },
  SCOPE_TOO_LARGE: {
    en: '{field} takes at most {max} entries.',
    'zh-CN': '{field} 最多 {max} 项。',
  },
  BEHAVIOUR_UNKNOWN: {
    en: 'No emission factor is known for {behaviour}. Choose a code from emissionFactors, or leave it out.',
    'zh-CN': '没有 {behaviour} 的排放因子，请从 emissionFactors 中选择代码，或留空。',
  },
  BEHAVIOUR_OF_ORDERS: {
    en: '{behaviour} counts once for an order, and a certificate speaks of pieces. Leave it out; lines of orders name it.',
    'zh-CN': '{behaviour} 每单只计一次，而证书按件计算，请留空，由订单行注明。',
  },
  ACTIVITY_INCOMPLETE: {
    en: 'Give behaviour and activityMilli together, or neither.',
    'zh-CN': 'behaviour 与 activityMilli 须同时填写或同时留空。',
  },
  ACTIVITY_NOT_USABLE: {
    en: 'activityMilli is in thousandths of the unit, from 1 to {max, number}.',
    'zh-CN': 'activityMilli 以千分之一单位计，范围为 1 至 {max, number}。',
  },
  CERTIFICATE_NOT_FOUND: {
    en: 'No certificate with this number is registered. Check the number.',
    'zh-CN': '没有登记该编号的证书，请核对编号。',
  },
  REVOCATION_IN_PAST: {
    en: 'A revocation takes effect today or later: what was bought before stays as it was.',
    'zh-CN': '撤销自今日或之后生效：此前的购买保持不变。',
  },
  ALREADY_REVOKED: {
    en: 'This certificate is revoked from that day on or earlier. It can only be brought forward.',
    'zh-CN': '该证书已自该日或更早撤销，只能提前，不能推迟。',
  },
  CERT_NOT_ON_PLATFORM: {
    en: 'The certification platform knows no certificate {number}. Check the number.',
    'zh-CN': '认证平台查无编号为 {number} 的证书，请核对编号。',
  },
  CERT_REVOKED_BY_PLATFORM: {
    en: 'The certification platform has revoked the certificate {number}.',
    'zh-CN': '认证平台已撤销编号为 {number} 的证书。',
  },
  CERT_DIFFERS_FROM_PLATFORM: {
    en: 'The certification platform has another label, another body or other dates for {number}. See certificateStatus.',
    'zh-CN': '认证平台登记的 {number} 标志类别、认证机构或有效期不同，请查看 certificateStatus。',
  },
  CERTIFICATE_LIST_NOT_USABLE: {
    en: 'The list of the certification platform cannot be trusted: it is missing, or its signature does not fit. The operator has to put it right.',
    'zh-CN': '认证平台名单不可信：文件缺失或签名不符，须由运营方更正。',
  },
};
