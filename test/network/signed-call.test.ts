import { request as sendRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SubgraphName } from '../../shared/addresses.ts';
import type { Call, SubgraphRequest } from '../../shared/graphql/request.ts';
import { createLogger } from '../../shared/logger.ts';
import { type InternalKeys, internalKeysFrom } from '../../shared/network/internal-keys.ts';
import { createSeenIds } from '../../shared/network/seen-ids.ts';
import { type Served, serveSubgraph } from '../../shared/network/serve.ts';
import { SIGNATURE_HEADER, signCall } from '../../shared/network/signed-call.ts';
import { asMember, TestClock } from '../support/people.ts';
import { keys, NOW } from './network.ts';

const call: Omit<Call, 'deadline'> = {
  caller: asMember('ann'),
  locale: 'zh-CN',
  requestId: 'request-1',
  purpose: 'case-2026-7',
};

let clock: TestClock;
let served: Served;
let taken: SubgraphRequest[];

async function serve(accepted: InternalKeys): Promise<Served> {
  return serveSubgraph(
    {
      name: 'members',
      sdl: '',
      workers: [],
      answer: async (request) => {
        taken.push(request);
        return { data: { greeting: 'hello' } };
      },
      isReady: async () => true,
      close: async () => undefined,
    },
    { host: '127.0.0.1', port: 0, keys: accepted, clock, logger: createLogger('silent') },
  );
}

beforeEach(async () => {
  clock = new TestClock(NOW);
  taken = [];
  served = await serve(keys);
});
afterEach(() => served.stop());

const QUERY = JSON.stringify({ query: '{ greeting }', variables: {}, operationName: null });

async function sign(
  body = QUERY,
  { by = keys, audience = 'members' }: { by?: InternalKeys; audience?: SubgraphName } = {},
): Promise<Record<string, string>> {
  return signCall({ keys: by, clock, audience }, call, body, 4_000);
}

async function post(headers: Record<string, string>, body = QUERY): Promise<Response> {
  return fetch(`${served.url}/graphql`, { method: 'POST', headers, body });
}

