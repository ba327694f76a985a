import { splitByLargestRemainder, sum } from '../../../../shared/quantities.ts';

/** How a payment that is not made is borne. Both together are its amount. */
export type Borne = Readonly<{ guaranteedMinor: number; uncoveredMinor: number }>;

/**
 * How the payments of a merchant in default are borne, in their order: by what is left of its guarantee,
 * in proportion to their amounts (largest remainder), and what that does not cover by those who were to
 * be paid. All amounts are of one currency.
 */
export function borneBy(guaranteeLeftMinor: number, amounts: readonly number[]): Borne[] {
  const covered = Math.min(sum(amounts), guaranteeLeftMinor);
  const parts = splitByLargestRemainder(covered, amounts);
  return amounts.map((amount, index) => {
    const guaranteedMinor = parts[index] ?? 0;
    return { guaranteedMinor, uncoveredMinor: amount - guaranteedMinor };
  });
}
