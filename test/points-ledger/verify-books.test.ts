import { describe, expect, test } from 'vitest';
import { insertRows } from '../../shared/database/rows.ts';
import { engines } from '../support/engines.ts';
import { type OpenBooks, openBooks } from './books-world.ts';
import { openFullBooks, type Row, whereOf } from './full-books.ts';

/** Every row, and not one of each sort: `npm run test:tamper`. */
const isThorough = process.env.TEST_TAMPER === 'all';

/** What does not follow from the journal, so nothing in the journal says how it has to be. */
const apart = [
  // What of it follows is changed in `verify-clearing.test.ts`.
  /^points_notice$/,
  /^points_clearing_/,
  // Registers: whom points may go to, and who may spend them.
  /^points_(programme|transferee|family_member|spending_cap)$/,
  /^points_rate/,
  /^points_cover_/,
  /^points_import/,
  /^points_case/,
  /^points_adjustment/,
  /^points_merge$/,
];

/** A row of each table, and of the books one of each sort. */
const rows = [
  ['points_journal_entry', "kind = 'ACCRUE'"],
  ['points_journal_entry', "kind = 'HOLD'"],
  ['points_journal_entry', "kind = 'REVERSE'"],
  ['points_journal_entry', "kind = 'EXPIRE'"],
  ['points_journal_entry', "kind = 'REFUND'"],
  ['points_journal_entry', 'detail IS NOT NULL'],
  ['points_journal_entry', "kind = 'TRANSFER'"],
  ['points_journal_entry', "kind = 'CONTRIBUTE'"],
  ['points_journal_entry', "kind = 'WITHDRAW'"],
  ['points_journal_entry', 'actor_id IS NOT NULL'],
  ['points_posting', "contributor <> ''"],
  ['points_journal_entry', "kind = 'ACCRUE' AND detail IS NOT NULL"],
  ['points_journal_entry', "kind = 'CONVERT'"],
  ['points_journal_entry', "kind = 'MERGE'"],
  ['points_journal_entry', "detail LIKE '%addressedTo%'"],
  ['points_posting', "account = 'OUTSTANDING'"],
  ['points_posting', "account = 'AVAILABLE'"],
  ['points_posting', "account = 'DEBT'"],
  ['points_posting', "account = 'BREAKAGE' AND amount < 0"],
  ['points_posting', "account = 'PENDING'"],
  ['points_posting', 'claim_minor IS NOT NULL'],
  ['points_posting', 'claim_minor < 0'],
  ['points_reversal', '1 = 1'],
  ['points_command', '1 = 1'],
  ['points_block', '1 = 1'],
  ['points_chain_head', '1 = 1'],
  ['points_wallet', '1 = 1'],
  ['points_wallet', 'merged_into IS NOT NULL'],
  ['points_wallet_unit', '1 = 1'],
  ['points_lot', '1 = 1'],
  ['points_debt', '1 = 1'],
  ['points_expired', '1 = 1'],
  ['points_hold', "state = 'PLACED'"],
  ['points_hold', "state = 'CAPTURED'"],
  ['points_hold', 'actor_id IS NOT NULL'],
  ['points_hold_lot', "hold_id = 'h1'"],
  ['points_accrual', 'reversed > 0'],
  ['points_accrual', 'pending > 0'],
  ['points_burn', 'refunded = 0'],
  ['points_burn', 'refunded > 0'],
  ['points_journal_entry', "kind = 'FREEZE'"],
  ['points_journal_entry', "kind = 'LIFT'"],
  ['points_journal_entry', "kind = 'DEDUCT'"],
  ['points_freeze', 'lifted_on IS NULL'],
  ['points_freeze', 'lifted_on IS NOT NULL'],
  ['points_checkpoint', '1 = 1'],
  ['points_cover', '1 = 1'],
] as const;

/** Of each table the first, where the other rows of it would only be read again by another driver. */
const oneOfEach = [...new Map(rows.toReversed().map((row) => [row[0], row])).values()];

