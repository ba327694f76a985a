import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as sendRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import type { SubgraphTransport } from '../../shared/graphql/request.ts';
import { LINES } from '../../shared/network/exchange.ts';
import { remoteTransport } from '../../shared/network/remote.ts';
import { engines } from '../support/engines.ts';
import { operator } from '../support/people.ts';
import { type Apart, clock, gatewayBefore, openApart } from './alliances.ts';
import { everyByte } from './every-byte.ts';
import { LISTING, redeemOnce, settleIn, Traveller, tryToRedeem } from './journey.ts';
import { type Foreign, foreignServer, keys } from './network.ts';

type Json = Record<string, unknown>;
type Alter = (answer: { data: Json }) => unknown;

/** What a subgraph would like to be believed about everything. Parsed, so that `__proto__` is a key. */
const LIES: Json = JSON.parse(`{
  "__proto__": { "displayName": "Mallory" }, "constructor": { "name": "Mallory" },
  "displayName": "Mallory", "name": "Mallory", "title": "Mallory", "status": "CANCELLED",
  "wallet": { "__typename": "Wallet", "available": 999999, "held": 0, "debt": 0 },
  "member": { "__typename": "Member", "id": "mallory", "displayName": "Mallory",
    "wallet": { "available": 999999 }, "tier": { "name": "Mallory" } },
  "tier": { "name": "Mallory" }, "merchant": { "id": "mallory", "name": "Mallory" },
  "reward": { "id": "mallory", "title": "Mallory", "green": { "label": "ORGANIC" } },
  "burns": [], "claims": [], "carbonGrams": 999999, "industry": "BANK", "green": null,
  "voucher": { "code": "MALLORY", "validUntil": "2099-01-01" },
  "redemption": { "id": "mallory", "status": "CANCELLED" },
  "redemptions": { "nodes": [], "totalCount": 0 },
  "_entities": [{ "__typename": "Member", "displayName": "Mallory" }]
}`);

/** The lies beside what an object has, in every object. */
const besides = (value: unknown, more: Json = LIES, over: Json = {}): unknown => {
  if (Array.isArray(value)) return value.map((item) => besides(item, more, over));
  if (value === null || typeof value !== 'object') return value;
  const parts = Object.entries(value).map(([key, part]) => [key, besides(part, more, over)]);
  return { ...more, ...Object.fromEntries(parts), ...over };
};

const unasked: Alter = (answer) => ({
  ...answer,
  data: besides(answer.data),
  extensions: { ...LIES },
});

const falselyNamed =
  (type: string): Alter =>
  (answer) => ({ ...answer, data: besides(answer.data, LIES, { __typename: type }) });

/** One more entity than was asked about, or as many where none was asked about. */
const moreEntities: Alter = ({ data, ...rest }) => {
  const { _entities: entities, ...others } = data;
  const more = { __typename: 'Member', displayName: 'Mallory', wallet: { available: 999_999 } };
  return {
    ...rest,
    data: { ...others, _entities: [...(Array.isArray(entities) ? entities : []), more] },
  };
};

/** `alter` may be changed between two questions. */
type Liar = Foreign & { alter: Alter; told: number };

/** Passes signed calls on to the real subgraph as they are, and alters what it answers. */
async function liarBefore(real: URL): Promise<Liar> {
  const server = await foreignServer(async (request, response) => {
    const { status, type, body } = await passOn(
      new URL(String(request.url), real),
      request.headers,
      await buffer(request),
    );
    response.statusCode = status;
    response.setHeader('content-type', type);
    if (status !== 200) return void response.end(body);
    liar.told += 1;
    response.end(type === LINES ? alteredLines(body, liar) : altered(body.toString(), liar));
  });
  const liar: Liar = { ...server, alter: unasked, told: 0 };
  return liar;
}

const altered = (answer: string, { alter }: Liar): string =>
  JSON.stringify(alter(JSON.parse(answer)));

/** The answers to questions that travelled together. */
const alteredLines = (body: Buffer, { alter }: Liar): string =>
  body
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [index, answer] = JSON.parse(line);
      return `${JSON.stringify([index, alter(answer)])}\n`;
    })
    .join('');

function passOn(
  url: URL,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<{ status: number; type: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    sendRequest(url, { method: 'POST', headers }, async (response) =>
      resolve({
        status: response.statusCode ?? 0,
        type: String(response.headers['content-type']),
        body: await buffer(response),
      }),
    )
      .once('error', reject)
      .end(body);
  });
}

const [engine] = engines;
const url = String(engine?.freshUrl());
let apart: Apart;
let redeemed: object;
let honest: Readonly<{ listing: string; redeem: string }>;

