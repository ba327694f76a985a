import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of what is refused about acts and projects. */
export const actWording: Wording = {
  ACT_CLAIMED: {
    en: 'This deed was claimed before, as {claim}: it counts once, whichever programme reports it.',
    'zh-CN': '该行为已被申报（{claim}），无论由哪个项目上报，只计一次。',
  },
  ACT_TOO_MUCH: {
    en: 'One act of {behaviour} comes to at most {most, number} {unit}. Check the number and its unit.',
    'zh-CN': '{behaviour} 单次最多 {most, number} {unit}，请核对数值与单位。',
  },
  DAY_TOO_MUCH: {
    en: 'All acts of {behaviour} of one day come to at most {most, number} {unit}. Check what was recorded.',
    'zh-CN': '{behaviour} 单日合计最多 {most, number} {unit}，请核对已申报的记录。',
  },
  CAP_OF_ACTS_REACHED: {
    en: 'At most {most, plural, one {# act} other {# acts}} of this kind {most, plural, one {counts} other {count}} in a {period, select, DAY {day} other {month}}. From {resetsOn} on such acts count again.',
    'zh-CN':
      '此类行为每{period, select, DAY {日} other {月}}最多计 {most, number} 次，自 {resetsOn} 起重新计算。',
  },
  CAP_OF_ACTIVITY_REACHED: {
    en: 'At most {most, number} {unit} of this kind count in a {period, select, DAY {day} other {month}}. From {resetsOn} on such acts count again.',
    'zh-CN':
      '此类行为每{period, select, DAY {日} other {月}}最多计 {most, number} {unit}，自 {resetsOn} 起重新计算。',
  },
  FACTOR_NOT_IN_FORCE: {
    en: 'No emission factor is in force for {behaviour} on that day, so nothing can be claimed. See emissionFactors.',
    'zh-CN': '该日没有有效的 {behaviour} 排放因子，无法申报。请查看 emissionFactors。',
  },
  TRACK_NOT_ACCEPTED: {
    en: '{field} holds coordinates or a track. Leave them out: distance and mode are enough.',
    'zh-CN': '{field} 含有坐标或行踪轨迹，请删除：只需里程与方式。',
  },
  ACT_UNKNOWN: {
    en: '{behaviour} cannot be recorded as an act. Choose a code from greenBehaviours.',
    'zh-CN': '{behaviour} 不能作为绿色行为申报，请从 greenBehaviours 中选择代码。',
  },
  EVIDENCE_DOES_NOT_FIT: {
    en: '{behaviour} is proven by {required}. Give that kind of evidence.',
    'zh-CN': '{behaviour} 须以 {required} 类凭证证明，请提供该类凭证。',
  },
  EVIDENCE_NOT_OWN: {
    en: 'A merchant records what it vouches for itself: evidence.issuer is its own id. Ask the operator for other evidence.',
    'zh-CN':
      '商户只能申报由其自身出具凭证的行为，evidence.issuer 须为本商户编号；其他凭证请联系运营方。',
  },
  ORDER_OF_ANOTHER: {
    en: 'By the books of the merchant another member bought by this order. Nothing was recorded.',
    'zh-CN': '据商户账目，该订单属于其他会员，未作记录。',
  },
  MERCHANT_NOT_FOUND: {
    en: 'There is no such merchant in the alliance.',
    'zh-CN': '联盟中没有该商户。',
  },
  MERCHANTS_UNREACHABLE: {
    en: 'Merchants cannot be asked about this order at the moment. Nothing was recorded; ask again with the same key.',
    'zh-CN': '目前无法向商户服务核实该订单，未作记录，请用同一幂等键重试。',
  },
  REGION_NOT_USABLE: {
    en: 'A region is CN or the six digits of a division, such as 310000.',
    'zh-CN': '地区须为 CN 或六位行政区划代码，例如 310000。',
  },
  ACT_IN_FUTURE: {
    en: 'An act is recorded after it was done: occurredAt is in the future.',
    'zh-CN': '行为须在完成后申报，occurredAt 不得晚于当前时间。',
  },
  ACT_TOO_OLD: {
    en: 'An act is recorded within {days} days.',
    'zh-CN': '行为须在 {days} 日内申报。',
  },
  UNIT_DOES_NOT_FIT: {
    en: '{behaviour} is counted in {unit}. Convert the activity and give that unit.',
    'zh-CN': '{behaviour} 以 {unit} 计量，请换算后填写该单位。',
  },
  ACTIVITY_NOT_WHOLE: {
    en: 'Only whole units count here: activityMilli is a multiple of 1000 ({unit}).',
    'zh-CN': '此处只计整数单位（{unit}），activityMilli 须为 1000 的倍数。',
  },
  ACTIVITY_SAVES_NOTHING: {
    en: 'So little saves less than a gram. Record it together with more of the same day.',
    'zh-CN': '该数量减排不足一克，请与当日其他同类行为合并申报。',
  },
  HASH_NOT_USABLE: {
    en: '{field} is a SHA-256 in 64 lower-case hexadecimal digits.',
    'zh-CN': '{field} 须为 64 位小写十六进制的 SHA-256 值。',
  },
  ACT_NOT_FOUND: {
    en: 'There is no such act, or not for you. Check the id.',
    'zh-CN': '没有该绿色行为，或您无权处理，请核对编号。',
  },
  MEMBER_NOT_FOUND: {
    en: 'There is no such member. Check the id.',
    'zh-CN': '没有该会员，请核对编号。',
  },
  MEMBERS_UNREACHABLE: {
    en: 'Whether the member is there cannot be asked at the moment. Try again with the same key.',
    'zh-CN': '暂时无法核实会员，请稍后以相同的键重试。',
  },
  PERIOD_IN_FUTURE: {
    en: 'The period ends in the future. Choose a last day that is not after today.',
    'zh-CN': '期间的截止日期晚于今天，请选择不晚于今天的日期。',
  },
  PERIOD_MONTHS_ONLY: {
    en: 'It is for whole months: from the first day of a month to the last day of one that has been over for an hour.',
    'zh-CN': '按整月提供：请从某月第一天起，至已结束一小时以上的月份的最后一天止。',
  },
  PERIOD_NOT_USABLE: {
    en: 'A period ends on or after its first day and has at most {max} days.',
    'zh-CN': '期间的截止日期不得早于起始日期，且最长 {max} 日。',
  },
  DELETION_NOT_FOUND: {
    en: 'There is no such deletion. Check the id.',
    'zh-CN': '没有该删除请求，请核对编号。',
  },
  PROJECT_TAKEN: {
    en: 'A project {project} is registered already. Choose another code.',
    'zh-CN': '项目 {project} 已登记，请使用其他代码。',
  },
  PROJECT_DATES_REVERSED: {
    en: 'The last day of a project is not before its first one.',
    'zh-CN': '项目截止日期不得早于起始日期。',
  },
  PROJECT_NOT_FOUND: {
    en: 'There is no such project, or not for you. Check its code.',
    'zh-CN': '没有该项目，或您无权处理，请核对代码。',
  },
  PROJECT_NOT_RUNNING: {
    en: 'Project {project} did not run on that day.',
    'zh-CN': '项目 {project} 在该日未进行。',
  },
};
