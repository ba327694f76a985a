import type { Clock } from '../../shared/clock.ts';
import { answerer } from '../../shared/graphql/answer.ts';
import { buildSchema } from '../../shared/graphql/build-subgraph.ts';
import { fault } from '../../shared/graphql/faults.ts';
import type { Call, SubgraphTransport } from '../../shared/graphql/request.ts';
import { sharedWording } from '../../shared/graphql/wording.ts';
import type { Logger } from '../../shared/logger.ts';
import type { AskSubgraph } from '../subgraph-source.ts';
import { allianceSdl, itemOf } from './alliance-sdl.ts';
import { collect } from './collect.ts';
import { limits } from './limits.ts';
import { decodePlace, encodePlace } from './place.ts';
import { catalogue, type ForeignSubgraph, merchantSource, type Page } from './sources.ts';

export type AllianceOptions = Readonly<{
  foreign: readonly ForeignSubgraph[];
  /** How the subgraphs of the platform are reached. */
  transport: SubgraphTransport;
  clock: Clock;
  logger: Logger;
}>;

/** What the lists of one request share. */
type Context = Call & Readonly<{ pages: Map<string, Promise<Page>> }>;

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
  const contextFor = ({ call }: { call: Call }): Context => ({ ...call, pages: new Map() });
  return answerer({ schema, wording: sharedWording, logger, contextFor });
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

function listing({ foreign, transport, clock, logger }: AllianceOptions) {
  return async (_: unknown, args: Arguments, context: Context) => {
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
    const place = decodePlace(after);
    const found = await collect(sources, {
      place,
      needed: first + 1,
      call: context,
      pages: context.pages,
      clock,
      logger,
    });
    const entries = found.entries.slice(0, first);
    const last = found.stopped === null ? entries.at(-1)?.cursor : encodePlace(found.stopped);
    return {
      edges: entries,
      nodes: entries.map(({ node }) => node),
      pageInfo: {
        hasNextPage: found.stopped !== null || found.entries.length > first,
        hasPreviousPage: after !== null,
        startCursor: entries[0]?.cursor ?? null,
        endCursor: last ?? null,
      },
    };
  };
}
