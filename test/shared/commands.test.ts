import { describe, expect, test } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { runCommand, type Work } from '../../shared/commands/run-command.ts';
import { addressUnder } from '../../shared/database/address.ts';
import { Database, execute } from '../../shared/database/database.ts';
import { migration } from '../../shared/database/migrate.ts';
import { anonymous } from '../../shared/graphql/caller.ts';
import { refused } from '../../shared/graphql/refusals.ts';
import { newId } from '../../shared/identifiers.ts';
import { toSafeInteger } from '../../shared/quantities.ts';
import { type Engine, engines } from '../support/engines.ts';

type Input = Readonly<{ idempotencyKey: string; amount: number }>;

/** Takes from the only purse; a command as the subgraphs write them. */
async function takeFromPurse({ manager, dialect, newId: id }: Work, { amount }: Input) {
  const [purse] = await manager.query<{ amount: unknown }[]>(
    `SELECT amount FROM test_purse WHERE id = 1 ${dialect.forUpdate}`,
  );
  const left = toSafeInteger(purse?.amount) - amount;
  if (left < 0) return refused('TooLittle', 'TOO_LITTLE', { missing: -left });
  // From here on the command must succeed.
  await execute(manager, 'UPDATE test_purse SET amount = ? WHERE id = 1', [left]);
  return { kind: 'Taken' as const, id: id() };
}

async function openPurse(engine: Engine, amount: number) {
  const url = engine.freshUrl();
  const database = await Database.open({
    address: addressUnder(url, 'purse'),
    entities: [],
    migrations: [
      migration('CreatePurse1767225600001', [
        'CREATE TABLE test_purse (id SMALLINT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL)',
        `INSERT INTO test_purse (id, amount) VALUES (1, ${amount})`,
      ]),
    ],
  });
  const books = { database, clock: systemClock, newId, caller: { ...anonymous, subject: 'ann' } };
  return {
    books,
    database,
    take: (idempotencyKey: string, asked: number, subject = 'ann') =>
      runCommand({ ...books, caller: { ...anonymous, subject } }, takeFromPurse, {
        idempotencyKey,
        amount: asked,
      }),
    left: async () => {
      const [row] = await database.reader.query<{ amount: unknown }[]>(
        'SELECT amount FROM test_purse',
      );
      return toSafeInteger(row?.amount);
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await engine.remove(url);
    },
  };
}

describe.each(engines)('a command on $name', (engine) => {
  test('the same key has one effect and one answer', async () => {
    await using purse = await openPurse(engine, 100);

    const first = await purse.take('key-00001', 60);
    const again = await purse.take('key-00001', 60);

    expect(again).toEqual(first);
    expect(await purse.left()).toBe(40);
  });

  test('twenty equal requests at once have one effect and one answer', async () => {
    await using purse = await openPurse(engine, 100);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => purse.take('key-00001', 60)),
    );

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await purse.left()).toBe(40);
  });

  test('a refusal is remembered, even when it would not be refused any more', async () => {
    await using purse = await openPurse(engine, 10);
    await purse.take('key-00001', 60);
    await purse.database.transaction((manager) =>
      execute(manager, 'UPDATE test_purse SET amount = 1000'),
    );

    expect(await purse.take('key-00001', 60)).toMatchObject({ parameters: { missing: 50 } });
    expect(await purse.left()).toBe(1000);
  });

  test('the same key with other input is a fault and changes nothing', async () => {
    await using purse = await openPurse(engine, 100);
    await purse.take('key-00001', 60);

    const reused = purse.take('key-00001', 10);

    await expect(reused).rejects.toMatchObject({ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await purse.left()).toBe(40);
  });

  test('two callers may use the same key', async () => {
    await using purse = await openPurse(engine, 100);

    await purse.take('key-00001', 60, 'ann');
    await purse.take('key-00001', 30, 'bob');

    expect(await purse.left()).toBe(10);
  });

  test.each(['', 'short', 'has space in it', '中文中文中文中文', 'x'.repeat(101)])(
    'the key %j is refused before anything is read',
    async (key) => {
      await using purse = await openPurse(engine, 100);

      await expect(purse.take(key, 1)).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
    },
  );
});
