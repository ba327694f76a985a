import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { insertRows } from '../../shared/database/rows.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { type Engine, engines } from '../support/engines.ts';
import {
  accrue,
  burn,
  hold,
  type OpenBooks,
  openBooks,
  refund,
  resolve,
  reverse,
  rewards,
} from './books-world.ts';

type Row = Record<string, string | number | null>;

/** Books as the release with migrations up to 103 left them: see `fixtures/README.md`. */
const old: readonly (Row & { table: string })[] = readFileSync(
  join(import.meta.dirname, '../fixtures/books-of-2026-11.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const rowsOf = (table: string): Row[] =>
  old.filter((row) => row.table === table).map(({ table: _, ...row }) => row);

const AT = '2026-11-22T17:10:00Z';

/** Makes the old tables and puts the old rows into them. */
async function makeOld(databaseUrl: string): Promise<void> {
  const { name, entities, migrations } = pointsLedger;
  const until103 = migrations.filter((Migration) => Number(new Migration().name.slice(-3)) <= 103);
  expect(until103).toHaveLength(4);
  const database = await Database.open({
    address: addressUnder(databaseUrl, name),
    entities,
    migrations: until103,
  });
  await database.transaction(async (manager) => {
    for (const table of new Set(old.map((row) => row.table))) {
      await manager.query(`DELETE FROM ${table}`);
      const rows = rowsOf(table);
      const columns = Object.keys(rows[0] ?? {});
      await insertRows(
        manager,
        table,
        columns,
        rows.map((row) => columns.map((column) => row[column] ?? null)),
      );
    }
  });
  await database.close();
}

/** Lets the newest release open old books. */
async function upgraded(
  engine: Engine,
  check: (books: OpenBooks, databaseUrl: string) => Promise<void>,
): Promise<void> {
  const databaseUrl = engine.freshUrl();
  await makeOld(databaseUrl);
  try {
    await using books = await openBooks(engine, { databaseUrl, at: AT });
    await check(books, databaseUrl);
  } finally {
    await engine.remove(databaseUrl);
  }
}

/** What was burnt by lot, from the old journal: entry, line, issuer, points. */
const burntBefore = (): string[] => {
  const entries = new Map(rowsOf('points_journal_entry').map((entry) => [entry.seq, entry]));
  const burnt = rowsOf('points_posting')
    .filter(({ seq, account }) => {
      const kind = String(entries.get(seq ?? 0)?.kind);
      return account === 'REDEEMED' && (kind === 'BURN' || kind === 'CAPTURE');
    })
    .toSorted((a, b) => Number(a.seq) - Number(b.seq) || Number(a.line) - Number(b.line));
  return [...Map.groupBy(burnt, ({ seq }) => seq)].flatMap(([seq, lines]) =>
    lines.map(({ issuer_id, amount, owner_id, expires_on }, line) => {
      const { id, wallet_id, cause_id } = entries.get(seq ?? 0) ?? {};
      return [id, line, seq, wallet_id, cause_id, owner_id, issuer_id, expires_on, amount, 0].join(
        ' ',
      );
    }),
  );
};

describe.each(engines)('on $name', (engine) => {
  test('books of the release before are brought up to date, and prove themselves as they are', async () =>
    upgraded(engine, async (books) => {
      expect(await books.problems()).toEqual([]);
      const [head] = await books.tamper('SELECT hash, height FROM points_chain_head');
      const [{ hash, height }] = rowsOf('points_chain_head') as [Row];
      expect([head.hash, Number(head.height)]).toEqual([hash, height]);
      const burns: Row[] = await books.tamper(
        `SELECT entry_id, line, seq, wallet_id, cause_id, acceptor_id, issuer_id, expires_on, points,
           refunded FROM points_burn ORDER BY seq, line`,
      );
      expect(burns.map((row) => Object.values(row).join(' '))).toEqual(burntBefore());
      expect(burns).toHaveLength(6);
      // A command writes a line once, and nothing else beside it.
      const indexes: Row[] = await books.tamper(
        engine.name === 'SQLite'
          ? "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'points_posting'"
          : "SELECT DISTINCT index_name AS name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'points_posting'",
      );
      const key = engine.name === 'SQLite' ? 'sqlite_autoindex_points_posting_1' : 'PRIMARY';
      expect(indexes.map(({ name }) => name)).toEqual([key]);
    }));

  test('what was burnt and promised before the upgrade is given back, captured and returned after it', async () =>
    upgraded(engine, async (books) => {
      expect(await books.wallet('bob')).toMatchObject({ available: 30, held: 5, debt: 0 });

      const outcomes = await books.post([
        refund({ refundsId: 'r1', points: 160 }),
        refund({ walletId: 'bob', refundsId: 'r4', points: 26 }),
        refund({ walletId: 'bob', refundsId: 'r4', points: 25 }),
        resolve('CAPTURE', { walletId: 'bob', holdId: 'h3', causeId: 'r6' }),
        refund({ walletId: 'bob', refundsId: 'r6', points: 2 }),
        reverse({ walletId: 'bob', reversesId: 'p7', issuerId: 'J', points: 90 }),
        accrue({ walletId: 'bob', vestsOn: '2026-11-24' }),
      ]);

      expect(outcomes.map(({ code }) => code)).toEqual([
        null,
        'REFUND_EXCEEDS',
        ...[null, null, null, null, null],
      ]);
      // The old debt of 4 was paid by what came back.
      expect(await books.wallet()).toMatchObject({ available: 156, debt: 0 });
      expect(await books.wallet('bob')).toMatchObject({ available: 0, held: 0, debt: 33 });
      books.clock.set('2026-11-24T02:00:00Z');
      await books.settle();
      expect(await books.wallet('bob')).toMatchObject({ available: 67, debt: 0 });
      expect(await books.problems()).toEqual([]);
    }));

  test('a command that was answered before the upgrade gets the same answer after it', async () =>
    upgraded(engine, async (books) => {
      const commands = [
        accrue({
          ...{ key: 'old-1', causeId: 'p1', expiresOn: '2027-11-22', ruleVersion: 'rule-1/1' },
        }),
        burn({ key: 'old-7', causeId: 'r1', points: 160 }),
        burn({ key: 'old-10', causeId: 'r3', walletId: 'bob', points: 31 }),
        reverse({ key: 'old-11', causeId: 'x1', walletId: 'bob', reversesId: 'p4', points: 60 }),
        hold({
          ...{ key: 'old-13', causeId: 'r4', walletId: 'bob', holdId: 'h1', points: 25 },
          holdMinutes: 1440,
        }),
        resolve('CAPTURE', { key: 'old-16', causeId: 'r4', walletId: 'bob', holdId: 'h1' }),
      ];

      const outcomes = await books.post(commands);

      const answered = new Map(
        rowsOf('points_command').map((row) => [row.command_key, JSON.parse(String(row.outcome))]),
      );
      expect(outcomes).toEqual(commands.map(({ key }) => ({ key, ...answered.get(key) })));
      const [{ height }] = await books.tamper('SELECT height FROM points_chain_head');
      expect(Number(height)).toBe(rowsOf('points_block').length);
      const { pointsLedgerFeed } = await books.data(
        '{ pointsLedgerFeed(after: 0, first: 100) { position } }',
        {},
        { as: rewards },
      );
      expect(pointsLedgerFeed).toHaveLength(19);
    }));
});

// On SQLite a migration is one transaction, so there is nothing between.
describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('an upgrade that is killed before its last step was noted goes on', async () =>
    upgraded(engine, async (books, databaseUrl) => {
      const one = "(name LIKE 'AddOrigins%' OR name LIKE 'DropAccountIndex%')";
      await books.tamper(`DELETE FROM frame_migration WHERE ${one}`);
      await books.tamper(`UPDATE frame_migration_step SET done = done - 1 WHERE ${one}`);

      await using again = await openBooks(engine, { databaseUrl, at: AT });
      expect(await again.problems()).toEqual([]);
      const [{ n }] = await again.tamper('SELECT COUNT(*) AS n FROM points_burn');
      expect(Number(n)).toBe(6);
    }));
});
