import type { SubgraphName } from '../../shared/addresses.ts';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { feedField } from '../../shared/feeds/follow.ts';
import type { Caller } from '../../shared/graphql/caller.ts';
import type { Keys } from '../../shared/graphql/context.ts';
import { peersOf } from '../../shared/graphql/peers.ts';
import type { SubgraphRequest, SubgraphResponse } from '../../shared/graphql/request.ts';
import { type AnySubgraphDefinition, createSubgraph } from '../../shared/graphql/subgraph.ts';
import type { Locale } from '../../shared/graphql/wording.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { settle } from '../../shared/workers.ts';
import type { Engine } from './engines.ts';
import { operator, TestClock } from './people.ts';
import { makeTables } from './templates.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

export type Asked = Readonly<{ as?: Caller; locale?: Locale }>;

export type AloneOptions = Readonly<{
  at?: string;
  /** Opens what another one left, instead of an empty database. It is then not removed. */
  databaseUrl?: string;
  /** What another subgraph would answer; null for all that are the feeds' to answer. */
  peer?: (name: SubgraphName, request: SubgraphRequest) => SubgraphResponse | null;
  /** Lets points-ledger sign checkpoints. */
  checkpoint?: Keys['checkpoint'];
}>;

/**
 * One subgraph without the others: for its own rules, and for what it makes of events that the others
 * would send. The only thing that answers it is the feeds, with the events put into them here, and what
 * a test says.
 */
export async function openAlone(
  engine: Engine,
  definition: AnySubgraphDefinition,
  { at = '2026-11-22T02:00:00Z', databaseUrl, checkpoint, peer: answerOf }: AloneOptions = {},
) {
  const url = databaseUrl ?? engine.freshUrl();
  if (databaseUrl === undefined) await makeTables(engine, url, [definition]);
  const clock = new TestClock(at);
  const statements: string[] = [];
  const database = await Database.open({
    address: addressUnder(url, definition.name),
    entities: definition.entities,
    migrations: definition.migrations,
    onStatement: (sql) => statements.push(sql),
  });
  const feeds = new Map<SubgraphName, { kind: string; payload: string; at: string }[]>();
  const subgraph = createSubgraph(definition, {
    database,
    clock,
    newId,
    logger: createLogger('silent'),
    keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32), ...(checkpoint && { checkpoint }) },
    peers: peersOf(
      definition.name,
      async (peer, request) => answerOf?.(peer, request) ?? feedAnswer(feeds, peer, request),
    ),
  });

  async function ask(
    query: string,
    variables: Record<string, unknown> = {},
    { as = operator, locale = 'en' }: Asked = {},
  ): Promise<Readonly<{ data: Data; errors: SubgraphResponse['errors'] }>> {
    const call = { caller: as, locale, requestId: 'test', deadline: null };
    const { data, errors } = await subgraph.answer({ query, variables, call });
    // As a client has it: plain objects.
    return { data: data && JSON.parse(JSON.stringify(data)), errors };
  }

  async function data(
    query: string,
    variables: Record<string, unknown> = {},
    asked: Asked = {},
  ): Promise<Data> {
    const answer = await ask(query, variables, asked);
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors, null, 2));
    return answer.data;
  }

  /** Puts events into the feed of another subgraph. This one follows it when it settles. */
  function queue(feed: SubgraphName, happened: readonly (readonly [string, object])[]): void {
    const at = clock.now().toISOString();
    const events = happened.map(([kind, payload]) => ({
      kind,
      payload: JSON.stringify(payload),
      at,
    }));
    feeds.set(feed, [...(feeds.get(feed) ?? []), ...events]);
  }

  return {
    databaseUrl: url,
    clock,
    database,
    /** Every SQL statement so far. Empty it, do something, count. */
    statements,
    ask,
    /** Asks, and fails the test when there is any error. */
    data,
    /** What other subgraphs get of entities of this one, or with fields that it adds. */
    entities: async (selection: string, representations: readonly object[], asked: Asked = {}) =>
      (
        await data(
          `query ($representations: [_Any!]!) {
            _entities(representations: $representations) { ${selection} }
          }`,
          { representations },
          asked,
        )
      )._entities,
    queue,
    settle: () => settle(subgraph.workers),
    /** Puts an event into the feed of another subgraph and lets this one follow it. */
    async happens(feed: SubgraphName, kind: string, payload: object): Promise<void> {
      queue(feed, [[kind, payload]]);
      await settle(subgraph.workers);
    },
    /** Lets every event of the feeds arrive a second time. */
    async happensAgain(): Promise<void> {
      await database.transaction((manager) => manager.query('DELETE FROM frame_feed_cursor'));
      await settle(subgraph.workers);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await subgraph.close();
      if (databaseUrl === undefined) await engine.remove(url);
    },
  };
}

export type Alone = Awaited<ReturnType<typeof openAlone>>;

function feedAnswer(
  feeds: ReadonlyMap<SubgraphName, readonly { kind: string; payload: string; at: string }[]>,
  peer: SubgraphName,
  { query, variables }: SubgraphRequest,
): SubgraphResponse {
  const asked = (variables?.r ?? variables?.representations) as
    | { merchantId?: string }[]
    | undefined;
  // Whoever is asked about is there, and the guard finds nothing.
  if (/_entities|complianceOfTexts/.test(query)) {
    const found = (asked ?? []).map((one) => ({
      ...one,
      merchant: { id: 'shop' },
      status: 'ACTIVE',
    }));
    return { data: { _entities: found, complianceOfTexts: [] } };
  }
  const after = Number(variables?.after);
  const events = (feeds.get(peer) ?? []).map((event, index) => ({ position: index + 1, ...event }));
  const page = events.filter(({ position }) => position > after);
  return { data: { [feedField(peer)]: page.slice(0, Number(variables?.first)) } };
}
