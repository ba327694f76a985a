import fc from 'fast-check';
import { EntitySchema } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { code, id, instant, integer, json } from '../../shared/database/columns.ts';
import { Database, execute } from '../../shared/database/database.ts';
import { isDuplicateKey } from '../../shared/database/errors.ts';
import { migration } from '../../shared/database/migrate.ts';
import { insertNewRows, insertRows } from '../../shared/database/rows.ts';
import { type Engine, engines } from '../support/engines.ts';

type Row = Readonly<{ id: string; kind: string; points: number; at: Date; note: { text: string } }>;

const Thing = new EntitySchema<Row>({
  name: 'Thing',
  tableName: 'test_thing',
  columns: { id, kind: code, points: integer, at: { ...instant, name: 'at_ms' }, note: json },
});

const migrations = [
  migration('CreateThings1767225600001', [
    `CREATE TABLE test_thing (id VARCHAR(64) NOT NULL PRIMARY KEY, kind VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points >= 0), at_ms BIGINT NOT NULL, note TEXT NULL)`,
  ]),
];

async function openThings(engine: Engine) {
  const url = engine.freshUrl();
  const database = await Database.open({
    address: addressUnder(url, 'things'),
    entities: [Thing],
    migrations,
  });
  return {
    database,
    url,
    async [Symbol.asyncDispose]() {
      await database.close();
      await engine.remove(url);
    },
  };
}

const keepOrInsert = (database: Database, rows: readonly (readonly unknown[])[]): Promise<void> =>
  database.transaction((manager) =>
    insertRows(manager, 'test_thing', ['id', 'kind', 'points', 'at_ms', 'note'], rows, {
      ending: database.dialect.onDuplicateKeep(['id']),
    }),
  );

const thing: Row = {
  id: 'a',
  kind: 'K',
  points: Number.MAX_SAFE_INTEGER,
  at: new Date('2026-11-22T00:00:00.123Z'),
  note: { text: '中文 😀' },
};

