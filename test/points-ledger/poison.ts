import type { Database } from '../../shared/database/database.ts';
import type { Engine } from '../support/engines.ts';

/** Makes the database itself refuse entries for which the SQL `condition` on `NEW` holds. */
export async function plantPoison(
  database: Database,
  { name }: Engine,
  condition = "NEW.cause_id = 'poison'",
): Promise<void> {
  const body =
    name === 'SQLite'
      ? `WHEN ${condition} BEGIN SELECT RAISE(ABORT, 'poison'); END`
      : `FOR EACH ROW BEGIN IF ${condition} THEN SIGNAL SQLSTATE '45000'; END IF; END`;
  await database.transaction((manager) =>
    manager.query(`CREATE TRIGGER poison BEFORE INSERT ON points_journal_entry ${body}`),
  );
}

/** Lets the entries pass again. */
export const removePoison = (database: Database): Promise<unknown> =>
  database.transaction((manager) => manager.query('DROP TRIGGER poison'));
