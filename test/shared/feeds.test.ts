import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addressUnder } from '../../shared/database/address.ts';
import { Database, execute } from '../../shared/database/database.ts';
import { migration } from '../../shared/database/migrate.ts';
import { appendEvents } from '../../shared/feeds/append.ts';
import { type FollowedEvent, followFeed } from '../../shared/feeds/follow.ts';
import { readFeed } from '../../shared/feeds/read.ts';
import type { Frame } from '../../shared/graphql/context.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { StandStill, settle } from '../../shared/workers.ts';
import { type Engine, engines } from '../support/engines.ts';

async function openPair(engine: Engine) {
  const url = engine.freshUrl();
  const producer = await Database.open({
    address: addressUnder(url, 'producer'),
    entities: [],
    migrations: [],
  });
  const consumer = await Database.open({
    address: addressUnder(url, 'consumer'),
    entities: [],
    migrations: [
      migration('CreateEffects1767225600001', [
        'CREATE TABLE test_effect (position BIGINT NOT NULL PRIMARY KEY, payload TEXT NOT NULL)',
      ]),
    ],
  });
  const frame: Frame = {
    database: consumer,
    clock: { now: () => new Date() },
    newId,
    logger: createLogger('silent'),
    keys: { cursor: 'c', personal: 'p' },
    peers: {
      // The answer of the producing subgraph's feed field, over its own database.
      ask: async <Data>(_: string, __: string, variables: Readonly<Record<string, unknown>>) => {
        const { after, first } = variables as { after: number; first: number };
        const events = await readFeed(producer.reader, { after, first });
        return { merchantsFeed: events } as Data;
      },
    },
  };
  const effects = () =>
    consumer.reader.query<{ position: number; payload: string }[]>(
      'SELECT position, payload FROM test_effect ORDER BY position',
    );
  return {
    producer,
    consumer,
    frame,
    effects,
    async [Symbol.asyncDispose]() {
      await producer.close();
      await consumer.close();
      await engine.remove(url);
    },
  };
}

const follower = (
  frame: Frame,
  afterEffect: (events: readonly FollowedEvent[]) => void = () => undefined,
) =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'test',
    apply: async (manager, events) => {
      for (const { position, payload } of events) {
        await execute(manager, 'INSERT INTO test_effect (position, payload) VALUES (?, ?)', [
          position,
          JSON.stringify(payload),
        ]);
      }
      afterEffect(events);
    },
  });

describe.each(engines)('a feed on $name', (engine) => {
  test('events that many transactions append at once all arrive, in order, once', async () => {
    await using pair = await openPair(engine);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        pair.producer.transaction(async (manager) => {
          await appendEvents(manager, new Date(), [
            { kind: 'a', payload: { index, part: 1 } },
            { kind: 'a', payload: { index, part: 2 } },
          ]);
        }),
      ),
    );

    await settle([follower(pair.frame)]);
    await settle([follower(pair.frame)]);

    const effects = await pair.effects();
    expect(effects.map(({ position }) => Number(position))).toEqual(
      Array.from({ length: 80 }, (_, index) => index + 1),
    );
  });

  test('an effect that fails is tried again, and nothing of it is left from the first time', async () => {
    await using pair = await openPair(engine);
    await pair.producer.transaction((manager) =>
      appendEvents(manager, new Date(), [{ kind: 'a', payload: {} }]),
    );
    let failures = 0;
    const failing = follower(pair.frame, () => {
      failures += 1;
      if (failures === 1) throw new Error('power cut');
    });

    await expect(failing.step()).rejects.toMatchObject({ cause: new Error('power cut') });
    expect(await pair.effects()).toEqual([]);
    await failing.step();

    expect(await pair.effects()).toHaveLength(1);
  });

  test.each([
    ['that is not JSON', 'no JSON'],
    ['of another form', '{"form":"other"}'],
  ])('a follower stops at an event %s, names it, and goes on once it is mended', async (_, bad) => {
    await using pair = await openPair(engine);
    await pair.producer.transaction((manager) =>
      appendEvents(
        manager,
        new Date(),
        [1, 2, 3, 4].map((n) => ({ kind: 'a', payload: { n } })),
      ),
    );
    const setThird = (payload: string) =>
      pair.producer.transaction((manager) =>
        execute(manager, 'UPDATE frame_feed_event SET payload = ? WHERE position = 3', [payload]),
      );
    await setThird(bad);
    const strict = follower(pair.frame, (events) => {
      for (const { payload } of events) z.object({ n: z.int() }).parse(payload);
    });

    const stopped = settle([strict]);
    await expect(stopped).rejects.toThrow('test stands still at event 3 (a) of merchants');
    await expect(stopped).rejects.toThrow(StandStill);
    const before = await pair.effects();
    await expect(strict.step()).rejects.toThrow(StandStill);
    await setThird('{"n":3}');
    await settle([strict]);

    expect(before.map(({ position }) => Number(position))).toEqual([1, 2]);
    const after = await pair.effects();
    expect(after.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4]);
  });

  test('two processes that follow at once have one effect', async () => {
    await using pair = await openPair(engine);
    await pair.producer.transaction((manager) =>
      appendEvents(manager, new Date(), [
        { kind: 'a', payload: {} },
        { kind: 'b', payload: {} },
      ]),
    );

    await Promise.all([
      follower(pair.frame).step(),
      follower(pair.frame).step(),
      follower(pair.frame).step(),
    ]);
    await settle([follower(pair.frame)]);

    expect(await pair.effects()).toHaveLength(2);
  });

  test('a transaction that fails leaves no event and no gap', async () => {
    await using pair = await openPair(engine);
    await pair.producer
      .transaction(async (manager) => {
        await appendEvents(manager, new Date(), [{ kind: 'lost', payload: {} }]);
        throw new Error('no');
      })
      .catch(() => undefined);
    await pair.producer.transaction((manager) =>
      appendEvents(manager, new Date(), [{ kind: 'kept', payload: {} }]),
    );

    const events = await readFeed(pair.producer.reader, { after: 0, first: 10 });

    expect(events.map(({ position, kind }) => [position, kind])).toEqual([[1, 'kept']]);
  });
});
