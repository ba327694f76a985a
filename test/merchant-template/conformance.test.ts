import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkConformance } from '../../subgraphs/merchant-template/conformance.js';
import { startShop } from '../../subgraphs/merchant-template/server.js';
import { secret } from './calls.ts';
import {
  always,
  type Call,
  type Defect,
  isUnsigned,
  late,
  looksPast,
  signedAnew,
  startFaultyShop,
  when,
  withData,
  withItems,
} from './faulty-shop.ts';
import { plainSchema, startPlainShop } from './plain-shop.ts';

const folder = join(import.meta.dirname, '../../subgraphs/merchant-template');
const schema = readFileSync(join(folder, 'schema.graphql'), 'utf8');
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  shop = await startShop({ port: 0, secret, report: () => {} });
});
afterAll(() => shop.stop());

type Options = Partial<Parameters<typeof checkConformance>[0]>;

async function broken(url: string, options: Options = {}): Promise<string[]> {
  const findings = await checkConformance({ url, secret, schema, ...options });
  expect(findings.every(({ ok, detail }) => ok === (detail === ''))).toBe(true);
  return findings.filter(({ ok }) => !ok).map(({ rule, detail }) => `${rule}: ${detail}`);
}

async function brokenBy(defect: Defect, options: Options = {}): Promise<string[]> {
  const faulty = await startFaultyShop(shop.url, defect);
  try {
    return await broken(faulty.url, options);
  } finally {
    faulty.stop();
  }
}

const isOff = ({ headers }: Call) =>
  Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) > 300;
const asks = (part: string) => (call: Call) => call.body.includes(part);
const isPage = asks('jinghua_items(first: $first');
const clamped: Defect = (call, ask) => {
  const { variables, ...rest } = JSON.parse(call.body);
  if (variables?.first >= 1 && variables.first <= 100) return ask(call);
  const first = Math.min(Math.max(Number(variables?.first) || 1, 1), 100);
  return ask(
    signedAnew({ ...call, body: JSON.stringify({ ...rest, variables: { ...variables, first } }) }),
  );
};
const forgetsCursor: Defect = async (call, ask) => {
  const answer = await ask(call);
  if (!answer.text.includes('endCursor` of a page')) return answer;
  const { variables, ...rest } = JSON.parse(call.body);
  const body = JSON.stringify({ ...rest, variables: { ...variables, after: null } });
  return ask(signedAnew({ ...call, body }));
};

test('the template holds all rules', async () => {
  expect(await broken(shop.url)).toEqual([]);
});

test('so does a shop with another prefix that shares no code with it', async () => {
  const plain = await startPlainShop();
  try {
    expect(await broken(plain.url, { prefix: 'Acme', schema: plainSchema })).toEqual([]);
    expect(await broken(plain.url, { prefix: 'Acme', schema: null })).toEqual([]);
  } finally {
    plain.stop();
  }
});

