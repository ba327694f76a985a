/** What a driver's error means, in one place: the drivers agree on nothing but that they throw. */
const retryable = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

const duplicate = new Set([
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_UNIQUE',
]);

/** The whole transaction may be run again: the database gave way to another one. */
export const isRetryable = (error: unknown): boolean => retryable.has(codeOf(error));

/** A row with this key is there already. */
export const isDuplicateKey = (error: unknown): boolean => duplicate.has(codeOf(error));

const done = new Set([
  'ER_TABLE_EXISTS_ERROR',
  'ER_DUP_KEYNAME',
  'ER_DUP_ENTRY',
  'ER_CANT_DROP_FIELD_OR_KEY',
]);

/** What a statement of a migration was to make is there, or to remove is gone. MySQL alone: SQLite undoes it. */
export const isDoneAlready = (error: unknown): boolean => done.has(codeOf(error));

const lost = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
]);

/** The database is gone, or went while it was asked: whether it committed is not known. */
export const isConnectionLost = (error: unknown): boolean =>
  lost.has(codeOf(error)) || (error as { fatal?: unknown } | null)?.fatal === true;

/** MariaDB's and MySQL's number; the driver has no name for the first. */
const outOfTime = new Set([1969, 3024]);

/** The statement took longer than it was given (`selectWithin`). */
export const isOutOfTime = (error: unknown): boolean =>
  outOfTime.has(Number((error as { errno?: unknown } | null)?.errno));

/** A SUM left the 64 bits of SQLite. MySQL adds up decimals, which do not end there. */
export const isSumOverflow = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('integer overflow');

function codeOf(error: unknown): string {
  if (error === null || typeof error !== 'object') return '';
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string') return code;
  return driverError === undefined ? '' : codeOf(driverError);
}
