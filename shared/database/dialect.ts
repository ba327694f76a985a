/** The few places where SQLite and MySQL spell the same statement differently. */
export type Dialect = Readonly<{
  engine: 'sqlite' | 'mysql';
  /** What starts a transaction that writes. */
  begin: readonly string[];
  /** What starts a transaction that reads everything as it was committed at its beginning. */
  beginSnapshot: readonly string[];
  /** Ends a SELECT that locks its rows. SQLite has one writer, so there is nothing to lock. */
  forUpdate: string;
  /**
   * Ends an INSERT that leaves a row alone whose key exists. Any other fault of a row is an error, and
   * not passed over as by INSERT IGNORE. How many rows were new is not told: MySQL counts those left.
   */
  onDuplicateKeep: (key: readonly [string, ...string[]]) => string;
  /** Ends an INSERT that overwrites `columns` of a row whose key exists with the new values. */
  onDuplicateUpdate: (key: readonly string[], columns: readonly string[]) => string;
  /** Ends an INSERT that adds the new values of `columns` to those of a row whose key exists. */
  onDuplicateAdd: (table: string, key: readonly string[], columns: readonly string[]) => string;
  /** Starts a SELECT that the engine gives up after so many milliseconds. SQLite knows no limit. */
  selectWithin: (milliseconds: number) => string;
  /** Of milliseconds since 1970 the months since the year 0, as an integer: year × 12 + month − 1. */
  monthOf: (milliseconds: string) => string;
}>;

export const sqlite: Dialect = {
  engine: 'sqlite',
  begin: ['BEGIN IMMEDIATE'],
  // The first read says as of when.
  beginSnapshot: ['BEGIN', 'SELECT 1 FROM sqlite_master LIMIT 1'],
  forUpdate: '',
  onDuplicateKeep: (key) => `ON CONFLICT (${key.join(', ')}) DO NOTHING`,
  onDuplicateUpdate: (key, columns) =>
    `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`,
  onDuplicateAdd: (table, key, columns) =>
    `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns
      .map((column) => `${column} = ${table}.${column} + excluded.${column}`)
      .join(', ')}`,
  selectWithin: () => 'SELECT',
  monthOf: (milliseconds) => {
    const part = (format: string) =>
      `CAST(strftime('${format}', ${milliseconds} / 1000, 'unixepoch') AS INTEGER)`;
    return `(${part('%Y')} * 12 + ${part('%m')} - 1)`;
  },
};

export const mysql: Dialect = {
  engine: 'mysql',
  begin: ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'],
  beginSnapshot: [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  ],
  forUpdate: 'FOR UPDATE',
  onDuplicateKeep: ([column]) => `ON DUPLICATE KEY UPDATE ${column} = ${column}`,
  onDuplicateUpdate: (_, columns) =>
    `ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
  onDuplicateAdd: (_, __, columns) =>
    `ON DUPLICATE KEY UPDATE ${columns
      .map((column) => `${column} = ${column} + VALUES(${column})`)
      .join(', ')}`,
  // The first is a comment to MySQL, the second to MariaDB.
  selectWithin: (milliseconds) =>
    `/*M! SET STATEMENT max_statement_time=${milliseconds / 1000} FOR */ SELECT /*+ MAX_EXECUTION_TIME(${Math.ceil(milliseconds)}) */`,
  // Days are added to a date: FROM_UNIXTIME would ask for the zone of the session.
  monthOf: (milliseconds) => {
    const date = `(DATE '1970-01-01' + INTERVAL (${milliseconds} DIV 86400000) DAY)`;
    return `(YEAR${date} * 12 + MONTH${date} - 1)`;
  },
};