describe('a shop that does one thing wrong breaks that rule and no other', () => {
  const sdl = (change: (sdl: string) => string) =>
    withData((data) => {
      if (data._service) data._service.sdl = change(data._service.sdl);
    });

  test.each<[string, string, Defect]>([
    ['answers unsigned calls', 'refuses-unsigned', when(isUnsigned, looksPast)],
    [
      'tells its schema to everybody',
      'refuses-unsigned',
      when((call) => isUnsigned(call) && asks('_service')(call), looksPast),
    ],
    [
      'refuses with 200',
      'refuses-unsigned',
      when(isUnsigned, always(200, { errors: [{ message: 'no' }] })),
    ],
    [
      'does not compare signatures',
      'refuses-altered',
      when((call) => !isUnsigned(call) && !isOff(call), looksPast),
    ],
    ['does not look at the time', 'refuses-old', when(isOff, looksPast)],
    [
      'reads only one signature',
      'takes-two-signatures',
      when(({ headers }) => headers['webhook-signature']?.includes(' ') === true, always(401, {})),
    ],
    [
      'lacks a type of the contract',
      'contract',
      sdl((text) => text.replace('type Money', 'type Mony')),
    ],
    [
      'changed the contract',
      'contract',
      sdl((text) => text.replace('amountMinor: SafeInt!', 'amountMinor: Float!')),
    ],
    [
      'serves no schema',
      'contract',
      when(
        (call) => asks('_service')(call) && !isUnsigned(call),
        always(200, { data: { _service: {} } }),
      ),
    ],
    ['serves an unreadable schema', 'contract', sdl(() => 'type')],
    [
      'serves other fields than registered',
      'same-schema',
      sdl((text) => text.replace('weightMilligrams: SafeInt', 'weightMilligrams: Int')),
    ],
    ['has nothing', 'items', withData((data) => data.jinghua_items?.nodes.splice(0))],
    [
      'answers a list in place of a page',
      'items',
      withData((data) => {
        if (data.jinghua_items) data.jinghua_items = data.jinghua_items.nodes;
      }),
    ],
    [
      'has items of another type',
      'items',
      withData((data) => {
        for (const node of data.jinghua_items?.nodes ?? []) node.__typename = 'Item';
      }),
    ],
    [
      'always begins anew',
      'paging',
      when(
        (call) => isPage(call) && !call.body.includes('not a cursor'),
        (call, ask) => {
          const { variables, ...rest } = JSON.parse(call.body);
          if (!variables?.after || variables.after.length < 20) return ask(call);
          const body = JSON.stringify({ ...rest, variables: { ...variables, after: null } });
          return ask(signedAnew({ ...call, body }));
        },
      ),
    ],
    [
      'stops too early',
      'paging',
      withData((data, { first }) => {
        if (first < 100 && data.jinghua_items) data.jinghua_items.pageInfo.hasNextPage = false;
      }),
    ],
    [
      'has fractions of points',
      'fields',
      withItems((item) => {
        if ('points' in item) item.points += 0.5;
      }),
    ],
    [
      'has negative points',
      'fields',
      withItems((item) => {
        if ('points' in item) item.points = -1;
      }),
    ],
    [
      'has points as text',
      'fields',
      withItems((item) => {
        if ('points' in item) item.points = '100';
      }),
    ],
    [
      'has points past 2^53',
      'fields',
      withItems((item) => {
        if ('points' in item) item.points = 2 ** 53;
      }),
    ],
    [
      'hides the cash price',
      'fields',
      withItems((item) => {
        if ('cashPrice' in item) item.cashPrice = null;
      }),
    ],
    [
      'has yuan in place of fen',
      'fields',
      withItems((item) => {
        if (item.cashPrice) item.cashPrice.amountMinor = 19.9;
      }),
    ],
    [
      'has a negative stock',
      'fields',
      withItems((item) => {
        if ('stock' in item) item.stock = -1;
      }),
    ],
    [
      'turns the direction of writing',
      'fields',
      withItems((item) => {
        if (item.title) item.title = `\u202e${item.title}`;
      }),
    ],
    [
      'knows one language',
      'languages',
      (call, ask) => ask({ ...call, headers: { ...call.headers, 'accept-language': 'en' } }),
    ],
    [
      'has no Chinese title',
      'languages',
      async (call, ask) =>
        call.headers['accept-language'] === 'zh-CN'
          ? withItems((item) => {
              if ('title' in item) item.title = null;
            })(call, ask)
          : ask(call),
    ],
    ['mixes up entities', 'entities', withData((data) => data._entities?.reverse())],
    [
      'leaves out unknown entities',
      'entities',
      withData((data) => {
        if (data._entities?.length > 1) data._entities = data._entities.filter(Boolean);
      }),
    ],
    [
      'invents unknown entities',
      'entities',
      withData((data) => {
        data._entities = data._entities?.map(
          (entity: object | null, _: number, all: object[]) => entity ?? all[0],
        );
      }),
    ],
    [
      'errs on unknown entities',
      'entities',
      when(asks('no-such-item'), always(200, { data: null, errors: [{ message: 'unknown' }] })),
    ],
    ['takes any first', 'first-out-of-range', when(isPage, clamped)],
    [
      'breaks down on a first that is too large',
      'first-out-of-range',
      when(asks('"first":101'), always(500, { errors: [{ message: 'broken' }] })),
    ],
    ['takes anything for a cursor', 'bad-cursor', when(isPage, forgetsCursor)],
    [
      'breaks down on what is no JSON',
      'malformed',
      when(({ body }) => body.startsWith('{"query": ') && !body.endsWith('}'), always(500, {})),
    ],
    ['answers GET', 'malformed', when(({ method }) => method === 'GET', always(200, { data: {} }))],
    [
      'shows a stack',
      'nothing-internal',
      when(
        asks('noSuchField'),
        always(400, {
          errors: [
            {
              message: 'x',
              extensions: { stacktrace: ['Error: x', '    at run (/srv/shop/server.js:3:9)'] },
            },
          ],
        }),
      ),
    ],
    [
      'shows a stack of Python',
      'nothing-internal',
      when(
        asks('"first":"many"'),
        always(400, {
          errors: [
            { message: 'Traceback (most recent call last):\n  File "/srv/shop.py", line 3' },
          ],
        }),
      ),
    ],
    [
      'shows its SQL',
      'nothing-internal',
      when(
        asks('NoSuchType'),
        always(200, {
          data: null,
          errors: [{ message: "near 'x': SELECT id FROM items WHERE id = 'x'" }],
        }),
      ),
    ],
    [
      'shows a file',
      'nothing-internal',
      when(
        asks('OR 1=1'),
        always(200, { data: null, errors: [{ message: 'at Shop.find (/srv/shop/find.js:12:7)' }] }),
      ),
    ],
    ['takes too long', 'in-time', when(asks('no-such-item'), late(1_200))],
    [
      'answers too much',
      'in-size',
      withItems((item) => {
        if (item.description) item.description = 'x'.repeat(9_000);
      }),
    ],
  ])('one that %s breaks %s', async (_, rule, defect) => {
    // A busy machine is late by itself.
    const answerMs = rule === 'in-time' ? 1_000 : 30_000;
    const found = await brokenBy(defect, { allowed: { answerMs, answerBytes: 50_000 } });
    const notChecked = found.filter((line) => line.includes(': Not checked, because'));

    expect(found.filter((line) => !notChecked.includes(line))).toEqual([
      expect.stringMatching(new RegExp(`^${rule}: .{20}`)),
    ]);
    // What rests on the schema or on the list cannot be looked at without it.
    if (!['contract', 'items'].includes(rule)) expect(notChecked).toEqual([]);
  });
});

test('where signed calls are not answered nothing else is asked', async () => {
  let calls = 0;
  const found = await brokenBy(() => {
    calls += 1;
    return { status: 401, text: '{}' };
  });

  expect(calls).toBe(1);
  expect(found[0]).toContain('answers: A signed call was answered with 401');
  expect(found.slice(1).every((line) => line.includes('Not checked'))).toBe(true);
});
