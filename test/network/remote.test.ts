import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { GatewayOptions } from '../../gateway/gateway.ts';
import { systemClock } from '../../shared/clock.ts';
import type { SubgraphResponse, SubgraphTransport } from '../../shared/graphql/request.ts';
import { createLogger } from '../../shared/logger.ts';
import { remoteTransport } from '../../shared/network/remote.ts';
import { serveSubgraph } from '../../shared/network/serve.ts';
import { createVerifier } from '../../shared/network/signed-call.ts';
import { honest, openGateway, type SmallName } from '../gateway/small-graph.ts';
import {
  deadAddress,
  everywhere,
  type Foreign,
  foreignServer,
  foreignSocket,
  keys,
} from './network.ts';

const QUERY = '{ members { id displayName wallet { available lots { points } } } }';

/** What a subgraph answers to the fetch of `QUERY` when it is honest. */
const wallet = { available: 100, lots: [{ points: 60 }, { points: 40 }] };
const entities: SubgraphResponse = { data: { _entities: [{ wallet }, { wallet }] } };

const holes = {
  members: [
    { id: 'ann', displayName: 'Name of ann', wallet: null },
    { id: 'bob', displayName: 'Name of bob', wallet: null },
  ],
};

/** A gateway that reaches one subgraph over HTTP at this address, and the other in this process. */
async function openBefore(
  address: URL,
  {
    far = 'points-ledger',
    timeoutMs = 2_000,
    ...options
  }: Partial<GatewayOptions> & { far?: SmallName; timeoutMs?: number } = {},
) {
  const remote = remoteTransport({
    addresses: everywhere(address),
    keys,
    clock: options.clock ?? systemClock,
    timeoutMs,
  });
  const transport: SubgraphTransport = (name, request) =>
    name === far ? remote.transport(name, request) : honest(name, request);
  const gateway = await openGateway({ ...options, transport });
  return {
    ...gateway,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      remote.close();
    },
  };
}

const json = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const answering =
  (status: number, type: string, body: string): (() => Promise<Foreign>) =>
  () =>
    foreignServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': type }).end(body);
    });

const LEAKS = /http:|127\.0|localhost|ECONN|hang up|stack|SELECT|html|node_modules|\.ts|ledger/i;

