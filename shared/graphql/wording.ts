import acceptNegotiator from '@fastify/accept-negotiator';
import { IntlMessageFormat } from 'intl-messageformat';

/** The languages in which the graph speaks to people. */
export const locales = ['en', 'zh-CN'] as const;

export type Locale = (typeof locales)[number];

export type Parameters = Readonly<Record<string, string | number>>;

/** For each code the sentence in each language, in ICU message format. */
export type Wording = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

/** The language of an `Accept-Language` header: the best of ours, English when it names none of ours. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined || acceptLanguage.length > 200) return 'en';
  // `zh`, `zh-Hans` and `zh-TW` are better served by our Chinese than by our English.
  const ours = acceptLanguage.replaceAll(/\bzh(-[A-Za-z]+)*/g, 'zh-CN');
  return (acceptNegotiator.negotiate(ours, [...locales]) as Locale | null) ?? 'en';
}

const formats = new Map<string, IntlMessageFormat>();

/** Words a code in a language. A code without a sentence is a defect that a test finds. */
export function word(
  wording: Wording,
  code: string,
  locale: Locale,
  parameters: Parameters,
): string {
  const pattern = wording[code]?.[locale];
  if (pattern === undefined) return code;
  const key = `${locale} ${pattern}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(pattern, locale);
    formats.set(key, format);
  }
  return String(format.format({ ...parameters }));
}

/** What every subgraph may have to say. */
export const sharedWording: Wording = {
  UNAUTHENTICATED: {
    en: 'Sign in first: this needs a valid access token.',
    'zh-CN': '请先登录：此操作需要有效的访问令牌。',
  },
  FORBIDDEN: {
    en: 'You may not see or do this with your role.',
    'zh-CN': '您的角色无权查看或执行此操作。',
  },
  STAFF_MAY_NOT: {
    en: 'Your role at this merchant does not let you do this, or not at this store. Ask its owner.',
    'zh-CN': '您在该商家的岗位无权进行此操作，或不得在该门店操作，请联系店主。',
  },
  STAFF_UNKNOWN: {
    en: 'Your role at this merchant cannot be looked up at the moment. Nothing was changed; ask again with the same key.',
    'zh-CN': '目前无法核实您在该商家的岗位，未作任何变更，请稍后用同一幂等键重试。',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: 'This idempotency key was used before with other input. Use a new key for a new request.',
    'zh-CN': '该幂等键已用于内容不同的请求，新请求请使用新的键。',
  },
  INVALID_IDEMPOTENCY_KEY: {
    en: 'An idempotency key has 8 to 100 characters: letters, digits and - _ : .',
    'zh-CN': '幂等键须为 8 至 100 个字符，仅限字母、数字及 - _ : .',
  },
  INVALID_VALUE: {
    en: 'A value in the request does not fit: {detail}',
    'zh-CN': '请求中的值不符合要求：{detail}',
  },
  NOT_A_WHOLE_NUMBER: {
    en: '{where}{value} is not a whole number within 2^53 − 1. Amounts are in the smallest unit, without a decimal point: 12.50 yuan are 1250.',
    'zh-CN':
      '{where}{value} 不是 2^53 − 1 以内的整数。金额以最小货币单位填写，不带小数点：12.50 元应填 1250。',
  },
  INVALID_CURSOR: {
    en: 'This cursor belongs to another list, order or filter. Start again without it.',
    'zh-CN': '该游标属于其他列表、排序或筛选条件，请去掉游标重新查询。',
  },
  INVALID_PAGE: {
    en: 'Ask for one page: give either first or last, from 1 to {max}.',
    'zh-CN': '请指定一页：first 与 last 二选一，范围为 1 至 {max}。',
  },
  INVALID_FILTER: {
    en: 'The filter or order cannot be used: {what, select, TOO_MANY_CONDITIONS {more than {max} conditions} TOO_DEEP {nested more than {max} deep} IS_NULL {{where} is null} IS_EMPTY {{where} is empty} TOO_MANY_VALUES {{where} has more than {max} values} TOO_SHORT {{where} needs {min} characters} TOO_MANY_ORDERS {more than {max} keys of order} ORDER_REPEATED {a key of order is given twice} other {}}.',
    'zh-CN':
      '筛选或排序条件无法使用：{what, select, TOO_MANY_CONDITIONS {条件不得超过 {max} 个} TOO_DEEP {嵌套不得超过 {max} 层} IS_NULL {{where} 不得为 null} IS_EMPTY {{where} 不得为空} TOO_MANY_VALUES {{where} 的值不得超过 {max} 个} TOO_SHORT {{where} 至少需要 {min} 个字符} TOO_MANY_ORDERS {排序字段不得超过 {max} 个} ORDER_REPEATED {同一排序字段出现两次} other {}}。',
  },
  OUT_OF_RANGE: {
    en: 'An amount or a sum is beyond 2^53 − 1 and cannot be shown exactly. Ask for a smaller part.',
    'zh-CN': '金额或合计超过 2^53 − 1，无法精确表示，请缩小查询范围。',
  },
  INVALID_GROUP_PAGE: {
    en: 'Ask for 1 to {max} groups at a time.',
    'zh-CN': '每次可查询 1 至 {max} 个分组。',
  },
  INVALID_GROUP_KEYS: {
    en: 'Group by 1 to {max} keys, each field once.',
    'zh-CN': '分组键须为 1 至 {max} 个，且字段不可重复。',
  },
  BUCKET_NEEDED: {
    en: '{field} is a time: say by which bucket to group it, such as MONTH.',
    'zh-CN': '{field} 是时间，请指定分组的时间粒度，例如 MONTH。',
  },
  BUCKET_NOT_USABLE: {
    en: '{field} is not a time: leave out bucket and timeZone.',
    'zh-CN': '{field} 不是时间，请去掉 bucket 与 timeZone。',
  },
  UNKNOWN_TIME_ZONE: {
    en: 'There is no time zone {zone}. Use an IANA name such as Asia/Shanghai.',
    'zh-CN': '不存在时区 {zone}，请使用 IANA 名称，例如 Asia/Shanghai。',
  },
  TIME_RANGE_NEEDED: {
    en: 'Filter by {field} from and to: a range of at most {days} days.',
    'zh-CN': '请用 {field} 限定起止时间，范围不超过 {days} 天。',
  },
  ORDER_NOT_GROUPED: {
    en: 'Order by {field} only when it is in groupBy.',
    'zh-CN': '仅当 groupBy 含有 {field} 时才能按其排序。',
  },
  FILTER_NOT_FOR_ROLE: {
    en: 'You may not filter by {field} with your role: it names single members or entries.',
    'zh-CN': '您的角色不可按 {field} 筛选，因其会指向个别会员或分录。',
  },
  NOT_LAWFUL: {
    en: '{count, plural, one {One thing stands} other {# things stand}} against it. See findings: each names the law and what would be lawful.',
    'zh-CN': '有 {count} 项不合规，请见 findings：每项列明依据与合法的替代方案。',
  },
  GUARD_UNREACHABLE: {
    en: 'The compliance guard cannot be asked at the moment. Nothing was published; ask again with the same key.',
    'zh-CN': '暂时无法进行合规审查，未发布任何内容，请稍后用同一幂等键重试。',
  },
  TOO_FEW_MEMBERS: {
    en: 'This concerns fewer than {min} members, so your role is told nothing of it. Widen the filter.',
    'zh-CN': '涉及的会员不足 {min} 人，您的角色不可查看。请放宽筛选条件。',
  },
  SUM_TOO_LARGE: {
    en: 'The sum is past what can be shown exactly. Narrow the filter or add a key.',
    'zh-CN': '合计超出可精确表示的范围，请缩小筛选范围或增加分组键。',
  },
  QUESTION_TOO_LARGE: {
    en: 'This takes too long to answer. Narrow the filter or ask for fewer keys.',
    'zh-CN': '查询耗时过长，请缩小筛选范围或减少分组键。',
  },
  INTERNAL: {
    en: 'Something went wrong on our side. Quote incident {incident} when you ask for help.',
    'zh-CN': '系统内部错误。如需协助，请提供事件编号 {incident}。',
  },
  SUBGRAPH_UNAVAILABLE: {
    en: 'A part of the alliance that this needs is out of reach at the moment. Ask again later, with the same key.',
    'zh-CN': '所需的部分服务暂时无法访问，请稍后使用相同的幂等键重试。',
  },
  NOT_FOUND: { en: 'There is no {what} with this id.', 'zh-CN': '不存在该编号的{what}。' },
  AMOUNT_NOT_POSITIVE: {
    en: '{field} must be a whole number of at least 1.',
    'zh-CN': '{field} 必须是不小于 1 的整数。',
  },
  TEXT_NOT_USABLE: {
    en: '{field} must have 1 to {max} characters.',
    'zh-CN': '{field} 的长度须为 1 至 {max} 个字符。',
  },
  KEY_NOT_USABLE: {
    en: '{field} must have 1 to {max} characters and no blanks around it.',
    'zh-CN': '{field} 的长度须为 1 至 {max} 个字符，首尾不得有空白。',
  },
};
