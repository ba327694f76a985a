import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { anonymous } from '../../shared/graphql/caller.ts';
import type { Call, SubgraphRequest } from '../../shared/graphql/request.ts';
import { createLogger } from '../../shared/logger.ts';
import { limits } from '../../shared/network/limits.ts';
import { type RemoteOptions, remoteTransport } from '../../shared/network/remote.ts';
import { serveSubgraph } from '../../shared/network/serve.ts';
import { createVerifier, signCall } from '../../shared/network/signed-call.ts';
import { asMember } from '../support/people.ts';
import { everywhere, foreignServer, keys } from './network.ts';

const callOf = (change: Partial<Call> = {}): Call => ({
  ...{ caller: asMember('ann'), locale: 'en', requestId: 'request-1', deadline: null },
  ...change,
});

const verify = createVerifier({ keys, clock: systemClock, audience: 'members' });

type Arrived = Readonly<{ queries: string[]; call: Call | null; isTogether: boolean }>;

/** Reads what came and answers a line for each question, or one answer to one that came alone. */
type Behaviour = (arrived: Arrived, response: ServerResponse) => void;

const answerOf = (query: string) => ({ data: { asked: query } });
const line = (index: number, answer: unknown) => `${JSON.stringify([index, answer])}\n`;

const answers: Behaviour = ({ queries, isTogether }, response) => {
  const type = isTogether ? 'application/x-ndjson' : 'application/json';
  response.writeHead(200, { 'content-type': type });
  const lines = queries.map((query, index) => line(index, answerOf(query))).toReversed();
  response.end(isTogether ? lines.join('') : JSON.stringify(answerOf(String(queries[0]))));
};

