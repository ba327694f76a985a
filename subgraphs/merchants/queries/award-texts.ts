import type { Locale } from '../../../shared/graphql/wording.ts';
import { moneyText, partsOf } from '../disclosure/domain/figures.ts';
import type { RuleAward } from '../rules/domain/caps.ts';
import type { EarningLine, Reason } from '../rules/domain/earning.ts';
import { sentence } from '../wording.ts';

/** A reason in words. The parameters of some are texts in both languages. */
export function reasonText({ code, parameters }: Reason, locale: Locale): string {
  const rule = locale === 'zh-CN' ? parameters.zh : parameters.en;
  const { minimum, actual, currency = 'CNY' } = parameters;
  const money = (minor: number) => moneyText(minor, String(currency), locale);
  return sentence(code, locale, {
    ...parameters,
    ...(rule === undefined ? {} : { rule }),
    ...(typeof minimum === 'number' ? { minimum: money(minimum) } : {}),
    ...(typeof minimum === 'number' && typeof actual === 'number'
      ? { actual: money(actual), missing: money(minimum - actual) }
      : {}),
    ...(code === 'RULE_NOT_BEGUN' || code === 'RULE_OVER'
      ? { from: onClock(parameters.from), until: onClock(parameters.until) }
      : {}),
    ...(code === 'RULE_WEEKDAY'
      ? { required: weekdaysIn(parameters.required, locale), actual: weekdaysIn(actual, locale) }
      : {}),
  });
}

/** Days of the week by their numbers, `1, 7`, as people call them; 1 is Monday. */
function weekdaysIn(numbers: string | number | undefined, locale: Locale): string {
  const names = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    String(numbers ?? '')
      .split(', ')
      // 1 January 2024 was a Monday.
      .map((day) => names.format(Date.UTC(2024, 0, Number(day))))
      .join(locale === 'zh-CN' ? '、' : ', ')
  );
}

/** An instant as people read it, on the clock of the books: `2026-12-01 10:00`. */
function onClock(instant: string | number | undefined): string {
  if (instant === undefined) return '';
  const { year, month, day, time } = partsOf(new Date(instant));
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${time}`;
}

/** How the points of a rule come about, in words. */
export function awardText(
  { rule: { terms }, lines: paid, points, reasons }: RuleAward,
  { lines, currency }: Readonly<{ lines: readonly EarningLine[]; currency: string }>,
  locale: Locale,
): string {
  const { award } = terms;
  const wanted = new Set(paid);
  const total = lines.reduce(
    (all, { number, amountMinor }) => all + (wanted.has(number) ? amountMinor : 0),
    0,
  );
  const common = { total: moneyText(total, currency, locale), points };
  switch (award.kind) {
    case 'FIXED':
      return sentence('QUOTE_FIXED', locale, common);
    case 'MULTIPLIER': {
      const { numerator, denominator } = award.factor;
      return sentence('QUOTE_MULTIPLIER', locale, {
        ...common,
        factor: factorText(numerator, denominator),
      });
    }
    case 'RATE': {
      const { points: earnPoints, minor, currency: rateCurrency } = award.rate;
      const isExact =
        reasons.length > 0 || (BigInt(total) * BigInt(earnPoints)) % BigInt(minor) === 0n;
      const rate = { earnPoints, per: moneyText(minor, rateCurrency, locale) };
      return sentence(isExact ? 'QUOTE_EXACT' : 'QUOTE_ROUNDED', locale, { ...common, ...rate });
    }
  }
}

/** `1.5` where the fraction has few decimals, else `4/3`. */
function factorText(numerator: number, denominator: number): string {
  const hundredths = (numerator * 100) / denominator;
  return Number.isInteger(hundredths) ? String(hundredths / 100) : `${numerator}/${denominator}`;
}
