import { assert } from '../../../shared/assert.ts';
import { sum } from '../../../shared/quantities.ts';
import type { AccountKind, Posting } from '../domain/entry.ts';
import { type LotKey, lotText } from '../domain/lot.ts';
import { lapsedOf } from '../domain/replay-merges.ts';
import type { PlacedEntry } from '../domain/seal.ts';

/** What of an entry decides where its points came from. */
export type TracedEntry = Pick<
  PlacedEntry,
  | 'seq'
  | 'id'
  | 'kind'
  | 'walletId'
  | 'counterWalletId'
  | 'holdId'
  | 'postings'
  | 'reversals'
  | 'detail'
>;

/** Points arrived here: by the line of an entry, in an account of somebody. */
export type TraceStep = Readonly<{
  seq: number;
  entryId: string;
  line: number;
  account: AccountKind;
  ownerId: string;
  key: LotKey;
}>;

/** Points that went the same way, from where they entered the books to where they are now. */
export type Strand = Readonly<{
  points: number;
  /** OUTSTANDING: an issuer promised them. DEBT: a member was left owing them. */
  source: AccountKind;
  /** The line that brought them into the books. */
  bookedAt: readonly [seq: number, line: number];
  /** Where they are, as `placesOf` names it. */
  place: string;
  steps: readonly TraceStep[];
}>;

type Node = Readonly<{ step: TraceStep; before: Node | null }>;

/** `bookedAt` orders points of one lot: the sequence number and line by which they entered the books. */
type Parcel = Readonly<{
  points: number;
  source: AccountKind;
  bookedAt: readonly [seq: number, line: number];
  bookedBy: string;
  last: Node | null;
}>;

/** Points that a line of an entry gives. */
type Given = Parcel & Readonly<{ account: AccountKind; key: LotKey }>;

type Likeness = (of: Readonly<{ account: AccountKind; key: LotKey }>) => string;

/** Where a line finds its points, and of which accruals it takes how many at most before others. */
type From = Readonly<{ place: string; named: Map<string, number> }>;

/** A line that takes points, and how many it has not got yet. */
type Wanting = Readonly<{ posting: Posting; line: number }> & { missing: number };

/**
 * Says which points went where. Points of one lot cannot be told apart, so it is a convention, the same
 * for everybody who has the journal:
 *
 * 1. Of the points in one place (a lot of a wallet or of a hold, what of a lot lapsed, what one burn
 *    brought a merchant of a lot) those that were booked first leave first; those that come back take
 *    their old place. Before others leave those that an entry names: points of the accrual that is
 *    taken back, or has vested.
 * 2. In an entry, points go from the lines that give to the lines that take, in the order of the lines:
 *    first those of one and the same lot, then those that differ in the contributor, then those of one
 *    issuer, unit and price, then those of one issuer and unit. When accounts are merged, what was pending
 *    stays pending, what lapsed lapsed, and what was owed owed.
 *
 * As every entry adds up to zero for each issuer and unit, no point is made or lost on the way: the
 * strands through a line add up to the line, and those that an accrual brought to the accrual.
 */
export class Attribution {
  readonly #places = new Map<string, Parcel[]>();

  /** Entries come in the order of the books, all of the wallets that are traced from the first on. */
  add(entry: TracedEntry): void {
    const taking = entry.postings.flatMap((posting, line): Wanting[] =>
      posting.amount > 0 ? [{ posting, line, missing: posting.amount }] : [],
    );
    const given: Given[] = [];
    const places = placesOf(entry);
    const named = namedBy(entry);
    for (const [line, posting] of entry.postings.entries()) {
      if (posting.amount >= 0) continue;
      for (const parcel of this.#give(entry, line, { place: places[line] ?? '', named })) {
        given.push({ ...parcel, account: posting.account, key: posting.key });
      }
    }
    const rest = (entry.kind === 'MERGE' ? [accountAndLot, ...likenesses] : likenesses).reduce(
      (left, groupOf) => this.#hand(entry, left, { taking, groupOf }),
      given,
    );
    assert(
      rest.length === 0 && taking.every(({ missing }) => missing === 0),
      'an entry adds up to zero for each issuer and unit',
    );
  }

