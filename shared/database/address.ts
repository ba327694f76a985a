import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import type { DataSourceOptions, EntitySchema, Logger as StatementLog } from 'typeorm';
import type { MigrationClass } from './migrate.ts';

/** Where one subgraph keeps its tables. */
export type DatabaseAddress =
  | Readonly<{ engine: 'sqlite'; file: string }>
  | Readonly<{
      engine: 'mysql';
      database: string;
      user: string;
      password?: string;
      host?: string;
      port?: number;
      socketPath?: string;
    }>;

/**
 * The address of one subgraph under a common URL: `sqlite:FOLDER` keeps a file for each subgraph,
 * `mysql://user:password@host:port/PREFIX` a database `PREFIX_<name>` (`?socket=` for a socket).
 */
export function addressUnder(url: string, name: string): DatabaseAddress {
  if (url.startsWith('sqlite:')) {
    return { engine: 'sqlite', file: `${url.slice('sqlite:'.length)}/${name}.sqlite` };
  }
  if (!URL.canParse(url) || !url.startsWith('mysql:')) {
    // Not repeated here: it may hold a password.
    throw new Error(
      'The address of a database is sqlite:FOLDER or mysql://user:password@host:port/PREFIX.',
    );
  }
  const { username, password, hostname, port, pathname, searchParams } = new URL(url);
  const socketPath = searchParams.get('socket');
  return {
    engine: 'mysql',
    database: `${pathname.slice(1)}_${name.replaceAll('-', '_')}`,
    user: decodeURIComponent(username),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(socketPath === null ? { host: hostname, port: Number(port || 3306) } : { socketPath }),
  };
}

/**
 * Makes the folder or the MySQL database. Names, codes and keys compare byte for byte on both
 * engines, so the collation is set and not left to the server's default.
 */
export async function createIfMissing(address: DatabaseAddress): Promise<void> {
  if (address.engine === 'sqlite') {
    mkdirSync(dirname(address.file), { recursive: true });
    return;
  }
  const { engine, database, ...server } = address;
  const connection = await createConnection(server);
  try {
    await connection.query(
      'CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      [database],
    );
  } finally {
    await connection.end();
  }
}

/** Whether the file or the MySQL database is there. Makes nothing. */
export async function isThere(address: DatabaseAddress): Promise<boolean> {
  if (address.engine === 'sqlite') return existsSync(address.file);
  const { engine, database, ...server } = address;
  const connection = await createConnection(server);
  try {
    const [found] = await connection.query(
      'SELECT schema_name FROM information_schema.schemata WHERE schema_name = ?',
      [database],
    );
    return (found as unknown[]).length > 0;
  } finally {
    await connection.end();
  }
}

export type Use = Readonly<{
  entities: readonly EntitySchema[];
  migrations: readonly MigrationClass[];
  readOnly: boolean;
  /** Told the text of every statement, without parameters. */
  onStatement?: ((sql: string) => void) | undefined;
}>;

/** TypeORM's options for one of the two connections to a database. */
export function dataSourceOptions(address: DatabaseAddress, use: Use): DataSourceOptions {
  const common = {
    entities: [...use.entities],
    migrations: [...use.migrations],
    migrationsTableName: 'frame_migration',
    synchronize: false,
    ...(use.onStatement === undefined
      ? { logging: false as const }
      : { logging: true as const, logger: statementLog(use.onStatement) }),
  };
  return address.engine === 'sqlite'
    ? sqliteOptions(address.file, common, use.readOnly)
    : mysqlOptions(address, common, use.readOnly);
}

function sqliteOptions(file: string, common: object, readOnly: boolean): DataSourceOptions {
  return {
    ...common,
    type: 'better-sqlite3',
    driver: Libsql,
    database: file,
    timeout: 10_000,
    prepareDatabase: (connection: { exec: (sql: string) => void }) => {
      connection.exec('PRAGMA journal_mode = WAL');
      // FULL, so that what was answered survives a power cut.
      connection.exec('PRAGMA synchronous = FULL');
      // 64 MB: with the usual 2 MB, books of years are read from disk again and again.
      connection.exec('PRAGMA cache_size = -65536');
      // The log is taken over into the file each 64 MB. At the usual 4 MB each batch of the ledger does that,
      // and books of years, whose wallets lie on pages of their own, are half as fast as new ones.
      connection.exec('PRAGMA wal_autocheckpoint = 16384');
      // As on MySQL with a binary collation: otherwise LIKE alone would ignore case.
      connection.exec('PRAGMA case_sensitive_like = ON');
      connection.exec(`PRAGMA query_only = ${readOnly ? 'ON' : 'OFF'}`);
    },
  };
}

function mysqlOptions(
  address: Extract<DatabaseAddress, { engine: 'mysql' }>,
  common: object,
  readOnly: boolean,
): DataSourceOptions {
  return {
    ...common,
    type: 'mysql',
    database: address.database,
    username: address.user,
    ...(address.password === undefined ? {} : { password: address.password }),
    ...(address.host === undefined ? {} : { host: address.host }),
    ...(address.port === undefined ? {} : { port: address.port }),
    ...(address.socketPath === undefined ? {} : { socketPath: address.socketPath }),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: readOnly ? 8 : 10,
    extra: {
      // `affectedRows` counts rows matched, which the guards of conditional updates rely on.
      flags: ['FOUND_ROWS'],
      queueLimit: 1000,
      // A stack is not taken for each statement in case it fails: TypeORM's errors have their own.
      trace: false,
    },
  };
}

const statementLog = (tell: (sql: string) => void): StatementLog => ({
  logQuery: (sql) => tell(sql),
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
});
