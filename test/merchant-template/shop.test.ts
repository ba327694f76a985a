import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { admit } from '../../gateway/foreign/admit.ts';
import { createCatalog } from '../../subgraphs/merchant-template/catalog.js';
import { items } from '../../subgraphs/merchant-template/items.js';
import { startShop } from '../../subgraphs/merchant-template/server.js';
import { ask, secret, send, sign } from './calls.ts';

const folder = join(import.meta.dirname, '../../subgraphs/merchant-template');
const HELLO = JSON.stringify({ query: '{ __typename }' });
const PAGE = `query ($first: Int!, $after: String) { jinghua_items(first: $first, after: $after) {
  nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Jinghua_Item { id title points cashPrice { amountMinor currency } stock material } } }`;

const reported: unknown[] = [];
const report = (error: unknown) => void reported.push(error);
let shop: Awaited<ReturnType<typeof startShop>>;
const others: (typeof shop)[] = [];

const open = async (options: Partial<Parameters<typeof startShop>[0]>) => {
  const other = await startShop({ port: 0, secret, report, ...options });
  others.push(other);
  return other.url;
};

beforeAll(async () => {
  shop = await startShop({ port: 0, secret, report });
});

afterAll(async () => {
  await Promise.all([shop, ...others].map(({ stop }) => stop()));
});

afterEach(() => void reported.splice(0));

describe('only the alliance is answered', () => {
  test.each([
    ['a field', '{ __typename }'],
    ['the schema of the subgraph', '{ _service { sdl } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
  ])('an unsigned call for %s is 401 with one code', async (_, query) => {
    const { status, json } = await send(shop.url, JSON.stringify({ query }), {});

    expect(status).toBe(401);
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(json).not.toHaveProperty('data');
  });

  test('a signed call is answered, and also with the signature of another secret beside', async () => {
    const headers = sign(HELLO);
    const other = sign(HELLO, { secret: `whsec_${'A'.repeat(40)}` });
    const both = `${other['webhook-signature']} ${headers['webhook-signature']}`;

    expect((await send(shop.url, HELLO)).json).toEqual({ data: { __typename: 'Query' } });
    expect((await send(shop.url, HELLO, { ...headers, 'webhook-signature': both })).status).toBe(
      200,
    );
    expect((await send(shop.url, HELLO, other)).status).toBe(401);
  });

  test('any altered byte of a body, and any altered header, is 401', async () => {
    const headers = sign(HELLO);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(HELLO.length - 1),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
        async (at, sign) => {
          const body = HELLO.slice(0, at) + sign + HELLO.slice(at + 1);
          const { status } = await send(shop.url, body, headers);
          expect(status).toBe(body === HELLO ? 200 : 401);
        },
      ),
      { numRuns: 40 },
    );
    for (const name of Object.keys(headers)) {
      const altered = { ...headers, [name]: `${headers[name]}1` };
      expect((await send(shop.url, HELLO, altered)).status).toBe(401);
    }
  });

  test.each([
    [-301, 401],
    [-240, 200],
    [240, 200],
    [330, 401],
  ])('a call signed %i s from now is %i', async (seconds, expected) => {
    const at = new Date(Date.now() + seconds * 1000);

    expect((await send(shop.url, HELLO, sign(HELLO, { at }))).status).toBe(expected);
  });

  test.each([undefined, '', 'whsec_', 'secret', `whsec_${Buffer.alloc(23).toString('base64')}`])(
    'with the secret %j the shop does not open, and says how to make one',
    async (wrong) => {
      await expect(startShop({ port: 0, secret: wrong })).rejects.toThrow('npm run secret');
    },
  );
});

