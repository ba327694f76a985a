import { z } from 'zod';
import { answerer } from '../../shared/graphql/answer.ts';
import { buildSchema } from '../../shared/graphql/build-subgraph.ts';
import { fault } from '../../shared/graphql/faults.ts';
import {
  type Call,
  type FailureCode,
  SubgraphFailure,
  type SubgraphTransport,
} from '../../shared/graphql/request.ts';
import { sharedWording } from '../../shared/graphql/wording.ts';
import type { Logger } from '../../shared/logger.ts';
import type { AskSubgraph } from '../subgraph-source.ts';
import { allianceSdl, itemOf, subgraphOf } from './alliance-sdl.ts';
import { limits } from './limits.ts';
import { decodePlace, encodePlace, type Place } from './place.ts';

/** A merchant's own subgraph that takes part. */
export type ForeignSubgraph = Readonly<{
  /** What its types begin with. */
  prefix: string;
  /** Whose it is. Said by the operator who registered it, never by the subgraph. */
  merchantId: string;
  send: AskSubgraph;
}>;

export type AllianceOptions = Readonly<{
  foreign: readonly ForeignSubgraph[];
  /** How the subgraphs of the platform are reached. */
  transport: SubgraphTransport;
  logger: Logger;
}>;

/** Where items come from. */
type Source = Readonly<{
  name: string;
  type: string;
  read: (first: number, after: string | null, call: Call) => Promise<Page>;
}>;

type Page = Readonly<{ ids: readonly string[]; next: string | null }>;

/** One line of the list: an item, or that its source did not answer. */
type Entry = Readonly<{ node: object; cursor: string }>;

type Found = Readonly<{ entries: readonly Entry[]; next: string | null }>;

/**
 * The subgraph `alliance`, which lives in the gateway: lists the catalogue and the merchants' own items
 * as one, and says of a merchant's item whose it is. The items themselves are fetched from their
 * subgraphs by the gateway, like all entities.
 */
export function createAlliance(options: AllianceOptions): AskSubgraph {
  const { foreign, logger } = options;
  const schema = buildSchema(
    allianceSdl(foreign.map(({ prefix }) => prefix)),
    { Query: { allianceItems: listing(options) }, ...itemResolvers(foreign) },
    sharedWording,
  );
  return answerer({ schema, wording: sharedWording, logger, contextFor: ({ call }) => call });
}

const itemResolvers = (foreign: readonly ForeignSubgraph[]) =>
  Object.fromEntries(
    foreign.map(({ prefix, merchantId }) => [
      itemOf(prefix),
      {
        __resolveReference: ({ id }: { id: string }) => ({ __typename: itemOf(prefix), id }),
        merchant: () => ({ __typename: 'Merchant', id: merchantId }),
        // Points of its own are nothing that a merchant's subgraph could take.
        unit: () => 'ALLIANCE',
      },
    ]),
  );

type Arguments = Readonly<{ first: number; after?: string | null; merchantId?: string | null }>;

function listing({ foreign, transport, logger }: AllianceOptions) {
  return async (_: unknown, args: Arguments, call: Call) => {
    const { first, after = null, merchantId = null } = args;
    if (first < 1 || first > limits.pageMax)
      throw fault('BAD_USER_INPUT', 'INVALID_PAGE', { max: limits.pageMax });
    const sources = [
      catalogue(transport, merchantId),
      ...foreign
        .filter((one) => merchantId === null || one.merchantId === merchantId)
        .map(merchantSource),
    ];
    // One more than asked for tells whether there are more.
    const found = await collect(sources, {
      place: decodePlace(after),
      needed: first + 1,
      call,
      logger,
    });
    const entries = found.slice(0, first);
    return {
      edges: entries,
      nodes: entries.map(({ node }) => node),
      pageInfo: {
        hasNextPage: found.length > first,
        hasPreviousPage: after !== null,
        startCursor: entries[0]?.cursor ?? null,
        endCursor: entries.at(-1)?.cursor ?? null,
      },
    };
  };
}

