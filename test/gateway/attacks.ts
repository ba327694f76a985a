import { gzipSync } from 'node:zlib';
import { analyst, anonymous, asMember, asMerchant, operator, regulator } from '../support/world.ts';

export const callers = {
  anonymous,
  operator,
  analyst,
  regulator,
  member: asMember('somebody'),
  merchant: asMerchant('some-shop'),
};

export type Who = keyof typeof callers;
export type Sent = string | Readonly<{ query?: unknown; variables?: unknown; extensions?: object }>;
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

export const merchant = (fields: string): string => `{ merchant(id: "m") { ${fields} } }`;

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

export const documents: readonly Case[] = [
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

export const values: readonly Case[] = [
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
    'a value of 1,000 levels in the document',
    `{ merchant(id: ${'['.repeat(1_000)}1${']'.repeat(1_000)}) { id } }`,
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

export const JSON_TYPE = { 'content-type': 'application/json' };
export const QUERY = '{ merchants(first: 1) { nodes { id } } }';
export const BODY = JSON.stringify({ query: QUERY });

export const requests: readonly Readonly<{
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
