import type { Wording } from '../../../shared/graphql/wording.ts';

const DOCUMENT_EN = `{document, select,
  CREDIT_CERTIFICATE {credit certificate} THIRD_PARTY_ASSESSMENT {third-party assessment}
  FILING {filing} OPERATING_LICENCE {operating licence} other {document}}`;
const DOCUMENT_ZH = `{document, select,
  CREDIT_CERTIFICATE {信用认证} THIRD_PARTY_ASSESSMENT {第三方评估}
  FILING {备案} OPERATING_LICENCE {经营许可证} other {文件}}`;

/** Why a merchant issues no points, as anybody may read it before she buys. */
const obstacles: Wording = {
  ISSUER_NOT_ELIGIBLE: {
    en: 'No points: who issues them may not issue any at that time.',
    'zh-CN': '不积分：发放方在该时点不具备发放资格。',
  },
  ISSUER_SUSPENDED: {
    en: 'The merchant is suspended and issues no points. Points it issued stay good elsewhere.',
    'zh-CN': '该商家已暂停，目前不发放积分；已发放的积分在其他商家仍可使用。',
  },
  ISSUER_LEFT: {
    en: 'The merchant left the alliance on {day} and issues no points. Points it issued stay good elsewhere.',
    'zh-CN': '该商家已于 {day} 退出联盟，不再发放积分；已发放的积分在其他商家仍可使用。',
  },
  ISSUER_WITHOUT_CONTRACT: {
    en: 'The contract of the merchant is not in force yet, so it issues no points.',
    'zh-CN': '该商家的入盟协议尚未生效，目前不发放积分。',
  },
  DOCUMENT_MISSING: {
    en: `The merchant has shown no ${DOCUMENT_EN} yet, so it issues no points. Redeeming goes on.`,
    'zh-CN': `该商家尚未提交${DOCUMENT_ZH}，目前不发放积分，兑换不受影响。`,
  },
  DOCUMENT_UNVERIFIED: {
    en: `The ${DOCUMENT_EN} of the merchant is not verified yet, so it issues no points. Redeeming goes on.`,
    'zh-CN': `该商家的${DOCUMENT_ZH}尚未核验，目前不发放积分，兑换不受影响。`,
  },
  DOCUMENT_NOT_YET_VALID: {
    en: `The ${DOCUMENT_EN} of the merchant is valid from {day} on; until then it issues no points. Redeeming goes on.`,
    'zh-CN': `该商家的${DOCUMENT_ZH}自 {day} 起有效，此前不发放积分，兑换不受影响。`,
  },
  DOCUMENT_EXPIRED: {
    en: `The ${DOCUMENT_EN} of the merchant expired on {day}, so it issues no points. Redeeming goes on.`,
    'zh-CN': `该商家的${DOCUMENT_ZH}已于 {day} 到期，目前不发放积分，兑换不受影响。`,
  },
  DOCUMENT_REVOKED: {
    en: `The ${DOCUMENT_EN} of the merchant was revoked, so it issues no points. Redeeming goes on.`,
    'zh-CN': `该商家的${DOCUMENT_ZH}已被撤销，目前不发放积分，兑换不受影响。`,
  },
};

