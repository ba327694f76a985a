import { AsyncLocalStorage } from 'node:async_hooks';
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
