import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { isDoneAlready } from './errors.ts';

/** A migration: `name` ends in the 13 digits of its making, which is the order of running. */
export type MigrationClass = new () => MigrationInterface & { readonly name: string };

/** How long one process waits for another that is changing the same tables, in seconds. */
const WAIT_SECONDS = 60;

/**
 * Brings the tables to the newest form. Running it again does nothing. When it was interrupted, the
 * next run goes on where it stopped: on SQLite a migration is a transaction, on MySQL, where a change
 * of tables cannot be undone, each statement is noted. Processes that start at once take turns.
 */
export async function migrateToHead(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type === 'better-sqlite3') {
    await takingTurns(() => dataSource.runMigrations({ transaction: 'each' }));
    return;
  }
  const run = dataSource.createQueryRunner();
  const lock = `${String(dataSource.options.database)} migrate`.slice(-64);
  try {
    await run.query('SELECT GET_LOCK(?, ?)', [lock, WAIT_SECONDS]);
    await run.query(
      'CREATE TABLE IF NOT EXISTS frame_migration_step (name VARCHAR(200) NOT NULL PRIMARY KEY, done INT NOT NULL)',
    );
    await dataSource.runMigrations({ transaction: 'none' });
  } finally {
    await run.query('SELECT RELEASE_LOCK(?)', [lock]).catch(() => undefined);
    await run.release();
  }
}

/** Whether the tables have just the form that these migrations give them. Changes nothing. */
export async function isAtHead(
  dataSource: DataSource,
  migrations: readonly MigrationClass[],
): Promise<boolean> {
  const run = dataSource.createQueryRunner();
  try {
    if (!(await run.hasTable('frame_migration'))) return false;
    const rows: { name: string }[] = await run.query('SELECT name FROM frame_migration');
    const done = new Set(rows.map(({ name }) => name));
    const known = migrations.map((one) => new one().name);
    // A newer version has done what this one does not know.
    return done.size === known.length && known.every((name) => done.has(name));
  } finally {
    await run.release();
  }
}

/** Of two processes that start on one SQLite file the second finds it busy or half done: it waits. */
async function takingTurns(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((wake) => setTimeout(wake, 500));
    }
  }
}

/** Makes a migration of statements that both engines understand. Forward only. */
export function migration(name: string, statements: readonly string[]): MigrationClass {
  return class implements MigrationInterface {
    readonly name = name;

    async up(run: QueryRunner): Promise<void> {
      if (run.dataSource.options.type === 'better-sqlite3') {
        for (const statement of statements) await run.query(statement);
        return;
      }
      await goOn(run, name, statements);
    }

    async down(): Promise<void> {
      throw new Error(`${name} is not undone: restore a backup, or write a migration forward`);
    }
  };
}

async function goOn(run: QueryRunner, name: string, statements: readonly string[]): Promise<void> {
  const [row] = await run.manager.query<{ done: number }[]>(
    'SELECT done FROM frame_migration_step WHERE name = ?',
    [name],
  );
  const done = row?.done ?? 0;
  for (const [index, statement] of statements.entries()) {
    if (index < done) continue;
    try {
      await run.query(statement);
    } catch (error) {
      // Only the first one may have taken effect before the interruption without being noted.
      if (index !== done || !isDoneAlready(error)) throw error;
    }
    await run.query(
      'INSERT INTO frame_migration_step (name, done) VALUES (?, ?) ON DUPLICATE KEY UPDATE done = VALUES(done)',
      [name, index + 1],
    );
  }
}
