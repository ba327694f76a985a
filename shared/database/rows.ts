import type { EntityManager } from 'typeorm';
import { assert } from '../assert.ts';
import { execute, executeInsert, executePrepared } from './database.ts';
import { rowsText } from './row-text.ts';

/** SQLite takes at most 32,766 parameters in a statement; MySQL takes more. */
const PARAMETERS_MAX = 30_000;

export const placeholders = (count: number): string => Array(count).fill('?').join(', ');

/** Rows of one prepared statement: the server keeps each of them, so they are of one size. */
const PREPARED_ROWS = 100;

type Inserting = Readonly<{
  /** An "on duplicate" clause of the dialect. */
  ending?: string;
  /**
   * The rows have texts of hundreds of signs, such as JSON. To find the ends of those in a statement costs MySQL as
   * much as to store them, so each hundred of rows goes through a statement that is prepared. Then numbers have to be
   * for columns of numbers. Not where the number of statements is not to depend on that of rows, as in a batch.
   */
  areLong?: boolean;
  /**
   * Columns that are not named where no row has anything for them: MySQL takes as long to read NULL as a number. They
   * may be null, and are when nothing is said.
   */
  mayLack?: readonly string[];
}>;

type Rows = readonly (readonly unknown[])[];

/** The columns that rows have something for, and the rows with those alone. */
function withoutLacking(
  columns: readonly string[],
  rows: Rows,
  mayLack: readonly string[],
): Readonly<{ columns: readonly string[]; rows: Rows }> {
  const lacking = new Set(
    mayLack
      .map((name) => columns.indexOf(name))
      .filter((at) => rows.every((row) => (row[at] ?? null) === null)),
  );
  assert(!lacking.has(-1), 'what may be lacking is a column');
  if (lacking.size === 0) return { columns, rows };
  const has = (_: unknown, index: number) => !lacking.has(index);
  return { columns: columns.filter(has), rows: rows.map((row) => row.filter(has)) };
}

/**
 * Inserts rows with one statement, but for those whose key exists, which `ending` keeps as they are. Answers whether
 * it is certain that all of them are new: then nobody else has their keys, and what was written need not be read.
 */
export async function insertNewRows(
  manager: EntityManager,
  table: string,
  allColumns: readonly string[],
  allRows: Rows,
  { ending, mayLack = [] }: Readonly<{ ending: string }> & Pick<Inserting, 'mayLack'>,
): Promise<boolean> {
  if (allRows.length === 0) return true;
  const { columns, rows } = withoutLacking(allColumns, allRows, mayLack);
  assert(rows.length * columns.length <= PARAMETERS_MAX, 'one statement takes them');
  const row = `(${placeholders(columns.length)})`;
  const [values, parameters] = isSqlite(manager)
    ? [rows.map(() => row).join(', '), rows.flat()]
    : ['?', [rowsText(rows)]];
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values} ${ending}`;
  return executeInsert(manager, sql, parameters, rows.length);
}

/** Inserts rows given as arrays in the order of `columns`, in as few statements as the engines allow. */
export async function insertRows(
  manager: EntityManager,
  table: string,
  allColumns: readonly string[],
  allRows: Rows,
  { ending = '', areLong = false, mayLack = [] }: Inserting = {},
): Promise<void> {
  const { columns, rows } = withoutLacking(allColumns, allRows, mayLack);
  const mayPrepare = areLong && !isSqlite(manager);
  const chunk = mayPrepare ? PREPARED_ROWS : Math.floor(PARAMETERS_MAX / columns.length);
  const row = `(${placeholders(columns.length)})`;
  for (let start = 0; start < rows.length; start += chunk) {
    const part = rows.slice(start, start + chunk);
    const isPrepared = mayPrepare && part.length === PREPARED_ROWS;
    const [values, parameters] =
      isPrepared || isSqlite(manager)
        ? [part.map(() => row).join(', '), part.flat()]
        : ['?', [rowsText(part)]];
    await (isPrepared ? executePrepared : execute)(
      manager,
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values} ${ending}`,
      parameters,
    );
  }
}

const isSqlite = (manager: EntityManager): boolean =>
  manager.dataSource.options.type === 'better-sqlite3';

/**
 * Many rows with the given columns, as `select` gives them. The driver of SQLite makes each value by a call of
 * its own, which takes longer than all else: there the database writes them down as one text.
 */
export async function readMany<Row extends object>(
  reader: EntityManager,
  columns: readonly string[],
  { select, parameters }: Readonly<{ select: string; parameters: readonly unknown[] }>,
): Promise<Row[]> {
  if (!isSqlite(reader)) {
    return reader.query(select, [...parameters]);
  }
  const [page] = await reader.query<{ found: string }[]>(
    `SELECT json_group_array(json_array(${columns.join(', ')})) AS found FROM (${select})`,
    [...parameters],
  );
  const rows: unknown[][] = JSON.parse(page?.found ?? '[]');
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1)
      row[columns[index] ?? ''] = values[index];
    // Its columns are those that were asked for.
    return row as Row;
  });
}