  /** All there are, in the order in which they were booked, then in that of their last lines. */
  strands(): Strand[] {
    return [...this.#places]
      .flatMap(([place, parcels]) => parcels.map((parcel) => ({ ...parcel, place })))
      .toSorted((a, b) => compareBooked(a, b) || compareLast(a, b))
      .map(({ points, source, bookedAt, place, last }) => ({
        ...{ points, source, bookedAt, place },
        // Made when they are looked at: those of points that went to and fro are as many as the entries.
        get steps() {
          return stepsTo(last);
        },
      }));
  }

  /** How many points there are in one place. */
  pointsAt(place: string): number {
    return pointsOf(this.#places.get(place) ?? []);
  }

  /** What a line gives: new points, or some that were there. */
  #give(entry: TracedEntry, line: number, { place, named }: From): Parcel[] {
    const { account = 'DEBT', amount = 0 } = entry.postings[line] ?? {};
    const points = 0 - amount;
    if (account === 'OUTSTANDING' || account === 'DEBT') {
      const bookedAt = [entry.seq, line] as const;
      return [{ points, source: account, bookedAt, bookedBy: entry.id, last: null }];
    }
    const taken: Parcel[] = [];
    for (const [bookedBy, most] of named) {
      const part = Math.min(most, points - pointsOf(taken));
      const own = this.#take(place, part, (parcel) => parcel.bookedBy === bookedBy);
      named.set(bookedBy, most - pointsOf(own));
      taken.push(...own);
    }
    taken.push(...this.#take(place, points - pointsOf(taken), () => true));
    assert(pointsOf(taken) === points, 'nothing leaves a place that is not there');
    return taken;
  }

  /** Takes up to so many of some points from a place, those first that were booked first. */
  #take(place: string, points: number, isMeant: (parcel: Parcel) => boolean): Parcel[] {
    const there = this.#places.get(place) ?? [];
    if (points === 0) return [];
    const taken: Parcel[] = [];
    const rest: Parcel[] = [];
    let open = points;
    for (const parcel of there) {
      const part = isMeant(parcel) ? Math.min(open, parcel.points) : 0;
      if (part > 0) taken.push({ ...parcel, points: part });
      if (parcel.points > part) rest.push({ ...parcel, points: parcel.points - part });
      open -= part;
    }
    if (rest.length === 0) this.#places.delete(place);
    else this.#places.set(place, rest);
    return taken;
  }

  /** Gives points to the lines that agree with them in `groupOf`. Answers what nobody took. */
  #hand(
    entry: TracedEntry,
    given: readonly Given[],
    { taking, groupOf }: Readonly<{ taking: readonly Wanting[]; groupOf: Likeness }>,
  ): Given[] {
    const left: Given[] = [];
    for (const parcel of given) {
      let { points } = parcel;
      for (const wanting of taking) {
        if (points === 0) break;
        if (groupOf(wanting.posting) !== groupOf(parcel)) continue;
        const part = Math.min(points, wanting.missing);
        if (part === 0) continue;
        this.#put(entry, wanting, { ...parcel, points: part });
        wanting.missing -= part;
        points -= part;
      }
      if (points > 0) left.push({ ...parcel, points });
    }
    return left;
  }

  #put(entry: TracedEntry, { posting, line }: Wanting, given: Parcel): void {
    const { seq, id: entryId } = entry;
    const { account, ownerId, key } = posting;
    const step = { seq, entryId, line, account, ownerId, key };
    const { points, source, bookedAt, bookedBy, last } = given;
    const place = placesOf(entry)[line] ?? '';
    const there = this.#places.get(place) ?? [];
    const parcel = { points, source, bookedAt, bookedBy, last: { step, before: last } };
    const index = there.findLastIndex((other) => compareBooked(other, parcel) <= 0) + 1;
    this.#places.set(place, there.toSpliced(index, 0, parcel));
  }
}

/**
 * Where the points of each line are. What was accepted is kept by the burn, as it can be given back; what
 * was returned or paid stays with its line.
 */
export function placesOf(entry: TracedEntry): string[] {
  const { id, kind, holdId, postings, reversals } = entry;
  // A refund gives back of one burn after the other, in the order in which it names them.
  const [...burns] = reversals;
  let left = burns[0]?.points ?? 0;
  return postings.map(({ account, ownerId, key, amount }, line) => {
    const lot = lotText(key);
    switch (account) {
      case 'HELD':
        return `HELD\n${holdId}\n${lot}`;
      case 'BREAKAGE':
        return `BREAKAGE\n${lapsedOf(entry, amount)}\n${lot}`;
      case 'OUTSTANDING':
      case 'DEBT':
        return `${account}\n${id}\n${line}`;
      case 'REDEEMED': {
        if (kind !== 'REFUND' || amount > 0) return `REDEEMED\n${id}\n${ownerId}\n${lot}`;
        if (left === 0) {
          burns.shift();
          left = burns[0]?.points ?? 0;
        }
        left += amount;
        return `REDEEMED\n${burns[0]?.accrualId}\n${ownerId}\n${lot}`;
      }
      default:
        return `${account}\n${ownerId}\n${lot}`;
    }
  });
}

/** How alike points are to what a line of the same entry takes: the more alike, the sooner they go there. */
const likenesses: readonly Likeness[] = [
  ({ key }) => lotText(key),
  ({ key }) => lotText({ ...key, contributor: '' }),
  ({ key: { unit, issuerId, priceClass } }) => `${unit}\n${issuerId}\n${priceClass}`,
  ({ key: { unit, issuerId } }) => `${unit}\n${issuerId}`,
];

/** When all of one account goes to another, each point stays what it is. */
const accountAndLot: Likeness = ({ account, key }) => `${account}\n${lotText(key)}`;

/** Of which accruals an entry takes points, and how many at most. */
function namedBy({ kind, reversals, detail }: TracedEntry): Map<string, number> {
  if (kind === 'VEST') return new Map([[String(detail?.accrualId), Number.MAX_SAFE_INTEGER]]);
  // What a refund names are burns, and told apart by place already.
  if (kind === 'REFUND') return new Map();
  return new Map(reversals.map(({ accrualId, points }) => [accrualId, points]));
}

const pointsOf = (parcels: readonly Parcel[]): number => sum(parcels.map(({ points }) => points));

/** The order of parcels that are equal is kept: the one that came first stays first. */
const compareBooked = ({ bookedAt: a }: Parcel, { bookedAt: b }: Parcel): number =>
  a[0] - b[0] || a[1] - b[1];

const compareLast = ({ last: a }: Parcel, { last: b }: Parcel): number =>
  (a?.step.seq ?? 0) - (b?.step.seq ?? 0) || (a?.step.line ?? 0) - (b?.step.line ?? 0);

function stepsTo(last: Node | null): TraceStep[] {
  const steps: TraceStep[] = [];
  for (let node = last; node !== null; node = node.before) steps.push(node.step);
  return steps.toReversed();
}
