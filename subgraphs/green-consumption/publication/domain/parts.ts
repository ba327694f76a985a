/** What members did of one thing in one place in a month; where they are of several places or of none, `place` is null. */
export type Cell = Readonly<{
  place: string | null;
  /** Of a behaviour. */
  code: string;
  /** Of its factor; empty where versions are put together. */
  version: string;
  /** `CO2`, `CO2E`, or empty for what saves no grams. */
  basis: string;
  /** How many members did it. Whoever took back all of it in the month is none of them. */
  members: number;
  entries: number;
  /** Thousandths of the unit of the behaviour. */
  milli: number;
  grams: number;
}>;

export const keyOf = ({ code, version, basis }: Pick<Cell, 'code' | 'version' | 'basis'>): string =>
  JSON.stringify([code, version, basis]);

/** What is told of places by themselves: what at least so many members did there. */
export const toldOf = (cells: readonly Cell[], least: number): Cell[] =>
  cells.filter(({ place, members }) => place !== null && members >= least);

/**
 * What is told of the rest, which is of no place: of `rest`, all that `toldOf` left, what at least so many members did, also when
 * those of any one place are taken away, for a place knows its own.
 */
export function restOf(rest: readonly Cell[], cells: readonly Cell[], least: number): Cell[] {
  const told = new Set(toldOf(cells, least));
  const left = Map.groupBy(
    cells.filter((cell) => cell.place !== null && !told.has(cell)),
    keyOf,
  );
  return rest.filter((one) => {
    const most = Math.max(0, ...(left.get(keyOf(one)) ?? []).map(({ members }) => members));
    return one.members - most >= least;
  });
}
