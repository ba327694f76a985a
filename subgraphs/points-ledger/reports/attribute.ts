import { assert } from '../../../shared/assert.ts';
import type { AccountKind, Posting } from '../domain/entry.ts';
import { type LotKey, lotText } from '../domain/lot.ts';
import type { PlacedEntry } from '../domain/seal.ts';

/** What of an entry decides where its points came from. */
export type TracedEntry = Pick<
  PlacedEntry,
  'seq' | 'id' | 'kind' | 'walletId' | 'holdId' | 'postings' | 'reversals'
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

/** A line that takes points, and how many it has not got yet. */
type Wanting = Readonly<{ posting: Posting; line: number }> & { missing: number };

/**
 * Says which points went where. Points of one lot cannot be told apart, so it is a convention, the same
 * for everybody who has the journal:
 *
 * 1. Of the points in one place (a lot of a wallet, a lot of a hold, what of a lot lapsed) those that
 *    were booked first leave first; those that come back take their old place. A return takes points
 *    of the purchase that is returned before others.
 * 2. In an entry, points go from the lines that give to the lines that take, in the order of the lines:
 *    first those of one and the same lot, then those of one issuer and unit.
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
    const given: (Parcel & { key: LotKey })[] = [];
    for (const [line, posting] of entry.postings.entries()) {
      if (posting.amount >= 0) continue;
      for (const parcel of this.#take(entry, posting, line)) {
        given.push({ ...parcel, key: posting.key });
      }
    }
    const left = this.#hand(entry, given, taking, lotText);
    const rest = this.#hand(entry, left, taking, ({ unit, issuerId }) => `${unit}\n${issuerId}`);
    assert(
      rest.length === 0 && taking.every(({ missing }) => missing === 0),
      'an entry adds up to zero for each issuer and unit',
    );
  }

  /** All there are, in the order in which they were booked, then in that of their last lines. */
  strands(): Strand[] {
    return [...this.#places.values()]
      .flat()
      .toSorted((a, b) => compareBooked(a, b) || compareLast(a, b))
      .map(({ points, source, bookedAt, last }) => ({
        ...{ points, source, bookedAt, steps: stepsTo(last) },
      }));
  }

  /** How many points there are in one place. */
  pointsAt(place: string): number {
    return (this.#places.get(place) ?? []).reduce((all, { points }) => all + points, 0);
  }

  /** What a line gives: new points, or some that were there. */
  #take(entry: TracedEntry, posting: Posting, line: number): Parcel[] {
    const { account, amount } = posting;
    const points = 0 - amount;
    if (account === 'OUTSTANDING' || account === 'DEBT') {
      const bookedAt = [entry.seq, line] as const;
      return [{ points, source: account, bookedAt, bookedBy: entry.id, last: null }];
    }
    const place = placeOf(entry, posting, line);
    const there = this.#places.get(place) ?? [];
    const inOrder = returnedFirst(there, entry);
    const taken: Parcel[] = [];
    const rest: Parcel[] = [];
    let open = points;
    for (const parcel of inOrder) {
      const part = Math.min(open, parcel.points);
      if (part > 0) taken.push({ ...parcel, points: part });
      if (parcel.points > part) rest.push({ ...parcel, points: parcel.points - part });
      open -= part;
    }
    assert(open === 0, 'nothing leaves a place that is not there');
    if (rest.length === 0) this.#places.delete(place);
    else this.#places.set(place, rest.toSorted(compareBooked));
    return taken;
  }

  /** Gives points to the lines that agree with them in `groupOf`. Answers what nobody took. */
  #hand<Given extends Parcel & { key: LotKey }>(
    entry: TracedEntry,
    given: readonly Given[],
    taking: readonly Wanting[],
    groupOf: (key: LotKey) => string,
  ): Given[] {
    const left: Given[] = [];
    for (const parcel of given) {
      let { points } = parcel;
      for (const wanting of taking) {
        if (points === 0) break;
        if (groupOf(wanting.posting.key) !== groupOf(parcel.key)) continue;
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
    const place = placeOf(entry, posting, line);
    const there = this.#places.get(place) ?? [];
    const parcel = { points, source, bookedAt, bookedBy, last: { step, before: last } };
    const index = there.findLastIndex((other) => compareBooked(other, parcel) <= 0) + 1;
    this.#places.set(place, there.toSpliced(index, 0, parcel));
  }
}

/** Where the points of a line are. What was accepted, returned or paid stays with its line. */
export function placeOf(
  entry: TracedEntry,
  { account, ownerId, key }: Posting,
  line: number,
): string {
  const lot = lotText(key);
  switch (account) {
    case 'HELD':
      return `${account}\n${entry.holdId}\n${lot}`;
    case 'BREAKAGE':
      return `${account}\n${entry.walletId}\n${lot}`;
    case 'OUTSTANDING':
    case 'DEBT':
    case 'REDEEMED':
      return `${account}\n${entry.seq}\n${line}`;
    default:
      return `${account}\n${ownerId}\n${lot}`;
  }
}

/** Points of an accrual that is taken back leave before others of its lot. */
function returnedFirst(there: readonly Parcel[], { reversals }: TracedEntry): readonly Parcel[] {
  if (reversals.length === 0) return there;
  const returned = new Set(reversals.map(({ accrualId }) => accrualId));
  const { own = [], others = [] } = Object.groupBy(there, ({ bookedBy }) =>
    returned.has(bookedBy) ? 'own' : 'others',
  );
  return [...own, ...others];
}

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