describe('a signed request that is no question', () => {
  test.each([
    ['not JSON', '{"query": '],
    ['empty', ''],
    ['a batch', `[${HELLO}]`],
    ['a text', '"{ __typename }"'],
    ['null', 'null'],
    ['without a query', '{}'],
    ['a query that cannot be read', '{"query":"{"}'],
    ['a question too many', '{"query":"{ __typename nothing }"}'],
  ])('%s is 400', async (_, body) => {
    const { status, json } = await send(shop.url, body);

    expect(status).toBe(400);
    expect(json.errors.length).toBeGreaterThan(0);
    expect(reported).toEqual([]);
  });

  test('of more than 256 kB is 413; of another type or packed is 415', async () => {
    const large = JSON.stringify({
      query: '{ __typename }',
      variables: { x: 'x'.repeat(262_144) },
    });
    const form = { ...sign(HELLO), 'content-type': 'application/x-www-form-urlencoded' };
    const packed = { ...sign(HELLO), 'content-encoding': 'gzip' };

    expect((await send(shop.url, large)).status).toBe(413);
    expect((await send(shop.url, HELLO, form)).status).toBe(415);
    expect((await send(shop.url, HELLO, packed)).status).toBe(415);
  });

  test('GET is 405, other addresses are 404, /healthz is 200 for everybody', async () => {
    const get = (path: string) =>
      fetch(shop.url + path, { headers: { accept: 'text/html', ...sign('') } });
    const page = await get('/graphql?query={__typename}');

    expect([page.status, page.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await page.text()).not.toContain('<');
    expect((await get('/')).status).toBe(404);
    const health = await fetch(`${shop.url}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, 'ok']);
    expect(health.headers.get('x-powered-by')).toBeNull();
  });
});

describe('items', () => {
  test('are written in the language of the caller, in English when it is another', async () => {
    const query = '{ jinghua_items(first: 1) { nodes { title description } } }';
    const titleIn = async (language?: string) =>
      (await ask(shop.url, query, {}, language)).json.data.jinghua_items.nodes[0].title;

    expect(await titleIn('zh-CN')).toBe('足金小猪挂件');
    expect(await titleIn('zh-Hans-CN, en;q=0.5')).toBe('足金小猪挂件');
    expect(await titleIn('en')).toBe('Little pig pendant, pure gold');
    expect(await titleIn('fr')).toBe('Little pig pendant, pure gold');
    expect(await titleIn()).toBe('Little pig pendant, pure gold');
  });

  test('page by page all come once, in one order, whatever the size of the page', async () => {
    const ids = items.map(({ id }) => id).toSorted();
    for (const first of [1, 2, 5, 6, 100]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { json } = await ask(shop.url, PAGE, { first, after });
        const { nodes, pageInfo } = json.data.jinghua_items;
        expect(pageInfo.hasPreviousPage).toBe(seen.length > 0);
        seen.push(...nodes.map(({ id }: { id: string }) => id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(ids);
    }
  });

  test('a cursor stays good when its item is taken out', async () => {
    const { endCursor } = (await ask(shop.url, PAGE, { first: 2 })).json.data.jinghua_items
      .pageInfo;
    const rest = await open({ items: items.toSpliced(1, 1) });
    const { json } = await ask(rest, PAGE, { first: 1, after: endCursor });

    expect(json.data.jinghua_items.nodes).toEqual([{ id: items[2]?.id }]);
  });

  test.each([
    { first: 0 },
    { first: -1 },
    { first: 101 },
    { first: 1, after: 'x' },
    { first: 1, after: '' },
    { first: 1, after: 'e30' },
    { first: 'many' },
    {},
  ])('%j is refused as bad input, and nothing more is said', async (variables) => {
    const { json } = await ask(shop.url, PAGE, variables);

    expect(json.errors.map((error: { extensions: object }) => error.extensions)).toEqual([
      { code: 'BAD_USER_INPUT' },
    ]);
    expect(json.data?.jinghua_items ?? null).toBeNull();
  });

  test('asked for by id come in the order asked: twice when asked twice, null when unknown', async () => {
    const ids = ['JH-2001', 'JH-0000', 'JH-1001', 'JH-2001', '', { $gt: '' }, null];
    const representations = ids.map((id) => ({ __typename: 'Jinghua_Item', id }));
    const { json } = await ask(shop.url, ENTITIES, { representations }, 'zh-CN');
    const bracelet = {
      id: 'JH-2001',
      title: '银手链',
      points: 19_900,
      cashPrice: { amountMinor: 19_900, currency: 'CNY' },
      stock: 60,
      material: 'SILVER_925',
    };

    expect(json.errors).toBeUndefined();
    expect(json.data._entities.slice(0, 4)).toEqual([
      bracelet,
      null,
      expect.objectContaining({ id: 'JH-1001' }),
      bracelet,
    ]);
    expect(json.data._entities.slice(4)).toEqual([null, null, null]);
  });

  test('of one call are looked up at once', async () => {
    const { createContext } = await import('../../subgraphs/merchant-template/schema.js');
    const catalog = createCatalog(items);
    const byIds = vi.spyOn(catalog, 'byIds');
    const { itemById } = createContext(catalog, 'en');
    await Promise.all(['JH-1001', 'JH-0000', 'JH-2001', 'JH-1001'].map((id) => itemById.load(id)));

    expect(byIds.mock.calls).toEqual([[['JH-1001', 'JH-0000', 'JH-2001']]]);
  });
});

test('what fails inside is told to the shop and to nobody else', async () => {
  const [first, ...rest] = items;
  const broken = Object.defineProperty({ ...first }, 'title', {
    get() {
      throw new Error('SELECT * FROM items at /srv/shop/items.js:1:1');
    },
  }) as (typeof items)[number];
  const url = await open({ items: [broken, ...rest] });
  const { status, json, text } = await ask(
    url,
    '{ jinghua_items(first: 2) { nodes { id title } } }',
  );

  expect(status).toBe(200);
  expect(text).not.toMatch(/SELECT|srv|stack/);
  expect(json.data.jinghua_items.nodes).toEqual([
    { id: 'JH-1001', title: null },
    { id: 'JH-1002', title: 'Plain ring, 18 carat gold' },
  ]);
  expect(json.errors).toEqual([
    {
      message: 'Something went wrong here.',
      path: ['jinghua_items', 'nodes', 0, 'title'],
      extensions: { code: 'INTERNAL' },
    },
  ]);
  expect(String(reported[0])).toContain('SELECT');
});

test('a call under way when the shop is stopped is answered, and no further one', async () => {
  const asked = Promise.withResolvers<void>();
  const material = Promise.withResolvers<string>();
  const slow = Object.defineProperty({ ...items[0] }, 'material', {
    get() {
      asked.resolve();
      return material.promise;
    },
  }) as (typeof items)[number];
  const { url, stop } = await startShop({ port: 0, secret, report, items: [slow] });
  const answer = ask(url, '{ jinghua_items(first: 1) { nodes { material } } }');
  await asked.promise;
  const stopped = stop();
  await expect(ask(url, '{ __typename }')).rejects.toThrow();
  material.resolve('JADE');

  expect((await answer).json).toEqual({
    data: { jinghua_items: { nodes: [{ material: 'JADE' }] } },
  });
  await stopped;
});

test('the schema is one that the alliance admits', () => {
  const schema = readFileSync(join(folder, 'schema.graphql'), 'utf8');

  expect(admit('Jinghua', schema)).toMatchObject({ kind: 'Admitted' });
});
