import type { EntityManager } from 'typeorm';
import type { Database } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { JournalCheck } from '../domain/journal-check.ts';
import { stateTables } from '../domain/state-rows.ts';
import { readHead } from '../ledger/run-batch.ts';
import { sha256 } from '../ledger/sha256.ts';
import { writeAnswers, writeBlock, writeJournal } from '../ledger/write-books.ts';
import { writeReversals } from '../ledger/write-origins.ts';
import type { AnsweredBlock } from './read-blocks.ts';
import { allTables, primaryKeyOf } from './tables.ts';
import { tableRows } from './verify-state.ts';

/** Rows written in one statement or a few. */
const PAGE = 1_000;
/** Entries of one transaction. */
const ENTRIES_PAGE = 5_000;

/** What the journal is written to. The rest follows from it, or is not of the books. */
const journal = [
  'points_journal_entry',
  'points_posting',
  'points_reversal',
  'points_command',
  'points_block',
  'points_chain_head',
];

export type Rebuilt = Readonly<{ problems: readonly string[]; entries: number; blocks: number }>;

/**
 * Makes the books again in an empty database from nothing but the journal: each block is checked and written
 * as it comes, then every table that says what there is. When the journal is not in order, says what is
 * wrong, and writes no more.
 */
export async function rebuildBooks(
  into: Database,
  blocks: AsyncIterable<AnsweredBlock>,
  onProgress: (done: Readonly<{ entries: number }>) => void,
): Promise<Rebuilt> {
  if ((await readHead(into.reader))?.height !== 0) {
    throw new Error('the database has books already: rebuild into an empty one');
  }
  const check = new JournalCheck(sha256, [], { keepsEntries: true });
  const done = () => ({
    problems: check.problems,
    entries: check.nextSeq - 1,
    blocks: check.height,
  });
  let page: Page[] = [];
  for await (const found of blocks) {
    page.push({ ...check.add(found), answers: found.answers() });
    if (check.problems.length > 0) return done();
    const entries = page.reduce((all, one) => all + one.entries.length, 0);
    if (entries < ENTRIES_PAGE && page.length < PAGE) continue;
    await writePage(into, page);
    onProgress(done());
    page = [];
  }
  await writePage(into, page);
  for (const { table, rows } of stateTables) await writeAll(into, table, rows(check.replay));
  return done();
}

type Page = ReturnType<JournalCheck['add']> &
  Readonly<{ answers: ReturnType<AnsweredBlock['answers']> }>;

const writePage = (into: Database, page: readonly Page[]): Promise<void> =>
  into.transaction(async (manager) => {
    for (const { block, entries, answers } of page) {
      await writeJournal(manager, { entries, block });
      await writeReversals(manager, entries);
      await writeAnswers(manager, { answers, block });
      await writeBlock(manager, { block });
    }
  });

/**
 * What does not follow from the journal, as it stands: clearing and what merchants said to it, checkpoints,
 * the places of feeds and notices.
 */
export async function copyRest(from: EntityManager, into: Database): Promise<readonly string[]> {
  const known = [...journal, ...stateTables.map(({ table }) => table)];
  const rest = (await allTables(from, into.dialect.engine)).filter(
    (table) => !known.includes(table) && !table.startsWith('frame_migration'),
  );
  for (const table of rest) {
    // What a migration puts into a new database is in the old one too, or was changed there.
    await into.transaction((manager) => manager.query(`DELETE FROM ${table}`));
    const key = await primaryKeyOf(from, into.dialect.engine, table);
    await writeAll(into, table, tableRows(from, table, key));
  }
  return rest;
}

async function writeAll(
  into: Database,
  table: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<void> {
  let page: Row[] = [];
  const write = () =>
    into.transaction((manager) =>
      insertRows(
        manager,
        table,
        Object.keys(page[0] ?? {}),
        page.map((row) => Object.values(row)),
      ),
    );
  for await (const row of rows) {
    page.push(row);
    if (page.length < PAGE) continue;
    await write();
    page = [];
  }
  if (page.length > 0) await write();
}

type Row = Readonly<Record<string, string | number | null>>;
