import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of cases and adjustments. */
export const caseWording: Wording = {
  CASE_REASON_FABRICATED_PURCHASES: {
    en: 'Points for purchases that did not take place.',
    'zh-CN': '以虚构交易（刷单）获取积分。',
  },
  CASE_REASON_REPEATED_CLAIMS: {
    en: 'Points gained more than once for the same thing.',
    'zh-CN': '就同一事项重复获取积分。',
  },
  CASE_REASON_EXPLOITED_ERROR: {
    en: 'Points gained by using an error of the system or of a rule on purpose.',
    'zh-CN': '利用系统或规则漏洞套取积分。',
  },
  CASE_REASON_OTHER_VIOLATION: {
    en: 'Points gained against another rule, which is named.',
    'zh-CN': '违反所列其他规则获取积分。',
  },
  CASE_HOW_TO_APPEAL: {
    en: 'You can say why this is wrong, once, before {day}, with appealFreeze. Without a decision by then the freeze ends by itself, and your points are good for as many days longer.',
    'zh-CN':
      '您可在 {day} 之前通过 appealFreeze 申诉一次。届时仍无处理结果的，冻结自动解除，积分有效期按冻结天数顺延。',
  },
  CASE_LAPSED: {
    en: 'The deadline passed, so the freeze ended by itself.',
    'zh-CN': '处理期限届满，冻结自动解除。',
  },
  EVIDENCE_NEEDED: {
    en: 'Nothing is frozen without evidence. Give the SHA-256 of it and where it lies.',
    'zh-CN': '无充分证据不得冻结积分。请提供证据的 SHA-256 摘要及存放位置。',
  },
  EVIDENCE_HASH_INVALID: {
    en: '{field} is the SHA-256 of the evidence: 64 hexadecimal digits.',
    'zh-CN': '{field} 须为证据的 SHA-256 摘要，即 64 位十六进制数。',
  },
  EVIDENCE_USED: {
    en: 'There was a case against this member on this evidence before. A new one needs new evidence.',
    'zh-CN': '此前已依据该证据对该会员立案，重新立案须有新的证据。',
  },
  DAYS_OUT_OF_RANGE: {
    en: '{field} is 1 to {max}: the member must know soon.',
    'zh-CN': '{field} 的范围为 1 至 {max}，应尽快作出处理。',
  },
  ACCRUALS_NEEDED: {
    en: 'Name 1 to {max} accruals that are in question.',
    'zh-CN': '请列明 1 至 {max} 笔存疑的积分入账。',
  },
  ACCRUAL_NOT_OF_MEMBER: {
    en: 'An accrual that is named is not one of this member.',
    'zh-CN': '所列入账中有不属于该会员的记录。',
  },
  SECOND_PERSON_NEEDED: {
    en: 'Another person than the one who proposed it has to approve.',
    'zh-CN': '须由提出人以外的另一人审核批准。',
  },
  CASE_NOT_FOUND: { en: 'There is no case with this id.', 'zh-CN': '不存在该编号的案件。' },
  CASE_NOT_READY: {
    en: 'This cannot be done with a case that is {state}.',
    'zh-CN': '案件处于 {state} 状态，无法执行此操作。',
  },
  CASE_PAST_DEADLINE: {
    en: 'The deadline of this case has passed.',
    'zh-CN': '该案件的处理期限已届满。',
  },
  CASE_APPEALED: {
    en: 'An appeal was made before; it is part of the case.',
    'zh-CN': '已提交过申诉，申诉内容已计入案件。',
  },
  PARTS_NEEDED: {
    en: 'Say how many points to take back of which accruals, each accrual once.',
    'zh-CN': '请列明从哪些入账扣减多少积分，每笔入账限列一次。',
  },
  ACCRUAL_NOT_IN_CASE: {
    en: '{field} is not one of the accruals that the case is about.',
    'zh-CN': '{field} 不属于该案件所涉入账。',
  },
  ONE_UNIT_NEEDED: {
    en: 'The accruals of one deduction have to be of one unit.',
    'zh-CN': '同一次扣减所涉入账须为同一种积分。',
  },
  DEDUCTION_EXCEEDS: {
    en: 'Of accrual {accrualId} {open, number} points are left to be taken back. Deduct at most as many.',
    'zh-CN': '入账 {accrualId} 尚可扣减 {open, number} 积分，请勿超出。',
  },
  DEDUCTION_NOT_FOUND: {
    en: 'No deduction with this number is waiting for approval.',
    'zh-CN': '没有该编号的待批准扣减。',
  },
  ADJUSTMENT_TOO_LARGE: {
    en: 'At most {max, number} points can be granted at once.',
    'zh-CN': '单次补发积分不得超过 {max, number}。',
  },
  ADJUSTMENT_NOT_FOUND: {
    en: 'There is no adjustment with this id.',
    'zh-CN': '不存在该编号的积分补发。',
  },
  ADJUSTMENT_NOT_READY: {
    en: 'This adjustment was decided before: it is {state}.',
    'zh-CN': '该积分补发已处理，状态为 {state}。',
  },
  LAPSED_ALREADY: {
    en: '{field} is not in the future.',
    'zh-CN': '{field} 须晚于今天。',
  },
  PRICE_NOT_USABLE: {
    en: 'The price is so much, from 0, for so many points, from 1, in a currency of ISO 4217.',
    'zh-CN': '价格须为不小于 0 的金额对应不小于 1 的积分，货币使用 ISO 4217 代码。',
  },
};
