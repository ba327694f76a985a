import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { deadAddress, everywhere } from './network.ts';
import { type Asking, answer, breaks, fails, hangs, openWay, subgraph, works } from './way.ts';

describe('a subgraph that fails five times in a row', () => {
  test.each<[string, RequestListener, string]>([
    ['with a status', fails, 'SUBGRAPH_UNAVAILABLE'],
    ['with a connection that breaks', breaks, 'SUBGRAPH_UNAVAILABLE'],
    ['with what is no answer', (_, response) => answer(response, []), 'SUBGRAPH_BAD_RESPONSE'],
    ['by saying nothing', hangs, 'SUBGRAPH_TIMEOUT'],
  ])('%s is asked nothing more, and that is told at once', async (_, behaviour, code) => {
    await using bad = await subgraph(behaviour);
    const timeoutMs = code === 'SUBGRAPH_TIMEOUT' ? 300 : 5_000;
    using way = openWay(bad.address, { timeoutMs, guard: { restMs: 60_000 } });
    const mutation = { query: 'mutation { a }' };
    for (let times = 0; times < 5; times += 1) {
      expect(way.circuit()).toBe('CLOSED');
      expect(await way.ask(mutation)).toBe(code);
    }

    const start = performance.now();
    const codes = await way.askOften(100);

    expect(performance.now() - start).toBeLessThan(1_000);
    expect(new Set(codes)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(bad.calls).toBe(5);
    expect(way.circuit()).toBe('OPEN');
    expect(way.stateOf('merchants').circuit).toBe('CLOSED');
  });

  test('is asked nothing more when nobody listens', async () => {
    using way = openWay(await deadAddress());

    await way.askOften(5);

    expect(way.circuit()).toBe('OPEN');
  });

  test('is not given up when it answered in between', async () => {
    await using flaky = await subgraph(fails);
    using way = openWay(flaky.address);
    await way.askOften(4);
    flaky.behave = works;
    await way.ask();
    flaky.behave = fails;

    await way.askOften(4);

    expect(way.circuit()).toBe('CLOSED');
  });

  test('counts a query that was sent twice as one failure', async () => {
    await using bad = await subgraph(breaks);
    using way = openWay(bad.address);

    for (let times = 0; times < 4; times += 1) await way.ask();

    expect(bad.calls).toBe(8);
    expect(way.circuit()).toBe('CLOSED');
  });
});

test.each<[string, RequestListener, Asking]>([
  [
    'an error that it raises itself',
    (_, response) => answer(response, { data: null, errors: [{ message: 'FORBIDDEN' }] }),
    {},
  ],
  ['a caller with little time', hangs, { inMs: 150 }],
  ['a caller whose time is up', hangs, { inMs: -1 }],
  ['more than may be sent', works, { query: `{ a(b: "${'x'.repeat(4 * 1024 * 1024)}") }` }],
])('%s says nothing about a subgraph', async (_, behaviour, asking) => {
  await using server = await subgraph(behaviour);
  using way = openWay(server.address);

  await way.askOften(8, asking);

  expect(way.circuit()).toBe('CLOSED');
});

describe('a subgraph that was given up', () => {
  const guard = { restMs: 200 };

  test('is asked again after a while, and by everybody when it answers', async () => {
    await using server = await subgraph(fails);
    using way = openWay(server.address, { guard });
    await way.askOften(5);
    server.behave = works;
    expect(await way.ask()).toBe('SUBGRAPH_UNAVAILABLE');

    await sleep(guard.restMs + 50);

    expect(await way.ask()).toBe('answered');
    expect(way.circuit()).toBe('CLOSED');
    expect(new Set(await way.askOften(50))).toEqual(new Set(['answered']));
  });

  test('is tried by one call, for which the others do not wait', async () => {
    await using server = await subgraph(hangs);
    using way = openWay(server.address, { guard, timeoutMs: 2_000 });
    await way.askOften(5);
    await sleep(guard.restMs + 50);

    const probe = way.ask();
    const start = performance.now();
    const others = await way.askOften(20);

    expect(way.circuit()).toBe('HALF_OPEN');
    expect(new Set(others)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(performance.now() - start).toBeLessThan(1_500);
    expect(await probe).toBe('SUBGRAPH_TIMEOUT');
    expect(server.calls).toBe(6);
    expect(way.circuit()).toBe('OPEN');
  });

  test('is not taken as back because somebody tried it with little time', async () => {
    await using server = await subgraph(hangs);
    using way = openWay(server.address, { guard, timeoutMs: 300 });
    await way.askOften(5);
    await sleep(guard.restMs + 50);

    expect(await way.ask({ inMs: 50 })).toBe('SUBGRAPH_TIMEOUT');

    expect(way.circuit()).toBe('OPEN');
  });

  test('is sent no mutation twice', async () => {
    await using server = await subgraph(breaks);
    using way = openWay(server.address, { guard });
    await way.askOften(5, { query: 'mutation { a }' });
    await sleep(guard.restMs + 50);

    await way.ask({ query: 'mutation { a }' });

    expect(server.calls).toBe(6);
  });

  test('is back in time although the clock of the machine was set back', async () => {
    await using server = await subgraph(fails);
    using way = openWay(server.address, { guard });
    await way.askOften(5);
    server.behave = works;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    try {
      await sleep(guard.restMs + 50);

      expect(await way.ask()).toBe('answered');
    } finally {
      vi.useRealTimers();
    }
  });

  test('is logged once, and once when it is back', async () => {
    const lines: { msg: string; subgraph: string }[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });
    await using server = await subgraph(fails);
    using way = openWay(server.address, { guard, logger });
    for (let times = 0; times < 3; times += 1) {
      await way.askOften(20);
      await sleep(guard.restMs + 50);
    }
    server.behave = works;
    await way.askOften(20);
    await way.askOften(20);

    expect(lines).toMatchObject([
      { subgraph: 'members', msg: expect.stringContaining('asked nothing for a while') },
      { subgraph: 'members', msg: expect.stringContaining('answers again') },
    ]);
  });
});

describe('a subgraph that hangs', () => {
  test('does not delay the others, and what cannot wait for it is refused at once', async () => {
    await using hanging = await subgraph(hangs);
    await using other = await subgraph(works);
    using way = openWay(hanging.address, {
      addresses: { ...everywhere(other.address), members: hanging.address },
      timeoutMs: 4_000,
    });
    const ended: string[] = [];
    const stuck = Array.from({ length: 800 }, async () => void ended.push(await way.ask()));
    await vi.waitFor(() => expect(hanging.calls).toBe(128), 2_000);

    const before = performance.now();
    const answers = await way.askOften(50, { name: 'merchants' });

    expect(performance.now() - before).toBeLessThan(1_500);
    expect(new Set(answers)).toEqual(new Set(['answered']));
    // 128 calls at once, 512 that wait, and the rest was told already.
    expect(way.stateOf('members')).toEqual({ circuit: 'CLOSED', calls: 128, waiting: 512 });
    expect(ended).toEqual(Array(800 - 128 - 512).fill('SUBGRAPH_UNAVAILABLE'));
    await Promise.all(stuck);
    expect(way.stateOf('members')).toMatchObject({ circuit: 'OPEN', calls: 0 });
  });

  test('is never sent a call whose time was up while it waited for a place', async () => {
    const held: ServerResponse[] = [];
    await using slow = await subgraph((_, response) => void held.push(response));
    using way = openWay(slow.address, { guard: { callsMax: 1 } });
    const first = way.ask();
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const start = performance.now();

    const second = await way.ask({ query: 'mutation { a }', inMs: 100 });
    const took = performance.now() - start;
    const third = way.ask();
    for (const response of held) answer(response);
    await first;
    await vi.waitFor(() => expect(held).toHaveLength(2));
    for (const response of held.slice(1)) answer(response);

    expect(second).toBe('SUBGRAPH_TIMEOUT');
    expect(took).toBeLessThan(3_000);
    expect(await third).toBe('answered');
    expect(slow.calls).toBe(2);
  });

  test('is tried again although a call that hangs has the last place', async () => {
    await using server = await subgraph(hangs);
    const guard = { callsMax: 1, failuresMax: 1, restMs: 50 };
    using way = openWay(server.address, { guard, timeoutMs: 4_000 });
    // One that is given up, and one that takes its place in the moment before that is known.
    const soon = way.ask({ inMs: 2_100 });
    const late = way.ask();
    await soon;
    await vi.waitFor(() => expect(server.calls).toBe(2));
    server.behave = works;
    await sleep(50);
    expect(way.stateOf('members')).toEqual({ circuit: 'OPEN', calls: 1, waiting: 0 });

    const code = await way.ask({ inMs: 1_500 });

    expect(code).toBe('answered');
    await late;
  });
});
