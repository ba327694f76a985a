import type { Wording } from '../../../shared/graphql/wording.ts';

/** What reports say. Nobody is called neutral or free of carbon: that takes a third party's certificate (S52). */
export const reportWording: Wording = {
  REPORT_PERIOD_NOT_USABLE: {
    en: 'A report is for 1 to {max, number} days in order, none of them after today.',
    'zh-CN': '报告期须为 1 至 {max, number} 天，起止顺序正确，且不得晚于今天。',
  },
  REPORT_MONTHS_ONLY: {
    en: 'In public a report is for whole months: from the first day of a month to the last day of one that has been over for an hour.',
    'zh-CN': '公开报告按整月提供：请从某月第一天起，至已结束一小时以上的月份的最后一天止。',
  },
  REPORT_WITHHELD: {
    en: 'Nothing can be told of {months}.',
    'zh-CN': '{months} 无可公开的数据。',
  },
  REPORT_PUBLIC: {
    en: 'In public it is told by the month in which it was recorded; what fewer than {least, number} members did or took back of a behaviour is not in it, and is told with a later month once there are enough.',
    'zh-CN':
      '公开数据按登记月份列示；某行为的参与（或冲回）会员不足 {least, number} 人的，暂不计入，待人数足够后并入以后月份列示。',
  },
  REPORT_TITLE_MEMBER: { en: 'My green report', 'zh-CN': '我的环保报告' },
  REPORT_TITLE_FAMILY: { en: 'Our family’s green report', 'zh-CN': '家庭环保报告' },
  REPORT_TITLE_MERCHANT: { en: 'Green impact', 'zh-CN': '绿色影响报告' },
  REPORT_TITLE_ALLIANCE: { en: 'Green report of the alliance', 'zh-CN': '联盟环保报告' },
  REPORT_PERIOD: { en: '{from} to {until}', 'zh-CN': '{from} 至 {until}' },
  REPORT_TOTAL_BACK: {
    en: '{kilograms} kg CO2e more taken back than saved',
    'zh-CN': '冲回多于减排 {kilograms} kg CO2e',
  },
  REPORT_APART: {
    en: 'Besides, {kilograms} kg are known in CO2 alone, and in no total.',
    'zh-CN': '另有 {kilograms} kg 仅以 CO2 计，不并入合计。',
  },
  REPORT_TOTAL: { en: '{kilograms} kg CO2e saved', 'zh-CN': '减少排放 {kilograms} kg CO2e' },
  REPORT_MERCHANT: {
    en: 'Of the merchant with the number {id}. Check the code together with it (verifyGreenReport, subjectId).',
    'zh-CN': '所属商户编号：{id}。核对验证码时请一并填写（verifyGreenReport 的 subjectId）。',
  },
  REPORT_PICTURE: {
    en: 'Only what was recorded in this alliance, by cited sources: see the page of the report. No footprint.',
    'zh-CN': '仅涵盖本联盟登记的记录，来源见报告页面；不代表全部碳足迹。',
  },
  REPORT_PICTURE_PUBLIC: {
    en: 'In public: without what fewer than {least, number} members did or took back.',
    'zh-CN': '公开数据：不含参与或冲回会员不足 {least, number} 人的部分。',
  },
  REPORT_PICTURE_OF: { en: 'Merchant {id}', 'zh-CN': '商户编号 {id}' },
  REPORT_CODE: { en: 'Check: {code}', 'zh-CN': '核验码：{code}' },
  REPORT_STATEMENT: {
    en: 'From {from} to {until} about {kilograms} kg CO2e were saved against what is usual, by {entries, plural, one {# entry} other {# entries}} of purchases, rewards and acts recorded in this alliance. Each entry names its factor, version and source.',
    'zh-CN':
      '{from} 至 {until}，本联盟登记的消费、兑换与绿色行为共 {entries} 条记录，与通常做法相比约减少排放 {kilograms} kg CO2e。每条记录均注明因子、版本与来源。',
  },
  REPORT_TAKEN_BACK: {
    en: 'From {from} to {until} about {kilograms} kg CO2e more were taken back, of what had been saved before, than were saved, by {entries, plural, one {# entry} other {# entries}} recorded in this alliance. Each entry names its factor, version and source.',
    'zh-CN':
      '{from} 至 {until}，本联盟登记的 {entries} 条记录中，冲回此前减排量比新增减排量约多 {kilograms} kg CO2e。每条记录均注明因子、版本与来源。',
  },
  REPORT_RANGE: {
    en: 'By the range of the sources it is {low} to {high} kg.',
    'zh-CN': '按来源给出的范围为 {low} 至 {high} kg。',
  },
  REPORT_RANGE_PARTLY: {
    en: 'By the range of the sources it is {low} to {high} kg; {without} kg of it rest on a source with one number only.',
    'zh-CN': '按来源给出的范围为 {low} 至 {high} kg，其中 {without} kg 的来源仅给出单一数值。',
  },
  REPORT_NO_RANGE: {
    en: 'The sources give one number each, and no range.',
    'zh-CN': '各来源仅给出单一数值，无范围。',
  },
  REPORT_NO_MORE: {
    en: 'Nothing beyond these entries is claimed.',
    'zh-CN': '除上述记录外不作任何主张。',
  },
  REPORT_SOURCES: { en: 'Sources: {sources}.', 'zh-CN': '来源：{sources}。' },
  REPORT_NOTE_METHOD: {
    en: 'Saved = activity × factor, rounded down entry by entry. A factor is the usual way less the greener one, on the low side.',
    'zh-CN': '减排量 = 活动量 × 因子，逐条向下取整。因子为通常做法与更环保做法之差，取较保守值。',
  },
  REPORT_NOTE_VERSIONS: {
    en: 'Each entry keeps the version of its factor: a newer one changes no report of the past.',
    'zh-CN': '每条记录保留其因子版本，因子更新不改变以往报告。',
  },
  REPORT_NOTE_BASIS: {
    en: 'Totals count all greenhouse gases (CO2e). What is known in CO2 alone stands apart and is never added.',
    'zh-CN': '合计以全部温室气体（CO2e）计；仅以 CO2 计的部分单列，不并入合计。',
  },
  REPORT_NOTE_BOUNDARY: {
    en: 'It covers what was recorded here, less what came back or was revoked; it is no footprint of a person or a company.',
    'zh-CN': '仅涵盖在此登记的记录，已扣除退货与撤销；不代表个人或企业的全部碳足迹。',
  },
  REPORT_NOTE_POINTS: {
    en: 'Green points are given by certificate and are no measure of carbon.',
    'zh-CN': '绿色积分依据认证发放，不代表减排量。',
  },
  REPORT_EQUIVALENT_CAR_KM: {
    en: 'driving an average petrol car',
    'zh-CN': '普通汽油车行驶',
  },
  REPORT_EQUIVALENT_ELECTRICITY_KWH: {
    en: 'power from China’s grid',
    'zh-CN': '全国平均电网用电',
  },
  REPORT_HEAD_BEHAVIOUR: { en: 'Behaviour', 'zh-CN': '行为' },
  REPORT_HEAD_ENTRIES: { en: 'Entries', 'zh-CN': '记录数' },
  REPORT_HEAD_GRAMS: { en: 'Grams', 'zh-CN': '克' },
  REPORT_HEAD_FACTOR: { en: 'Factor and source', 'zh-CN': '因子与来源' },
  REPORT_HEAD_MONTH: { en: 'Month', 'zh-CN': '月份' },
  REPORT_HEAD_APART: { en: 'In CO2 alone, not in the total', 'zh-CN': '仅以 CO2 计，不计入合计' },
  REPORT_HEAD_AS_MUCH: { en: 'As much as', 'zh-CN': '相当于' },
  REPORT_HEAD_METHOD: { en: 'How it was worked out', 'zh-CN': '计算说明' },
};