describe('a subgraph that misbehaves costs its own fields only', () => {
  test.each<[string, string, () => Promise<Foreign>]>([
    [
      'answers 500 with all it knows',
      'SUBGRAPH_UNAVAILABLE',
      answering(
        500,
        'application/json',
        '{"errors":[{"message":"SELECT * FROM points_lot at /app/main.ts:3"}]}',
      ),
    ],
    ['answers HTML', 'SUBGRAPH_BAD_RESPONSE', answering(200, 'text/html', '<html>login</html>')],
    [
      'answers a bad gateway',
      'SUBGRAPH_UNAVAILABLE',
      answering(502, 'text/html', '<html>502</html>'),
    ],
    ['answers HTML as JSON', 'SUBGRAPH_BAD_RESPONSE', answering(200, 'application/json', '<html>')],
    [
      'answers half of it',
      'SUBGRAPH_BAD_RESPONSE',
      answering(200, 'application/json', '{"data":{"_ent'),
    ],
    ['answers nothing', 'SUBGRAPH_BAD_RESPONSE', answering(200, 'application/json', '')],
    [
      'answers a list',
      'SUBGRAPH_BAD_RESPONSE',
      answering(200, 'application/json', '[{"data":{}}]'),
    ],
    [
      'answers data that is no object',
      'SUBGRAPH_BAD_RESPONSE',
      answering(200, 'application/json', '{"data":"x"}'),
    ],
    [
      'answers errors that are none',
      'SUBGRAPH_BAD_RESPONSE',
      answering(200, 'application/json', '{"data":null,"errors":[null]}'),
    ],
    [
      'answers too few entities',
      'SUBGRAPH_BAD_RESPONSE',
      answering(200, 'application/json', '{"data":{"_entities":[]}}'),
    ],
    [
      'answers 10 MB',
      'SUBGRAPH_BAD_RESPONSE',
      answering(
        200,
        'application/json',
        `{"data":{"_entities":[null,null],"x":"${'x'.repeat(10 * 1024 * 1024)}"}}`,
      ),
    ],
    [
      'sends us elsewhere',
      'SUBGRAPH_UNAVAILABLE',
      () =>
        foreignServer((_, response) =>
          response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end(),
        ),
    ],
    [
      'resets the connection',
      'SUBGRAPH_UNAVAILABLE',
      () => foreignSocket((socket) => socket.resetAndDestroy()),
    ],
    [
      'breaks off in the middle',
      'SUBGRAPH_UNAVAILABLE',
      () =>
        foreignServer((_, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': 900 });
          response.write('{"data":', () => response.destroy());
        }),
    ],
    [
      'does not speak HTTP',
      'SUBGRAPH_UNAVAILABLE',
      () => foreignSocket((socket) => socket.end('220 smtp ready\r\n')),
    ],
    [
      'raises what it should keep',
      'INTERNAL',
      () =>
        foreignServer((_, response) =>
          json(response, {
            data: null,
            errors: [
              {
                message: 'SELECT failed at http://db:3306',
                path: ['_entities', 0],
                extensions: { code: 'ER_DUP', stacktrace: ['at x.ts:1'] },
              },
            ],
          }),
        ),
    ],
  ])('it %s: %s', async (_, code, open) => {
    await using bad = await open();
    await using gateway = await openBefore(bad.address);

    const answer = await gateway.ask({ query: QUERY });

    expect(answer.data).toEqual(holes);
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
    expect(JSON.stringify(answer)).not.toMatch(LEAKS);
  });

  test('it is not there: SUBGRAPH_UNAVAILABLE', async () => {
    await using gateway = await openBefore(await deadAddress());

    const answer = await gateway.ask({ query: QUERY });

    expect(answer.data).toEqual(holes);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(JSON.stringify(answer)).not.toMatch(LEAKS);
  });

  test.each<[string, () => Promise<Foreign>]>([
    ['accepts and says nothing', () => foreignSocket(() => undefined)],
    ['reads and says nothing', () => foreignServer((request) => request.resume())],
    [
      'sends a byte now and then',
      () =>
        foreignServer((_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const drip = setInterval(() => response.write(' '), 20);
          response.on('close', () => clearInterval(drip));
        }),
    ],
  ])('it %s: SUBGRAPH_TIMEOUT', async (_, open) => {
    await using bad = await open();
    await using gateway = await openBefore(bad.address, { timeoutMs: 300 });

    const start = performance.now();
    const answer = await gateway.ask({ query: QUERY });

    expect(performance.now() - start).toBeLessThan(2_000);
    expect(answer.data).toEqual(holes);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }]);
    expect(JSON.stringify(answer)).not.toMatch(LEAKS);
  });

  test('it hangs again and again: then nobody waits for it any more', async () => {
    await using bad = await foreignSocket(() => undefined);
    await using gateway = await openBefore(bad.address, { timeoutMs: 2_000 });
    await Promise.all(Array.from({ length: 5 }, () => gateway.ask({ query: QUERY })));

    const start = performance.now();
    const answer = await gateway.ask({ query: QUERY });

    expect(performance.now() - start).toBeLessThan(1_500);
    expect(answer.data).toEqual(holes);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(JSON.stringify(answer)).not.toMatch(LEAKS);
  });

  test('it answers text where the schema promises a number', async () => {
    const wrong = { wallet: { ...wallet, available: 'many' } };
    await using bad = await foreignServer((_, response) =>
      json(response, { data: { _entities: [wrong, wrong] } }),
    );
    await using gateway = await openBefore(bad.address);

    const answer = await gateway.ask({ query: QUERY });

    expect(answer.data).toEqual(holes);
    const codes = answer.errors?.map(({ extensions }) => extensions?.code);
    expect(new Set(codes)).toEqual(new Set(['SUBGRAPH_BAD_RESPONSE']));
  });

  test('it answers more than it was asked for, and that changes nothing', async () => {
    const greedy = { id: 'mallory', displayName: 'pwned', friends: [], wallet };
    await using bad = await foreignServer((_, response) =>
      json(response, { data: { _entities: [greedy, greedy], members: [] }, extensions: greedy }),
    );
    await using poisoned = await openBefore(bad.address);
    await using clean = await openGateway();

    expect(await poisoned.ask({ query: QUERY })).toEqual(await clean.ask({ query: QUERY }));
  });
});

