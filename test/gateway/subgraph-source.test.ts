import { describe, expect, test } from 'vitest';
import { limits } from '../../gateway/limits.ts';
import type { SubgraphName } from '../../shared/addresses.ts';
import type { SubgraphRequest } from '../../shared/graphql/request.ts';
import { asMember } from '../support/world.ts';
import { altered, honest, openGateway } from './small-graph.ts';

const QUERY = '{ members { id displayName wallet { available lots { points } } } }';

test('one answer comes from both subgraphs', async () => {
  await using gateway = await openGateway();

  const { data, errors } = await gateway.ask({ query: QUERY });

  expect(errors).toBeUndefined();
  const wallet = { available: 100, lots: [{ points: 60 }, { points: 40 }] };
  expect(data).toEqual({
    members: [
      { id: 'ann', displayName: 'Name of ann', wallet },
      { id: 'bob', displayName: 'Name of bob', wallet },
    ],
  });
});

describe('a subgraph that answers more than it was asked for changes nothing', () => {
  const greed = {
    displayName: 'pwned',
    wallet: { available: 999_999, lots: [] },
    friends: [{ id: 'mallory', displayName: 'pwned' }],
  };

  /** Every object of an answer, with more than was asked for. */
  const greedy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(greedy);
    if (value === null || typeof value !== 'object') return value;
    const parts = Object.entries(value).map(([key, part]) => [key, greedy(part)]);
    return { ...greed, ...Object.fromEntries(parts) };
  };

  test('of its own entities and of those of others', async () => {
    await using good = await openGateway();
    await using bad = await openGateway({
      transport: async (name, request) => {
        const { data } = await honest(name, request);
        return { data: greedy(data) as Record<string, unknown> };
      },
    });

    for (const query of [
      QUERY,
      '{ members { wallet { available } } }',
      '{ members { id friends { displayName wallet { available } } } }',
      'mutation { rename(id: "ann", name: "Anna") { ... on Renamed { member { displayName wallet { available } } } } }',
    ]) {
      expect(await bad.ask({ query })).toEqual(await good.ask({ query }));
    }
  });

  test('when it calls an entity by the name of another type', async () => {
    await using gateway = await openGateway({
      transport: altered('points-ledger', ({ data }) => ({
        data: {
          _entities: entitiesOf(data).map((entity) => ({
            ...entity,
            ...greed,
            wallet: { available: 1, lots: [] },
            __typename: 'Greeting',
          })),
        },
      })),
    });

    const { data } = await gateway.ask({
      query: '{ member(id: "ann") { __typename displayName wallet { available } } }',
    });

    expect(data).toEqual({
      member: { __typename: 'Member', displayName: 'Name of ann', wallet: { available: 1 } },
    });
  });
});

