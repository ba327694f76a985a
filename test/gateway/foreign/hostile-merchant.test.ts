import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { asMember, openAlliance, type World } from '../../support/world.ts';
import { honestReply, leastSdl, openGraph, openMerchant, SECRET, type Seen } from './merchants.ts';

const LIST = `{ allianceItems(first: 20) { nodes {
  __typename id title points unit stock cashPrice { amountMinor currency } merchant { name }
  ... on Acme_Item { tags grade carat } } } }`;

const honest = (asked: Seen) => ({ body: JSON.stringify(honestReply('Acme', asked)) });
const isEntities = ({ body }: Seen): boolean => body.includes('_entities');

/** What must never be in an answer: where a merchant is, and what it says of its insides. */
const INSIDES = /127\.0\.0\.1|SELECT |at \/srv|<html|hunter2|PWNED/;

/** What a merchant answers never meets a database of ours: one engine will do. */
describe.each(engines.slice(0, 1))('a merchant that misbehaves, on $name', (engine) => {
  let world: World;
  let acme: Awaited<ReturnType<typeof openMerchant>>;
  let graph: Awaited<ReturnType<typeof openGraph>>;
  let whole: unknown;

  beforeAll(async () => {
    world = await openAlliance(engine);
    const grocer = await world.merchant({ name: 'Grocer' });
    await world.reward({ merchantId: grocer, points: 100 });
    acme = await openMerchant(honest);
    graph = await openGraph(world, [
      { prefix: 'Acme', merchantId: grocer, url: acme.url, sdl: leastSdl('Acme'), secret: SECRET },
    ]);
    ({ data: whole } = await graph.ask(LIST));
  });

  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await acme[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  const asked = async (reply: typeof acme.state.reply) => {
    acme.state.reply = reply;
    const answer = await graph.ask(LIST);
    acme.state.reply = honest;
    expect(JSON.stringify(answer)).not.toMatch(INSIDES);
    // It counts as well again at once, and the rest was right all the time.
    const again = await graph.ask(LIST);
    expect(again).toEqual({ data: whole });
    return answer;
  };
  const json = (body: unknown) => ({ body: JSON.stringify(body) });
  const page = (nodes: unknown, pageInfo: object = { hasNextPage: false, endCursor: null }) =>
    json({ data: { acme_items: { nodes, pageInfo } } });

  test('an honest one is listed whole', () => {
    expect(whole).toMatchObject({
      allianceItems: {
        nodes: [
          { __typename: 'Reward', merchant: { name: 'Grocer' } },
          { __typename: 'Acme_Item', id: 'a', unit: 'ALLIANCE', merchant: { name: 'Grocer' } },
          { id: 'b', points: 100, carat: 0.5, grade: 'GOOD', tags: ['new'] },
          { id: 'c', cashPrice: { amountMinor: 1_000, currency: 'CNY' } },
        ],
      },
    });
  });

  const tenMegabytes = JSON.stringify({ data: { x: 'x'.repeat(10_000_000) } });

  test.each<[string, typeof acme.state.reply, string]>([
    ['hangs', () => null, 'SUBGRAPH_TIMEOUT'],
    ['resets the connection', () => 'reset', 'SUBGRAPH_UNAVAILABLE'],
    [
      'fails',
      () => ({ status: 500, body: 'Error: SELECT * FROM x at /srv/app.js' }),
      'SUBGRAPH_UNAVAILABLE',
    ],
    ['leads elsewhere', () => ({ status: 302, body: '' }), 'SUBGRAPH_UNAVAILABLE'],
    [
      'answers HTML',
      () => ({ type: 'text/html', body: '<html>hi</html>' }),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    ['answers HTML as JSON', () => ({ body: '<html>hi</html>' }), 'SUBGRAPH_BAD_RESPONSE'],
    ['answers nothing', () => ({ body: '' }), 'SUBGRAPH_BAD_RESPONSE'],
    ['answers no object', () => json([1]), 'SUBGRAPH_BAD_RESPONSE'],
    ['answers no data', () => json({}), 'SUBGRAPH_BAD_RESPONSE'],
    [
      'answers data of another form',
      () => json({ data: { acme_items: 7 } }),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    ['answers 10 MB', () => ({ body: tenMegabytes }), 'SUBGRAPH_BAD_RESPONSE'],
    ['answers nodes that are none', () => page(['a', null, 7]), 'SUBGRAPH_BAD_RESPONSE'],
    ['answers ids that are none', () => page([{ id: { evil: true } }]), 'SUBGRAPH_BAD_RESPONSE'],
    ['answers more than a page', () => page(Array(200).fill({ id: 'a' })), 'SUBGRAPH_BAD_RESPONSE'],
    [
      'never comes to an end',
      () => page([{ id: 'a' }], { hasNextPage: true, endCursor: 'a' }),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'leads back to itself',
      ({ body }) => {
        const { first } = JSON.parse(body).variables;
        const nodes = Array.from({ length: first }, (_, n) => ({ id: `i${n}` }));
        return page(nodes, { hasNextPage: true, endCursor: null });
      },
      'SUBGRAPH_BAD_RESPONSE',
    ],
    ['names an item twice', () => page([{ id: 'a' }, { id: 'a' }]), 'SUBGRAPH_BAD_RESPONSE'],
    ['has an id that turns around', () => page([{ id: '\u202ePWNED' }]), 'SUBGRAPH_BAD_RESPONSE'],
    [
      'answers a cursor that rings',
      () => page([{ id: 'a' }], { hasNextPage: false, endCursor: '\u0007PWNED' }),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'answers a hundred thousand errors',
      () => ({ body: `{"data":{"acme_items":null},"errors":[${'{},'.repeat(99_999)}{}]}` }),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'answers an error with its insides',
      () =>
        json({
          errors: [
            {
              message: 'SELECT hunter2',
              path: ['acme_items'],
              extensions: { code: 'PWNED', stacktrace: ['at /srv/app.js'] },
            },
          ],
        }),
      'SUBGRAPH_BAD_RESPONSE',
    ],
  ])('when its list %s: one null, one code, and the catalogue stays', async (_, reply, code) => {
    const start = performance.now();

    const { data, errors } = await asked(reply);

    expect(performance.now() - start).toBeLessThan(10_000);
    const { nodes } = data.allianceItems;
    expect(nodes).toMatchObject([{ __typename: 'Reward', title: 'Voucher' }, null]);
    expect(errors).toMatchObject([{ path: ['allianceItems', 'nodes', 1], extensions: { code } }]);
    expect(errors).toHaveLength(1);
  });

  /** An honest list, and what `change` makes of each entity. */
  const entities = (change: (entity: Record<string, unknown>) => unknown) => (request: Seen) => {
    if (!isEntities(request)) return honest(request);
    const { data } = honestReply('Acme', request);
    const list = data._entities as Record<string, unknown>[];
    return json({ data: { _entities: list.map(change) } });
  };

  test.each<[string, typeof acme.state.reply, string]>([
    ['hangs', (request) => (isEntities(request) ? null : honest(request)), 'SUBGRAPH_TIMEOUT'],
    [
      'are fewer',
      (request) => (isEntities(request) ? json({ data: { _entities: [] } }) : honest(request)),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a price in words',
      entities((one) => ({ ...one, points: '100' })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'cost less than nothing',
      entities((one) => ({ ...one, points: -1 })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    ['are fewer than none', entities((one) => ({ ...one, stock: -1 })), 'SUBGRAPH_BAD_RESPONSE'],
    [
      'bring money',
      entities((one) => ({ ...one, cashPrice: { amountMinor: -1, currency: 'CNY' } })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    ['lack a title', entities(({ title, ...one }) => one), 'SUBGRAPH_BAD_RESPONSE'],
    ['have half a point', entities((one) => ({ ...one, points: 1.5 })), 'SUBGRAPH_BAD_RESPONSE'],
    [
      'have too many points',
      entities((one) => ({ ...one, points: 2 ** 60 })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have an object for a price',
      entities((one) => ({ ...one, points: { PWNED: 1 } })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a list for a title',
      entities((one) => ({ ...one, title: ['PWNED'] })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a text for a list',
      entities((one) => ({ ...one, tags: 'PWNED' })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a null in a list',
      entities((one) => ({ ...one, tags: [null] })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a long list',
      entities((one) => ({ ...one, tags: Array(1_001).fill('x') })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have an unknown grade',
      entities((one) => ({ ...one, grade: 'PWNED' })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have money that is none',
      entities((one) => ({ ...one, cashPrice: { amountMinor: 'PWNED', currency: 'CNY' } })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a title that turns around',
      entities((one) => ({ ...one, title: '\u202ePWNED' })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
    [
      'have a very long title',
      entities((one) => ({ ...one, title: 'x'.repeat(10_001) })),
      'SUBGRAPH_BAD_RESPONSE',
    ],
  ])('when its items %s: they stay without what it says, and one code', async (_, reply, code) => {
    const { data, errors } = await asked(reply);

    const { nodes } = data.allianceItems;
    expect(nodes[0]).toMatchObject({ __typename: 'Reward', title: 'Voucher' });
    for (const node of nodes.slice(1)) {
      expect(node).toMatchObject({ title: null, points: null, merchant: { name: 'Grocer' } });
    }
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(errors).toHaveLength(1);
  });

  test.each<[string, (one: Record<string, unknown>) => unknown]>([
    [
      'says whose it is',
      (one) => ({ ...one, merchant: { __typename: 'Merchant', id: 'x', name: 'PWNED' } }),
    ],
    ['says in which points', (one) => ({ ...one, unit: 'PWNED' })],
    ['answers for members', (one) => ({ ...one, displayName: 'PWNED', wallet: { available: 9 } })],
    ['calls itself something else', (one) => ({ ...one, __typename: 'Reward' })],
    ['hides in a prototype', (one) => ({ ...one, ['__proto__']: { title: 'PWNED' } })],
  ])('one that %s unasked changes nothing', async (_, change) => {
    expect(await asked(entities(change))).toEqual({ data: whole });
  });

  test('what the caller asked wrongly is told, in words of ours', async () => {
    const refusal = {
      errors: [
        { message: 'hunter2', path: ['acme_items'], extensions: { code: 'BAD_USER_INPUT' } },
      ],
      data: { acme_items: null },
    };
    acme.state.reply = () => json(refusal);
    const { data, errors } = await graph.ask('{ acme_items(first: 500) { nodes { id } } }', {
      locale: 'zh-CN',
    });
    acme.state.reply = honest;

    expect(data).toEqual({ acme_items: null });
    expect(errors).toMatchObject([
      {
        path: ['acme_items'],
        message: '商家自有目录无法处理此请求，请检查参数。',
        extensions: { code: 'BAD_USER_INPUT', reason: 'MERCHANT_REFUSED' },
      },
    ]);
    expect(errors).toHaveLength(1);
  });

  test('it is told nothing of who asks, and every call is signed for it alone', async () => {
    acme.state.seen.length = 0;

    const named = `query CaseOfAnn ${LIST.replace('tags grade', '...AnnLikes')} fragment AnnLikes on Acme_Item { tags grade }`;
    await graph.ask(named, { as: asMember('0198-ann'), locale: 'zh-CN' });

    expect(acme.state.seen).toHaveLength(2);
    for (const { headers, body } of acme.state.seen) {
      expect(JSON.stringify(headers) + body).not.toMatch(
        /ann|MEMBER|authorization|x-tongdui-signature/i,
      );
      expect(headers['x-request-id']).toBe(headers['webhook-id']);
      expect(headers['accept-language']).toBe('zh-CN');
      new Webhook(SECRET).verify(body, headers as Record<string, string>);
      const altered = () =>
        new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>);
      expect(altered).toThrow();
    }
  });

  test('one that fails again and again is left alone for a while, then asked again', async () => {
    acme.state.reply = () => ({ status: 500, body: '' });
    for (let call = 0; call < 5; call += 1) await graph.ask(LIST);
    acme.state.reply = honest;
    acme.state.seen.length = 0;

    const resting = await graph.ask(LIST);
    expect(resting.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(acme.state.seen).toHaveLength(0);

    await sleep(5_200);
    expect(await graph.ask(LIST)).toEqual({ data: whole });
  });
});
