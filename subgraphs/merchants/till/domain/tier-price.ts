import { multiplyFloor, splitByLargestRemainder, sum } from '../../../../shared/quantities.ts';

/** What members of a tier pay: `part` of `of` of the price. */
export type TierPrice = Readonly<{
  tier: string;
  part: number;
  of: number;
  /** For the goods of these categories alone; left out: for all goods (S7). */
  categories?: readonly string[];
}>;

/** A line of a bill. Its amount is in the smallest unit. */
type PricedLine = Readonly<{ amountMinor: number; category: string | null }>;

/** Nobody asks for a finer price, and every product stays in range. */
export const FINEST_PRICE = 10_000;

const ratioOf = ({ part, of }: TierPrice) => ({ numerator: part, denominator: of });

/**
 * What a member of a tier pays for lines, in the smallest unit: of all lines that the price is for rounded down once,
 * so that it makes no difference how a bill is cut into lines; shared out over them by largest remainder. No line
 * ever costs more than without the tier.
 */
export function tierPriceOf(lines: readonly PricedLine[], price: TierPrice): number[] {
  const { categories } = price;
  const isFor = ({ category }: PricedLine): boolean =>
    categories === undefined || (category !== null && categories.includes(category));
  const priced = lines.map((line) => (isFor(line) ? line.amountMinor : 0));
  const reduced = splitByLargestRemainder(multiplyFloor(sum(priced), ratioOf(price)), priced);
  return lines.map((line, index) => (isFor(line) ? (reduced[index] ?? 0) : line.amountMinor));
}

const fullPrice = (tier: string): TierPrice => ({ tier, part: 1, of: 1 });

/** The tiers whose members pay more than before. A tier that is left out pays what everybody pays. */
export const dearerTiers = (
  before: readonly TierPrice[],
  after: readonly TierPrice[],
): readonly string[] =>
  before
    .filter((old) => {
      const next = after.find(({ tier }) => tier === old.tier) ?? fullPrice(old.tier);
      // Bounded by FINEST_PRICE, so both products are exact.
      return next.part * old.of > old.part * next.of || !isForAsMuch(old, next);
    })
    .map(({ tier }) => tier);

/** Whether a price is for all goods that another one is for. */
const isForAsMuch = (
  { categories: old }: Pick<TierPrice, 'categories'>,
  { categories }: Pick<TierPrice, 'categories'>,
): boolean =>
  categories === undefined || (old !== undefined && new Set(old).isSubsetOf(new Set(categories)));
