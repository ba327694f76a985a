import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { insertRows } from '../../shared/database/rows.ts';
import type { GroupBy } from '../../shared/query-kit/group.ts';
import { readGroups } from '../../shared/query-kit/read-groups.ts';
import { journalEntryGroups } from '../../subgraphs/points-ledger/groups.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { findMariadb, startMariadb } from '../support/mariadb.ts';

const ENTRIES = 200_000;
const MEMBERS = 20_000;
const MERCHANTS = 30;
const ROUNDS = 3;
const FROM_MS = Date.parse('2025-12-31T16:00:00Z');
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Above the limit of the graph, so that a slow question shows how slow it is. */
const TIME_LIMIT_MS = 60_000;

const day: GroupBy = { field: 'recordedAt', bucket: 'DAY' };
const questions: Readonly<Record<string, readonly GroupBy[]>> = {
  'kind, month': [{ field: 'kind' }, { field: 'recordedAt', bucket: 'MONTH' }],
  'issuer, month': [{ field: 'issuer' }, { field: 'recordedAt', bucket: 'MONTH' }],
  'acceptor, day': [{ field: 'acceptor' }, day],
  'acceptor, kind, unit, hour': [
    { field: 'acceptor' },
    { field: 'kind' },
    { field: 'unit' },
    { field: 'recordedAt', bucket: 'HOUR' },
  ],
};

type Figures = Readonly<{
  engine: string;
  groupedBy: string;
  groups: number;
  operatorMs: number;
  /** How many groups of enough members there are, with the one of all others. */
  analystGroups: number;
  analystMs: number;
  analystOverOperator: number;
}>;

/**
 * How long questions over a year of entries take: for the operator, and for an analyst, for whom groups
 * of too few members are merged. They take turns, so that both see the machine in the same moods; shown
 * is the median of the rounds for the first page of 100 groups.
 * `npm run bench groups [-- ENTRIES] [--json]`
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const entries = Number(argv[0] ?? ENTRIES);
  if (!Number.isSafeInteger(entries) || entries < 1_000) {
    throw new Error('Usage: npm run bench groups [-- ENTRIES] [--json], at least 1000 entries');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    const figures = await measure('SQLite', `sqlite:${folder}/data`, entries);
    if (findMariadb() !== null) {
      const server = await startMariadb({ isDurable: true });
      try {
        figures.push(...(await measure('MariaDB', server.url('bench'), entries)));
      } finally {
        await server.stop();
      }
    }
    console.table(figures);
    console.log(
      `${entries} entries of ${MEMBERS} members over a year, ${MERCHANTS} merchants, ${cpus().length} cores.`,
    );
    if (json) console.log(JSON.stringify({ entries, members: MEMBERS, figures }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(engine: string, url: string, entries: number): Promise<Figures[]> {
  const database = await Database.open({
    address: addressUnder(url, 'points-ledger'),
    entities: pointsLedger.entities,
    migrations: pointsLedger.migrations,
  });
  try {
    await fill(database, entries);
    const figures: Figures[] = [];
    for (const [groupedBy, groupBy] of Object.entries(questions)) {
      const times = { operator: [] as number[], analyst: [] as number[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        times.operator.push(await timeOf(database, groupBy, false));
        times.analyst.push(await timeOf(database, groupBy, true));
      }
      const [operatorMs, analystMs] = [median(times.operator), median(times.analyst)];
      figures.push({
        engine,
        groupedBy,
        groups: await (await ask(database, groupBy, false)).totalCount(),
        operatorMs,
        analystGroups: await (await ask(database, groupBy, true)).totalCount(),
        analystMs,
        analystOverOperator: Math.round((analystMs / operatorMs) * 10) / 10,
      });
    }
    return figures;
  } finally {
    await database.close();
  }
}

const ask = (database: Database, groupBy: readonly GroupBy[], isAnonymous: boolean) =>
  readGroups(journalEntryGroups, {
    database,
    cursorKey: 'bench',
    args: {
      filter: { recordedAt: { gte: new Date(FROM_MS), lt: new Date(FROM_MS + YEAR_MS) } },
      groupBy,
      orderBy: [{ field: 'pointsSum', direction: 'DESC' }],
      first: 100,
    },
    isAnonymous,
    timeLimitMs: TIME_LIMIT_MS,
  });

async function timeOf(
  database: Database,
  groupBy: readonly GroupBy[],
  isAnonymous: boolean,
): Promise<number> {
  const started = performance.now();
  await ask(database, groupBy, isAnonymous);
  return performance.now() - started;
}

const median = (times: readonly number[]): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);

/**
 * Writes entries without going through the ledger, the same on every machine: two accruals for each
 * burn, merchants from busy to quiet, so that many groups by day have too few members.
 */
async function fill(database: Database, entries: number): Promise<void> {
  const step = 10_000;
  for (let start = 0; start < entries; start += step) {
    const numbers = Array.from({ length: Math.min(step, entries - start) }, (_, n) => start + n);
    await database.transaction(async (manager) => {
      await insertEntries(manager, numbers, entries);
      await insertAccruals(
        manager,
        numbers.filter((n) => !isBurn(n)),
      );
    });
  }
}

const insertEntries = (manager: EntityManager, numbers: readonly number[], entries: number) =>
  insertRows(
    manager,
    'points_journal_entry',
    [
      ...[
        'seq',
        'id',
        'kind',
        'wallet_id',
        'wallet_ver',
        'unit',
        'points',
        'cause_kind',
        'cause_id',
      ],
      ...['rule_version', 'acceptor_id', 'recorded_ms', 'block'],
    ],
    numbers.map((n) => [
      ...[n + 1, entryId(n), isBurn(n) ? 'BURN' : 'ACCRUE', walletId(n), n + 1],
      ...[
        n % 20 === 0 ? 'MILES' : 'ALLIANCE',
        10 + (n % 90),
        isBurn(n) ? 'REDEMPTION' : 'PURCHASE',
      ],
      ...[`cause-${n}`, isBurn(n) ? null : 'v1', isBurn(n) ? merchantId(n) : null],
      ...[FROM_MS + Math.floor((n / entries) * YEAR_MS), Math.floor(n / 100) + 1],
    ]),
  );

const insertAccruals = (manager: EntityManager, numbers: readonly number[]) =>
  insertRows(
    manager,
    'points_accrual',
    [
      ...[
        'entry_id',
        'seq',
        'wallet_id',
        'cause_kind',
        'cause_id',
        'expires_on',
        'issuer_id',
        'unit',
      ],
      ...['price_class', 'contributor', 'use_scope', 'points', 'reversed'],
    ],
    numbers.map((n) => [
      ...[entryId(n), n + 1, walletId(n), 'PURCHASE', `cause-${n}`, 20991231, merchantId(n)],
      ...[n % 20 === 0 ? 'MILES' : 'ALLIANCE', '80/100 CNY', '', '', 10 + (n % 90), 0],
    ]),
  );

const isBurn = (n: number): boolean => n % 3 === 0;
/** A number from 0 up to 1 that looks random. */
const scattered = (n: number, salt: number): number =>
  (Math.imul(n + salt, 2_654_435_761) >>> 0) / 2 ** 32;
/** As long as the ids that the program makes. */
const idOf = (kind: string, n: number): string =>
  `01900000-0000-7000-${kind}-${String(n).padStart(12, '0')}`;
const entryId = (n: number): string => idOf('8000', n);
const walletId = (n: number): string => idOf('9000', Math.floor(scattered(n, 7) * MEMBERS));
const merchantId = (n: number): string =>
  idOf('a000', Math.floor(scattered(n, 1_000_003) ** 2 * MERCHANTS));
