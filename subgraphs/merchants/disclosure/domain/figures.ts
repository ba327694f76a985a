import type { Rate, Ratio } from '../../rules/domain/terms.ts';

/** 12345 as `12,345`. */
export const grouped = (value: number): string =>
  String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');

/** How many decimals the amounts of a currency have. */
const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits ?? 2;

/** An amount in the smallest unit as people write it, without zeros that say nothing: 250 fen are `2.5`. */
export function amountOf(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return grouped(minor);
  const digits = String(minor).padStart(decimals + 1, '0');
  const rest = digits.slice(-decimals).replace(/0+$/, '');
  const whole = grouped(Number(digits.slice(0, -decimals)));
  return rest === '' ? whole : `${whole}.${rest}`;
}

/** The same with its currency, as a member says it: `2.5 元`, `2.5 yuan`, `JPY 250`. */
export function moneyText(minor: number, currency: string, language: 'zh-CN' | 'en'): string {
  const amount = amountOf(minor, currency);
  if (language === 'zh-CN') return `${amount} ${currency === 'CNY' ? '元' : currency}`;
  return currency === 'CNY' ? `${amount} yuan` : `${currency} ${amount}`;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

/**
 * A rate as it is said: for one whole unit of the currency where that is exact, else in the smallest numbers, so
 * that nobody reads "10 for 10 yuan" as nothing for 9.
 */
export function spoken({ points, minor, currency }: Rate): Rate {
  const common = divisor(BigInt(points), BigInt(minor));
  const least = { points: Number(BigInt(points) / common), minor: Number(BigInt(minor) / common) };
  const unit = 10 ** decimalsOf(currency);
  if (unit % least.minor !== 0) return { ...least, currency };
  return { points: least.points * (unit / least.minor), minor: unit, currency };
}

/** A fraction as a decimal where that is exact, else as a fraction: 3/2 is `1.5`, 4/3 is `4/3`. */
export function ratioText({ numerator, denominator }: Ratio): string {
  const scaled = BigInt(numerator) * 10_000n;
  if (scaled % BigInt(denominator) !== 0n) {
    const common = divisor(BigInt(numerator), BigInt(denominator));
    return `${BigInt(numerator) / common}/${BigInt(denominator) / common}`;
  }
  const digits = String(scaled / BigInt(denominator)).padStart(5, '0');
  const rest = digits.slice(-4).replace(/0+$/, '');
  const whole = grouped(Number(digits.slice(0, -4)));
  return rest === '' ? whole : `${whole}.${rest}`;
}

/** What is added to the usual points by a multiplier. */
export const beyondOne = ({ numerator, denominator }: Ratio): Ratio => ({
  numerator: numerator - denominator,
  denominator,
});

/** Minutes of the day as a time: 1110 is `18:30`, 1440 is `24:00`. */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const ZONE_MS = 8 * 60 * 60 * 1000;

/** The parts of an instant on the calendar of the books (UTC+08:00). */
export function partsOf(instant: Date): Readonly<{
  year: number;
  month: number;
  day: number;
  time: string;
}> {
  const local = new Date(instant.getTime() + ZONE_MS);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    time: clockText(local.getUTCHours() * 60 + local.getUTCMinutes()),
  };
}