const refusals: Wording = {
  DOCUMENT_NOT_FOUND: {
    en: 'There is no document with this id. Check it.',
    'zh-CN': '不存在该编号的文件，请核对编号。',
  },
  DOCUMENT_DECIDED: {
    en: '{state, select, VERIFIED {The document is verified already.} REJECTED {The document was rejected. Submit another one.} other {The document was revoked. Submit another one.}}',
    'zh-CN':
      '{state, select, VERIFIED {该文件已核验。} REJECTED {该文件已被驳回，请另行提交。} other {该文件已被撤销，请另行提交。}}',
  },
  VERIFIER_IS_SUBMITTER: {
    en: 'Who handed in a document does not verify it. Let another person do it.',
    'zh-CN': '提交人不得核验自己提交的文件，请由他人核验。',
  },
  DOCUMENT_DAYS_NOT_USABLE: {
    en: '{field} is before the day of issue. Check both days.',
    'zh-CN': '{field} 早于签发日期，请核对两个日期。',
  },
  DOCUMENT_OF_NO_USE: {
    en: '{field}: the document expired on {day}. Hand in the one that follows it.',
    'zh-CN': '{field}：该文件已于 {day} 到期，请提交新的文件。',
  },
  TOO_MANY_DOCUMENTS: {
    en: '{field}: {max} documents of this merchant wait to be verified. Wait until they are.',
    'zh-CN': '{field}：该商家已有 {max} 份文件待核验，请等待核验完成。',
  },
  MERCHANT_LEFT: {
    en: 'The merchant has left the alliance. Points it issued stay good at the others.',
    'zh-CN': '该商家已退出联盟，已发放的积分在其他商家仍然有效。',
  },
  CONTRACT_NOT_FOUND: {
    en: 'No proposal of this number waits for an answer. Look at the contracts of the merchant.',
    'zh-CN': '没有该编号的待答复协议，请查看该商家的协议列表。',
  },
  CONTRACT_NOT_YOURS: {
    en: 'Who proposed a contract does not agree to it as well. The other side answers.',
    'zh-CN': '协议提出方不得自行同意，须由另一方答复。',
  },
  CONTRACT_PROPOSAL_OPEN: {
    en: 'A proposal waits for its answer. Answer that one first.',
    'zh-CN': '已有一份协议待答复，请先答复该协议。',
  },
  EFFECTIVE_TOO_EARLY: {
    en: '{field}: a contract never holds for the past. The earliest day is {earliest}.',
    'zh-CN': '{field}：协议不得溯及既往，最早生效日为 {earliest}。',
  },
  PAYMENT_DAYS_NOT_USABLE: {
    en: '{field} must be from 0 to {max} days.',
    'zh-CN': '{field} 须为 0 至 {max} 天。',
  },
  FEE_NOT_USABLE: {
    en: '{field} must be from 0 to the whole: a fee is a part of what is accepted.',
    'zh-CN': '{field} 须为 0 至整体之间：手续费是受理额的一部分。',
  },
  GUARANTEE_NOT_USABLE: {
    en: '{field} must not be negative.',
    'zh-CN': '{field} 不能为负数。',
  },
  LEAVE_NOTICE_NOT_USABLE: {
    en: '{field} must be from {min} to {max} days: the Electronic Commerce Law, art. 16, asks for 30.',
    'zh-CN': '{field} 须为 {min} 至 {max} 天：《电子商务法》第十六条要求提前三十日公告。',
  },
  TOO_MANY_LIMITS: {
    en: '{field}: a contract has at most {max} limits.',
    'zh-CN': '{field}：一份协议最多 {max} 项额度。',
  },
  LIMIT_REPEATED: {
    en: '{field}: there is a limit for {unit} already. State one for each unit.',
    'zh-CN': '{field}：{unit} 已有额度，每种积分单位只填一项。',
  },
  LIMIT_NEGATIVE: {
    en: '{field} must not be negative.',
    'zh-CN': '{field} 不能为负数。',
  },
  CAMPAIGN_NOT_FOUND: {
    en: 'There is no campaign with this id that was offered to the merchant. Look at its campaignOffers.',
    'zh-CN': '没有向该商家提出过该编号的活动，请查看其活动邀请列表。',
  },
  CAMPAIGN_ANSWERED: {
    en: 'The campaign was answered already. To end it, withdraw the rule that was made of it.',
    'zh-CN': '该活动邀请已答复；如需停止参加，请撤回由其产生的规则。',
  },
  CAMPAIGN_OVER: {
    en: 'The time to accept this campaign is over. The merchant does not take part.',
    'zh-CN': '该活动的答复期限已过，该商家不参加。',
  },
  MERCHANTS_NOT_USABLE: {
    en: '{field}: propose a campaign to 1 to {max} merchants.',
    'zh-CN': '{field}：活动须向 1 至 {max} 个商家提出。',
  },
  ANSWER_BY_PAST: {
    en: '{field} is over. Leave the merchants time to answer.',
    'zh-CN': '{field} 已过，请给商家留出答复时间。',
  },
  STAFF_NOT_FOUND: {
    en: 'Nobody of this name works for the merchant.',
    'zh-CN': '该商家没有此员工。',
  },
  OWNER_NEEDED: {
    en: 'As long as a merchant has staff, one of it is its owner. Add an owner first, and remove the last one last.',
    'zh-CN': '商家只要设有员工，就须有一名店主：请先添加店主，最后再移除最后一名店主。',
  },
  TOO_MANY_STAFF: {
    en: '{field}: a merchant has at most {max, number} people.',
    'zh-CN': '{field}：每个商家最多 {max, number} 名员工。',
  },
  STORE_UNKNOWN: {
    en: '{field}: the merchant has no store {store}. It has: {known}{others, plural, =0 {} other { and more}}. Name one of them, or open the store first.',
    'zh-CN':
      '{field}：该商家没有门店 {store}。已有门店：{known}{others, plural, =0 {} other { 等}}。请使用其中之一，或先添加该门店。',
  },
  STORE_REPEATED: {
    en: '{field}: there are two stores {store}. Give each a code of its own.',
    'zh-CN': '{field}：门店代码 {store} 重复，请为每家门店使用各自的代码。',
  },
  STORE_CODE_TAKEN: {
    en: 'Another store of this merchant has the code. Choose another one.',
    'zh-CN': '该商家的另一门店已使用此代码，请另选代码。',
  },
  TOO_MANY_STORES: {
    en: '{field}: a merchant has at most {max, number} stores.',
    'zh-CN': '{field}：每个商家最多 {max, number} 家门店。',
  },
  REGION_NOT_USABLE: {
    en: '{field} must be the code of an administrative division, such as 310000 or CN-SH.',
    'zh-CN': '{field} 须为行政区划代码，例如 310000 或 CN-SH。',
  },
  FACT_UNKNOWN: {
    en: '{field}: this trade states no {name}. It states: {known}.',
    'zh-CN': '{field}：该行业无需声明 {name}，可声明：{known}。',
  },
  FACT_REPEATED: {
    en: '{field}: {name} is stated twice. State it once.',
    'zh-CN': '{field}：{name} 重复声明，请只声明一次。',
  },
  FACT_NOT_USABLE: {
    en: '{field}: {kind, select, FLAG {state true or false.} MONEY {state a whole number in the smallest unit.} DAYS {state a whole number.} other {state some words, at most 500 characters.}}',
    'zh-CN':
      '{field}：{kind, select, FLAG {请填 true 或 false。} MONEY {请填最小货币单位的整数。} DAYS {请填整数。} other {请填写文字，最多 500 个字符。}}',
  },
  FIELD_NEEDED: {
    en: '{field} has to be given, or a template that fills it in.',
    'zh-CN': '{field} 必须填写，或选用可自动填写的模板。',
  },
  LEAVE_NOTICE_TOO_SHORT: {
    en: 'Leaving takes notice of {days} whole days (Electronic Commerce Law, art. 16, and the contract). The earliest day is {earliest}.',
    'zh-CN':
      '退出须提前 {days} 个整日公告（《电子商务法》第十六条及入盟协议），最早可于 {earliest} 退出。',
  },
};

const notices: Wording = {
  NOTICE_SUSPENDED: {
    en: 'Suspended: {reason} No points are earned or redeemed here at the moment. Orders placed before are honoured, and points it issued stay good elsewhere.',
    'zh-CN':
      '已暂停：{reason} 目前不可在此积分或兑换；此前的订单仍予履行，已发放的积分在其他商家仍可使用。',
  },
  NOTICE_LEAVING: {
    en: 'Leaves the alliance on {day}: {reason} Until then points are earned and redeemed here as ever. Points it issued stay good elsewhere.',
    'zh-CN':
      '将于 {day} 退出联盟：{reason} 在此之前积分与兑换照常；已发放的积分在其他商家仍可使用。',
  },
  NOTICE_LEFT: {
    en: 'Left the alliance on {day}: {reason} Orders placed before are honoured, and points it issued stay good elsewhere.',
    'zh-CN': '已于 {day} 退出联盟：{reason} 此前的订单仍予履行，已发放的积分在其他商家仍可使用。',
  },
};

/** The sentences of standing. */
export const standingWording: Wording = { ...obstacles, ...refusals, ...notices };
