import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShop } from '../../../subgraphs/merchant-template/server.js';
import { engines } from '../../support/engines.ts';
import { openAlliance, type World } from '../../support/world.ts';
import { honestReply, leastSdl, openGraph, openMerchant, SECRET } from './merchants.ts';

const shopSdl = readFileSync(
  new URL('../../../subgraphs/merchant-template/schema.graphql', import.meta.url),
  'utf8',
);

const ITEMS = `nodes { __typename id title points unit stock cashPrice { amountMinor }
  merchant { name industry } ... on Jinghua_Item { material } } pageInfo { hasNextPage endCursor }`;

describe.each(engines)('items of merchants with subgraphs of their own, on $name', (engine) => {
  let world: World;
  let shop: Awaited<ReturnType<typeof startShop>>;
  let jeweller: string;
  let grocer: string;
  /** With the jewellery shop. */
  let graph: Awaited<ReturnType<typeof openGraph>>;

  beforeAll(async () => {
    world = await openAlliance(engine);
    jeweller = await world.merchant({ name: 'Jeweller', industry: 'JEWELLERY' });
    grocer = await world.merchant({ name: 'Grocer' });
    for (const points of [100, 200, 300]) await world.reward({ merchantId: grocer, points });
    await world.reward({ merchantId: jeweller, points: 400 });
    shop = await startShop({ port: 0, secret: SECRET });
    graph = await openGraph(world, [jinghua()]);
  });

  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await shop.stop();
    await world[Symbol.asyncDispose]();
  });

  const jinghua = () => ({
    prefix: 'Jinghua',
    merchantId: jeweller,
    url: new URL('/graphql', shop.url),
    sdl: shopSdl,
    secret: SECRET,
  });

  test('are listed next to the catalogue, each with whose it is', async () => {
    const { data, errors } = await graph.ask(`{ allianceItems(first: 50) { ${ITEMS} } }`);

    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.allianceItems;
    expect(pageInfo.hasNextPage).toBe(false);
    expect(nodes.slice(0, 5)).toMatchObject([
      { __typename: 'Reward', points: 100, unit: 'ALLIANCE', merchant: { name: 'Grocer' } },
      { __typename: 'Reward', points: 200 },
      { __typename: 'Reward', points: 300 },
      { __typename: 'Reward', points: 400, merchant: { name: 'Jeweller' } },
      {
        __typename: 'Jinghua_Item',
        unit: 'ALLIANCE',
        material: expect.any(String),
        merchant: { name: 'Jeweller', industry: 'JEWELLERY' },
      },
    ]);
    expect(new Set(nodes.map(({ id }: { id: string }) => id)).size).toBe(nodes.length);
  });

  test('come in the language of the caller', async () => {
    const query = '{ jinghua_items(first: 1) { nodes { title } } }';

    const en = await graph.ask(query);
    const zh = await graph.ask(query, { locale: 'zh-CN' });

    expect(zh.data.jinghua_items.nodes[0].title).toMatch(/\p{Script=Han}/u);
    expect(en.data.jinghua_items.nodes[0].title).not.toMatch(/\p{Script=Han}/u);
  });

  test('page by page they come once each across all sources, however large a page is', async () => {
    await using acme = await openMerchant((asked) => ({
      body: JSON.stringify(honestReply('Acme', asked)),
    }));
    const registered = { prefix: 'Acme', merchantId: grocer, url: acme.url, secret: SECRET };
    const merchants = [{ ...registered, sdl: leastSdl('Acme') }, jinghua()];
    await using both = await openGraph(world, merchants);
    const whole = await both.ask('{ allianceItems(first: 100) { nodes { __typename id } } }');

    for (const first of [1, 2, 3, 4, 5, 7]) {
      const walked: unknown[] = [];
      const cursors: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const given: string = after === null ? '' : `, after: "${after}"`;
        const { data, errors } = await both.ask(
          `{ allianceItems(first: ${first}${given}) { nodes { __typename id } edges { cursor }
            pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
        );
        expect(errors).toBeUndefined();
        const { nodes, edges, pageInfo } = data.allianceItems;
        expect(pageInfo.hasPreviousPage).toBe(after !== null);
        walked.push(...nodes);
        cursors.push(...edges.map(({ cursor }: { cursor: string }) => cursor));
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      expect(walked).toEqual(whole.data.allianceItems.nodes);
      expect(new Set(cursors).size).toBe(walked.length);
    }
  });

  test('of one merchant are found by its id', async () => {
    const of = async (id: string) => {
      const { data } = await graph.ask(
        `{ allianceItems(first: 50, merchantId: "${id}") { nodes { __typename merchant { name } } } }`,
      );
      return data.allianceItems.nodes as { __typename: string; merchant: { name: string } }[];
    };

    const hers = await of(jeweller);
    expect(new Set(hers.map(({ merchant }) => merchant.name))).toEqual(new Set(['Jeweller']));
    expect(new Set(hers.map(({ __typename }) => __typename))).toEqual(
      new Set(['Reward', 'Jinghua_Item']),
    );
    expect(new Set((await of(grocer)).map(({ __typename }) => __typename))).toEqual(
      new Set(['Reward']),
    );
  });

  test('are asked for twice of each merchant, however many there are', async () => {
    graph.fetches.length = 0;
    await graph.ask(`{ allianceItems(first: 50) { ${ITEMS} } }`);

    const count = (name: string) => graph.fetches.filter((one) => one === name).length;
    expect(count('alliance')).toBe(1);
    expect(count('jinghua')).toBe(1);
    expect(count('rewards-catalog')).toBe(1);
    // Once for the items of the catalogue, and once for those of merchants.
    expect(count('merchants')).toBeLessThanOrEqual(2);
  });

  test.each([
    ['first: 0', 'INVALID_PAGE'],
    ['first: 101', 'INVALID_PAGE'],
    ['first: 5, after: "nonsense"', 'INVALID_CURSOR'],
    ['first: 5, after: ""', 'INVALID_CURSOR'],
    // A place in a source that is not there.
    [
      `first: 5, after: "${Buffer.from('["gone",null,1,0]').toString('base64url')}"`,
      'INVALID_CURSOR',
    ],
  ])('are not listed with %s', async (given, reason) => {
    const { errors } = await graph.ask(`{ allianceItems(${given}) { nodes { id } } }`);

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason } }]);
  });

  test('without any merchant the list is the catalogue', async () => {
    const { data } = await world.ask('{ allianceItems(first: 50) { nodes { __typename } } }');

    expect(data.allianceItems.nodes).toEqual(Array(4).fill({ __typename: 'Reward' }));
  });
});