describe('a connection that breaks', () => {
  /** Breaks the first connection, then answers what the test says. */
  async function breaksOnce(body: unknown): Promise<Foreign & { calls: () => number }> {
    let calls = 0;
    const answer: RequestListener = (request, response) => {
      calls += 1;
      if (calls === 1) request.socket.resetAndDestroy();
      else json(response, body);
    };
    return { ...(await foreignServer(answer)), calls: () => calls };
  }

  test('is tried once more for a query', async () => {
    await using bad = await breaksOnce(entities);
    await using gateway = await openBefore(bad.address);

    const { data, errors } = await gateway.ask({ query: QUERY });

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ members: [{ wallet }, { wallet }] });
    expect(bad.calls()).toBe(2);
  });

  test('is never tried again for a mutation', async () => {
    await using bad = await breaksOnce({ data: { rename: null } });
    await using gateway = await openBefore(bad.address, { far: 'members' });

    const { errors } = await gateway.ask({
      query: 'mutation { rename(id: "ann", name: "Anna") { __typename } }',
    });

    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(bad.calls()).toBe(1);
  });
});

test('what is sent is signed for this subgraph, and says how much time is left', async () => {
  const verify = createVerifier({ keys, clock: systemClock, audience: 'points-ledger' });
  const left: number[] = [];
  await using ledger = await foreignServer(async (request, response) => {
    const announced = await verify(request.headers);
    const body = Buffer.concat(await request.toArray());
    const deadline = announced?.prove(body)?.deadline ?? 0;
    left.push(deadline - Date.now());
    json(response, entities);
  });
  await using gateway = await openBefore(ledger.address, { timeoutMs: 1_000 });

  await gateway.ask({ query: QUERY });

  expect(left).toHaveLength(1);
  expect(left[0]).toBeGreaterThan(700);
  expect(left[0]).toBeLessThanOrEqual(1_000);
});

test('when the time of the request is up, nothing is sent any more', async () => {
  let calls = 0;
  await using ledger = await foreignServer((_, response) => {
    calls += 1;
    json(response, entities);
  });
  const remote = remoteTransport({
    addresses: everywhere(ledger.address),
    keys,
    clock: systemClock,
  });
  const call = {
    caller: { subject: 'x', roles: [], memberId: null, merchantId: null },
    locale: 'en' as const,
    requestId: 'r',
    deadline: Date.now() - 1,
  };

  await expect(remote.transport('members', { query: '{ a }', call })).rejects.toMatchObject({
    code: 'SUBGRAPH_TIMEOUT',
  });
  expect(calls).toBe(0);
  remote.close();
});

test('a call under way at a stop is answered, and new ones find nobody', async () => {
  let arrive = (): void => undefined;
  let letGo = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const served = await serveSubgraph(
    {
      name: 'points-ledger',
      sdl: '',
      workers: [],
      async answer(request) {
        arrive();
        await gate;
        return honest('points-ledger', request);
      },
      isReady: async () => true,
      close: async () => undefined,
    },
    { host: '127.0.0.1', port: 0, keys, clock: systemClock, logger: createLogger('silent') },
  );
  await using gateway = await openBefore(new URL(served.url));
  const underWay = gateway.ask({ query: QUERY });
  await arrived;

  const stopped = served.stop();
  await expect(fetch(`${served.url}/readyz`)).rejects.toThrow();
  letGo();

  expect((await underWay).data).toMatchObject({ members: [{ wallet }, { wallet }] });
  await stopped;
  const { errors } = await gateway.ask({ query: QUERY });
  expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
});
