/** Why a text is not an amount in the smallest unit of a currency. */
export type AmountDefect = 'AMOUNT_NOT_A_NUMBER' | 'AMOUNT_NOT_EXACT' | 'AMOUNT_TOO_LARGE';

/**
 * A decimal text such as `12.5` or `-3` in the smallest unit, exactly: by digits, never by floats.
 * More decimals than the currency has are a defect unless they are zeros.
 */
export function parseAmount(text: string, decimals: number): number | AmountDefect {
  const parts = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (parts === null) return 'AMOUNT_NOT_A_NUMBER';
  const [, sign, whole = '', fractional = ''] = parts;
  if (/[1-9]/.test(fractional.slice(decimals))) return 'AMOUNT_NOT_EXACT';
  const digits = whole + fractional.slice(0, decimals).padEnd(decimals, '0');
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return 'AMOUNT_TOO_LARGE';
  return sign === '-' && value !== 0 ? -value : value;
}

/** 1234 as `12.34`. `amount` is not negative. */
export function amountText(amount: number, decimals = 2): string {
  if (decimals === 0) return String(amount);
  const digits = String(amount).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
