import type { IncomingHttpHeaders } from 'node:http';
import { request as sendRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import type { Call } from '../../shared/graphql/request.ts';
import { type Remote, remoteTransport } from '../../shared/network/remote.ts';
import { createVerifier, SIGNATURE_HEADER } from '../../shared/network/signed-call.ts';
import { openGateway, type SmallGateway } from '../gateway/small-graph.ts';
import { everywhere, type Foreign, foreignServer, keys } from './network.ts';

type Arrived = Readonly<{ headers: IncomingHttpHeaders; call: Call | null }>;

let arrived: Arrived[];
let subgraph: Foreign;
let remote: Remote;
let gateway: SmallGateway;
let url: string;

beforeEach(async () => {
  arrived = [];
  const verify = createVerifier({ keys, clock: systemClock, audience: 'members' });
  subgraph = await foreignServer(async (request, response) => {
    const announced = await verify(request.headers);
    const call = announced?.prove(Buffer.concat(await request.toArray())) ?? null;
    arrived.push({ headers: request.headers, call });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"data":{"greeting":{"text":"hello"}}}');
  });
  const addresses = everywhere(subgraph.address);
  remote = remoteTransport({ addresses, keys, clock: systemClock });
  gateway = await openGateway({ transport: remote.transport });
  url = (await gateway.listen('127.0.0.1', 0)).url;
});
afterEach(async () => {
  await gateway.stop();
  remote.close();
  await subgraph[Symbol.asyncDispose]();
});

type Answer = Readonly<{ status: number; body: string }>;

/** Sends headers as they are, even those that `fetch` keeps to itself. */
function ask(headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    request.on('error', reject);
    request.on('response', async (response) => {
      const body = Buffer.concat(await response.toArray()).toString('utf8');
      resolve({ status: response.statusCode ?? 0, body });
    });
    request.end('{"query":"{ greeting { text } }"}');
  });
}

describe('what a request is for', () => {
  test('reaches the subgraph, signed', async () => {
    await ask({ 'x-tongdui-purpose': 'case 2026/7: complaint of (a) member' });

    expect(arrived).toMatchObject([{ call: { purpose: 'case 2026/7: complaint of (a) member' } }]);
  });

  test('is nothing when nothing is said', async () => {
    await ask({});

    expect(arrived).toMatchObject([{ call: { purpose: null } }]);
  });

  test.each([
    ['is empty', ''],
    ['is longer than 100 characters', 'x'.repeat(101)],
    ['is not ASCII', 'Fall Nr. 7 für Ann'],
    ['has a tab in it', 'case\t7'],
  ])('is refused with a clear word when it %s', async (_, purpose) => {
    const { status, body } = await ask({
      'x-tongdui-purpose': purpose,
      'x-request-id': 'request-1',
    });

    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      errors: [
        {
          message: expect.stringContaining('X-Tongdui-Purpose takes 1 to 100 printable ASCII'),
          extensions: {
            code: 'BAD_REQUEST',
            reason: 'PURPOSE_NOT_READABLE',
            requestId: 'request-1',
          },
        },
      ],
    });
    expect(arrived).toEqual([]);
  });
});

test('no header of a client reaches a subgraph', async () => {
  const sent = {
    [SIGNATURE_HEADER]: `v1;${Date.now()};${'A'.repeat(43)}`,
    'x-tongdui-caller': 'operator',
    'x-tongdui-roles': 'SERVICE',
    'x-tongdui-purpose': 'case-7',
    'x-request-id': 'request-of-client',
    'x-forwarded-for': '10.0.0.1',
    authorization: 'Bearer access.token.of-client',
    cookie: 'session=client',
    traceparent: '00-client',
  };

  const { status } = await ask(sent);

  expect(status).toBe(200);
  const [{ headers, call } = { headers: {}, call: null }] = arrived;
  expect(call).toMatchObject({ requestId: 'request-of-client', caller: { roles: ['PUBLIC'] } });
  expect(Object.keys(headers).toSorted()).toEqual([
    'accept',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    SIGNATURE_HEADER,
  ]);
  const bytes = JSON.stringify(headers);
  for (const value of Object.values(sent)) expect(bytes).not.toContain(value);
});
