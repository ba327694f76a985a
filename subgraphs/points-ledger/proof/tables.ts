import type { EntityManager } from 'typeorm';
import type { Dialect } from '../../../shared/database/dialect.ts';

type Engine = Dialect['engine'];

/** The names of all tables of this subgraph. */
export async function allTables(reader: EntityManager, engine: Engine): Promise<string[]> {
  const rows = await reader.query<{ name: string }[]>(
    engine === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
  );
  return rows.map(({ name }) => name).toSorted();
}

/** The columns of a table's primary key, in its order. */
export async function primaryKeyOf(
  reader: EntityManager,
  engine: Engine,
  table: string,
): Promise<string[]> {
  const rows = await reader.query<{ name: string }[]>(
    engine === 'sqlite'
      ? 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk'
      : `SELECT column_name AS name FROM information_schema.key_column_usage
         WHERE table_schema = DATABASE() AND table_name = ? AND constraint_name = 'PRIMARY'
         ORDER BY ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => name);
}
