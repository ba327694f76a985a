import { cpus } from 'node:os';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import type { Request } from '../../subgraphs/points-ledger/domain/answer.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { createLedger, type Ledger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { startMariadb } from '../support/mariadb.ts';

const WALLETS = 2_000;
const MERCHANTS = 12;
/** How many callers wait for an answer at the same time. */
const CALLERS = 1_000;
const ROUNDS = 3;

type Mode = Readonly<{ name: string; batchMax: number; commands: number }>;

const modes = (total: number): readonly Mode[] => [
  { name: 'one transaction per command', batchMax: 1, commands: Math.ceil(total / 20) },
  { name: 'batched (up to 500)', batchMax: 500, commands: total },
];

type Figures = Readonly<{ perSecond: number; p50Ms: number; p99Ms: number }>;

/**
 * How many points commands a second the ledger posts on MariaDB that flushes at every commit: batched,
 * and with the same code at one command per transaction. The two take turns, so that both see the
 * machine in the same moods; shown is the median of the rounds. Both books are verified at the end.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const total = Number(argv[0] ?? 6_000);
  if (!Number.isSafeInteger(total) || total < 100) {
    throw new Error('Usage: npm run bench ledger [-- COMMANDS] [--json], at least 100 commands');
  }
  const server = await startMariadb({ isDurable: true });
  try {
    const rigs = await Promise.all(
      modes(total).map((mode) => openRig(mode, server.url(`bench_${mode.batchMax}`))),
    );
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const rig of rigs) {
        for (const kind of kinds) rig.figures[kind].push(await measure(rig, kind));
      }
    }
    const problems = (
      await Promise.all(rigs.map(({ database }) => verifyBooks(database.reader)))
    ).flat();
    for (const { database } of rigs) await database.close();
    report(rigs, problems, json);
  } finally {
    await server.stop();
  }
}

type Rig = Readonly<{
  mode: Mode;
  database: Database;
  ledger: Ledger;
  figures: Record<Kind, Figures[]>;
}>;

async function openRig(mode: Mode, url: string): Promise<Rig> {
  const database = await Database.open({
    address: addressUnder(url, 'points-ledger'),
    entities: pointsLedger.entities,
    migrations: pointsLedger.migrations,
  });
  const logger = createLogger('error');
  const frame = { database, clock: { now: () => new Date() }, newId, logger };
  // Every wallet has points of three issuers before anything is timed.
  const seed = createLedger(frame);
  for (const make of [commands.accrue, spread]) {
    for (let start = 0; start < WALLETS * 3; start += 3_000) {
      await seed.post(
        Array.from({ length: 3_000 }, (_, index) => request(make(start + index), newId())),
      );
    }
  }
  const ledger = createLedger(frame, { batchMax: mode.batchMax });
  return { mode, database, ledger, figures: { accrue: [], burn: [], burnOfThree: [] } };
}

/** Callers post one command each, wait for its answer and post the next. */
async function measure({ mode, ledger }: Rig, kind: Kind): Promise<Figures> {
  const latencies: number[] = [];
  let next = 0;
  async function caller(): Promise<void> {
    while (next < mode.commands) {
      const index = next;
      next += 1;
      const command = commands[kind](index * 7);
      const asked = performance.now();
      const [outcome] = await ledger.post([request(command, newId())]);
      latencies.push(performance.now() - asked);
      if (outcome?.status !== 'ACCEPTED') throw new Error(`refused: ${outcome?.code}`);
    }
  }
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(CALLERS, mode.commands) }, caller));
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    perSecond: Math.round(mode.commands / seconds),
    p50Ms: at(latencies, 0.5),
    p99Ms: at(latencies, 0.99),
  };
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);

const request = (command: PointsCommand, key: string): Request => ({
  scope: 'service:bench',
  key,
  requestHash: key,
  command,
});

const common = { unit: 'ALLIANCE', ruleVersion: 'v1' };
const wallet = (index: number): string => `wallet-${index % WALLETS}`;
const merchant = (index: number): string => `merchant-${index % MERCHANTS}`;

const accrual = (index: number, walletId: string, expiresOn: number): PointsCommand => ({
  ...common,
  kind: 'ACCRUE',
  causeKind: 'PURCHASE',
  causeId: newId(),
  walletId,
  points: 100,
  issuerId: merchant(index),
  expiresOn,
  priceClass: '80/100 CNY',
});

const burn = (index: number, walletId: string, points: number): PointsCommand => ({
  ...common,
  kind: 'BURN',
  causeKind: 'REDEMPTION',
  causeId: newId(),
  walletId,
  points,
  acceptorId: merchant(index + 5),
});

type Kind = keyof typeof commands;

/** What is timed. The points of each merchant expire in a month of their own. */
const commands = {
  accrue: (index: number) => accrual(index, wallet(index), 20990101 + (index % MERCHANTS) * 100),
  /** From the lot that expires first. */
  burn: (index: number) => burn(index, wallet(index), 30),
  /** From wallets whose lots expire on one day, so that three issuers share in each burn. */
  burnOfThree: (index: number) => burn(index, `even-${wallet(index)}`, 3),
};

const kinds = ['accrue', 'burn', 'burnOfThree'] as const;

const spread = (index: number) => accrual(index, `even-${wallet(index)}`, 20991231);

function report(rigs: readonly Rig[], problems: readonly string[], json: boolean): void {
  console.table(
    rigs.flatMap(({ mode, figures }) =>
      kinds.map((command) => ({ mode: mode.name, command, ...median(figures[command]) })),
    ),
  );
  const [single, batched] = rigs.map(({ figures }) => {
    const accruePerSecond = median(figures.accrue).perSecond;
    const burnPerSecond = median(figures.burn).perSecond;
    const burnOfThreePerSecond = median(figures.burnOfThree).perSecond;
    // Over the time that as many accruals as burns take.
    const perSecond = Math.round(2 / (1 / accruePerSecond + 1 / burnPerSecond));
    return { accruePerSecond, burnPerSecond, burnOfThreePerSecond, perSecond };
  });
  if (single === undefined || batched === undefined) return;
  const ratio = (of: keyof typeof single) => Math.round((batched[of] / single[of]) * 10) / 10;
  const batchedOverSingle = ratio('perSecond');
  const books = problems.length === 0 ? 'verified' : problems.slice(0, 5).join('; ');
  console.log(
    `MariaDB, flushed at each commit, ${cpus().length} cores, ${CALLERS} callers, ${WALLETS} wallets.`,
  );
  console.log(
    `Batched over single: ${batchedOverSingle} (target 10); accruals ${ratio('accruePerSecond')}, ` +
      `burns ${ratio('burnPerSecond')}, burns shared by three issuers ` +
      `${ratio('burnOfThreePerSecond')}. Books: ${books}.`,
  );
  if (problems.length > 0) process.exitCode = 1;
  const booksVerified = problems.length === 0;
  if (json) console.log(JSON.stringify({ batchedOverSingle, single, batched, booksVerified }));
}

const median = (figures: readonly Figures[]): Figures => {
  const sorted = figures.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};
