import type { Locale } from './wording.ts';

/** What graphql-js says of a value that does not fit, and the same in Chinese. */
const SAID: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^Field "(\w+)" of required type "([^"]+)" was not provided\.$/u, (f, t) => `缺少 ${f}（${t}）`],
  [/^Field "(\w+)" is not defined by type "(\w+)"\.$/u, (f, t) => `${t} 没有字段 ${f}`],
  [/^Expected non-nullable type "([^"]+)" not to be null\.$/u, (t) => `不得为 null（${t}）`],
  [/^Expected type "(\w+)" to be an object\.$/u, (t) => `须为 ${t} 对象`],
  [/^Value "([^"]*)" does not exist in "(\w+)" enum\.$/u, (v, t) => `${v} 不是 ${t} 的可选值`],
  [
    /^Enum "(\w+)" cannot represent non-string value: (.*?)\.?$/su,
    (t, v) => `${v} 不是 ${t} 的可选值`,
  ],
  [
    /^DateTime cannot represent .*?(?:date-time-string |non string or Date type )(.*?)\.?$/su,
    (v) => `${v} 不是有效的时间，请按 2026-12-01T10:00:00+08:00 的格式填写`,
  ],
  [
    /^Value is not (?:a valid LocalDate|string): (.*)$/su,
    (v) => `${v} 不是有效的日期，请按 2026-12-01 的格式填写`,
  ],
  [/^Int cannot represent .*value: (.*)$/su, (v) => `${v} 不是 32 位整数`],
  [/^String cannot represent a non string value: (.*)$/su, (v) => `${v} 不是文本`],
  [/^Boolean cannot represent a non boolean value: (.*)$/su, (v) => `${v} 不是 true 或 false`],
  [/^ID cannot represent value: (.*)$/su, (v) => `${v} 不是编号`],
];

const LENGTH_MAX = 80;

/**
 * What graphql-js says of a variable: where, and what is wrong there, without the whole of what was sent. In
 * Chinese when it is asked for; a sentence that is not known stays as it is.
 */
export function valueDetail(message: string, locale: Locale): string {
  const missing = /^Variable "\$(\w+)" of required type "([^"]+)" was not provided\.$/u.exec(
    message,
  );
  if (missing !== null)
    return locale === 'en' ? message : `缺少变量 ${missing[1]}（${missing[2]}）`;
  const wrong = /^Variable "\$(\w+)" got invalid value .*; (.*)$/su.exec(message);
  if (wrong === null) return message;
  const [, name = '', last = ''] = wrong;
  const before = message.slice(0, message.length - last.length);
  const path = / at "([^"]+)"; $/u.exec(before)?.[1] ?? name;
  const where = path.replaceAll(/\[(\d+)\]/g, '.$1');
  const sentence = last.replace(/^Expected type "\w+"\. /u, '');
  const said = locale === 'en' ? null : inChinese(sentence);
  return said === null ? `${where}: ${sentence}` : `${where}：${said}`;
}

function inChinese(sentence: string): string | null {
  for (const [pattern, say] of SAID) {
    const found = pattern.exec(sentence);
    if (found !== null) return say(...found.slice(1).map((one) => one.slice(0, LENGTH_MAX)));
  }
  return null;
}