/** A subgraph of the test's own making, and the way to it. */
async function openWay(behaviour: Behaviour, options: Partial<RemoteOptions> = {}) {
  const arrived: Arrived[] = [];
  const read = async (request: IncomingMessage, response: ServerResponse) => {
    const announced = await verify(request.headers);
    const body = Buffer.concat(await request.toArray());
    const asked = JSON.parse(body.toString()) as SubgraphRequest | SubgraphRequest[];
    const queries = [asked].flat().map(({ query }) => query);
    const isTogether = Array.isArray(asked);
    const exchange = { queries, isTogether, call: announced?.prove(body) ?? null };
    arrived.push(exchange);
    behaviour(exchange, response);
  };
  const server = await foreignServer(read);
  const addresses = everywhere(server.address);
  const remote = remoteTransport({ addresses, keys, clock: systemClock, ...options });
  return {
    arrived,
    remote,
    /** Answers what each question brought: its answer, or the code of its failure. */
    ask: (call: Call, ...queries: string[]) =>
      Promise.all(
        queries.map((query) =>
          remote.transport('members', { query, call }).then(
            ({ data }) => data?.asked,
            ({ code }) => String(code),
          ),
        ),
      ),
    async [Symbol.asyncDispose]() {
      remote.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('questions of one request to one subgraph in one turn', () => {
  test('travel together, signed once, and each has its own answer', async () => {
    await using way = await openWay(answers);
    const call = callOf({ deadline: Date.now() + 4_000, purpose: 'case-7' });

    const answered = await way.ask(call, '{ a }', '{ b }', '{ c }');

    expect(answered).toEqual(['{ a }', '{ b }', '{ c }']);
    expect(way.arrived).toMatchObject([
      {
        queries: ['{ a }', '{ b }', '{ c }'],
        call: { caller: call.caller, requestId: 'request-1', purpose: 'case-7' },
      },
    ]);
  });

  test.each<[string, Partial<Call>]>([
    ['another caller', { caller: asMember('bob') }],
    ['the same person in another request', { caller: asMember('ann') }],
    ['another request', { requestId: 'request-2' }],
    ['another language', { locale: 'zh-CN' }],
    ['another purpose', { purpose: 'case-8' }],
    ['another deadline', { deadline: Date.now() + 3_000 }],
  ])('never with those of %s', async (_, change) => {
    await using way = await openWay(answers);
    const call = callOf();

    await Promise.all([way.ask(call, '{ a }'), way.ask({ ...call, ...change }, '{ b }')]);

    expect(way.arrived.map(({ isTogether }) => isTogether)).toEqual([false, false]);
    const calls = new Map(way.arrived.map((one) => [one.queries[0], one.call]));
    expect(calls.get('{ a }')?.caller).toEqual(call.caller);
    expect(calls.get('{ b }')).toMatchObject({ ...change, deadline: expect.anything() });
  });

  test('that change something go alone', async () => {
    await using way = await openWay(answers);

    await way.ask(callOf(), 'mutation { a }', '{ b }', 'query X { x } mutation Y { y }', '{ c }');

    expect(way.arrived.map(({ queries }) => queries).toSorted()).toEqual([
      ['mutation { a }'],
      ['query X { x } mutation Y { y }'],
      ['{ b }', '{ c }'],
    ]);
  });

  test('are never more than may travel together', async () => {
    await using way = await openWay(answers);
    const queries = Array.from({ length: limits.togetherMax + 2 }, (_, index) => `{ a${index} }`);

    expect(await way.ask(callOf(), ...queries)).toEqual(queries);

    const counts = way.arrived.map((one) => one.queries.length);
    expect(counts.toSorted((a, b) => b - a)).toEqual([limits.togetherMax, 2]);
  });

  test('are never more bytes than may be sent', async () => {
    await using way = await openWay(answers);
    const long = (name: string) => `{ ${name}(b: "${'x'.repeat(limits.requestBytes / 2 - 200)}") }`;
    const queries = [long('a'), long('b'), long('c')];

    expect(await way.ask(callOf(), ...queries)).toEqual(queries);

    expect(way.arrived.map((one) => one.queries.length).toSorted()).toEqual([1, 2]);
  });

  test('do not wait for each other', async () => {
    let end = (): void => undefined;
    await using way = await openWay((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(line(1, answerOf('fast')));
      end = () => void response.end(line(0, answerOf('slow')));
    });
    const call = callOf();
    const slow = way.ask(call, '{ slow }');

    expect(await way.ask(call, '{ fast }')).toEqual(['fast']);

    end();
    expect(await slow).toEqual(['slow']);
  });
});

/** Answers the first question in time and well, and then goes on as the test says. */
const answersFirst =
  (then: (response: ServerResponse) => void): Behaviour =>
  (arrived, response) => {
    if (!arrived.isTogether) return answers(arrived, response);
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write(line(0, answerOf('first')), () => then(response));
  };

describe('of questions that travel together', () => {
  test.each<[string, string, (response: ServerResponse) => void]>([
    ['is answered with what is no answer', 'BAD_RESPONSE', (it) => it.end(line(1, { data: 'x' }))],
    ['is answered with nothing', 'BAD_RESPONSE', (it) => it.end(line(1, null))],
    ['is answered with what is not JSON', 'BAD_RESPONSE', (it) => it.end('[1,{"data"\n')],
    ['is not answered', 'BAD_RESPONSE', (it) => it.end()],
    ['has half an answer', 'BAD_RESPONSE', (it) => it.end('[1,{"data":{}')],
    ['has an answer of another number', 'BAD_RESPONSE', (it) => it.end(line(7, { data: {} }))],
    ['is not answered in time', 'TIMEOUT', () => undefined],
  ])('one that %s costs itself only', async (_, code, then) => {
    await using way = await openWay(answersFirst(then), { timeoutMs: 500 });

    const answered = await way.ask(callOf(), '{ a }', '{ b }');

    expect(answered).toEqual(['first', `SUBGRAPH_${code}`]);
    expect(way.arrived).toHaveLength(1);
  });

  test('no second answer takes the place of the first', async () => {
    const twice = `${line(0, answerOf('lie'))}${line(1, answerOf('second'))}`;
    await using way = await openWay(answersFirst((response) => response.end(twice)));

    expect(await way.ask(callOf(), '{ a }', '{ b }')).toEqual(['first', 'second']);
  });

  test('those that a connection left unanswered are sent once more, and no others', async () => {
    await using way = await openWay(answersFirst((response) => response.socket?.resetAndDestroy()));

    const answered = await way.ask(callOf(), '{ a }', '{ b }');

    expect(answered).toEqual(['first', '{ b }']);
    expect(way.arrived.map(({ queries }) => queries)).toEqual([['{ a }', '{ b }'], ['{ b }']]);
  });

  test('nothing is sent again when the connection broke after the last answer', async () => {
    const breaksThen = answersFirst((response) => {
      response.write(line(1, answerOf('second')), () => response.socket?.resetAndDestroy());
    });
    await using way = await openWay(breaksThen);

    expect(await way.ask(callOf(), '{ a }', '{ b }')).toEqual(['first', 'second']);

    await vi.waitFor(() => expect(way.remote.stateOf('members').calls).toBe(0));
    expect(way.arrived).toHaveLength(1);
  });

  test.each<[string, Behaviour]>([
    ['is refused', (_, response) => void response.writeHead(400).end()],
    [
      'makes the answer too long',
      answersFirst((response) => response.end('x'.repeat(limits.answerBytes))),
    ],
  ])('each is asked alone when one of them %s', async (_, behaviour) => {
    await using way = await openWay((arrived, response) =>
      arrived.isTogether ? behaviour(arrived, response) : answers(arrived, response),
    );

    const [first, second] = await way.ask(callOf(), '{ a }', '{ b }');

    expect(['first', '{ a }']).toContain(first);
    expect(second).toBe('{ b }');
    expect(way.remote.stateOf('members').circuit).toBe('CLOSED');
  });

  test('a failure counts once, and they take one place', async () => {
    const held: ServerResponse[] = [];
    await using way = await openWay((_, response) => void held.push(response));
    const call = callOf();
    const asked = Array.from({ length: 4 }, (_, index) => {
      const own = { ...call, requestId: `request-${index}` };
      return way.ask(own, '{ a }', '{ b }', '{ c }');
    });
    await vi.waitFor(() => expect(held).toHaveLength(4));

    expect(way.remote.stateOf('members').calls).toBe(4);
    for (const response of held) response.writeHead(500).end();

    expect(new Set((await Promise.all(asked)).flat())).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(way.remote.stateOf('members').circuit).toBe('CLOSED');
  });
});

describe('a subgraph of ours', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  async function serve() {
    const served = await serveSubgraph(
      {
        name: 'members',
        sdl: '',
        workers: [],
        async answer({ query, call }) {
          if (query === '{ slow }') await sleep(300);
          if (query === '{ broken }') throw new Error('broken');
          if (query === '{ wrong }') return { errors: [{ message: 'WRONG' }] };
          return { data: { asked: `${query} of ${call.caller.subject}` } };
        },
        isReady: async () => true,
        close: async () => undefined,
      },
      { host: '127.0.0.1', port: 0, keys, clock: systemClock, logger: createLogger('silent') },
    );
    open.push(served.stop);
    return served;
  }

  test('answers each question by itself, the fast ones first', async () => {
    const { url } = await serve();
    const remote = remoteTransport({
      ...{ addresses: everywhere(new URL(url)), keys, clock: systemClock },
    });
    open.push(async () => remote.close());
    const call = callOf({ caller: anonymous });
    const order: string[] = [];
    const ask = (query: string) =>
      remote
        .transport('members', { query, call })
        .catch(({ code }) => code)
        .finally(() => order.push(query));

    const [slow, broken, wrong, fine] = await Promise.all(
      ['{ slow }', '{ broken }', '{ wrong }', '{ fine }'].map(ask),
    );

    expect(slow.data.asked).toBe(`{ slow } of ${anonymous.subject}`);
    expect(broken).toBe('SUBGRAPH_BAD_RESPONSE');
    expect(wrong).toEqual({ errors: [{ message: 'WRONG' }] });
    expect(fine.data.asked).toBe(`{ fine } of ${anonymous.subject}`);
    expect(order.slice(0, 2).toSorted()).toEqual(['{ fine }', '{ wrong }']);
  });

  const question = { query: '{ a }', variables: {}, operationName: null };
  test.each<[string, unknown, number]>([
    ['several questions', [question, question], 200],
    ['none at all', [], 400],
    ['more than may come together', Array(limits.togetherMax + 1).fill(question), 400],
    ['one that is none among them', [question, { query: 1 }], 400],
  ])('is sent %s', async (_, asked, status) => {
    const { url } = await serve();
    const body = JSON.stringify(asked);
    const signed = { keys, clock: systemClock, audience: 'members' } as const;
    const headers = await signCall(signed, callOf(), body, 4_000);

    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });

    expect(response.status).toBe(status);
  });
});
