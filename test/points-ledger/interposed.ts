import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';

export type Statement = Readonly<{
  sql: string;
  parameters: readonly unknown[];
  runner: QueryRunner;
  /** Sends it to the database. */
  send: () => Promise<unknown>;
}>;

/** What stands between us and the driver: it answers the statement in the driver's place. */
export type Between = (statement: Statement) => Promise<unknown>;

const standing = new AsyncLocalStorage<Between>();

for (const { prototype } of [BetterSqlite3QueryRunner, MysqlQueryRunner]) {
  const { query } = prototype;
  // Typed as one of several overloads; all that is done with the arguments is to hand them on.
  prototype.query = async function (this: QueryRunner, ...given: [string, unknown[]?, true?]) {
    const send = () => query.apply(this, given as Parameters<typeof query>);
    const between = standing.getStore();
    const [sql, parameters = []] = given;
    return between === undefined ? send() : between({ sql, parameters, runner: this, send });
  } as typeof query;
}

/**
 * Does something with `between` standing before the database: every statement that follows from it, BEGIN,
 * COMMIT and ROLLBACK included, in its order. What others do at the same time is not touched.
 */
export const interposed = <T>(between: Between, deed: () => Promise<T>): Promise<T> =>
  standing.run(between, deed);

/** Does something else in the same transaction before the statement that begins so. */
export function meddling(beginning: string, sql: string): Between {
  let isIn = false;
  return async (statement) => {
    if (!isIn && statement.sql.trim().startsWith(beginning)) {
      isIn = true;
      await statement.runner.query(sql);
      isIn = false;
    }
    return statement.send();
  };
}

/**
 * Two deeds on MariaDB, of which the second comes while the first is under way: the first is held before the
 * statement that begins so, until the second waits for a lock or is done. Answers both, an error as its text, and
 * whether the second had to wait.
 */
export async function meeting<First, Second>(
  reader: Readonly<{ query: (sql: string) => Promise<Record<string, unknown>[]> }>,
  beginning: RegExp,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<Readonly<{ first: First | string; second: Second | string; hasWaited: boolean }>> {
  const [held, resumed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let [isHeld, isDone] = [false, false];
  const one = interposed(
    async ({ sql, send }) => {
      if (!isHeld && beginning.test(sql.trim())) {
        isHeld = true;
        held.resolve();
        await resumed.promise;
      }
      return send();
    },
    () => first().catch(String),
  ).finally(held.resolve);
  await held.promise;
  const other = second()
    .catch(String)
    .finally(() => {
      isDone = true;
    });
  // MariaDB looks again who waits when nobody has asked for a tenth of a second.
  while (!isDone && !(await isWaiting(reader))) await sleep(120);
  const hasWaited = !isDone;
  resumed.resolve();
  return { first: await one, second: await other, hasWaited };
}

async function isWaiting(reader: Parameters<typeof meeting>[0]): Promise<boolean> {
  const [row] = await reader.query(
    `SELECT COUNT(*) AS n FROM information_schema.innodb_trx waiting
     JOIN information_schema.processlist process ON process.id = waiting.trx_mysql_thread_id
     WHERE waiting.trx_state = 'LOCK WAIT' AND process.db = DATABASE()`,
  );
  return Number(row?.n) > 0;
}
