import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../merchants/tilling.ts';
import { openTill } from '../rewards-catalog/till/till.ts';
import { engines } from '../support/engines.ts';
import { findMariadb, startMariadb } from '../support/mariadb.ts';
import { openAlliance, type World } from '../support/world.ts';

const ROUNDS = 200;
const MEMBERS = 20;

type Figures = Readonly<{
  engine: string;
  deed: string;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
  /** Of one of them. */
  fetches: number;
  statements: number;
}>;

/**
 * How long a cashier waits for each deed at the till, one after the other through the whole graph in one process, on
 * both engines, MariaDB flushing at each commit: quote an order, pay a part of it with points, record it.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const rounds = Number(argv[0] ?? ROUNDS);
  if (!Number.isSafeInteger(rounds) || rounds < 10) {
    throw new Error('Usage: npm run bench till [-- ROUNDS] [--json], at least 10 rounds');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    const figures = await measure('SQLite', `sqlite:${folder}/data`, rounds);
    if (findMariadb() !== null) {
      const server = await startMariadb({ isDurable: true });
      try {
        figures.push(...(await measure('MariaDB', server.url('bench'), rounds)));
      } finally {
        await server.stop();
      }
    }
    console.table(figures);
    console.log(`${rounds} orders of ${MEMBERS} members at one till, ${cpus().length} cores.`);
    if (json) console.log(JSON.stringify({ rounds, figures }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(engine: string, databaseUrl: string, rounds: number): Promise<Figures[]> {
  const [any] = engines;
  if (any === undefined) throw new Error('there is always SQLite');
  await using world = await openAlliance(any, { databaseUrl, at: new Date().toISOString() });
  const till = await openTill(world);
  const elsewhere = await world.merchant();
  const members: string[] = [];
  for (let index = 0; index < MEMBERS; index += 1) {
    const memberId = await world.member();
    await world.purchase({ merchantId: elsewhere, memberId, amountMinor: 100_000_000 });
    members.push(memberId);
  }
  const timed = timers(world);
  for (let round = 0; round < rounds; round += 1) {
    const memberId = members[round % MEMBERS] ?? '';
    const memberCode = await codeOf(world, memberId);
    const orderNumber = `bench-${round}`;
    const lines = [{ sku: 'A', amountMinor: 6_800 }];
    await timed('quoteOrder', () => till.quote({ memberCode, lines }));
    const paid = await timed('payWithPoints', () =>
      till.pay({ memberCode, orderNumber, points: 2_500, lines: [6_800] }),
    );
    const order = { memberId, orderNumber, pointsPayment: paid.redemption.id };
    await timed('recordPurchase', () =>
      till.record({ ...order, lines: [{ sku: 'A', amountMinor: paid.lines[0] }] }),
    );
  }
  return timed.figures(engine);
}

type Seen = { times: number[]; fetches: number; statements: number };

/** Times deeds by name, and counts what the last of each took. */
function timers(world: World) {
  const seen = new Map<string, Seen>();
  async function timed<T>(deed: string, work: () => Promise<T>): Promise<T> {
    world.fetches.length = 0;
    world.statements.length = 0;
    const started = performance.now();
    const answer = await work();
    const times = [...(seen.get(deed)?.times ?? []), performance.now() - started];
    seen.set(deed, {
      times,
      fetches: world.fetches.length,
      statements: world.statements.length,
    });
    return answer;
  }
  const figures = (engine: string): Figures[] =>
    [...seen].map(([deed, { times, ...counted }]) => ({
      ...{ engine, deed, p50Ms: rank(times, 0.5), p95Ms: rank(times, 0.95), maxMs: rank(times, 1) },
      ...counted,
    }));
  return Object.assign(timed, { figures });
}

const rank = (times: readonly number[], part: number): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0);
