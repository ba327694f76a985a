/** The languages in which a reward is told. */
export type Language = 'zh-CN' | 'en';

export type Money = Readonly<{ minor: number; currency: string }>;

/** 12345 as `12,345`. */
export const grouped = (value: number): string =>
  String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `1 day`, `2 days`. */
export const counted = (count: number, what: string): string =>
  `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;

/** An instant on the clock of the books: `2026-12-01 10:00`. */
export const onClock = (instant: Date): string =>
  new Date(instant.getTime() + ZONE_MS).toISOString().slice(0, 16).replace('T', ' ');

/** UTC+08:00, the zone of the alliance's calendar. */
const ZONE_MS = 8 * 60 * 60 * 1000;

export const list = (names: readonly string[], language: Language): string =>
  names.join(language === 'zh-CN' ? '、' : ', ');

/** An amount as people write it: 2500 fen are `25 元` and `25 yuan`, 2550 are `25.50 元`. */
export function moneyText(of: Money, language: Language): string {
  if (of.currency === 'CNY') return `${amount(of)} ${language === 'zh-CN' ? '元' : 'yuan'}`;
  return language === 'zh-CN' ? `${amount(of)} ${of.currency}` : `${of.currency} ${amount(of)}`;
}

function amount({ minor, currency }: Money): string {
  const decimals =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const digits = String(minor).padStart(decimals + 1, '0');
  const whole = grouped(Number(digits.slice(0, digits.length - decimals)));
  const rest = digits.slice(digits.length - decimals);
  return /[1-9]/.test(rest) ? `${whole}.${rest}` : whole;
}

/**
 * What a merchant wrote, as a part of one line of a text that is read as Markdown and as plain text: it makes no lines,
 * headings, links or tags of its own.
 */
export const asWritten = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*[\]<>]/g, (sign) => `\\${sign}`);
