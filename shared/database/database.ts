import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExecuteValues, PoolConnection } from 'mysql2';
import { DataSource, type EntityManager, type EntitySchema, type QueryRunner } from 'typeorm';
import { assert } from '../assert.ts';
import { Mutex } from '../mutex.ts';
import {
  createIfMissing,
  type DatabaseAddress,
  dataSourceOptions,
  isThere,
  type Use,
} from './address.ts';
import { type Dialect, mysql, sqlite } from './dialect.ts';
import { isRetryable } from './errors.ts';
import { frameMigrations } from './frame-tables.ts';
import { isAtHead, type MigrationClass, migrateToHead } from './migrate.ts';

export type DatabaseOptions = Readonly<{
  address: DatabaseAddress;
  entities: readonly EntitySchema[];
  migrations: readonly MigrationClass[];
  /** Told the text of every statement, without parameters. Tests count with it. */
  onStatement?: (sql: string) => void;
  /**
   * For whoever looks at what is there: nothing is made, and no table is changed. Throws when there is nothing, or its
   * tables are of another version.
   */
  mustExist?: boolean;
}>;

const ATTEMPTS_MAX = 6;

const NOT_THERE =
  'There is no database at this address. Set TONGDUI_DATABASE_URL to where the books are; nothing was made.';
const NOT_AT_HEAD =
  'The tables of this database are not those of this version. Bring them there with `npm run migrate`, or use the version that wrote them; nothing was changed.';

/**
 * One subgraph's database: a writer and a reader over the same data.
 *
 * TypeORM gives SQLite a single connection, on which two transactions would mix and reads would see
 * rows that are not committed yet. So the writer is behind a mutex and reads have a connection of
 * their own. On MySQL both are pools; transactions run READ COMMITTED, because under REPEATABLE READ
 * a read before the lock pins old rows and a balance can be spent twice.
 */
export class Database {
  readonly dialect: Dialect;
  readonly #writer: DataSource;
  readonly #reader: DataSource;
  readonly #mutex = new Mutex();
  readonly #inside = new AsyncLocalStorage<true>();
  readonly #connect: () => Promise<DataSource>;

  private constructor(
    dialect: Dialect,
    writer: DataSource,
    reader: DataSource,
    connect: () => Promise<DataSource>,
  ) {
    this.dialect = dialect;
    this.#writer = writer;
    this.#reader = reader;
    this.#connect = connect;
  }

  /** Opens the database and brings its tables to the newest form. */
  static async open({
    address,
    migrations,
    mustExist = false,
    ...options
  }: DatabaseOptions): Promise<Database> {
    if (!mustExist) await createIfMissing(address);
    else if (!(await isThere(address))) throw new Error(NOT_THERE);
    const connect = (use: Pick<Use, 'migrations' | 'readOnly'>) =>
      new DataSource(dataSourceOptions(address, { ...options, ...use })).initialize();
    const writer = await connect({
      migrations: [...frameMigrations, ...migrations],
      readOnly: false,
    });
    try {
      // First, while the pool has a single connection.
      if (address.engine === 'mysql') await boundLockWaits(writer);
      if (!mustExist) await migrateToHead(writer);
      else if (!(await isAtHead(writer, [...frameMigrations, ...migrations]))) {
        throw new Error(NOT_AT_HEAD);
      }
      const further = () => connect({ migrations: [], readOnly: true });
      const dialect = address.engine === 'sqlite' ? sqlite : mysql;
      return new Database(dialect, writer, await further(), further);
    } catch (error) {
      await writer.destroy();
      throw error;
    }
  }

