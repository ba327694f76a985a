import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import type { Request } from '../../subgraphs/points-ledger/domain/answer.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { startMariadb } from '../support/mariadb.ts';
import { type Exported, exported, problemsOf } from './ledger/exported.ts';

const WALLETS = 5_000;
const MERCHANTS = 12;
const BATCH = 500;
const ROUNDS = 3;

/**
 * How many entries a second are verified: from an export alone, and from the database with all that
 * follows from the journal, on SQLite and MariaDB. Two of three entries are accruals, one a burn. Shown
 * is the median of the rounds, which take turns.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const entries = Number(argv[0] ?? 150_000);
  if (!Number.isSafeInteger(entries) || entries < BATCH) {
    throw new Error('Usage: npm run bench verify [-- ENTRIES] [--json], at least 500 entries');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-verify-'));
  const server = await startMariadb();
  try {
    const sqlite = await openRig(`sqlite:${folder}/books`, join(folder, 'sqlite'), entries);
    const mariadb = await openRig(server.url('bench_verify'), join(folder, 'mariadb'), entries);
    const figures: Record<string, number[]> = { export: [], mariadb: [], sqlite: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      figures.export?.push(await rate(entries, () => fromExport(sqlite)));
      figures.mariadb?.push(await rate(entries, () => fromDatabase(mariadb)));
      figures.sqlite?.push(await rate(entries, () => fromDatabase(sqlite)));
    }
    await sqlite.database.close();
    await mariadb.database.close();
    report(entries, figures, json);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Rig = Readonly<{ database: Database; export: Exported }>;

async function openRig(url: string, folder: string, entries: number): Promise<Rig> {
  const { name, entities, migrations } = pointsLedger;
  const address = addressUnder(url, name);
  const database = await Database.open({ address, entities, migrations });
  const clock = { now: () => new Date() };
  const ledger = createLedger({ database, clock, newId, logger: createLogger('error') });
  for (let start = 0; start < entries; start += BATCH) {
    const count = Math.min(BATCH, entries - start);
    const outcomes = await ledger.post(Array.from({ length: count }, (_, at) => nth(start + at)));
    const refused = outcomes.find(({ status }) => status !== 'ACCEPTED');
    if (refused !== undefined) throw new Error(`refused: ${refused.code}`);
  }
  return { database, export: await exported(database, folder) };
}

/** Each wallet in turn gets points of two issuers and spends some of them. */
function nth(index: number): Request {
  const wallet = Math.floor(index / 3) % WALLETS;
  const merchant = (offset: number) => `merchant-${(wallet + index + offset) % MERCHANTS}`;
  const common = {
    walletId: `wallet-${wallet}`,
    unit: 'ALLIANCE',
    causeId: newId(),
    ruleVersion: 'v1',
  };
  const accrual = {
    kind: 'ACCRUE',
    causeKind: 'PURCHASE',
    points: 100,
    issuerId: merchant(0),
  } as const;
  const burn = {
    kind: 'BURN',
    causeKind: 'REDEMPTION',
    points: 60,
    acceptorId: merchant(5),
  } as const;
  const command: PointsCommand =
    index % 3 === 2
      ? { ...common, ...burn }
      : { ...common, ...accrual, expiresOn: 20991231, priceClass: '80/100 CNY' };
  const key = newId();
  return { scope: 'service:bench', key, requestHash: key, command };
}

const fromExport = (rig: Rig): Promise<readonly string[]> => problemsOf(rig.export);

const fromDatabase = ({ database }: Rig): Promise<string[]> => verifyBooks(database.reader);

async function rate(entries: number, verify: () => Promise<readonly string[]>): Promise<number> {
  const started = performance.now();
  const problems = await verify();
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join('\n'));
  return Math.round((1000 * entries) / (performance.now() - started));
}

function report(entries: number, figures: Record<string, number[]>, json: boolean): void {
  const median = (values: readonly number[] = []) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [fromFiles, mariadb, sqlite] = [figures.export, figures.mariadb, figures.sqlite].map(
    median,
  );
  console.table({
    'from an export': { 'entries a second': fromFiles },
    'from MariaDB': { 'entries a second': mariadb },
    'from SQLite': { 'entries a second': sqlite },
  });
  console.log(`${entries} entries in blocks of ${BATCH}, ${cpus().length} cores. Target: 50000.`);
  if (json) {
    const named = { fromExport: fromFiles, fromMariadb: mariadb, fromSqlite: sqlite };
    console.log(JSON.stringify({ verifyPerSecond: fromFiles, ...named, entries }));
  }
}
