import { Agent, request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { honest, openGateway } from './small-graph.ts';

const ASK = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ greeting { text } }"}',
};

/** A transport that holds every answer back until it is let go. */
function held() {
  let arrive = () => {};
  let letGo = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const transport: typeof honest = async (...request) => {
    arrive();
    await gate;
    return honest(...request);
  };
  return { transport, arrived, letGo: () => letGo() };
}

test('a gateway that runs says so', async () => {
  await using gateway = await openGateway();
  const { url } = await gateway.listen('127.0.0.1', 0);

  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test.each<[string, () => Promise<boolean>]>([
  ['says no', async () => false],
  ['fails', () => Promise.reject(new Error('database gone'))],
])('it is not ready when what stands behind it %s, but it lives', async (_, readiness) => {
  await using gateway = await openGateway({ readiness });
  const { url } = await gateway.listen('127.0.0.1', 0);

  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});

test('a request under way at a stop is answered, and new ones find nobody', async () => {
  const { transport, arrived, letGo } = held();
  const gateway = await openGateway({ transport });
  const { url } = await gateway.listen('127.0.0.1', 0);
  const underWay = fetch(`${url}/graphql`, ASK);
  await arrived;

  const stopped = gateway.stop();
  await new Promise((wake) => setTimeout(wake, 50));
  await expect(fetch(`${url}/readyz`)).rejects.toThrow();
  letGo();

  const response = await underWay;
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ data: { greeting: { text: 'hello' } } });
  await stopped;
});

test('while balancers look elsewhere it says "not ready" and still answers', async () => {
  const gateway = await openGateway({ stopGraceMs: 400 });
  const { url } = await gateway.listen('127.0.0.1', 0);

  const stopped = gateway.stop();

  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/graphql`, ASK)).status).toBe(200);
  await stopped;
  await expect(fetch(`${url}/livez`)).rejects.toThrow();
});

test('a connection kept open without a request does not keep it from stopping', async () => {
  const gateway = await openGateway();
  const { url } = await gateway.listen('127.0.0.1', 0);
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    httpRequest(`${url}/livez`, { agent }, (response) => response.resume().once('end', resolve))
      .once('error', reject)
      .end();
  });

  const start = performance.now();
  await gateway.stop();

  expect(performance.now() - start).toBeLessThan(2_000);
  agent.destroy();
});

test('stopping twice, or without ever listening, is stopping once', async () => {
  const gateway = await openGateway();

  await Promise.all([gateway.stop(), gateway.stop()]);
});

test('a port that is taken is an error that names it', async () => {
  await using first = await openGateway();
  await using second = await openGateway();
  const { url } = await first.listen('127.0.0.1', 0);

  await expect(second.listen('127.0.0.1', Number(new URL(url).port))).rejects.toThrow(/EADDRINUSE/);
});
