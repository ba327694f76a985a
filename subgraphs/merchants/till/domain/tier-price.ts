import { multiplyFloor, splitByLargestRemainder, sum } from '../../../../shared/quantities.ts';

/** What members of a tier pay: `part` of `of` of the price. */
export type TierPrice = Readonly<{ tier: string; part: number; of: number }>;

/** Nobody asks for a finer price, and every product stays in range. */
export const FINEST_PRICE = 10_000;

const ratioOf = ({ part, of }: TierPrice) => ({ numerator: part, denominator: of });

/**
 * What a member of a tier pays for lines, in the smallest unit: of the whole order rounded down once, so that it
 * makes no difference how a bill is cut into lines; shared out over the lines by largest remainder. No line ever
 * costs more than without the tier.
 */
export function tierPriceOf(amounts: readonly number[], price: TierPrice): number[] {
  return splitByLargestRemainder(multiplyFloor(sum(amounts), ratioOf(price)), amounts);
}

/** The tiers whose members pay more than before. A tier that is left out pays what everybody pays. */
export const dearerTiers = (
  before: readonly TierPrice[],
  after: readonly TierPrice[],
): readonly string[] =>
  before
    .filter((old) => {
      const next = after.find(({ tier }) => tier === old.tier) ?? { part: 1, of: 1 };
      // Bounded by FINEST_PRICE, so both products are exact.
      return next.part * old.of > old.part * next.of;
    })
    .map(({ tier }) => tier);