beforeAll(async () => {
  apart = await openApart(url);
  redeemed = await redeemOnce(apart.traveller, await settleIn(apart.traveller));
  honest = await askBoth(apart.traveller.url);
  expect(honest.listing).toContain('"displayName":"Ann"');
  expect(honest.listing).toContain('"wallet":{"available":50}');
});

afterAll(async () => {
  await apart[Symbol.asyncDispose]();
  await engine?.remove(url);
});

/** Every byte of the bodies of the listing and of a redemption asked for once more. */
async function askBoth(gateway: string): Promise<typeof honest> {
  const { body } = await everyByte(gateway, LISTING, operator);
  const traveller = new Traveller(gateway);
  await tryToRedeem(traveller, redeemed);
  return { listing: body, redeem: String(traveller.answers) };
}

/** Reaches the subgraphs, and in place of one of them a liar. */
async function withLiar(name: SubgraphName) {
  const liar = await liarBefore(apart.addresses[name]);
  const addresses = { ...apart.addresses, [name]: liar.address };
  const { transport, close } = remoteTransport({ addresses, keys, clock });
  return {
    liar,
    transport,
    async [Symbol.asyncDispose]() {
      close();
      await liar[Symbol.asyncDispose]();
    },
  };
}

describe.each(subgraphNames)('%s over HTTP changes nothing but what it was asked for', (name) => {
  let poisoned: Awaited<ReturnType<typeof withLiar>>;
  let gateway: Awaited<ReturnType<typeof gatewayBefore>>;
  beforeAll(async () => {
    poisoned = await withLiar(name);
    gateway = await gatewayBefore(poisoned.transport);
  });
  afterAll(async () => {
    await gateway.gateway.stop();
    await poisoned[Symbol.asyncDispose]();
  });

  test('when it answers displayName, wallet and more unasked, in every object', async () => {
    poisoned.liar.alter = unasked;

    expect(await askBoth(gateway.url)).toEqual(honest);
    expect(poisoned.liar.told).toBeGreaterThan(0);
  });

  test.each(['Merchant', 'Mallory', '_Entity'])('when it calls everything a %s', async (type) => {
    poisoned.liar.alter = falselyNamed(type);

    // A mutation answers a union: which of its types, only the subgraph that was asked knows.
    expect((await everyByte(gateway.url, LISTING, operator)).body).toBe(honest.listing);
  });

  test('when it answers about more entities than it was asked about', async () => {
    poisoned.liar.alter = moreEntities;

    const { body } = await everyByte(gateway.url, LISTING, operator);

    const { data, errors = [] } = JSON.parse(body);
    const [whole] = JSON.parse(honest.listing).data.redemptions.nodes;
    expect(body).not.toMatch(/mallory|999999/i);
    // Which is whose cannot be told: its own fields are null, with one error.
    const isOwner = name === 'rewards-catalog';
    expect(errors.map(codeOf)).toEqual(isOwner ? [] : ['SUBGRAPH_BAD_RESPONSE']);
    expect(nullsFilled(data.redemptions.nodes[0], whole)).toEqual(whole);
  });
});

test('a plain gateway believes the same liar', async () => {
  await using poisoned = await withLiar('points-ledger');

  expect(await plainListing(poisoned.transport)).toContain('Mallory');
});

const codeOf = (error: { extensions: { code: string } }): string => error.extensions.code;

/** A value with what is null in it taken from another one. */
function nullsFilled(value: unknown, from: unknown): unknown {
  if (value === null) return from;
  if (Array.isArray(value)) {
    return value.map((item, index) => nullsFilled(item, (from as unknown[])[index]));
  }
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, nullsFilled(part, (from as Json)[key])]),
  );
}

/** What Apollo's gateway makes of the listing when nothing of ours stands between. */
async function plainListing(transport: SubgraphTransport): Promise<string> {
  const call = { caller: operator, locale: 'en', requestId: 'plain', deadline: null } as const;
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(
      new URL('../../gateway/supergraph.graphql', import.meta.url),
      'utf8',
    ),
    buildService: ({ name }): GraphQLDataSource => ({
      // The answer is plain JSON, which Apollo's type of a response does not say.
      process: async ({ request: { query = '', variables = {} } }) =>
        (await transport(name as SubgraphName, { query, variables, call })) as never,
    }),
  });
  const server = new ApolloServer({ gateway, logger: silent });
  await server.start();
  const { body } = await server.executeOperation({ query: LISTING });
  await server.stop();
  return JSON.stringify(body);
}

const quiet = (): void => undefined;
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };
