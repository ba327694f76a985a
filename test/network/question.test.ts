import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { limits } from '../../shared/network/limits.ts';
import { answer, fails, openWay, subgraph, works } from './way.ts';

const status =
  (code: number): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end();

const tooLong: RequestListener = (_, response) =>
  answer(response, { data: { a: 'x'.repeat(limits.answerBytes) } });

const ofQuestions: readonly (readonly [string, RequestListener, string])[] = [
  ['cannot be understood', status(400), 'SUBGRAPH_UNAVAILABLE'],
  ['cannot be worked on', status(422), 'SUBGRAPH_UNAVAILABLE'],
  ['is too long', status(413), 'SUBGRAPH_UNAVAILABLE'],
  ['has a word in it that a firewall keeps out', status(403), 'SUBGRAPH_UNAVAILABLE'],
  ['has too long an answer', tooLong, 'SUBGRAPH_BAD_RESPONSE'],
];

describe.each(ofQuestions)('a question that %s', (_, behaviour, code) => {
  test('does not close the way for the others, however often it is asked', async () => {
    await using server = await subgraph(behaviour);
    using way = openWay(server.address);

    const codes = [...(await way.askOften(8)), await way.ask()];

    expect(new Set(codes)).toEqual(new Set([code]));
    expect(way.circuit()).toBe('CLOSED');
    server.behave = works;
    expect(await way.ask()).toBe('answered');
  });

  test('shows that a subgraph which was given up is back', async () => {
    const guard = { restMs: 200 };
    await using server = await subgraph(fails);
    using way = openWay(server.address, { guard });
    await way.askOften(5);
    expect(way.circuit()).toBe('OPEN');
    server.behave = behaviour;
    await sleep(guard.restMs + 50);

    expect(await way.ask()).toBe(code);

    expect(way.circuit()).toBe('CLOSED');
    server.behave = works;
    expect(await way.ask()).toBe('answered');
  });
});

test.each<[string, RequestListener]>([
  ['does not believe our signature', status(401)],
  ['has nothing at its address', status(404)],
  ['is asked too often', status(429)],
  ['breaks down', status(500)],
  ['is behind a proxy that does not reach it', status(503)],
])('a subgraph that %s is given up after five times', async (_, behaviour) => {
  await using server = await subgraph(behaviour);
  using way = openWay(server.address);

  await way.askOften(5);

  expect(way.circuit()).toBe('OPEN');
});

test('failures of questions in between do not hide that a subgraph fails', async () => {
  await using server = await subgraph(fails);
  using way = openWay(server.address);

  for (let times = 0; times < 5; times += 1) {
    server.behave = fails;
    await way.ask();
    server.behave = status(400);
    await way.ask();
  }

  expect(way.circuit()).toBe('OPEN');
});
