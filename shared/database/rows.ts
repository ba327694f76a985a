import type { EntityManager } from 'typeorm';
import { execute } from './database.ts';

/** SQLite takes at most 32,766 parameters in a statement; MySQL takes more. */
const PARAMETERS_MAX = 30_000;

export const placeholders = (count: number): string => Array(count).fill('?').join(', ');

/**
 * Inserts rows given as arrays in the order of `columns`, in as few statements as the engines allow.
 * `ending` is an "on duplicate" clause of the dialect.
 */
export async function insertRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  { ending = '' }: { ending?: string } = {},
): Promise<void> {
  const chunk = Math.floor(PARAMETERS_MAX / columns.length);
  const row = `(${placeholders(columns.length)})`;
  for (let start = 0; start < rows.length; start += chunk) {
    const part = rows.slice(start, start + chunk);
    await execute(
      manager,
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${part.map(() => row).join(', ')} ${ending}`,
      part.flat(),
    );
  }
}
