import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { limits } from '../../gateway/limits.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { engines } from '../support/engines.ts';
import {
  analyst,
  anonymous,
  asMember,
  asMerchant,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../support/world.ts';

const callers = {
  anonymous,
  operator,
  analyst,
  regulator,
  member: asMember('somebody'),
  merchant: asMerchant('some-shop'),
};

type Who = keyof typeof callers;
type Sent = string | Readonly<{ query?: unknown; variables?: unknown; extensions?: object }>;
type Case = Readonly<{ name: string; sent: Sent; status: number; code: string; reason?: string }>;

const refuses = (name: string, sent: Sent, reason: string): Case => ({
  name,
  sent,
  status: 400,
  code: 'BAD_USER_INPUT',
  reason,
});

/** Refused by a rule of GraphQL itself. */
const invalid = (name: string, sent: Sent, code = 'GRAPHQL_VALIDATION_FAILED'): Case => ({
  name,
  sent,
  status: 400,
  code,
});

/** Refused by the subgraph that was asked; other fields of the answer would be there. */
const refusedBelow = (name: string, sent: Sent, reason: string): Case => ({
  ...refuses(name, sent, reason),
  status: 200,
});

const times = (count: number, of: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => of(n)).join(' ');

const merchant = (fields: string): string => `{ merchant(id: "m") { ${fields} } }`;

/** Merchant → its programmes → their merchant → …: two levels of fields a turn. */
const round = (turns: number): string =>
  turns === 0 ? 'id' : `programmes { merchant { ${round(turns - 1)} } }`;

function filter(levels: number): unknown {
  let value: unknown = { id: { eq: 'x' } };
  for (let level = 0; level < levels; level += 1) value = { not: value };
  return value;
}

const page = (size: string): string => `{ merchants(${size}) { nodes { id } } }`;
const sized = (n: unknown): Sent => ({
  query: 'query ($n: Int) { merchants(first: $n) { nodes { id } } }',
  variables: { n },
});
const filtered = (f: unknown): Sent => ({
  query: 'query ($f: MerchantFilter) { merchants(first: 1, filter: $f) { nodes { id } } }',
  variables: { f },
});
const STOCK = 'idempotencyKey: "attack-key-1", rewardId: "r"';
const stock = (change: string): string =>
  `mutation { adjustStock(input: { ${STOCK}, change: ${change} }) { __typename } }`;
/** Raw, since JSON.stringify writes no number that JavaScript cannot hold. */
const rawStock = (change: string): string =>
  `{"query":"mutation ($n: SafeInt!) { adjustStock(input: { ${STOCK.replaceAll('"', '\\"')}, change: $n }) { __typename } }","variables":{"n":${change}}}`;
const named = (f: string): string =>
  `{ merchants(first: 1, filter: { id: { eq: "${f}" } }) { nodes { id } } }`;

const amplified = times(30, (n) => {
  const inner = n === 29 ? 'id' : `...f${n + 1} ...f${n + 1}`;
  return `fragment f${n} on Merchant { ${inner} }`;
});

const documents: readonly Case[] = [
  refuses(
    '100 aliases of one root field',
    `{ ${times(100, (n) => `a${n}: merchants(first: 1) { nodes { id } }`)} }`,
    'TOO_MANY_ROOT_FIELDS',
  ),
  refuses(
    '50 aliased mutations, each a guess',
    `mutation { ${times(50, (n) => `a${n}: useVoucher(input: { idempotencyKey: "attack-${n}", code: "${n}", merchantId: "m" }) { __typename }`)} }`,
    'TOO_MANY_MUTATIONS',
  ),
  refuses(
    '300 aliases of __typename at the top',
    `{ ${times(300, (n) => `a${n}: __typename`)} }`,
    'TOO_MANY_ROOT_FIELDS',
  ),
  refuses(
    '300 aliases of __typename below',
    merchant(times(300, (n) => `a${n}: __typename`)),
    'TOO_MANY_ALIASES',
  ),
  refuses(
    'aliases in a fragment that is spread again and again',
    `{ ${times(10, (n) => `x${n}: merchant(id: "${n}") { ...F }`)} } fragment F on Merchant { ${times(10, (n) => `a${n}: id`)} }`,
    'TOO_MANY_ALIASES',
  ),
  refuses('5,000 times the same field', merchant('id '.repeat(5_000)), 'DOCUMENT_TOO_LONG'),
  refuses('1,000 times the same field', merchant('id '.repeat(1_000)), 'TOO_MANY_REPEATS'),
  refuses(
    '500 times the same field, each in a fragment of its own',
    merchant('... { id } '.repeat(500)),
    'TOO_MANY_REPEATS',
  ),
  refuses(
    'a fragment that nobody spreads, full of the same field',
    `{ __typename } fragment F on Merchant { ${'programmes { id } '.repeat(500)} }`,
    'TOO_MANY_REPEATS',
  ),
  refuses(
    'lists that lead to each other, as deep as may be',
    merchant(round(6)),
    'TOO_MANY_OBJECTS',
  ),
  refuses('16 levels', merchant(round(7)), 'TOO_DEEP'),
  refuses('1,200 levels', merchant(`${'a { '.repeat(1_200)} id ${'} '.repeat(1_200)}`), 'TOO_DEEP'),
  refuses(
    '2,000 levels',
    merchant(`${'a { '.repeat(2_000)} id ${'} '.repeat(2_000)}`),
    'DOCUMENT_TOO_LONG',
  ),
  invalid(
    'fragments that lead to themselves',
    `${merchant('...A')} fragment A on Merchant { ...B } fragment B on Merchant { ...A }`,
  ),
  refuses(
    'fragments that mean 2^30 fields',
    `${merchant('...f0')} ${amplified}`,
    'TOO_MANY_REPEATS',
  ),
  refuses(
    '400 directives on one field',
    merchant(`id ${'@include(if: true) '.repeat(400)}`),
    'TOO_MANY_DIRECTIVES',
  ),
  refuses(
    '1,000 directives that do not exist',
    merchant(`id ${'@a '.repeat(1_000)}`),
    'TOO_MANY_DIRECTIVES',
  ),
  invalid('20 directives that do not exist', merchant(`id ${'@a '.repeat(20)}`)),
  refuses(
    '1,000 operations',
    times(1_000, (n) => `query a${n} { __typename }`),
    'DOCUMENT_TOO_LONG',
  ),
  refuses(
    '500 operations',
    times(500, (n) => `query a${n} { __typename }`),
    'TOO_MANY_OPERATIONS',
  ),
  refuses(
    'a subscription',
    'subscription { merchants(first: 1) { nodes { id } } }',
    'NO_SUBSCRIPTIONS',
  ),
  invalid('what subgraphs have for the gateway: _service', '{ _service { sdl } }'),
  invalid(
    'what subgraphs have for the gateway: _entities',
    '{ _entities(representations: [{ __typename: "Member", id: "m" }]) { __typename } }',
  ),
  invalid(
    'what subgraphs have for each other',
    '{ merchantsFeed(after: 0, first: 1) { payload } }',
  ),
];

const values: readonly Case[] = [
  refuses('a page of a million', page('first: 1000000'), 'TOO_MANY_OBJECTS'),
  refuses('a page of a million as a variable', sized(1_000_000), 'TOO_MANY_OBJECTS'),
  refuses('a page hidden behind another', page('first: 1, last: 1000000'), 'TOO_MANY_OBJECTS'),
  refusedBelow('two pages at once', page('first: 1, last: 1'), 'INVALID_PAGE'),
  refusedBelow('a page of less than nothing', page('first: -1'), 'INVALID_PAGE'),
  refusedBelow('the same as a variable', sized(-1), 'INVALID_PAGE'),
  refusedBelow('no page', '{ merchants { nodes { id } } }', 'INVALID_PAGE'),
  invalid('an Int of 2^31', page('first: 2147483648')),
  refuses(
    'an Int of 2^31 as a variable',
    {
      query: 'query ($n: Int!) { merchants(first: 1) { totalCount(max: $n) } }',
      variables: { n: 2 ** 31 },
    },
    'INVALID_VALUE',
  ),
  invalid('an Int of 1e3', page('first: 1e3')),
  refuses('an Int of 1e400', page('first: 1e400'), 'NUMBER_TOO_LARGE'),
  refuses('the same as a variable', rawPage('1e400'), 'NUMBER_TOO_LARGE'),
  refuses('a SafeInt of 1e400', stock('1e400'), 'NUMBER_TOO_LARGE'),
  refuses('a SafeInt of -1e400', stock('-1e400'), 'NUMBER_TOO_LARGE'),
  refuses('a SafeInt of 400 digits', stock('9'.repeat(400)), 'NUMBER_TOO_LARGE'),
  refuses('a SafeInt of 1e400 as a variable', rawStock('1e400'), 'NUMBER_TOO_LARGE'),
  refusedBelow('a SafeInt of 38 digits', stock('9'.repeat(38)), 'INVALID_VALUE'),
  refusedBelow('the same as a variable', rawStock('9'.repeat(38)), 'INVALID_VALUE'),
  refusedBelow('a SafeInt of 1.5', stock('1.5'), 'INVALID_VALUE'),
  refusedBelow('a SafeInt of 1e21', stock('1e21'), 'INVALID_VALUE'),
  refusedBelow('a SafeInt that is a name', stock('Infinity'), 'INVALID_VALUE'),
  refusedBelow('a SafeInt that is an object', stock('{ a: 1 }'), 'INVALID_VALUE'),
  refusedBelow('a text with NUL', filtered({ id: { eq: 'a\u0000b' } }), 'INVALID_VALUE'),
  refusedBelow('a text written backwards', filtered({ id: { eq: '\u202egnp' } }), 'INVALID_VALUE'),
  refusedBelow('half a sign', filtered({ id: { eq: '\ud800' } }), 'INVALID_VALUE'),
  refusedBelow('a text with NUL in the document', named('a\\u0000b'), 'INVALID_VALUE'),
  refusedBelow('a text written backwards in the document', named('\\u202egnp'), 'INVALID_VALUE'),
  invalid('half a sign in the document', named('\\ud800'), 'GRAPHQL_PARSE_FAILED'),
  refuses('a filter of 500 levels', filtered(filter(500)), 'VALUE_TOO_DEEP'),
  refusedBelow('a filter of 10 levels', filtered(filter(10)), 'INVALID_FILTER'),
  refuses(
    'a filter of 20,000 values',
    filtered({ id: { in: Array(20_000).fill('x') } }),
    'LIST_TOO_LONG',
  ),
  refusedBelow(
    'a filter of 600 values',
    filtered({ id: { in: Array(600).fill('x') } }),
    'INVALID_FILTER',
  ),
  refuses(
    '100,000 values in lists of lists',
    filtered(Array(200).fill(Array(500).fill(1))),
    'TOO_MANY_VALUES',
  ),
  refuses(
    'a variable of 50,000 levels',
    `{"query":"{ __typename }","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    'VALUE_TOO_DEEP',
  ),
  refuses(
    'a value of 100 levels in the document',
    `{ merchants(first: 1, filter: ${'{ not: '.repeat(100)}{ id: { eq: "x" } }${' }'.repeat(100)}) { nodes { id } } }`,
    'VALUE_TOO_DEEP',
  ),
  refuses(
    'a value of 1,900 levels in the document',
    `{ merchant(id: ${'['.repeat(1_900)}1${']'.repeat(1_900)}) { id } }`,
    'VALUE_TOO_DEEP',
  ),
  refuses(
    '__proto__ in an input',
    '{"query":"query ($f: MerchantFilter) { merchants(first: 1, filter: $f) { nodes { id } } }","variables":{"f":{"__proto__":{"id":{"eq":"x"}}}}}',
    'INVALID_VALUE',
  ),
];

function rawPage(first: string): string {
  return `{"query":"query ($n: Int) { merchants(first: $n) { nodes { id } } }","variables":{"n":${first}}}`;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = '{ merchants(first: 1) { nodes { id } } }';
const BODY = JSON.stringify({ query: QUERY });

const requests: readonly Readonly<{
  name: string;
  init: RequestInit;
  search?: string;
  status: number;
  code?: string;
}>[] = [
  {
    name: 'an array of documents',
    init: { headers: JSON_TYPE, body: `[${BODY},${BODY}]` },
    status: 400,
  },
  { name: 'a query by GET', init: { method: 'GET' }, search: `?query=${QUERY}`, status: 400 },
  {
    name: 'a mutation by GET',
    init: { method: 'GET', headers: { 'apollo-require-preflight': '1' } },
    search: `?query=${encodeURIComponent(stock('1'))}`,
    status: 405,
  },
  { name: 'text', init: { headers: { 'content-type': 'text/plain' }, body: BODY }, status: 400 },
  { name: 'a form', init: { body: new URLSearchParams({ query: QUERY }) }, status: 400 },
  { name: 'a form of parts', init: { body: formOf(QUERY) }, status: 400 },
  { name: 'no type', init: { body: new Blob([BODY]) }, status: 400 },
  {
    name: 'a query that is a number',
    init: { headers: JSON_TYPE, body: '{"query":7}' },
    status: 400,
  },
  {
    name: 'variables that are a text',
    init: { headers: JSON_TYPE, body: JSON.stringify({ query: QUERY, variables: 'x' }) },
    status: 400,
  },
  { name: 'half of a body', init: { headers: JSON_TYPE, body: BODY.slice(0, -4) }, status: 400 },
  {
    name: 'a body of 2 MB',
    init: { headers: JSON_TYPE, body: JSON.stringify({ query: `${QUERY}#${'x'.repeat(2e6)}` }) },
    status: 413,
  },
  {
    name: 'a body that unpacks to 20 MB',
    init: {
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ query: `${QUERY}#${'x'.repeat(2e7)}` })),
    },
    status: 413,
  },
  {
    name: 'a hash that nobody knows',
    init: { headers: JSON_TYPE, body: JSON.stringify({ extensions: persisted() }) },
    status: 200,
    code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  },
  {
    name: 'a hash to be remembered',
    init: { headers: JSON_TYPE, body: JSON.stringify({ query: QUERY, extensions: persisted() }) },
    status: 200,
    code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  },
];

