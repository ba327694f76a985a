/** An exact fraction; the denominator is above 0. */
export type Fraction = Readonly<{ over: bigint; under: bigint }>;

export const fraction = (over: number | bigint, under: number | bigint): Fraction => ({
  over: BigInt(over),
  under: BigInt(under),
});

export const ZERO = fraction(0, 1);

export const times = (left: Fraction, right: Fraction): Fraction => ({
  over: left.over * right.over,
  under: left.under * right.under,
});

export const plus = (left: Fraction, right: Fraction): Fraction => ({
  over: left.over * right.under + right.over * left.under,
  under: left.under * right.under,
});

export const isAbove = (left: Fraction, right: Fraction): boolean =>
  left.over * right.under > right.over * left.under;

export const isEqual = (left: Fraction, right: Fraction): boolean =>
  left.over * right.under === right.over * left.under;

export const larger = (left: Fraction, right: Fraction): Fraction =>
  isAbove(left, right) ? left : right;

/** `12.5` for 1/8; more than two decimals are cut off and marked. */
export function percentText({ over, under }: Fraction): string {
  const hundredths = (over * 10_000n) / under;
  const isCut = (over * 10_000n) % under !== 0n;
  const whole = hundredths / 100n;
  const rest = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${whole}${rest === '' ? '' : `.${rest}`}${isCut ? '…' : ''}`;
}