describe('a subgraph that fails costs its own fields only', () => {
  const holes = {
    members: [
      { id: 'ann', displayName: 'Name of ann', wallet: null },
      { id: 'bob', displayName: 'Name of bob', wallet: null },
    ],
  };

  test.each<[string, string, () => unknown]>([
    [
      'out of reach',
      'SUBGRAPH_UNAVAILABLE',
      () =>
        Promise.reject(new Error('connect ECONNREFUSED http://ledger.internal:4003?token=secret')),
    ],
    ['no data and no errors', 'SUBGRAPH_BAD_RESPONSE', () => ({})],
    ['nothing', 'SUBGRAPH_BAD_RESPONSE', () => null],
    ['text', 'SUBGRAPH_BAD_RESPONSE', () => '<html>502 Bad Gateway</html>'],
    ['other entities than asked for', 'SUBGRAPH_BAD_RESPONSE', () => ({ data: { _entities: [] } })],
    ['entities that are no list', 'SUBGRAPH_BAD_RESPONSE', () => ({ data: { _entities: {} } })],
    ['errors that are no list', 'SUBGRAPH_BAD_RESPONSE', () => ({ data: null, errors: 'x' })],
    ['errors that are no objects', 'SUBGRAPH_BAD_RESPONSE', () => ({ data: null, errors: [null] })],
  ])('%s: %s', async (_, code, instead) => {
    await using gateway = await openGateway({ transport: altered('points-ledger', instead) });

    const answer = await gateway.ask({ query: QUERY, locale: 'zh-CN' });

    expect(answer.data).toEqual(holes);
    expect(answer.errors).toEqual([
      {
        message: expect.stringMatching(/部分数据/),
        path: ['members', 0],
        extensions: { code, requestId: expect.any(String) },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/http|secret|ECONN|ledger|html|stack/);
  });

  test('an answer that does not come in time is not waited for', async () => {
    await using gateway = await openGateway({
      // The clock of the gateway says how much time is left: almost none.
      clock: { now: fastClock() },
      transport: altered('points-ledger', () => new Promise(() => undefined)),
    });

    const { data, errors } = await gateway.ask({ query: QUERY });

    expect(data).toEqual(holes);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
  });

  test('a root field that fails is null, with its path', async () => {
    await using gateway = await openGateway({
      transport: altered('members', () => Promise.reject(new Error('down'))),
    });

    const { data, errors } = await gateway.ask({
      query: '{ m: member(id: "ann") { displayName } }',
    });

    expect(data).toEqual({ m: null });
    expect(errors).toMatchObject([{ path: ['m'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  });

  test('a null where the schema promises a value is an error, not a riddle', async () => {
    await using gateway = await openGateway({
      transport: altered('points-ledger', ({ data }) => ({
        data: { _entities: entitiesOf(data).map(() => ({ wallet: { available: 'many' } })) },
      })),
    });

    const { data, errors, extensions } = await gateway.ask({
      query: '{ member(id: "ann") { displayName wallet { available } } }',
    });

    expect(data).toEqual({ member: { displayName: 'Name of ann', wallet: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
    expect(extensions).not.toHaveProperty('valueCompletion');
  });

  test('very many of those nulls are told as far as anybody reads', async () => {
    const lots = Array(3_000).fill({ points: 'many' });
    await using gateway = await openGateway({
      transport: altered('points-ledger', ({ data }) => ({
        data: { _entities: entitiesOf(data).map(() => ({ wallet: { available: 1, lots } })) },
      })),
    });

    const { errors } = await gateway.ask({
      query: '{ member(id: "ann") { wallet { lots { points } } } }',
    });

    expect(errors).toHaveLength(limits.errorsMax);
  });
});

test('a subgraph is told who asks, in which language, and until when', async () => {
  const requests: [SubgraphName, SubgraphRequest][] = [];
  const fetches: string[] = [];
  const now = new Date('2026-11-22T02:00:00Z');
  await using gateway = await openGateway({
    clock: { now: () => now },
    transport: (name, request) => {
      requests.push([name, request]);
      return honest(name, request);
    },
    onFetch: (name) => fetches.push(name),
  });

  await gateway.ask({ query: QUERY, caller: asMember('ann'), locale: 'zh-CN' });

  expect(fetches).toEqual(['members', 'points-ledger']);
  const [members, ledger] = requests.map(([, request]) => request);
  expect(members).toMatchObject({
    isPlanned: true,
    call: { caller: asMember('ann'), locale: 'zh-CN', deadline: now.getTime() + 15_000 },
  });
  expect(ledger?.call).toEqual(members?.call);
});

test('who answered is told when it is asked for, and never in production', async () => {
  await using open = await openGateway({ isProduction: false });
  await using closed = await openGateway();

  const traced = await open.ask({ query: QUERY, isTraced: true });
  expect(traced.extensions).toEqual({
    answeredBy: [
      { subgraph: 'members', ms: expect.any(Number) },
      { subgraph: 'points-ledger', ms: expect.any(Number) },
    ],
  });
  expect((await open.ask({ query: QUERY })).extensions).toBeUndefined();
  expect((await closed.ask({ query: QUERY, isTraced: true })).extensions).toBeUndefined();
});

function entitiesOf(data: Record<string, unknown> | null | undefined): object[] {
  return data?._entities as object[]; // Of a fetch of entities there is always a list.
}

/** A clock on which each look at it is seven seconds later. */
function fastClock(): () => Date {
  let ms = Date.parse('2026-11-22T02:00:00Z');
  return () => {
    ms += 7_400;
    return new Date(ms);
  };
}
