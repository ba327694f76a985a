import {
  type Locale,
  type Parameters,
  type Wording,
  word,
} from '../../../shared/graphql/wording.ts';

/** The sentences of donations. */
export const donationWording: Wording = {
  CHARITY_CODE_NOT_USABLE: {
    en: '{field} must be the unified social credit code of a social organisation: 18 signs that begin with 51, 52 or 53. Check it for slips.',
    'zh-CN':
      '{field} 须为社会组织的统一社会信用代码：18 位，以 51、52 或 53 开头，请核对是否有误。',
  },
  QUALIFICATION_OVER: {
    en: '{field} is past: a charity needs a certificate that is good to ask the public for money.',
    'zh-CN': '{field} 已过：慈善组织须持有有效的公开募捐资格证书。',
  },
  CHARITY_NOT_FOUND: {
    en: 'The register has no such charity. Look at it, or register the charity first.',
    'zh-CN': '名录中没有该慈善组织，请核对或先行登记。',
  },
  CHARITY_ENDED: {
    en: '{field}: this entry was taken out of the register. Propose the charity anew.',
    'zh-CN': '{field}：该条目已移出名录，请重新提出登记。',
  },
  CHARITY_NEEDS_SECOND_PERSON: {
    en: 'Who proposed a charity does not confirm it. Let another person look at its certificates.',
    'zh-CN': '提出登记的人不得自行确认，请由另一人核验证书后办理。',
  },
  CHARITY_NOT_QUALIFIED: {
    en: 'The charity does not stand in the register with a qualification that is good today. No points were taken; choose another project.',
    'zh-CN': '该慈善组织目前不在名录内或公开募捐资格已失效，未扣除积分，请选择其他项目。',
  },
  NO_OPEN_DONATIONS: {
    en: 'Nothing that was donated to this charity in this currency up to {day} waits for a report. Look at openDonations.',
    'zh-CN': '截至 {day}，没有捐赠给该慈善组织且待报告的该币种款项，请查看 openDonations。',
  },
  DELIVERY_NOT_MATCHING: {
    en: '{donations, plural, one {One donation comes} other {# donations come}} to {expectedMinor, number} in the smallest unit of the currency. Nothing was reported; report all of it, up to another day if need be.',
    'zh-CN':
      '共 {donations, number} 笔捐赠，合计 {expectedMinor, number}（该币种最小单位）。未作记录，请按全额报告，必要时调整截止日。',
  },
  DAY_NOT_OVER: {
    en: '{field} must be before {day}: that day may still bring donations.',
    'zh-CN': '{field} 须早于 {day}，当日仍可能有新的捐赠。',
  },
  DELIVERY_DAY_NOT_USABLE: {
    en: '{field} must come after {day} and not be in the future.',
    'zh-CN': '{field} 须晚于 {day}，且不得晚于今天。',
  },
  CERTIFICATE_TITLE: { en: 'Certificate of donation', 'zh-CN': '捐赠证书' },
  CERTIFICATE_GIFT: {
    en: '{points, number} points gave {amount}',
    'zh-CN': '以 {points, number} 积分捐赠 {amount}',
  },
  CERTIFICATE_CHARITY: {
    en: 'to {charity} ({registrationNumber})',
    'zh-CN': '受赠方：{charity}（{registrationNumber}）',
  },
  CERTIFICATE_PROJECT: { en: 'for: {project}', 'zh-CN': '项目：{project}' },
  CERTIFICATE_DAY: { en: 'on {day}', 'zh-CN': '日期：{day}' },
  CERTIFICATE_NUMBER: { en: 'Number: {number}', 'zh-CN': '编号：{number}' },
  CERTIFICATE_CODE: { en: 'Verification code: {code}', 'zh-CN': '验证码：{code}' },
  CERTIFICATE_NOTE: {
    en: 'The merchant of the reward gives the money and is the donor at law. This is no receipt for tax.',
    'zh-CN':
      '捐赠款项由该权益的商家支付，商家为法律上的捐赠人。本证书不是捐赠票据，不能用于税前扣除。',
  },
};

/** A sentence of this area. */
export const sentence = (code: string, locale: Locale, parameters: Parameters): string =>
  word(donationWording, code, locale, parameters);
