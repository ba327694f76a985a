import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '../../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { verifyBooks } from '../../../subgraphs/points-ledger/queries/verify-books.ts';
import { exported, problemsOf } from './exported.ts';
import { type Growth, grow, sow } from './grow.ts';
import { throughputOf } from './processes.ts';
import {
  commands,
  commandsOn,
  type Figures,
  fund,
  type Load,
  measure,
  median,
  mixed,
  openRig,
  type Rig,
  WALLETS,
  walletsOf,
} from './rig.ts';

type Urls = (name: string) => string;

/** Of each batch size how many commands are timed in a round. */
const sizes = [
  { batch: 1, commands: 300 },
  { batch: 50, commands: 3_000 },
  { batch: 200, commands: 6_000 },
  { batch: 1_000, commands: 8_000 },
];

/** While one batch is under way the next one gathers; a lone caller waits for nobody. */
const callersFor = (batch: number): number => (batch === 1 ? 1 : 2 * batch);

/** Accruals and burns in turn at several sizes of a batch, all on the same books. */
export async function batchSizes(url: Urls, rounds: number) {
  const rig = await openRig(url('sizes'));
  await fund(rig, [commands.accrue, commands.accrueEven], WALLETS * 3);
  const figures = new Map<number, Figures[]>(sizes.map(({ batch }) => [batch, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { batch, commands: count } of sizes) {
      const ledger = createLedger(rig.frame, { batchMax: batch });
      const load = { make: mixed(), commands: count, callers: callersFor(batch) };
      figures.get(batch)?.push(await measure(ledger, load));
    }
  }
  console.table([...figures].map(([batch, all]) => ({ batch, ...median(all) })));
  const verified = await verify(rig);
  const verifyPerSecond = await verifyExported(rig, verified.entries);
  await rig.database.close();
  const of = (batch: number) => median(figures.get(batch) ?? []);
  const perSecond = (batch: number) => of(batch).perSecond;
  return {
    batch1PerSecond: perSecond(1),
    batch50PerSecond: perSecond(50),
    batch200PerSecond: perSecond(200),
    batch1000PerSecond: perSecond(1_000),
    batch1P99Ms: of(1).p99Ms,
    latencyMs: Object.fromEntries(
      sizes.map(({ batch }) => [batch, { p50: of(batch).p50Ms, p99: of(batch).p99Ms }]),
    ),
    verifyPerSecond,
    verifyDatabasePerSecond: verified.perSecond,
    booksVerified: verified.booksVerified,
  };
}

async function verify({ database }: Rig) {
  const started = performance.now();
  const problems = await verifyBooks(database.reader);
  const seconds = (performance.now() - started) / 1000;
  for (const problem of problems) console.error(problem);
  const [row] = await database.reader.query<{ n: number | string }[]>(
    'SELECT COUNT(*) AS n FROM points_journal_entry',
  );
  const entries = Number(row?.n);
  const perSecond = Math.round(entries / seconds);
  console.log(`Verified ${entries} entries in the database, ${perSecond} a second.`);
  return { entries, perSecond, booksVerified: problems.length === 0 };
}

/** An auditor has an export and no database: so many entries of it are verified a second. */
async function verifyExported({ database }: Rig, entries: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    const books = await exported(database, join(folder, 'books'));
    const started = performance.now();
    const problems = await problemsOf(books);
    if (problems.length > 0) throw new Error(problems.slice(0, 5).join('\n'));
    const perSecond = Math.round((1000 * entries) / (performance.now() - started));
    console.log(`Verified them in an export, ${perSecond} a second.`);
    return perSecond;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times two loads in turn, so that both see the machine in the same moods: how fast is the second? */
async function compare(
  rounds: number,
  pairs: readonly Readonly<{ name: string; rig: Rig; load: Load }>[],
) {
  const measured = pairs.map((pair) => ({
    ...pair,
    ledger: createLedger(pair.rig.frame, { batchMax: 200 }),
    figures: [] as Figures[],
    statements: 0,
  }));
  // The first round is not counted: copied books have full pages, which are split once.
  for (let round = 0; round <= rounds; round += 1) {
    for (const one of measured) {
      const before = one.rig.sent.statements;
      const figures = await measure(one.ledger, one.load);
      if (round > 0) one.figures.push(figures);
      one.statements = one.rig.sent.statements - before;
    }
  }
  console.table(
    measured.map(({ name, figures, statements, load }) => ({
      ...{ load: name, ...median(figures) },
      statementsPerCommand: Math.round((statements / load.commands) * 1_000) / 1_000,
    })),
  );
  const [first, second] = measured.map(({ figures }) => median(figures).perSecond);
  return Math.round(((second ?? 0) / (first ?? 1)) * 100) / 100;
}

/** All redemptions at one merchant, against redemptions all over. */
export async function hotOverSpread(url: Urls, rounds: number): Promise<number> {
  const rig = await openRig(url('hot'));
  await fund(rig, [commands.accrue], WALLETS * 3);
  const load = { commands: 6_000, callers: 400 };
  const ratio = await compare(rounds, [
    { name: 'burns at twelve merchants', rig, load: { ...load, make: commands.burnAtMany } },
    { name: 'burns at one merchant', rig, load: { ...load, make: commands.burnAtOne } },
  ]);
  await rig.database.close();
  return ratio;
}

/**
 * Books of so many journal rows against books of ten thousand: with as many more entries of the same members,
 * and with as many more members. In these a member shares the pages of the tables with nobody who is active.
 */
export async function grownOverFresh(url: Urls, rounds: number, rows: number) {
  return {
    grownOverFresh: await compareGrown(url, rounds, { rows, growth: 'HISTORY' }),
    membersOverFresh: await compareGrown(url, rounds, { rows, growth: 'MEMBERS' }),
  };
}

async function compareGrown(
  url: Urls,
  rounds: number,
  { rows, growth }: Readonly<{ rows: number; growth: Growth }>,
): Promise<number> {
  const fresh = await openRig(url(`fresh_${growth.toLowerCase()}`));
  const grown = await openRig(url(`grown_${growth.toLowerCase()}`));
  await sow(fresh);
  await sow(grown);
  const started = performance.now();
  const { rows: grownRows, wallet } = await grow(grown, rows, growth);
  const seconds = Math.round((performance.now() - started) / 1000);
  const more = growth === 'HISTORY' ? 'entries of the same members' : 'members';
  console.log(`Filled ${grownRows} rows of the journal with more ${more} in ${seconds} s.`);
  const load = { commands: 4_000, callers: 400 };
  const ratio = await compare(rounds, [
    {
      name: '10,000 journal rows',
      rig: fresh,
      load: { ...load, make: mixed(commandsOn(walletsOf(400))) },
    },
    {
      name: `${grownRows} journal rows`,
      rig: grown,
      load: { ...load, make: mixed(commandsOn(wallet)) },
    },
  ]);
  await Promise.all([fresh, grown].map(({ database }) => database.close()));
  return ratio;
}

/** One, two and three processes on one database. */
export async function processes(url: Urls): Promise<number[]> {
  const rig = await openRig(url('processes'));
  await fund(rig, [commands.accrue, commands.accrue], WALLETS * 3);
  const perSecond: number[] = [];
  for (const count of [1, 2, 3]) {
    perSecond.push(await throughputOf(rig.url, count, 6_000));
  }
  console.table(perSecond.map((each, index) => ({ processes: index + 1, perSecond: each })));
  const { booksVerified } = await verify(rig);
  await rig.database.close();
  if (!booksVerified) throw new Error('the books of several processes do not verify');
  return perSecond;
}
