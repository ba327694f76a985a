/** The fewest members of a group of which anything is told (S24). */
export const GROUP_LEAST = 10;

/** In whole tens, rounded down, so that one person more or less hardly ever shows. */
export const inTens = (count: number): number => count - (count % 10);
