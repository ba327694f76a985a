/**
 * Whom a segment means, by their profiles at one merchant. Null says nothing; all that is said holds, and of a list
 * one. Amounts are in the smallest unit of the merchant's currency.
 */
export type SegmentTerms = Readonly<{
  categories: readonly string[] | null;
  sizes: readonly string[] | null;
  colours: readonly string[] | null;
  ordersAtLeast: number | null;
  averageAtLeastMinor: number | null;
  /** True: those alone whose activity is rising (S25). */
  isRising: boolean;
}>;

export const saysNothing = (terms: SegmentTerms): boolean =>
  !terms.isRising &&
  Object.entries(terms).every(([name, said]) => name === 'isRising' || said === null);

/** The fewest members of a group of which anything is told or to which anything is sent. */
export const GROUP_LEAST = 10;

/**
 * How a group is told: in whole tens, rounded down, so that one person more or less hardly ever shows; null: of fewer
 * than ten nothing is told.
 */
export const inTens = (members: number): number | null =>
  members < GROUP_LEAST ? null : members - (members % 10);
