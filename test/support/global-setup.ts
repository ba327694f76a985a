import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastFolder } from './folders.ts';
import { findMariadb, startMariadb } from './mariadb.ts';

/** Starts the database server for all test files, unless one is given (`TEST_MYSQL_URL`), and chooses the seed of the property tests. */
export default async function setup(): Promise<() => Promise<void>> {
  process.env.FAST_CHECK_SEED ??= String(Date.now() % 2_147_483_647);
  // Programs that tests start load in half the time.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'tongdui-compile-cache');
  console.log(`fast-check seed: ${process.env.FAST_CHECK_SEED} (repeat with FAST_CHECK_SEED=…)`);
  const templates = mkdtempSync(join(fastFolder(), 'tongdui-templates-'));
  process.env.TEST_TEMPLATES = templates;
  const stop = await startServer();
  return async () => {
    rmSync(templates, { recursive: true });
    await stop();
  };
}

async function startServer(): Promise<() => Promise<void>> {
  // A server that somebody else keeps running.
  if (process.env.TEST_MYSQL_URL !== undefined) return async () => undefined;
  if (findMariadb() === null) {
    if (process.env.CI === 'true') {
      throw new Error(
        'No MariaDB or MySQL server found. In CI every engine is tested: .ci/run installs it.',
      );
    }
    console.log(
      'No MariaDB or MySQL server found: only SQLite is tested. Install mariadb-server for both.',
    );
    return async () => undefined;
  }
  const server = await startMariadb();
  process.env.TEST_MYSQL_URL = server.url('PREFIX');
  return server.stop;
}
