import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMariadb } from '../support/mariadb.ts';
import { batchedOverSingle } from './ledger/batched-over-single.ts';
import { batchSizes, grownOverFresh, hotOverSpread, processes } from './ledger/sections.ts';

const ROUNDS = 3;

const USAGE = `Usage: npm run bench ledger [-- COMMANDS] [options] [--json]
  COMMANDS             how many are posted for "batched over single", at least 100 (6000)
  --engine NAME        mariadb or sqlite alone
  --only NAME          sizes, hot, grown, processes or single alone
  --rows N             how large the grown journal is (5000000)`;

type Options = Readonly<{ total: number; rows: number; only: string | undefined }>;

/**
 * How fast the ledger is: at several sizes of a batch, with all redemptions at one merchant, on books of
 * years, and from several processes; on MariaDB that flushes at every commit and on SQLite. What is
 * compared takes turns, so that both see the machine in the same moods; shown are medians. Books are
 * verified at the end.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      engine: { type: 'string' },
      only: { type: 'string' },
      rows: { type: 'string', default: '5000000' },
    },
  });
  const [total, rows] = [Number(positionals[0] ?? 6_000), Number(values.rows)];
  if (!Number.isSafeInteger(total) || total < 100 || !Number.isSafeInteger(rows)) {
    throw new Error(USAGE);
  }
  const options = { total, rows, only: values.only };
  const isWanted = (engine: string) => values.engine === undefined || values.engine === engine;
  console.log(`${cpus().length} cores.`);
  const mariadb = isWanted('mariadb') ? await onMariadb(options) : {};
  const sqlite = isWanted('sqlite') ? await onSqlite(options) : {};
  // What stands at the top is of MariaDB, as in production, when that was measured.
  if (json) console.log(JSON.stringify({ ...sqlite, ...mariadb, sqlite }));
}

async function onMariadb(options: Options) {
  const server = await startMariadb({ isDurable: true, bufferPoolMb: 2_048 });
  try {
    console.log('MariaDB, flushed at each commit');
    const url = (name: string) => server.url(`bench_${name}`);
    const isWanted = options.only === undefined || options.only === 'single';
    const { total } = options;
    const compared = isWanted ? await batchedOverSingle(url, { total, rounds: ROUNDS }) : {};
    return { ...compared, ...(await figuresOf(url, options)) };
  } finally {
    await server.stop();
  }
}

async function onSqlite(options: Options) {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    console.log('SQLite, flushed at each commit');
    return await figuresOf((name) => `sqlite:${join(folder, name)}`, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function figuresOf(url: (name: string) => string, { rows, only }: Options) {
  const isWanted = (section: string) => only === undefined || only === section;
  const sizes = isWanted('sizes') ? await batchSizes(url, ROUNDS) : {};
  const hot = isWanted('hot') ? { hotOverSpread: await hotOverSpread(url, ROUNDS) } : {};
  const grown = isWanted('grown') ? await grownOverFresh(url, ROUNDS, rows) : {};
  const several = isWanted('processes') ? { processesPerSecond: await processes(url) } : {};
  const isRight = !('booksVerified' in sizes) || sizes.booksVerified;
  if (!isRight) process.exitCode = 1;
  return { ...sizes, ...hot, ...grown, ...several };
}
