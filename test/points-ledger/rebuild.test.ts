import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { canonicalJson } from '../../shared/identifiers.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { exportJournal } from '../../subgraphs/points-ledger/proof/export-journal.ts';
import { foundBlock, journalBlocks } from '../../subgraphs/points-ledger/proof/read-blocks.ts';
import { exportedBlocks, findExport } from '../../subgraphs/points-ledger/proof/read-export.ts';
import { copyRest, rebuildBooks } from '../../subgraphs/points-ledger/proof/rebuild.ts';
import { allTables } from '../../subgraphs/points-ledger/proof/tables.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { type Engine, engines } from '../support/engines.ts';
import { accrue, burn, hold, reverse } from './books-world.ts';
import { steps } from './random-commands.ts';
import { openSigned } from './signed-books.ts';

const nobody = () => undefined;
const script = join(import.meta.dirname, '../../subgraphs/rebuild.ts');

type Signed = Awaited<ReturnType<typeof openSigned>>;

/** An empty database of points-ledger. */
async function openEmpty(engine: Engine) {
  const url = engine.freshUrl();
  const { name, entities, migrations } = pointsLedger;
  const database = await Database.open({ address: addressUnder(url, name), entities, migrations });
  return Object.assign(database, {
    url,
    async [Symbol.asyncDispose]() {
      await database.close();
      await engine.remove(url);
    },
  });
}

/** Everything in all tables but what says how the tables were made, in one order. */
async function contentOf(database: Database, but: readonly RegExp[] = []) {
  const { reader, dialect } = database;
  const tables = (await allTables(reader, dialect.engine)).filter(
    (table) => !/^frame_migration/.test(table) && !but.some((one) => one.test(table)),
  );
  const content: Record<string, string[]> = {};
  for (const table of tables) {
    const rows: Record<string, unknown>[] = await reader.query(`SELECT * FROM ${table}`);
    content[table] = rows
      .filter((row) => table !== 'points_wallet' || Number(row.version) > 0)
      .map((row) => canonicalJson(row))
      .toSorted();
  }
  return content;
}

async function* blocksOf({ reader }: Database) {
  for await (const block of journalBlocks(reader, 0)) yield foundBlock(block);
}

/** Posts commands as they come, some in a batch of many and some alone. */
async function postAll(books: Signed, commands: readonly PointsCommand[]): Promise<void> {
  const ledger = createLedger(books.frame, { batchMax: 7 });
  await ledger.post(
    commands.map((command, index) => ({
      scope: 'service:test',
      key: `key-${index}`,
      requestHash: canonicalJson(command).slice(0, 64),
      command,
    })),
  );
}

describe.each(engines)('on $name', (engine) => {
  test('books that are made again from the journal equal the live ones, table by table', async () => {
    const [drawn = []] = fc.sample(
      fc.array(steps, { minLength: 8, maxLength: 8 }).map((runs) => runs.flat()),
      1,
    );
    await using books = await openSigned(engine);
    await postAll(
      books,
      drawn.map(({ command }) => command),
    );
    await books.make();
    await using empty = await openEmpty(engine);

    const { problems, entries } = await rebuildBooks(empty, blocksOf(books.database), nobody);
    expect(problems).toEqual([]);
    expect(entries).toBeGreaterThan(5);
    await copyRest(books.database.reader, empty);
    expect(await contentOf(empty)).toEqual(await contentOf(books.database));
    expect(await verifyBooks(empty.reader, { clock: books.clock })).toEqual([]);
    await expect(rebuildBooks(empty, blocksOf(books.database), nobody)).rejects.toThrow(
      'has books already',
    );
  }, 60_000);

  test('an export is enough for all tables of the books', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    await using empty = await openEmpty(engine);
    const folder = join(books.folder, 'export');
    const { blocks = 0, note = '' } = (await books.make()) ?? {};
    await exportJournal(books.database.reader, {
      ...{ folder, from: 1, to: blocks, note, verifierKey: '', onProgress: nobody },
    });
    const { files } = await findExport([folder]);
    const { problems } = await rebuildBooks(
      empty,
      exportedBlocks(files.map(({ path }) => path)),
      nobody,
    );

    expect(problems).toEqual([]);
    // They do not follow from the journal.
    const apart = [/^frame_/, /^points_(notice|checkpoint|block_tree|clearing_.*)$/];
    expect(await contentOf(empty, apart)).toEqual(await contentOf(books.database, apart));
  });

  test('a journal that is not in order is not made books of', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    await books.tamper('UPDATE points_posting SET amount = amount + 1 WHERE seq = 3');
    await using empty = await openEmpty(engine);

    const { problems } = await rebuildBooks(empty, blocksOf(books.database), nobody);
    expect(problems).toContainEqual(expect.stringContaining('entry 3'));
    expect((await contentOf(empty)).points_wallet).toEqual([]);
  });

  test('npm run rebuild makes them in another database, and verifies them', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    await using empty = await openEmpty(engine);
    const env = { ...process.env, TONGDUI_DATABASE_URL: books.databaseUrl };
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [script, ...words], { env, encoding: 'utf8' });

    expect(run('--into', empty.url)).toMatchObject({
      status: 0,
      stdout: '6 entries in 4 blocks: the books are made again, and in order\n',
      stderr: '',
    });
    expect(await contentOf(empty)).toEqual(await contentOf(books.database));
    expect(run('--into', empty.url)).toMatchObject({ status: 1, stdout: '' });
    expect(run().stderr).toContain('Usage');
    expect(run('--into', 'nonsense').stderr).toContain('sqlite:FOLDER');
  }, 60_000);

  test('npm run rebuild of books in use copies no event of an entry that it did not read', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    await using empty = await openEmpty(engine);
    const env = { ...process.env, TONGDUI_DATABASE_URL: books.databaseUrl };
    const child = spawn(process.execPath, [script, '--into', empty.url], { env });
    const ended = once(child, 'close');
    let posted = 0;
    while (child.exitCode === null) {
      await books.post(Array.from({ length: 20 }, () => accrue()));
      posted += 20;
      await new Promise((wake) => setTimeout(wake, 5));
    }
    const [status] = await ended;

    const { points_journal_entry: entries = [], frame_feed_event: events = [] } =
      await contentOf(empty);
    const ids = new Set(entries.map((row) => JSON.parse(row).id));
    const told = events
      .map((row) => JSON.parse(row))
      .filter(({ kind }) => kind === 'points.posted')
      .map(({ payload }) => JSON.parse(payload).entryId);
    expect(status).toBe(0);
    expect(posted).toBeGreaterThan(0);
    expect(told).toHaveLength(ids.size);
    expect(told.filter((id) => !ids.has(id))).toEqual([]);
    expect(await verifyBooks(empty.reader)).toEqual([]);
  }, 60_000);
});

async function fill(books: Signed): Promise<void> {
  await books.post([accrue({ causeId: 'p1' }), burn({ points: 30 })]);
  await books.postOne(burn({ points: 100_000 }));
  await books.postOne(burn({ walletId: 'nobody', points: 5 }));
  await books.post([
    accrue({ walletId: 'bob', issuerId: 'J', expiresOn: '2027-01-01' }),
    hold({ walletId: 'bob', holdId: 'h1', points: 5 }),
    accrue({ walletId: 'dan', causeId: 'p5', causeLine: '1', vestsOn: '2026-12-24' }),
    reverse({ reversesId: 'p1', points: 90 }),
  ]);
}
