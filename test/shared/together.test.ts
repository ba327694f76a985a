import { describe, expect, test } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { runTogether, type SharedWork } from '../../shared/commands/run-together.ts';
import { addressUnder } from '../../shared/database/address.ts';
import { Database, execute } from '../../shared/database/database.ts';
import { migration } from '../../shared/database/migrate.ts';
import { anonymous } from '../../shared/graphql/caller.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { refused } from '../../shared/graphql/refusals.ts';
import { newId } from '../../shared/identifiers.ts';
import { toSafeInteger } from '../../shared/quantities.ts';
import { type Engine, engines } from '../support/engines.ts';

type Asked = Readonly<{ input: Readonly<{ idempotencyKey: string; amount: number }> }>;

/** Takes from the only purse for each who asks, in their order. Who asks for 13 breaks the transaction. */
async function takeFromPurse({ manager, dialect, newId: id }: SharedWork, asked: readonly Asked[]) {
  const [purse] = await manager.query<{ amount: unknown }[]>(
    `SELECT amount FROM test_purse WHERE id = 1 ${dialect.forUpdate}`,
  );
  let left = toSafeInteger(purse?.amount);
  const outcomes = asked.map(({ input: { amount } }) => {
    if (amount > left) return refused('TooLittle', 'TOO_LITTLE', { missing: amount - left });
    left -= amount;
    return { kind: 'Taken' as const, id: id(), amount };
  });
  await execute(manager, 'UPDATE test_purse SET amount = ? WHERE id = 1', [left]);
  if (asked.some(({ input }) => input.amount === 13)) throw fault('SUBGRAPH_UNAVAILABLE');
  return outcomes;
}

async function openPurse(engine: Engine, amount: number) {
  const url = engine.freshUrl();
  const statements: string[] = [];
  const database = await Database.open({
    address: addressUnder(url, 'purse'),
    entities: [],
    migrations: [
      migration('CreatePurse1767225600001', [
        'CREATE TABLE test_purse (id SMALLINT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL)',
        `INSERT INTO test_purse (id, amount) VALUES (1, ${amount})`,
      ]),
    ],
    onStatement: (sql) => void statements.push(sql),
  });
  const books = { database, clock: systemClock, newId };
  const process = () => {
    const together = runTogether(books, 'takeFromPurse', takeFromPurse);
    return (idempotencyKey: string, asked: number, subject = 'ann') =>
      together({ ...anonymous, subject }, { input: { idempotencyKey, amount: asked } });
  };
  return {
    process,
    commits: () => statements.filter((sql) => sql === 'COMMIT').length,
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

const keyOf = (index: number): string => `key-${String(index).padStart(5, '0')}`;

describe.each(engines)('commands that wait at the same time on $name', (engine) => {
  test('share transactions, and each has one effect and one answer for its key', async () => {
    await using purse = await openPurse(engine, 1_000);
    const take = purse.process();
    const before = purse.commits();

    const indexes = Array.from({ length: 120 }, (_, index) => index % 60);
    const answers = await Promise.all(indexes.map((index) => take(keyOf(index), 30)));
    const again = await Promise.all(indexes.map((index) => take(keyOf(index), 30)));

    expect(again).toEqual(answers);
    expect(answers.slice(60)).toEqual(answers.slice(0, 60));
    expect(answers.slice(0, 60).filter(({ kind }) => kind === 'Taken')).toHaveLength(33);
    expect(await purse.left()).toBe(10);
    expect(purse.commits() - before).toBeLessThan(30);
  });

  test('that are asked of two processes under the same keys have one effect', async () => {
    await using purse = await openPurse(engine, 1_000);
    const [one, other] = [purse.process(), purse.process()];

    const keys = Array.from({ length: 20 }, (_, index) => keyOf(index));
    const [first, second] = await Promise.all([
      Promise.all(keys.map((key) => one(key, 10))),
      Promise.all(keys.toReversed().map((key) => other(key, 10))),
    ]);

    expect(second.toReversed()).toEqual(first);
    expect(await purse.left()).toBe(800);
  });

  test('do not fail because of another one, and a key with other input is still a fault', async () => {
    await using purse = await openPurse(engine, 1_000);
    const take = purse.process();
    await take(keyOf(0), 100);

    const [broken, reused, ...others] = await Promise.allSettled([
      take(keyOf(1), 13),
      take(keyOf(0), 99),
      ...Array.from({ length: 9 }, (_, index) => take(keyOf(2 + index), 10, `till-${index}`)),
    ]);

    expect(broken).toMatchObject({ reason: { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } } });
    expect(reused).toMatchObject({ reason: { extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } } });
    expect(others.every((one) => one.status === 'fulfilled')).toBe(true);
    expect(await purse.left()).toBe(810);
    // What broke left nothing behind: its key may be used for something else.
    expect(await take(keyOf(1), 20)).toMatchObject({ kind: 'Taken', amount: 20 });
  });
});