  /** For reading outside a transaction. What a transaction has not committed is not seen here. */
  get reader(): EntityManager {
    assert(!this.#inside.getStore(), 'inside a transaction only its own manager may be used');
    return this.#reader.manager;
  }

  /**
   * Reads the database as it is at the beginning, in as many statements as it takes, while others write. What
   * is written meanwhile is kept apart by the engine until the end, so it is for work of minutes, not of days.
   */
  async snapshot<T>(work: (reader: EntityManager) => Promise<T>): Promise<T> {
    // TypeORM has one connection to SQLite, and all who read would be in this transaction.
    const own = this.dialect.engine === 'sqlite' ? await this.#connect() : null;
    const run = (own ?? this.#reader).createQueryRunner();
    try {
      for (const statement of this.dialect.beginSnapshot) await run.query(statement);
      return await work(run.manager);
    } finally {
      await run.query('ROLLBACK').catch(() => undefined);
      await run.release();
      await own?.destroy();
    }
  }

  /**
   * Runs `work` in one transaction. When the database gives way to another one (deadlock, busy), the
   * whole of `work` is run again, at most six times, so it must have no effect outside the manager.
   */
  async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    assert(!this.#inside.getStore(), 'a transaction may not open another one');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS_MAX) throw error;
        await new Promise((wake) => setTimeout(wake, Math.random() * 20 * 2 ** attempt));
      }
    }
  }

  #once<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (this.dialect.engine === 'mysql') return this.#pooled(work);
    return this.#mutex.run(() => this.#pooled(work));
  }

  async #pooled<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const run = this.#writer.createQueryRunner();
    try {
      for (const statement of this.dialect.begin) await run.query(statement);
      const result = await this.#inside.run(true, () => work(run.manager));
      await run.query('COMMIT');
      return result;
    } catch (error) {
      // A lock time-out undoes only the statement on MySQL, so the rest is rolled back in any case.
      await run.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await run.release();
    }
  }

  /** Whether both connections answer. */
  async isReady(): Promise<boolean> {
    const pings = [this.#reader, this.#writer].map((connection) => connection.query('SELECT 1'));
    return (await Promise.allSettled(pings)).every(({ status }) => status === 'fulfilled');
  }

  async close(): Promise<void> {
    await this.#mutex.run(async () => {
      await this.#reader.destroy();
      await this.#writer.destroy();
    });
  }
}

/**
 * A lock that is not had in five seconds is given up and the whole transaction tried again, so that
 * one stuck client does not hold all others for MySQL's default of fifty seconds a time.
 */
async function boundLockWaits(writer: DataSource): Promise<void> {
  const statement = 'SET SESSION innodb_lock_wait_timeout = 5';
  // The pool is the driver's own; TypeORM has no name for what is done to each new connection.
  const { pool } = writer.driver as unknown as {
    pool: {
      on: (event: 'connection', then: (made: { query: (sql: string) => void }) => void) => void;
    };
  };
  pool.on('connection', (made) => made.query(statement));
  await writer.query(statement);
}

/** Runs a statement that writes and answers how many rows it matched. */
export async function execute(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const run = manager.queryRunner as QueryRunner;
  assert(run, 'writing needs the manager of a transaction');
  const { affected } = await run.query(sql, [...parameters], true);
  return affected ?? 0;
}

/**
 * Runs an INSERT of so many rows that keeps those whose key exists, and answers whether it is certain that each of
 * them is new: then what it wrote need not be read. MySQL says so of two rows and more.
 */
export async function executeInsert(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
  rows: number,
): Promise<boolean> {
  const run = manager.queryRunner as QueryRunner;
  assert(run, 'writing needs the manager of a transaction');
  const { affected, raw } = await run.query(sql, [...parameters], true);
  // The driver of MySQL asks to count rows that were found as well, so the number alone says nothing there.
  const isSqlite = run.dataSource.options.type === 'better-sqlite3';
  return affected === rows && (isSqlite || /Duplicates: 0\b/.test(String(raw?.info ?? '')));
}

/**
 * The same on MySQL by a statement that the server keeps for the connection, so that it reads the text once, and
 * takes the values as they are. For few texts that come again and again. Answers nothing.
 */
export async function executePrepared(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<void> {
  const run = manager.queryRunner as QueryRunner;
  assert(run, 'writing needs the manager of a transaction');
  // TypeORM prepares nothing: this is the connection of the driver.
  const connection: PoolConnection = await run.connect();
  run.dataSource.logger.logQuery(sql, undefined, run);
  // What a row may hold is what a statement takes: texts, numbers and null.
  await connection.promise().execute(sql, parameters as ExecuteValues);
}