async function expectRefused(response: Response): Promise<void> {
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    errors: [{ message: 'UNAUTHENTICATED', extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(taken).toEqual([]);
}

test('a signed call is answered, and brings all that travels with it', async () => {
  const response = await post(await sign());

  expect(await response.json()).toEqual({ data: { greeting: 'hello' } });
  expect(taken).toEqual([
    {
      query: '{ greeting }',
      variables: {},
      operationName: null,
      call: { ...call, deadline: clock.now().getTime() + 4_000 },
    },
  ]);
});

test('what it is for is believed from the token alone', async () => {
  await post({ ...(await sign()), 'x-tongdui-purpose': 'another' });

  expect(taken).toMatchObject([{ call: { purpose: 'case-2026-7' } }]);
});

test('a document from the network is never taken as planned', async () => {
  const body = JSON.stringify({ ...JSON.parse(QUERY), isPlanned: true });

  await post(await sign(body), body);

  expect(taken[0]).not.toHaveProperty('isPlanned');
});

describe('nobody else is answered', () => {
  test('who signs nothing, whatever is asked', async () => {
    await expectRefused(await post({}));
    await expectRefused(await post({}, JSON.stringify({ query: '{ _service { sdl } }' })));
    await expectRefused(await post({}, 'not even JSON'));
    await expectRefused(await fetch(`${served.url}/graphql`));
  });

  test('a body that was altered', async () => {
    await expectRefused(await post(await sign(), QUERY.replace('greeting', 'anything')));
  });

  test('a token on the body and signature of another call', async () => {
    const { authorization = '' } = await sign();

    await expectRefused(await post({ ...(await sign()), authorization }));
  });

  test('a call that is sent again', async () => {
    const headers = await sign();
    await post(headers);
    taken = [];

    await expectRefused(await post(headers));
  });

  test.each([
    ['older than a minute', 61],
    ['from more than a minute ahead', -61],
  ])('a call that is %s', async (_, seconds) => {
    const headers = await sign();
    clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString());

    await expectRefused(await post(headers));
  });

  test('a call that is older, under a new time', async () => {
    const headers = await sign();
    clock.advanceDays(1);
    const signature = headers[SIGNATURE_HEADER]?.replace(/;\d+;/, `;${clock.now().getTime()};`);

    await expectRefused(await post({ ...headers, [SIGNATURE_HEADER]: String(signature) }));
  });

  test('a time that was altered by a moment', async () => {
    const headers = await sign();
    const signature = headers[SIGNATURE_HEADER]?.replace(/;\d+;/, `;${clock.now().getTime() + 1};`);

    await expectRefused(await post({ ...headers, [SIGNATURE_HEADER]: String(signature) }));
  });

  test('a call to another subgraph', async () => {
    await expectRefused(await post(await sign(QUERY, { audience: 'merchants' })));
  });

  test('a call under another key', async () => {
    await expectRefused(await post(await sign(QUERY, { by: internalKeysFrom('x'.repeat(32)) })));
  });

  test.each([
    ['without a signature', { [SIGNATURE_HEADER]: '' }],
    ['with half a signature', { [SIGNATURE_HEADER]: 'v1;1795312800000;abc' }],
    ['without a token', { authorization: '' }],
    ['with a token that is too long', { authorization: `Bearer ${'a'.repeat(9_000)}.b.c` }],
  ])('a call %s', async (_, change) => {
    await expectRefused(await post({ ...(await sign()), ...change }));
  });

  test.each<[string, object]>([
    ['roles', { roles: ['PUBLIC', 'SERVICE'] }],
    ['purpose', { purpose: 'case-2026-8' }],
    ['subject', { sub: 'bob' }],
  ])('a token that gives itself another %s, or no signature', async (_, change) => {
    const headers = await sign();
    const [, claims = '', signature] = headers.authorization?.slice(7).split('.') ?? [];
    const altered = { ...JSON.parse(atob(claims)), ...change };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const none = encode({ alg: 'none', kid: keys[0].id });
    const same = encode({ alg: 'HS256', kid: keys[0].id });

    for (const token of [
      `${none}.${encode(altered)}.`,
      `${same}.${encode(altered)}.${signature}`,
    ]) {
      await expectRefused(await post({ ...headers, authorization: `Bearer ${token}` }));
    }
  });

  test('and its body is not waited for', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = sendRequest(`${served.url}/graphql`, {
        method: 'POST',
        headers: { 'content-length': 1_000_000 },
      });
      request.on('response', ({ statusCode }) => {
        resolve(statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.flushHeaders();
    });

    expect(status).toBe(401);
  });
});

test('two keys are good while one takes the place of the other', async () => {
  const [before, after] = ['o'.repeat(32), 'n'.repeat(32)];
  await served.stop();
  served = await serve(internalKeysFrom(`${after},${before}`));

  expect((await post(await sign(QUERY, { by: internalKeysFrom(before) }))).status).toBe(200);
  expect((await post(await sign(QUERY, { by: internalKeysFrom(after) }))).status).toBe(200);
  taken = [];
  await expectRefused(await post(await sign()));
});

test.each([
  ['no JSON', '{', 400],
  ['no request', '{"query": 1}', 400],
  [
    'variables that are no object',
    '{"query": "{ a }", "variables": [], "operationName": null}',
    400,
  ],
  ['more than it may be', JSON.stringify({ query: 'x'.repeat(4 * 1024 * 1024) }), 413],
])('a signed body that is %s is refused', async (_, body, status) => {
  const response = await post(await sign(body), body);

  expect(response.status).toBe(status);
  expect(taken).toEqual([]);
});

test('calls are remembered as long as their signature is good, and not for ever', () => {
  const seen = createSeenIds(clock, 3);
  expect(['a', 'b', 'a'].map(seen.isFirst)).toEqual([true, true, false]);

  clock.advanceDays(1);
  expect(['a', 'c', 'd', 'e'].map(seen.isFirst)).toEqual([true, true, true, true]);
  // Three are kept: the oldest had to make room.
  expect(['c', 'd', 'e', 'a'].map(seen.isFirst)).toEqual([false, false, false, true]);
});

test('what is open says nothing but that it lives and is ready', async () => {
  expect(await (await fetch(`${served.url}/livez`)).text()).toBe('ok');
  expect(await (await fetch(`${served.url}/readyz`)).text()).toBe('ok');
  expect((await fetch(`${served.url}/`)).status).toBe(404);
});
