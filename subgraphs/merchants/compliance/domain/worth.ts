/** So much money, in the smallest unit, for so many points. Exact. */
export type Price = Readonly<{ minor: number; points: number }>;

/** The most that one merchant gives for points of a unit. */
export type UnitWorth = Price & Readonly<{ unit: string; merchantId: string; currency: string }>;

/** What points of a rule are worth at most (L9). */
export type Worth = Readonly<{
  /** What is counted: null when no reward of the unit is. */
  counted: Price | null;
  /** What a single other merchant gives beyond it, which is looked at and stops nobody; null: none does. */
  single: Price | null;
}>;

/**
 * The highest cash-equivalent of points, as far as it is counted: any reward of whoever grants the points
 * (`own`: the merchant, and a sponsor), and of others what at least two of them give. So what one merchant gives
 * away never stops another one's rules.
 *
 * @param worths of each merchant the best, in any order
 */
export function worthOf(
  worths: readonly UnitWorth[] | null,
  { unit, currency, own }: Readonly<{ unit: string; currency: string; own: readonly string[] }>,
): Worth {
  const all = (worths ?? []).filter((worth) => worth.unit === unit && worth.currency === currency);
  const isOwn = ({ merchantId }: UnitWorth) => own.includes(merchantId);
  const [ofOwn] = all.filter(isOwn).toSorted(byWorth);
  const [first, second] = all.filter((worth) => !isOwn(worth)).toSorted(byWorth);
  const counted = [ofOwn, second].filter((worth) => worth !== undefined).toSorted(byWorth)[0];
  const isBeyond = first !== undefined && (counted === undefined || isMore(first, counted));
  return { counted: priceOf(counted), single: isBeyond ? priceOf(first) : null };
}

const priceOf = (price: Price | undefined): Price | null =>
  price === undefined ? null : { minor: price.minor, points: price.points };

/** Whether points are worth more at one price than at another. */
export const isMore = (one: Price, other: Price): boolean =>
  BigInt(one.minor) * BigInt(other.points) > BigInt(other.minor) * BigInt(one.points);

const byWorth = (one: Price, other: Price): number =>
  isMore(one, other) ? -1 : Number(isMore(other, one));