describe.each(engines)('on $name', (engine) => {
  test('books that nobody touched verify', async () => {
    await using books = await openFullBooks(engine);

    expect(await books.problems()).toEqual([]);
  });

  test('empty books verify', async () => {
    await using books = await openBooks(engine);

    expect(await books.problems()).toEqual([]);
  });

  test('D4: any single value that is changed is found out, in every column of every table', async () => {
    await using books = await openFullBooks(engine);
    const unnoticed: string[] = [];
    let edits = 0;
    const some = isThorough || engine.name === 'SQLite' ? rows : oneOfEach;
    for (const [table, which] of some) {
      const found: Row[] = await books.tamper(
        `SELECT * FROM ${table} WHERE ${which} ${isThorough ? '' : 'LIMIT 1'}`,
      );
      expect([table, which, found.length]).not.toEqual([table, which, 0]);
      for (const row of found) {
        for (const [column, value] of Object.entries(row)) {
          const edited = editOf(column, value);
          await rewrite(books, table, row, column, edited);
          edits += 1;
          if ((await books.problems()).length === 0) unnoticed.push(`${table}.${column}`);
          await rewrite(books, table, { ...row, [column]: edited }, column, value);
        }
      }
    }

    expect(unnoticed).toEqual([]);
    expect(edits).toBeGreaterThan(some === rows ? 300 : 150);
    expect(await books.problems()).toEqual([]);
  }, 600_000);

  test('D4: a price that is none is found out where points were exchanged', async () => {
    await using books = await openFullBooks(engine);
    const [{ seq }] = await books.tamper(
      "SELECT seq FROM points_journal_entry WHERE kind = 'CONVERT'",
    );
    await books.tamper("UPDATE points_posting SET price_class = 'free' WHERE seq = ?", [seq]);

    expect(await books.problems()).toContainEqual(
      expect.stringContaining(`entry ${seq}: cannot be followed`),
    );
  });

  test('D4: every table of the books is among those that are changed', async () => {
    await using books = await openBooks(engine);
    const tables = (
      await books.tamper(
        engine.name === 'SQLite'
          ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'points%'"
          : "SHOW TABLES LIKE 'points%'",
      )
    ).map((row: Row) => String(Object.values(row)[0]));
    const changed: readonly string[] = [...rows.map(([table]) => table), 'points_block_tree'];

    expect(
      tables.filter(
        (name: string) => !changed.includes(name) && !apart.some((one) => one.test(name)),
      ),
    ).toEqual([]);
  });

  test('D4: any row that is removed is found out', async () => {
    await using books = await openFullBooks(engine);
    const unnoticed: string[] = [];
    for (const [table, which] of rows) {
      // Who asks for it can see that it is gone, and it is made again.
      if (table === 'points_checkpoint') continue;
      const [row] = await books.tamper(`SELECT * FROM ${table} WHERE ${which} LIMIT 1`);
      const { sql, parameters } = whereOf(row);
      await books.tamper(`DELETE FROM ${table} WHERE ${sql}`, parameters);
      if ((await books.problems()).length === 0) unnoticed.push(table);
      await books.database.transaction((manager) =>
        insertRows(manager, table, Object.keys(row), [Object.values(row)]),
      );
    }

    expect(unnoticed).toEqual([]);
    expect(await books.problems()).toEqual([]);
  });
});

/** Sets one column of the row that is `row` now. */
async function rewrite(books: OpenBooks, table: string, row: Row, column: string, value: unknown) {
  const { sql, parameters } = whereOf(row);
  await books.tamper(`UPDATE ${table} SET ${column} = ? WHERE ${sql}`, [value, ...parameters]);
}

/** Another value that the column admits. */
function editOf(column: string, value: unknown): unknown {
  if (column === 'lifted_as') return value === 'PROVEN' ? 'UNFOUNDED' : 'PROVEN';
  if (column === 'state') return value === 'PLACED' ? 'RELEASED' : 'PLACED';
  if (/^(reversed|pending|refunded)$/.test(column)) return value === 0 ? 1 : Number(value) - 1;
  if (typeof value === 'number') return value + 1000;
  if (value === null)
    return /minor|after|ver|_ms|vests_on|lifted_on|month/.test(column) ? 7 : 'CNY';
  const text = String(value);
  if (column === 'claim_currency') return 'ZZZ';
  return text.length < 60 ? `${text}x` : text.replace(/^./, (sign) => (sign === 'f' ? 'e' : 'f'));
}
