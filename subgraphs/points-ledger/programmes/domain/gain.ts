/** So much of one unit for so much of another. */
export type Exchange = Readonly<{
  unit: string;
  toUnit: string;
  numerator: number;
  denominator: number;
}>;

type Ratio = readonly [numerator: bigint, denominator: bigint];

/**
 * Whether a further exchange would let somebody have more points of a unit than before, by going round
 * through others back to it. Counted with all that there ever was: what was got at an old rate is not to be
 * worth more by a new one. Among `known` nothing can be gained.
 */
export function allowsGain(known: readonly Exchange[], further: Exchange): boolean {
  // The most that one point of the new exchange's target becomes, in each unit.
  const best = new Map<string, Ratio>([[further.toUnit, [1n, 1n]]]);
  // Where nothing can be gained going round, the best way to a unit passes through each other one once.
  const units = new Set(known.flatMap(({ unit, toUnit }) => [unit, toUnit]));
  for (let round = 0; round < units.size; round += 1) {
    let isSettled = true;
    for (const { unit, toUnit, numerator, denominator } of known) {
      const from = best.get(unit);
      if (from === undefined) continue;
      const way: Ratio = [from[0] * BigInt(numerator), from[1] * BigInt(denominator)];
      const was = best.get(toUnit);
      if (was !== undefined && !isMore(way, was)) continue;
      best.set(toUnit, way);
      isSettled = false;
    }
    if (isSettled) break;
  }
  const back = best.get(further.unit);
  if (back === undefined) return false;
  const round: Ratio = [back[0] * BigInt(further.numerator), back[1] * BigInt(further.denominator)];
  return isMore(round, [1n, 1n]);
}

const isMore = (a: Ratio, b: Ratio): boolean => a[0] * b[1] > b[0] * a[1];
