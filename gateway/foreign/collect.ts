import type { Clock } from '../../shared/clock.ts';
import { Fault, fault } from '../../shared/graphql/faults.ts';
import { type Call, type FailureCode, SubgraphFailure } from '../../shared/graphql/request.ts';
import type { Logger } from '../../shared/logger.ts';
import { before } from '../before.ts';
import { limits } from './limits.ts';
import { encodePlace, type Place } from './place.ts';
import type { Page, Source } from './sources.ts';

/** One line of the list: an item, or that its source did not answer. */
export type Entry = Readonly<{ node: object; cursor: string }>;

export type Wanted = Readonly<{
  place: Place | null;
  /** How many entries. */
  needed: number;
  call: Call;
  /** The pages that were asked for in this request, by source and place: each is asked for once. */
  pages: Map<string, Promise<Page>>;
  clock: Clock;
  logger: Logger;
}>;

export type Collected = Readonly<{
  entries: readonly Entry[];
  /** Where it stopped although there may be more: enough sources were asked, or the time is up. */
  stopped: Place | null;
}>;

type Found = Readonly<{ entries: readonly Entry[]; next: Place | null }>;

const past = (source: string): Place => ({ source, after: null, skip: null, taken: 0 });

/**
 * Walks the sources in their order, several merchants at once, until there are enough entries. Stops
 * before that when enough merchants were asked for one page, or when the time is needed for the items:
 * what there is is better than a list that comes too late.
 */
export async function collect(sources: readonly Source[], wanted: Wanted): Promise<Collected> {
  const { place, needed } = wanted;
  const entries: Entry[] = [];
  let index = place === null ? 0 : sources.findIndex(({ name }) => name === place.source);
  // A merchant that took part when the cursor was made may be gone.
  if (index < 0) throw fault('BAD_USER_INPUT', 'INVALID_CURSOR');
  let from: Place | null = place;
  if (from?.skip === null) {
    index += 1;
    from = null;
  }
  let asked: string | null = null;
  let merchants = 0;
  while (index < sources.length && entries.length < needed) {
    if (asked !== null && (merchants >= limits.sourcesMax || isLate(wanted))) {
      return { entries, stopped: past(asked) };
    }
    const size = index === 0 ? 1 : Math.min(limits.askedAtOnce, limits.sourcesMax - merchants);
    const group = sources.slice(index, index + size);
    const start = from;
    const open = { ...wanted, needed: needed - entries.length };
    const first = await Promise.all(
      group.map((source, nth) => read(source, nth === 0 ? start : null, open)),
    );
    for (const [nth, source] of group.entries()) {
      const stopped = await fill(entries, source, first[nth], wanted);
      if (stopped !== null) return { entries, stopped };
      asked = source.name;
    }
    if (index > 0) merchants += group.length;
    index += group.length;
    from = null;
  }
  return { entries: entries.slice(0, needed), stopped: null };
}

/** Puts what a source has behind the entries. Answers where it goes on when there is no time for it. */
async function fill(
  entries: Entry[],
  source: Source,
  first: Found | undefined,
  wanted: Wanted,
): Promise<Place | null> {
  let found = first;
  while (found !== undefined && entries.length < wanted.needed) {
    entries.push(...found.entries);
    const { next }: Found = found;
    if (next === null || entries.length >= wanted.needed) return null;
    if (isLate(wanted)) return next;
    found = await read(source, next, { ...wanted, needed: wanted.needed - entries.length });
  }
  return null;
}

/** How long sources may still be asked, in milliseconds; null: as long as they like. */
const timeLeft = ({ call: { deadline }, clock }: Wanted): number | null =>
  deadline === null ? null : deadline - limits.itemsMs - clock.now().getTime();

const isLate = (wanted: Wanted): boolean => (timeLeft(wanted) ?? 1) <= 0;

/** One page of a source. That it did not answer is an entry like any other, and the last one. */
async function read(source: Source, from: Place | null, wanted: Wanted): Promise<Found> {
  const { after, skip, taken } = from ?? { after: null, skip: 0, taken: 0 };
  const over = skip ?? 0;
  const { itemsMax } = source;
  const first = Math.min(
    wanted.needed + over,
    limits.pageMax,
    itemsMax === null ? limits.pageMax : itemsMax - taken,
  );
  if (first <= 0) return { entries: [], next: null };
  try {
    const { ids, next } = await before(timeLeft(wanted), pageOnce(source, first, after, wanted));
    const entries = ids.slice(over).map((id, nth) => ({
      node: { __typename: source.type, id },
      cursor: encodePlace({ source: source.name, after, skip: over + nth + 1, taken }),
    }));
    const further = { source: source.name, after: next, skip: 0, taken: taken + ids.length };
    return { entries, next: next === null ? null : further };
  } catch (error) {
    return failed(source, error, { isGiven: from === wanted.place && after !== null, wanted });
  }
}

/** Two lists in one request may want the same page. */
function pageOnce(
  source: Source,
  first: number,
  after: string | null,
  { call, pages }: Wanted,
): Promise<Page> {
  const key = JSON.stringify([source.name, source.scope, first, after]);
  const page = pages.get(key) ?? source.read(first, after, call);
  pages.set(key, page);
  return page;
}

function failed(
  { name, itemsMax }: Source,
  error: unknown,
  { isGiven, wanted: { logger } }: Readonly<{ isGiven: boolean; wanted: Wanted }>,
): Found {
  const cursor = encodePlace(past(name));
  if (error instanceof Fault && isGiven) {
    // Of ours it is believed. A merchant that says so of its own cursor must not hide those behind it.
    if (itemsMax === null) throw error;
    return { entries: [{ node: error, cursor }], next: null };
  }
  let code: FailureCode = 'SUBGRAPH_UNAVAILABLE';
  if (error instanceof SubgraphFailure) code = error.code;
  else if (error instanceof Fault) code = 'SUBGRAPH_BAD_RESPONSE';
  logger.warn({ subgraph: name, code, error }, 'a source of items did not answer');
  return { entries: [{ node: fault(code), cursor }], next: null };
}