describe.each(engines)('on $name', (engine) => {
  test('a row comes back as it was written: the largest integer, milliseconds, Chinese', async () => {
    await using things = await openThings(engine);
    await things.database.transaction((manager) => manager.insert(Thing, thing));

    expect(await things.database.reader.findBy(Thing, { id: 'a' })).toEqual([thing]);
  });

  test('codes and ids compare byte for byte', async () => {
    await using things = await openThings(engine);
    await things.database.transaction((manager) => manager.insert(Thing, thing));

    expect(await things.database.reader.findBy(Thing, { id: 'A' })).toEqual([]);
    expect(await things.database.reader.findBy(Thing, { kind: 'k' })).toEqual([]);
  });

  test('a transaction that fails leaves nothing behind', async () => {
    await using things = await openThings(engine);

    const failed = things.database.transaction(async (manager) => {
      await manager.insert(Thing, thing);
      throw new Error('no');
    });

    await expect(failed).rejects.toThrow('no');
    expect(await things.database.reader.count(Thing)).toBe(0);
  });

  test('a check of the table refuses what the program should not have written', async () => {
    await using things = await openThings(engine);

    const written = things.database.transaction((manager) =>
      manager.insert(Thing, { ...thing, points: -1 }),
    );

    await expect(written).rejects.toThrow();
    expect(await things.database.reader.count(Thing)).toBe(0);
  });

  test('fifty transactions at once on one row lose no update', async () => {
    await using things = await openThings(engine);
    const { database } = things;
    await database.transaction((manager) => manager.insert(Thing, { ...thing, points: 0 }));

    await Promise.all(
      Array.from({ length: 50 }, () =>
        database.transaction(async (manager) => {
          const [row] = await manager.query<{ points: number }[]>(
            `SELECT points FROM test_thing WHERE id = 'a' ${database.dialect.forUpdate}`,
          );
          await execute(manager, "UPDATE test_thing SET points = ? WHERE id = 'a'", [
            Number(row?.points) + 1,
          ]);
        }),
      ),
    );

    const [row] = await database.reader.findBy(Thing, { id: 'a' });
    expect(row?.points).toBe(50);
  });

  test('readers do not see what is not committed', async () => {
    await using things = await openThings(engine);
    const written = Promise.withResolvers<void>();
    const counted = Promise.withResolvers<void>();
    const writing = things.database.transaction(async (manager) => {
      await manager.insert(Thing, thing);
      written.resolve();
      await counted.promise;
    });

    await written.promise;
    const seen = await things.database.reader.count(Thing);
    counted.resolve();
    await writing;

    expect(seen).toBe(0);
    expect(await things.database.reader.count(Thing)).toBe(1);
  });

  test('a lock that somebody keeps is given up after seconds, not minutes', async () => {
    await using things = await openThings(engine);
    if (things.database.dialect.engine === 'sqlite') return; // One writer: its mutex has no clock.
    const seen = await Promise.all(
      Array.from({ length: 3 }, () =>
        things.database.transaction((manager) =>
          manager.query<{ wait: number }[]>('SELECT @@innodb_lock_wait_timeout AS wait'),
        ),
      ),
    );

    expect(seen.flat().map(({ wait }) => Number(wait))).toEqual([5, 5, 5]);
  });

  test('a transaction inside a transaction is refused instead of hanging', async () => {
    await using things = await openThings(engine);

    const nested = things.database.transaction(() =>
      things.database.transaction(async () => undefined),
    );

    await expect(nested).rejects.toThrow('may not open another one');
  });

  test('opening again runs no migration twice', async () => {
    await using things = await openThings(engine);
    await things.database.transaction((manager) => manager.insert(Thing, thing));

    const again = await Database.open({
      address: addressUnder(things.url, 'things'),
      entities: [Thing],
      migrations,
    });

    expect(await again.reader.count(Thing)).toBe(1);
    await again.close();
  });

  test('a migration that was interrupted goes on at the next start', async () => {
    const url = engine.freshUrl();
    const statements = [
      'CREATE TABLE test_one (id VARCHAR(64) NOT NULL PRIMARY KEY)',
      "INSERT INTO test_one (id) VALUES ('a')",
      'CREATE TABLE test_two (id VARCHAR(64) NOT NULL PRIMARY KEY)',
      "INSERT INTO test_two (id) VALUES ('b')",
    ];
    const open = (sql: readonly string[]) =>
      Database.open({
        address: addressUnder(url, 'things'),
        entities: [],
        migrations: [migration('CreateBoth1767225600001', sql)],
      });
    // On SQLite a migration is one transaction: the last statement takes all before it along.
    const breaking = engine.name === 'SQLite' ? [3] : statements.keys();
    for (const broken of breaking) {
      const interrupted = statements.with(broken, 'THIS IS NOT SQL');
      await expect(open(interrupted)).rejects.toThrow();
    }

    const database = await open(statements);

    expect(await database.reader.query('SELECT id FROM test_one')).toEqual([{ id: 'a' }]);
    expect(await database.reader.query('SELECT id FROM test_two')).toEqual([{ id: 'b' }]);
    await database.close();
    await engine.remove(url);
  });

  test('processes that start at once on an empty database all get it whole', async () => {
    const url = engine.freshUrl();
    const open = () =>
      Database.open({ address: addressUnder(url, 'things'), entities: [Thing], migrations });

    const databases = await Promise.all([open(), open(), open()]);

    for (const database of databases) expect(await database.reader.count(Thing)).toBe(0);
    await Promise.all(databases.map((database) => database.close()));
    await engine.remove(url);
  });

  test('a second row with the same key is known as such', async () => {
    await using things = await openThings(engine);
    const insert = () => things.database.transaction((manager) => manager.insert(Thing, thing));
    await insert();

    const error = await insert().catch((caught: unknown) => caught);

    expect(isDuplicateKey(error)).toBe(true);
  });

  test('where a key is taken its row is left alone, and the others go in', async () => {
    await using things = await openThings(engine);
    const { database } = things;
    await database.transaction((manager) => manager.insert(Thing, thing));

    await keepOrInsert(database, [
      ['a', 'OTHER', 7, 1, null],
      ['b', 'K', 8, 1, null],
    ]);

    const found = await database.reader.find(Thing, { order: { id: 'ASC' } });
    expect(found.map(({ id, kind, points }) => [id, kind, points])).toEqual([
      ['a', 'K', thing.points],
      ['b', 'K', 8],
    ]);
  });

  const bad: [string, unknown[]][] = [
    ['a value that a check forbids', ['b', 'K', -1, 1, null]],
    ['a missing value', ['b', null, 1, 1, null]],
  ];
  // SQLite has no length of a text, so nothing is cut there.
  if (engine.name !== 'SQLite') bad.push(['a text too long', ['b', 'K'.repeat(65), 1, 1, null]]);
  test.each(bad)('a row is not left out for %s, only for its key', async (_, row) => {
    await using things = await openThings(engine);

    const written = keepOrInsert(things.database, [['a', 'K', 1, 1, null], row]);

    await expect(written).rejects.toThrow();
    expect(await things.database.reader.count(Thing)).toBe(0);
  });

  test('ten thousand rows go in, in parts that the engine takes', async () => {
    await using things = await openThings(engine);
    const rows = Array.from({ length: 10_000 }, (_, index) => [`id-${index}`, 'K', index, 1, null]);

    await things.database.transaction((manager) =>
      insertRows(manager, 'test_thing', ['id', 'kind', 'points', 'at_ms', 'note'], rows),
    );

    expect(await things.database.reader.count(Thing)).toBe(10_000);
  });

  test('rows are said to be new only when all of them are', async () => {
    await using things = await openThings(engine);
    const { database } = things;
    const columns = ['id', 'kind', 'points', 'at_ms', 'note'];
    const areNew = (...ids: string[]) =>
      database.transaction((manager) => {
        const rows = ids.map((one) => [one, 'K', 1, 1, null]);
        const ending = database.dialect.onDuplicateKeep(['id']);
        return insertNewRows(manager, 'test_thing', columns, rows, { ending });
      });

    expect(await areNew()).toBe(true);
    expect(await areNew('a', 'b', 'c')).toBe(true);
    expect(await areNew('d', 'b')).toBe(false);
    expect(await areNew('e', 'e')).toBe(false);
    expect(await areNew('a', 'b')).toBe(false);
    expect(await areNew('a')).toBe(false);
    expect(await database.reader.count(Thing)).toBe(5);
  });

  test('rows come back as they were written, whatever is in them and however many go in', async () => {
    await using things = await openThings(engine);
    const columns = ['id', 'kind', 'points', 'at_ms', 'note'];
    const mark = fc.constantFrom("'", '\\', '"', '`', '?', '\n', '\u001a', '%', '(', '');
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: mark, maxLength: 20 }),
    );
    const some = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const rest = fc.tuple(text, some, some, fc.option(text));
    const lengths = fc.constantFrom(1, 99, 100, 101, 250);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.array(rest, { minLength: 250, maxLength: 250 }),
        fc.boolean(),
        fc.boolean(),
        async (n, made, areLong, isBare) => {
          round += 1;
          const rows = made
            .slice(0, n)
            .map((row, index) => [`${round} ${String(index).padStart(3, '0')}`, ...row])
            .map((row) => (isBare ? [...row.slice(0, -1), null] : row));
          await things.database.transaction((manager) =>
            insertRows(manager, 'test_thing', columns, rows, { areLong, mayLack: ['note'] }),
          );

          const found = await things.database.reader.query<Record<string, unknown>[]>(
            'SELECT id, kind, points, at_ms, note FROM test_thing WHERE id LIKE ? ORDER BY id',
            [`${round} %`],
          );

          const integers = ['points', 'at_ms'];
          expect(
            found.map((row) =>
              columns.map((name) => (integers.includes(name) ? Number(row[name]) : row[name])),
            ),
          ).toEqual(rows);
        },
      ),
      { numRuns: 16 },
    );
  });

  test('of long rows one that is there already undoes all, or is kept', async () => {
    await using things = await openThings(engine);
    const columns = ['id', 'kind', 'points', 'at_ms', 'note'];
    const rows = Array.from({ length: 100 }, (_, index) => [`id-${index}`, 'K', 1, 1, 'new']);
    await keepOrInsert(things.database, [['id-50', 'K', 1, 1, 'old']]);
    const write = (ending: string) =>
      things.database.transaction((manager) =>
        insertRows(manager, 'test_thing', columns, rows, { areLong: true, ending }),
      );

    expect(await write('').catch(isDuplicateKey)).toBe(true);
    expect(await things.database.reader.count(Thing)).toBe(1);

    await write(things.database.dialect.onDuplicateKeep(['id']));
    const count = "SELECT COUNT(*) AS n FROM test_thing WHERE note = 'old'";
    expect(Number((await things.database.reader.query(count))[0].n)).toBe(1);
    expect(await things.database.reader.count(Thing)).toBe(100);
  });
});