type Wanted = Readonly<{ place: Place | null; needed: number; call: Call; logger: Logger }>;

/** Walks the sources in their order, several merchants at once, until there are enough entries. */
async function collect(sources: readonly Source[], wanted: Wanted): Promise<Entry[]> {
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
  while (index < sources.length && entries.length < needed) {
    const group = sources.slice(index, index + (index === 0 ? 1 : limits.askedAtOnce));
    const open = needed - entries.length;
    const start = from;
    const first = await Promise.all(
      group.map((source, nth) =>
        read(source, nth === 0 ? start : null, { ...wanted, needed: open }),
      ),
    );
    for (const [nth, source] of group.entries()) {
      let found: Found | undefined = first[nth];
      while (found !== undefined && entries.length < needed) {
        entries.push(...found.entries);
        const { next }: Found = found;
        if (next === null || entries.length >= needed) break;
        const on = { source: source.name, after: next, skip: 0 };
        found = await read(source, on, { ...wanted, needed: needed - entries.length });
      }
    }
    index += group.length;
    from = null;
  }
  return entries.slice(0, needed);
}

/** One page of a source. That it did not answer is an entry like any other, and the last one. */
async function read(
  source: Source,
  from: Place | null,
  { needed, call, logger }: Wanted,
): Promise<Found> {
  const { after, skip } = from ?? { after: null, skip: 0 };
  const past = skip ?? 0;
  const first = Math.min(needed + past, limits.pageMax);
  try {
    const { ids, next } = await source.read(first, after, call);
    const entries = ids.slice(past).map((id, nth) => ({
      node: { __typename: source.type, id },
      cursor: encodePlace({ source: source.name, after, skip: past + nth + 1 }),
    }));
    return { entries, next };
  } catch (error) {
    const code: FailureCode =
      error instanceof SubgraphFailure ? error.code : 'SUBGRAPH_UNAVAILABLE';
    logger.warn({ subgraph: source.name, code, error }, 'a source of items did not answer');
    const cursor = encodePlace({ source: source.name, after: null, skip: null });
    return { entries: [{ node: fault(code), cursor }], next: null };
  }
}

const REWARDS = `query ($first: Int!, $after: String, $filter: RewardFilter) {
  rewards(first: $first, after: $after, filter: $filter) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;

const catalogue = (transport: SubgraphTransport, merchantId: string | null): Source => ({
  name: 'rewards-catalog',
  type: 'Reward',
  async read(first, after, call) {
    const filter = {
      status: { eq: 'PUBLISHED' },
      ...(merchantId !== null && { merchantId: { eq: merchantId } }),
    };
    const { data } = await transport('rewards-catalog', {
      query: REWARDS,
      variables: { first, after, filter },
      call,
    });
    return pageOf(data?.rewards, first);
  },
});

const merchantSource = ({ prefix, send }: ForeignSubgraph): Source => {
  const field = `${subgraphOf(prefix)}_items`;
  const query = `query ($first: Int!, $after: String) { ${field}(first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;
  return {
    name: subgraphOf(prefix),
    type: itemOf(prefix),
    async read(first, after, call) {
      const { data } = await send({ query, variables: { first, after }, call });
      return pageOf(data?.[field], first);
    },
  };
};

const pageSchema = z.object({
  nodes: z.array(z.object({ id: z.string().min(1).max(200) })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().max(2_000).nullable() }),
});

/**
 * The ids of a page. One that says it has a successor must be full, or a source that answers one item at
 * a time would be asked for ever.
 */
function pageOf(answer: unknown, first: number): Page {
  const { data: page } = pageSchema.safeParse(answer);
  const isFull = page?.nodes.length === first;
  if (page === undefined || page.nodes.length > first || (page.pageInfo.hasNextPage && !isFull)) {
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'it is not a page of items');
  }
  const { hasNextPage, endCursor } = page.pageInfo;
  return { ids: page.nodes.map(({ id }) => id), next: hasNextPage ? endCursor : null };
}
