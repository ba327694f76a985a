import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { type Connection, createConnection } from 'mysql2/promise';
import {
  addressUnder,
  createIfMissing,
  type DatabaseAddress,
} from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import type { AnySubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import type { Engine } from './engines.ts';

/**
 * Makes the tables of subgraphs under a URL: the first time in a run by their migrations, which took longer
 * than most tests, and from then on as a copy of what the migrations made.
 */
export async function makeTables(
  engine: Engine,
  url: string,
  definitions: readonly AnySubgraphDefinition[],
): Promise<void> {
  await Promise.all(
    definitions.map(async (definition) => {
      const template = await templateOf(engine, definition);
      const address = addressUnder(url, definition.name);
      await createIfMissing(address);
      if (address.engine === 'sqlite') copyFileSync(template, address.file);
      else await on(address, (server) => server.query(readFileSync(template, 'utf8')));
    }),
  );
}

/** The file of the template: an SQLite database, or the statements that make the tables and their first rows. */
async function templateOf(engine: Engine, definition: AnySubgraphDefinition): Promise<string> {
  const names = definition.migrations.map((Migration) => new Migration().name).join();
  const version = createHash('sha256').update(names).digest('hex').slice(0, 16);
  const folder = String(process.env.TEST_TEMPLATES);
  const file = join(folder, `${engine.name}-${definition.name}-${version}`);
  if (existsSync(file)) return file;
  const url = engine.freshUrl();
  const address = addressUnder(url, definition.name);
  await (await Database.open({ ...definition, address })).close();
  // Two processes may make it at once: each has a file of its own until it is whole.
  const draft = `${file}-${randomUUID()}`;
  // Not a copy of the file: its newest pages are in a file beside it.
  if (address.engine === 'sqlite') new Libsql(address.file).exec(`VACUUM INTO '${draft}'`);
  else writeFileSync(draft, await on(address, statementsOf));
  renameSync(draft, file);
  await engine.remove(url);
  return file;
}

type Server = Extract<DatabaseAddress, { engine: 'mysql' }>;

async function on<T>(
  { engine: _, ...server }: Server,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await createConnection({ ...server, multipleStatements: true });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

async function statementsOf(connection: Connection): Promise<string> {
  const rowsOf = async (sql: string, table = ''): Promise<readonly string[][]> => {
    const [rows] = await connection.query({ sql, values: [table], rowsAsArray: true });
    return rows as string[][]; // Arrays were asked for.
  };
  // The tables come by name, so one may be made before that to which it refers.
  const statements = ['SET foreign_key_checks = 0'];
  for (const [table] of await rowsOf('SHOW TABLES')) {
    const [made] = await rowsOf('SHOW CREATE TABLE ??', table);
    statements.push(String(made?.[1]));
    const rows = await rowsOf('SELECT * FROM ??', table);
    if (rows.length > 0)
      statements.push(connection.format('INSERT INTO ?? VALUES ?', [table, rows]));
  }
  return statements.join(';\n');
}
