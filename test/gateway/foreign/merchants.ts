import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openForeign } from '../../../gateway/foreign/open-foreign.ts';
import type { Registration } from '../../../gateway/foreign/registration.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { systemClock } from '../../../shared/clock.ts';
import type { Caller } from '../../../shared/graphql/caller.ts';
import type { SubgraphTransport } from '../../../shared/graphql/request.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { newId } from '../../../shared/identifiers.ts';
import { createLogger } from '../../../shared/logger.ts';
import { type Answer, anonymous } from '../../support/world.ts';

export const SECRET = 'whsec_dGVzdHMgb25seTogYSBtZXJjaGFudCdzIG93biBrZXk=';

/** The least that a merchant may register. */
export const leastSdl = (prefix: string): string => {
  const field = prefix.toLowerCase();
  return `
    type Query { ${field}_items(first: Int!, after: String): ${prefix}_ItemConnection }
    type ${prefix}_ItemConnection { nodes: [${prefix}_Item]! pageInfo: PageInfo! }
    type ${prefix}_Item implements CatalogItem @key(fields: "id") {
      id: ID! title: String points: SafeInt cashPrice: Money stock: SafeInt
      tags: [String!] grade: ${prefix}_Grade carat: Float
    }
    enum ${prefix}_Grade { GOOD BETTER }`;
};

type Asking = { as?: Caller; locale?: Locale; variables?: Record<string, unknown> };

/** The graph of a world with these merchants in it. */
export async function openGraph(
  world: Readonly<{ embedded: Readonly<{ transport: SubgraphTransport }> }>,
  registrations: readonly Registration[],
) {
  const ground = {
    clock: systemClock,
    newId,
    logger: createLogger(process.env.TEST_LOG_LEVEL ?? 'silent'),
  };
  const { supergraphSdl, foreign, refused, close } = await openForeign({
    ...ground,
    registrations,
  });
  const fetches: string[] = [];
  const gateway = await createGateway({
    ...ground,
    supergraphSdl,
    foreign,
    transport: world.embedded.transport,
    identify: async () => anonymous,
    onFetch: (name) => fetches.push(name),
  });
  return {
    refused,
    fetches,
    gateway,
    ask: async (
      query: string,
      { as = anonymous, locale = 'en' as Locale, variables = {} }: Asking = {},
    ): Promise<Answer> =>
      (await gateway.ask({ query, caller: as, locale, variables })) as unknown as Answer,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      close();
    },
  };
}

type Reply = Readonly<{ status?: number; type?: string; body: string | Buffer }>;

export type Seen = Readonly<{ headers: Record<string, unknown>; body: string }>;

/** A merchant's server that answers what a test lets it answer; null: never. */
export async function openMerchant(reply: (asked: Seen) => Reply | 'reset' | null) {
  const state = { reply, seen: [] as Seen[] };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    state.seen.push(asked);
    const answer = state.reply(asked);
    if (answer === null) return;
    if (answer === 'reset') return void request.socket.destroy();
    const { status = 200, type = 'application/json', body } = answer;
    response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // Of a server that listens on a port.
  return {
    state,
    url: new URL(`http://127.0.0.1:${port}/graphql`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What an honest merchant with three items answers. */
export function honestReply(prefix: string, { body }: Seen): { data: Record<string, unknown> } {
  const { query, variables } = JSON.parse(body);
  const item = (id: string) => ({
    __typename: `${prefix}_Item`,
    id,
    title: `Item ${id}`,
    points: 100,
    cashPrice: { amountMinor: 1_000, currency: 'CNY' },
    stock: null,
    tags: ['new'],
    grade: 'GOOD',
    carat: 0.5,
  });
  if (query.includes('_entities')) {
    const asked: { id: string }[] = variables.representations;
    return { data: { _entities: asked.map(({ id }) => item(id)) } };
  }
  const all = ['a', 'b', 'c'].map(item);
  const from = variables.after ? all.findIndex(({ id }) => id === variables.after) + 1 : 0;
  const nodes = all.slice(from, from + (variables.first ?? 3));
  const pageInfo = {
    hasNextPage: from + nodes.length < all.length,
    hasPreviousPage: from > 0,
    startCursor: nodes[0]?.id ?? null,
    endCursor: nodes.at(-1)?.id ?? null,
  };
  return { data: { [`${prefix.toLowerCase()}_items`]: { nodes, pageInfo } } };
}
