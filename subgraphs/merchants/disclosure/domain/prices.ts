import { dearerTiers, type TierPrice } from '../../till/domain/tier-price.ts';
import { called } from './counts.ts';
import { ratioText } from './figures.ts';
import type { Names } from './names.ts';
import type { Phrases } from './phrases.ts';

/** A version of prices by tier that is public. */
export type PublicPrices = Readonly<{
  version: number;
  prices: readonly TierPrice[];
  publishedAt: Date;
  effectiveAt: Date;
}>;

/** What members pay by tier: now, and from when on something else. */
export type DisclosedPrices = Readonly<{ now: PublicPrices | null; next: PublicPrices | null }>;

export const NO_PRICES: DisclosedPrices = { now: null, next: null };

/** The prices themselves, today's first; nothing when everybody pays the same and goes on doing so. */
export function priceSummary(
  { now, next }: DisclosedPrices,
  names: Names,
  say: Phrases,
): readonly string[] {
  return [
    ...listed(now?.prices ?? [], names, say),
    ...(next === null ? [] : [changeLine(now?.prices ?? [], next, names, say)]),
  ];
}

/** The same with how it is rounded, and since when it holds. */
export function priceLines(disclosed: DisclosedPrices, names: Names, say: Phrases): string[] {
  const { now } = disclosed;
  const said = priceSummary(disclosed, names, say);
  if (said.length === 0) return [];
  return [
    ...said,
    say.priceRounding,
    ...(now === null || now.prices.length === 0
      ? []
      : [say.pricesSince(now.version, now.publishedAt, now.effectiveAt)]),
  ];
}

const listed = (prices: readonly TierPrice[], names: Names, say: Phrases): string[] =>
  prices.map((price) =>
    say.tierPrice(
      called(names, 'TIER', price.tier, say),
      partText(price),
      price.categories?.map((code) => called(names, 'CATEGORY', code, say)) ?? null,
    ),
  );

/** What changes, when that was made known, and for whom it gets dearer (电子商务法 34). */
function changeLine(
  before: readonly TierPrice[],
  { prices, publishedAt, effectiveAt }: PublicPrices,
  names: Names,
  say: Phrases,
): string {
  const dearer = dearerTiers(before, prices).map((tier) => called(names, 'TIER', tier, say));
  const sentences = [
    ...(prices.length === 0 ? [say.samePrice] : listed(prices, names, say)),
    ...(dearer.length === 0 ? [] : [say.dearer(dearer)]),
  ];
  return say.pricesFrom(effectiveAt, publishedAt, sentences);
}

/** `95 %` where that is exact, else `2/3`. */
function partText({ part, of }: TierPrice): string {
  const percent = ratioText({ numerator: part * 100, denominator: of });
  return percent.includes('/') ? ratioText({ numerator: part, denominator: of }) : `${percent} %`;
}
