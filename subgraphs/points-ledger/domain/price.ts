import { fraction, multiplyHalfUp } from '../../../shared/quantities.ts';

/**
 * What the issuer owes for its points, frozen when it issues them: `80/100 CNY` is 80 fen for every
 * 100 points.
 */
export type PriceClass = string;

export type Money = Readonly<{ amountMinor: number; currency: string }>;

/** The most that a price set by hand may be, in the smallest unit of its currency for one point. */
export const PRICE_MAX = 1_000_000;

/** Whether somebody may set a price of so much for so many points. */
export const isPrice = (minor: number, points: number): boolean =>
  minor >= 0 && points >= 1 && minor / points <= PRICE_MAX;

const FORM = /^(\d+)\/(\d+) ([A-Z]{3})$/;

export const priceClassOf = (minor: number, points: number, currency: string): PriceClass =>
  `${minor}/${points} ${currency}`;

/** What a price class says: so much for so many points. */
export function priceOf(
  priceClass: PriceClass,
): Readonly<{ minor: number; per: number; currency: string }> {
  const [, minor, per, currency] = FORM.exec(priceClass) ?? [];
  if (currency === undefined) throw new Error(`Broken invariant: no price class: ${priceClass}`);
  return { minor: Number(minor), per: Number(per), currency };
}

/**
 * What a claim on so many points of one price class is worth: rounded to the smallest unit of the
 * currency, halves up; a claim on points that were given back is that of the same points, with a minus.
 * Said of a single redemption it informs; what is owed in the end is rounded once over all points of one
 * issuer, acceptor and price (`clearingPositions`). Throws QuantityOverflow beyond the safe integers.
 */
export function claimAmount(points: number, priceClass: PriceClass): Money {
  const { minor, per, currency } = priceOf(priceClass);
  const amount = multiplyHalfUp(Math.abs(points), fraction(minor, per));
  return { amountMinor: points < 0 ? 0 - amount : amount, currency };
}

/** Whether the claim on so many points can be written as a number at all. */
export function isClaimable(points: number, priceClass: PriceClass): boolean {
  const [, minor, per, currency] = FORM.exec(priceClass) ?? [];
  if (currency === undefined || per === '0') return false;
  const worth = (BigInt(Math.abs(points)) * BigInt(minor ?? 0)) / BigInt(per ?? 1) + 1n;
  return worth <= BigInt(Number.MAX_SAFE_INTEGER);
}
