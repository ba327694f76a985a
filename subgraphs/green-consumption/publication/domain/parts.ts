import { sum } from '../../../../shared/quantities.ts';

/** What was done of one thing. */
export type Deed = Readonly<{
  /** Of a behaviour. */
  code: string;
  /** Of its factor; empty for what saves no grams. */
  version: string;
  /** `CO2`, `CO2E`, or empty for what saves no grams. */
  basis: string;
  /** An act, and not a line of an order or a reward. */
  isAct: boolean;
  /** What members took back, of what was told before: those who did something are told apart from them. */
  isBack: boolean;
}>;

type Sums = Readonly<{
  entries: number;
  /** Those that were revoked are taken off. */
  acts: number;
  /** What counts of acts, in thousandths of the unit. */
  milli: number;
  grams: number;
}>;

/** Where: a merchant, and of an act a region; empty: none, and of a part also several. */
type Place = Readonly<{ merchant: string; region: string }>;

/** What members did, or took back, of one thing in one place in a month. Whoever took back as much as she did is none of them. */
export type Part = Place & Deed & Sums & Readonly<{ level: Level; members: number }>;

/** How far what is told is put together: of a merchant and region, of a merchant, of a region, of all. */
export type Level = 0 | 1 | 2 | 3;

/** What one member did, or took back, of one thing in one place in a month, of what too few did there. Never nothing. */
export type Piece = Place & Deed & Sums & Readonly<{ memberId: string }>;

const countOf = (pieces: readonly Piece[]): number =>
  new Set(pieces.map(({ memberId }) => memberId)).size;

/** Whether enough did it, also for a merchant that takes its own off: it knows them. */
function isEnough(pieces: readonly Piece[], least: number): boolean {
  const merchants = new Set(pieces.map(({ merchant }) => merchant));
  if (merchants.size === 1) return countOf(pieces) >= least;
  return [...merchants].every(
    (known) =>
      countOf(known === '' ? pieces : pieces.filter(({ merchant }) => merchant !== known)) >= least,
  );
}

/**
 * What may be told of what too few did in one place: all that a merchant has left, in whatever regions, if it is of enough members;
 * of the rest all of a region; of the rest everything. Each piece is told in one part or in none, so whatever parts are put
 * together or taken off each other, it is of enough members. What is `left` is told with what comes later.
 */
export function partsOf(
  pieces: readonly Piece[],
  least: number,
): Readonly<{ told: Part[]; left: Piece[] }> {
  const told: Part[] = [];
  let left = [...pieces];
  for (const [level, placeOf] of LEVELS) {
    const groups = Map.groupBy(left, (piece) => JSON.stringify([placeOf(piece), deedOf(piece)]));
    left = [];
    for (const of of groups.values()) {
      const [first] = of;
      const place = first && placeOf(first);
      if (first === undefined || place === null || !isEnough(of, least)) left.push(...of);
      else told.push(partOf({ level, ...deedOf(first), ...(place ?? NOWHERE) }, of));
    }
  }
  return { told, left };
}

const NOWHERE: Place = { merchant: '', region: '' };

/** As what each piece may be told; null: not so. */
const LEVELS: readonly (readonly [Level, (piece: Piece) => Place | null])[] = [
  [1, ({ merchant }) => (merchant === '' ? null : { merchant, region: '' })],
  [2, ({ region }) => (region === '' ? null : { merchant: '', region })],
  [3, () => NOWHERE],
];

const deedOf = ({ code, version, basis, isAct, isBack }: Deed): Deed => ({
  ...{ code, version, basis, isAct, isBack },
});

const partOf = (named: Place & Deed & Pick<Part, 'level'>, of: readonly Piece[]): Part => ({
  ...named,
  members: countOf(of),
  entries: sum(of.map(({ entries }) => entries)),
  acts: sum(of.map(({ acts }) => acts)),
  milli: sum(of.map(({ milli }) => milli)),
  grams: sum(of.map(({ grams }) => grams)),
});
