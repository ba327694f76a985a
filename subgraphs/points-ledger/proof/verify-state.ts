import type { EntityManager } from 'typeorm';
import { readMany } from '../../../shared/database/rows.ts';
import type { Replay } from '../domain/replay.ts';
import { type StateRow, type StateTable, stateTables } from '../domain/state-rows.ts';
import { RowComparison } from './compare-rows.ts';

/** Rows of a stored table in memory at a time. */
const PAGE = 5_000;
const PROBLEMS_MAX = 100;

/** Compares what there is now with what the journal adds up to: every column of every row. */
export async function verifyState(reader: EntityManager, replay: Replay): Promise<string[]> {
  const problems: string[] = [];
  for (const table of stateTables) problems.push(...(await verifyTable(reader, table, replay)));
  return problems;
}

async function verifyTable(
  reader: EntityManager,
  { table, key, rows }: StateTable,
  replay: Replay,
): Promise<string[]> {
  const problems: string[] = [];
  const comparison = new RowComparison({ table, key, rows: rows(replay) });
  for await (const stored of tableRows(reader, table, key)) {
    problems.push(...comparison.take(stored, (row) => isUntouched(table, row)));
    if (problems.length >= PROBLEMS_MAX) return problems;
  }
  return [...problems, ...comparison.missing()].slice(0, PROBLEMS_MAX);
}

/** A command that is refused makes the wallet that it locks, and leaves nothing else in it. */
const isUntouched = (table: string, row: StateRow): boolean =>
  table === 'points_wallet' &&
  Number(row.version) === 0 &&
  Number(row.freezes) === 0 &&
  row.merged_into === null;

/** All rows of a table in the order of its key, a page at a time. */
export async function* tableRows(
  reader: EntityManager,
  table: string,
  key: readonly string[],
): AsyncGenerator<StateRow> {
  const [one] = await reader.query<StateRow[]>(`SELECT * FROM ${table} LIMIT 1`);
  // Whatever columns there are: one that nobody knows is found.
  const columns = Object.keys(one ?? {});
  let last: StateRow | null = null;
  while (one !== undefined) {
    const { sql, parameters } = last === null ? { sql: '', parameters: [] } : after(key, last);
    const page: StateRow[] = await readMany(reader, columns, {
      select: `SELECT * FROM ${table} ${sql} ORDER BY ${key.join(', ')} LIMIT ${PAGE}`,
      parameters,
    });
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1) ?? null;
  }
}

/** The rows behind one of them. The first condition alone is what an index can answer. */
function after(key: readonly string[], last: StateRow) {
  const [first] = key;
  const options = key.map((column, index) => {
    const equal = key.slice(0, index);
    return {
      sql: [...equal.map((one) => `${one} = ?`), `${column} > ?`].join(' AND '),
      parameters: [...equal, column].map((one) => last[one]),
    };
  });
  return {
    sql: `WHERE ${first} >= ? AND (${options.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    parameters: [last[String(first)], ...options.flatMap(({ parameters }) => parameters)],
  };
}
