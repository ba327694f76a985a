import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of factors. */
export const factorWording: Wording = {
  SOURCE_MISSING: {
    en: 'A factor needs a source that anybody can look up. Name it.',
    'zh-CN': '排放因子须注明可供查证的来源，请填写。',
  },
  FACTOR_CODE_NOT_USABLE: {
    en: 'The code of a behaviour is up to 64 capitals, digits and _, such as EV_KWH.',
    'zh-CN': '行为代码由大写字母、数字和下划线组成，最多 64 位，例如 EV_KWH。',
  },
  CONFIDENCE_UNKNOWN: {
    en: 'The confidence is A, B or C, with + or − if need be. What is weaker is not published.',
    'zh-CN': '置信度须为 A、B 或 C，可加 + 或 −；更弱的数据不予发布。',
  },
  FACTOR_GRAMS_NOT_USABLE: {
    en: 'A factor saves from 1 to {max, number} grams for a unit. Check the unit of the number.',
    'zh-CN': '每单位减排量须为 1 至 {max, number} 克，请核对数值的单位。',
  },
  FACTOR_UNITS_NOT_USABLE: {
    en: 'perUnits is from 1 to {max, number}.',
    'zh-CN': 'perUnits 的范围为 1 至 {max, number}。',
  },
  PROVINCE_NOT_USABLE: {
    en: 'A province is named by its code of GB/T 2260, such as 310000.',
    'zh-CN': '省级地区须填写 GB/T 2260 代码，例如 310000。',
  },
  DATA_YEAR_NOT_USABLE: {
    en: 'The year of the data lies between 1900 and this year. Check it, or leave it out.',
    'zh-CN': '数据年份须在 1900 年至今年之间，请核对或留空。',
  },
  FACTOR_REGION_NOT_USABLE: {
    en: 'Where the data come from: CN, the six digits of a division, the two capitals of another country, or Global; more of it after a comma, such as “CN, Guangzhou”.',
    'zh-CN':
      '数据来源地须为 CN、六位行政区划代码、其他国家的两位大写代码或 Global；更详细的可写在逗号之后，例如“CN, Guangzhou”。',
  },
  FACTOR_PUBLISHED_LATER: {
    en: 'The source is published on a day that has not come. Name the day on which it was, or leave it out.',
    'zh-CN': '来源的发布日期晚于今天，请填写实际发布日期或留空。',
  },
  FACTOR_NEEDS_NAME: {
    en: 'A new behaviour needs a name in Chinese and in English.',
    'zh-CN': '新的行为须填写中英文名称。',
  },
  FACTOR_NEEDS_COUNTED: {
    en: 'Say how a new behaviour counts: by order, by piece, or by certificate.',
    'zh-CN': '请说明新行为的计数方式：按订单、按件或按证书。',
  },
  FACTOR_BASIS_DIFFERS: {
    en: '{code} counts {basis}. A factor on another basis is another behaviour: give it a code of its own.',
    'zh-CN': '{code} 以 {basis} 计。口径不同的因子属于另一行为，请使用新的代码。',
  },
  FACTOR_UNIT_DIFFERS: {
    en: '{code} is measured in {unit}. Convert the number to that unit.',
    'zh-CN': '{code} 以 {unit} 计量，请换算为该单位。',
  },
  FACTOR_DIFFERS_BY_NOW: {
    en: 'Another version of {code} was confirmed meanwhile, with another unit, basis or way of counting. Withdraw this one, and propose it to fit.',
    'zh-CN':
      '{code} 的另一版本已先确认，其单位、口径或计数方式不同。请撤回本提案，并按已确认版本重新提出。',
  },
  FACTOR_COUNTED_DIFFERS: {
    en: 'A new version of {code} counts as the earlier ones do. Leave it out, or take another code.',
    'zh-CN': '{code} 的新版本须沿用原计数方式，请留空或使用其他代码。',
  },
  FIGURE_UNKNOWN: {
    en: '{field}: no such figure is known. Choose from emissionFigures, by code/version.',
    'zh-CN': '{field}：没有该数据，请从 emissionFigures 中按“代码/版本”选择。',
  },
  FACTOR_NOT_AHEAD: {
    en: 'A version counts from tomorrow on at the earliest: what has happened keeps its number.',
    'zh-CN': '新版本最早自明日起适用：已发生的行为沿用原数值。',
  },
  FACTOR_VERSION_TAKEN: {
    en: '{name} exists or is proposed, or another version begins on that day. Choose another name or day.',
    'zh-CN': '{name} 已存在或已提出，或另有版本自该日起适用，请更换版本名或日期。',
  },
  BASES_MIXED: {
    en: 'CO2 alone and all greenhouse gases as CO2e are different quantities and are not put together. Name figures of one basis.',
    'zh-CN': '仅计 CO2 与计全部温室气体（CO2e）的数据口径不同，不得混用，请使用同一口径的数据。',
  },
  FACTOR_NOT_PROPOSED: {
    en: 'No version with this id waits for a second person. Look at proposedEmissionFactors.',
    'zh-CN': '没有该编号的待确认版本，请查看 proposedEmissionFactors。',
  },
  FACTOR_NEEDS_SECOND_PERSON: {
    en: 'Who proposed a factor does not confirm it. Let another person look at its source.',
    'zh-CN': '提出排放因子的人不得自行确认，请由另一人核验来源后办理。',
  },
  FACTOR_TOO_LATE: {
    en: 'The first day of this version has come: what happened on it has its number already. Propose it anew for a later day.',
    'zh-CN': '该版本的起始日已到，当日行为已有数值，请另提更晚的起始日。',
  },
};
