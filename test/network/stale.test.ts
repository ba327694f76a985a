import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { exchange } from '../../shared/network/exchange.ts';
import { type Foreign, foreignSocket } from './network.ts';

const agent = new Agent({ keepAlive: true });
afterEach(() => agent.destroy());

const body = '{"data":{"a":1}}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** Answers the first request of each connection, and does with a second one what the test says. */
async function server(
  onSecond: (socket: Socket) => void,
): Promise<Foreign & { seen: readonly string[] }> {
  const seen: string[] = [];
  const foreign = await foreignSocket((socket) => {
    let requests = 0;
    socket.on('data', (bytes) => {
      requests += 1;
      seen.push(/x-try: (\w+)/.exec(String(bytes))?.[1] ?? 'none');
      if (requests === 1) socket.write(ANSWER);
      else onSecond(socket);
    });
  });
  return { ...foreign, seen };
}

const ask = (url: URL, isRead: boolean, name: string) =>
  exchange({
    ...{ url, agent, isRead, leftMs: 3_000, answerBytesMax: 1_000 },
    headers: { 'x-try': name },
    body: '{}',
  });

test('a read that meets a connection that was just closed is sent once more', async () => {
  await using closing = await server((socket) => socket.resetAndDestroy());
  await ask(closing.address, true, 'first');

  expect(await ask(closing.address, true, 'second')).toEqual({ data: { a: 1 } });

  expect(closing.seen).toEqual(['first', 'second', 'second']);
});

test('what may be a write is not', async () => {
  await using closing = await server((socket) => socket.resetAndDestroy());
  await ask(closing.address, false, 'first');

  await expect(ask(closing.address, false, 'second')).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
    cause: { code: 'ECONNRESET' },
  });

  expect(closing.seen).toEqual(['first', 'second']);
});

test('a read of which a part of the answer came is not', async () => {
  await using closing = await server((socket) => socket.end('HTTP/1.1 200 O'));
  await ask(closing.address, true, 'first');

  await expect(ask(closing.address, true, 'second')).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
  });

  expect(closing.seen).toEqual(['first', 'second']);
});

test('a read on a new connection is not', async () => {
  let calls = 0;
  await using closing = await foreignSocket((socket) => {
    socket.once('data', () => {
      calls += 1;
      socket.resetAndDestroy();
    });
  });

  await expect(ask(closing.address, true, 'first')).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
  });

  expect(calls).toBe(1);
});