function persisted(): object {
  return { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
}

function formOf(query: string): FormData {
  const form = new FormData();
  form.set('query', query);
  return form;
}

/** What never gets out: code, SQL, tables, addresses. */
const LEAK =
  /stacktrace|node_modules|\.[cm]?[jt]s\b|\bat \w+ \(|call stack|RangeError|TypeError|SELECT |INSERT |\b(members|merchants|points|rewards|green)_[a-z]|127\.0\.0\.1|localhost|https?:\/\/[\w-]+(:\d|\/graphql)|[Ss][Qq][Ll]ite|[Mm]y[Ss][Qq][Ll]|[Mm]aria/;

describe.each(engines)('over HTTP, before five subgraphs on $name', (engine) => {
  let world: World;
  let gateway: Gateway;
  let url = '';

  beforeAll(async () => {
    world = await openAlliance(engine);
    await world.merchant();
    gateway = await createGateway({
      supergraphSdl: readFileSync(
        join(import.meta.dirname, '../../gateway/supergraph.graphql'),
        'utf8',
      ),
      transport: world.embedded.transport,
      // A token is the name of a caller here: what tokens are believed is another test's.
      identify: async (authorization) =>
        callers[(authorization?.slice('Bearer '.length) ?? 'anonymous') as Who],
      logger: createLogger('silent'),
      clock: world.clock,
      newId,
    });
    ({ url } = await gateway.listen('127.0.0.1', 0));
  });

  afterAll(async () => {
    await gateway.stop();
    await world[Symbol.asyncDispose]();
  });

  async function request(init: RequestInit, search = '') {
    const response = await fetch(`${url}/graphql${search}`, { method: 'POST', ...init });
    const text = await response.text();
    expect(text).not.toMatch(LEAK);
    // A test states what it expects of an answer.
    return { status: response.status, text, ...JSON.parse(text) };
  }

  function ask(sent: Sent, who: Who = 'operator', language = 'en') {
    const isRaw = typeof sent === 'string' && sent.startsWith('{"');
    const body = isRaw ? sent : JSON.stringify(typeof sent === 'string' ? { query: sent } : sent);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${who}`, 'accept-language': language };
    return request({ headers, body });
  }

  async function stillAnswers(): Promise<void> {
    const { status, data } = await ask(QUERY, 'anonymous');
    expect(status).toBe(200);
    expect(data.merchants.nodes).toHaveLength(1);
  }

  test.each([...documents, ...values])('$name is refused', async ({ sent, ...expected }) => {
    const { status, data, errors } = await ask(sent);

    const isRule = expected.reason === undefined;
    expect(errors[0].extensions).toEqual({
      code: expected.code,
      ...(!isRule && { reason: expected.reason }),
      requestId: expect.any(String),
    });
    expect(status).toBe(expected.status);
    expect(data ?? null).toBeNull();
    // GraphQL's own rules tell a few mistakes at once, so that they can be mended at once.
    expect(errors.length).toBeLessThanOrEqual(isRule ? limits.validationErrorsMax + 1 : 1);
    const chinese = await ask(sent, 'operator', 'zh-CN');
    expect(chinese.errors[0].message).toMatch(/\p{Script=Han}{4}/u);
    await stillAnswers();
  });

  test.each(requests)('$name is refused', async ({ init, search, ...expected }) => {
    const { status, data, errors } = await request(init, search);

    expect(errors).toHaveLength(1);
    expect(errors[0].extensions.code).toBe(expected.code ?? 'BAD_REQUEST');
    expect(status).toBe(expected.status);
    expect(data).toBeUndefined();
    await stillAnswers();
  });

  test('nothing of what is refused reaches a subgraph', async () => {
    world.statements.length = 0;
    for (const { sent, status } of [...documents, ...values]) {
      if (status === 400) await ask(sent);
    }
    expect(world.statements).toEqual([]);
  });

  test('no refusal takes long', async () => {
    for (const { name, sent } of documents) {
      await ask(sent);
      const start = performance.now();
      await ask(sent);
      expect(performance.now() - start, name).toBeLessThan(1_000);
    }
  });

  test('traces of subgraphs are not for clients', async () => {
    const { extensions } = await request({
      headers: { ...JSON_TYPE, 'apollo-federation-include-trace': 'ftv1', 'x-tongdui-trace': '1' },
      body: BODY,
    });
    expect(extensions).toBeUndefined();
  });

  const asking = [
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Member") { name } }',
    '{ x: __schema { queryType { name } } }',
    '{ ...F } fragment F on Query { ... on Query { x: __type(name: "Member") { name } } }',
    getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }),
  ];

  test.each(asking)('the schema is shown by role: %#', async (query) => {
    for (const who of [
      'analyst',
      'member',
      'regulator',
      'merchant',
      'operator',
      'anonymous',
    ] as const) {
      const { status, data, errors } = await ask(query, who);

      if (['analyst', 'regulator', 'operator'].includes(who)) {
        expect(errors, who).toBeUndefined();
        expect(data, who).toBeTruthy();
        continue;
      }
      expect(status, who).toBe(400);
      expect(errors, who).toHaveLength(1);
      expect(errors[0].extensions).toMatchObject({
        code: 'FORBIDDEN',
        reason: 'SCHEMA_NOT_FOR_ROLE',
      });
      expect(data).toBeUndefined();
    }
  });

  test('the schema is not shown beside another operation, nor round and round', async () => {
    const beside = `query a { __typename } query b { __schema { queryType { name } } }`;
    const body = JSON.stringify({ query: beside, operationName: 'a' });
    expect((await request({ headers: JSON_TYPE, body })).status).toBe(400);

    const deep = `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`;
    const { status, errors } = await ask(deep, 'analyst');
    expect(status).toBe(400);
    expect(errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('__typename is for everybody', async () => {
    const { data } = await ask('{ __typename merchants(first: 1) { __typename } }', 'anonymous');
    expect(data).toEqual({ __typename: 'Query', merchants: { __typename: 'MerchantConnection' } });
  });

  test.each([
    ['{ merchant(id: "m") { nam } }', '"name"'],
    ['{ merchan(id: "m") { name } }', '"merchant"'],
    ['{ merchant(ids: "m") { name } }', '"id"'],
    ['query ($f: MerchantFilte) { merchants(first: 1, filter: $f) { nodes { id } } }', '"Merchant'],
  ])('a name is suggested only to whom the schema is shown: %s', async (query, suggestion) => {
    for (const who of ['anonymous', 'member', 'merchant'] as const) {
      const { text } = await ask(query, who);
      expect(text).not.toMatch(/did you mean/i);
    }
    const { errors } = await ask(query, 'analyst');
    expect(errors[0].message).toMatch(/Did you mean/);
    expect(errors[0].message).toContain(suggestion);
  });

  test('a sentence of graphql-js that quotes what was sent is cut', async () => {
    const { text } = await ask(merchant('x'.repeat(100_000)));
    expect(text.length).toBeLessThan(2_000);
  });
});
