import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSchema, graphql } from 'graphql';
import { secret } from './calls.ts';

/**
 * A merchant's subgraph written without any file or library of the template but graphql-js: what the
 * conformance check finds in it does not depend on how the template is made.
 */
export const plainSchema = `
type Query { acme_items(first: Int!, after: String): Acme_ItemConnection }
type Acme_ItemConnection { nodes: [Acme_Item]! pageInfo: PageInfo! }
type Acme_Item implements CatalogItem @key(fields: "id") {
  id: ID! title: String points: SafeInt cashPrice: Money stock: SafeInt
  "Told twice a day." freshness(of: String): Acme_Freshness size(unit: String!): Int
}
enum Acme_Freshness { FRESH STALE }`;

const contract = `
scalar SafeInt
type Money { amountMinor: SafeInt! currency: String! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
interface CatalogItem { id: ID! title: String points: SafeInt cashPrice: Money stock: SafeInt }`;

const machinery = `
directive @key(fields: String!) on OBJECT
scalar _Any
type _Service { sdl: String }
union _Entity = Acme_Item
extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }`;

const schema = buildSchema(contract + plainSchema + machinery);
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');

const item = (number: number, language: string) => ({
  __typename: 'Acme_Item',
  id: `a${number}`,
  title: language.startsWith('zh') ? `商品 ${number}` : `Thing ${number}`,
  points: number,
  cashPrice: { amountMinor: number * 100, currency: 'CNY' },
  stock: number % 2 === 0 ? null : number,
  freshness: 'FRESH',
});

const COUNT = 123;

type Page = Readonly<{ first: number; after?: string | null }>;
type References = Readonly<{ representations: readonly Readonly<{ id?: unknown }>[] }>;

const roots = (language: string) => ({
  acme_items({ first, after }: Page) {
    if (first < 1 || first > 100) throw new Error('first is 1 to 100');
    if (after && !/^after-\d+$/.test(after)) throw new Error('after is no cursor');
    const past = Number(after?.slice('after-'.length) ?? 0);
    const last = Math.min(past + first, COUNT);
    const pageInfo = {
      hasNextPage: last < COUNT,
      hasPreviousPage: past > 0,
      endCursor: `after-${last}`,
    };
    const nodes = Array.from({ length: last - past }, (_, index) =>
      item(past + index + 1, language),
    );
    return { nodes, pageInfo };
  },
  _service: { sdl: contract + plainSchema },
  _entities: ({ representations }: References) =>
    representations.map(({ id }) => {
      const [, number] = /^a(\d+)$/.exec(String(id)) ?? [];
      return number === undefined || Number(number) > COUNT ? null : item(Number(number), language);
    }),
});

function isSigned({ headers }: IncomingMessage, body: string): boolean {
  const time = Number(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1000 - time) <= 300)) return false;
  const hmac = createHmac('sha256', key);
  const right = `v1,${hmac.update(`${headers['webhook-id']}.${time}.${body}`).digest('base64')}`;
  return String(headers['webhook-signature'])
    .split(' ')
    .some(
      (given) =>
        given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right)),
    );
}

export async function startPlainShop(): Promise<{ url: string; stop: () => void }> {
  const server = createServer(async (request, response) => {
    const reply = (status: number, answer: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer));
    const body = await text(request);
    if (request.method !== 'POST') return reply(405, {});
    if (!isSigned(request, body)) return reply(401, {});
    try {
      const { query, variables } = JSON.parse(body);
      const answer = await graphql({
        schema,
        source: String(query),
        rootValue: roots(request.headers['accept-language'] ?? 'en'),
        variableValues: variables,
      });
      return reply(answer.data === undefined ? 400 : 200, answer);
    } catch {
      return reply(400, {});
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // Of a server that listens on a port.
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    stop: () => void server.close().closeAllConnections(),
  };
}
