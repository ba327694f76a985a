import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { fastFolder } from './folders.ts';

/** A database engine that every behaviour test runs on. */
export type Engine = Readonly<{
  name: 'SQLite' | 'MariaDB';
  /** The URL of databases that are empty and nobody else uses (`TONGDUI_DATABASE_URL`). */
  freshUrl: () => string;
  /** Removes what was made under such a URL. */
  remove: (url: string) => Promise<void>;
}>;

const sqlite: Engine = {
  name: 'SQLite',
  // A file and not memory: reader and writer are two connections.
  freshUrl: () => `sqlite:${mkdtempSync(join(fastFolder(), 'tongdui-test-'))}`,
  remove: async (url) => rmSync(url.slice('sqlite:'.length), { recursive: true, force: true }),
};

const mariadb = (serverUrl: string): Engine => ({
  name: 'MariaDB',
  freshUrl: () => serverUrl.replace('PREFIX', `t${randomBytes(6).toString('hex')}`),
  remove: async (url) => {
    const { pathname, searchParams } = new URL(url);
    const connection = await createConnection({
      socketPath: searchParams.get('socket') ?? '',
      user: 'root',
    });
    const [rows] = await connection.query('SHOW DATABASES LIKE ?', [`${pathname.slice(1)}\\_%`]);
    for (const row of rows as Record<string, string>[]) {
      await connection.query('DROP DATABASE ??', [Object.values(row)[0]]);
    }
    await connection.end();
  },
});

const serverUrl = process.env.TEST_MYSQL_URL;

/** SQLite always, MariaDB or MySQL when a server is installed (in CI: always). */
export const engines: readonly Engine[] =
  serverUrl === undefined ? [sqlite] : [sqlite, mariadb(serverUrl)];
