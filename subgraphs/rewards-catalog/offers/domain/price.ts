import { type InvalidInput, type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import { priceOf } from '../../domain/reward.ts';

export type TierPrice = Readonly<{ tier: string; points: number }>;

/** The tiers of the alliance and the one that a member has; `of` is null when nobody needed to know. */
export type TierFacts = Readonly<{
  of: string | null;
  all: readonly Readonly<{ code: string; threshold: number }>[];
}>;

export const NO_TIERS: TierFacts = { of: null, all: [] };

/** Whether a member of the tier `facts.of` has what a member of `tier` has. */
export function reaches({ of, all }: TierFacts, tier: string): boolean {
  const own = all.find(({ code }) => code === of);
  const needed = all.find(({ code }) => code === tier);
  return own !== undefined && needed !== undefined && own.threshold >= needed.threshold;
}

/** The price of one for the member, and whose price it is: null for that of everybody (S7). */
export function unitPrice(
  points: number,
  tierPrices: readonly TierPrice[],
  facts: TierFacts,
): Readonly<{ points: number; tier: string | null }> {
  let best: Readonly<{ points: number; tier: string | null }> = { points, tier: null };
  for (const price of tierPrices) {
    if (price.points < best.points && reaches(facts, price.tier)) best = price;
  }
  return best;
}

/** Money for so many that is paid beside the points; null: none. */
export const cashPartOf = (
  reward: Readonly<{ cashPartMinor: number | null; cashCurrency: string }>,
  quantity: number,
): Readonly<{ amountMinor: number; currency: string }> | null =>
  reward.cashPartMinor === null
    ? null
    : { amountMinor: reward.cashPartMinor * quantity, currency: reward.cashCurrency };

/** What a quote promised: the price of all, and until when. */
export type Promised = Readonly<{ points: number; validUntilMs: number }>;

/**
 * The price of so many at this instant. What was promised holds until its time is over, unless the price is lower
 * now; then, and for points that were named without a promise, another price is refused.
 */
export function priceNow(
  asked: Readonly<{
    each: number;
    quantity: number;
    promised: Promised | null;
    quotedPoints: number | null;
  }>,
  at: Date,
): number | InvalidInput | Refused<'PriceChanged'> {
  const { each, quantity, promised, quotedPoints } = asked;
  const now = priceOf(each, quantity);
  if (typeof now !== 'number') return now;
  const holds = promised !== null && at.getTime() < promised.validUntilMs;
  const points = holds ? Math.min(promised.points, now) : now;
  const said = quotedPoints ?? (holds ? points : (promised?.points ?? points));
  return said === points
    ? points
    : refused('PriceChanged', 'PRICE_CHANGED', { quotedPoints: said, points });
}
