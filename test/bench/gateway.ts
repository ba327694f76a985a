import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMariadb, startMariadb } from '../support/mariadb.ts';
import { fill } from './gateway/filled.ts';
import { FIRST } from './gateway/listing.ts';
import { openStacks, type Ran, type Stack } from './gateway/stack.ts';

/** How many listings are under way at the same time. */
const CALLERS = 4;
const ROUNDS = 11;
/** Listings of one stack in one round. */
const TIMES = 60;
/** On a busy machine there are fewer rounds, but so many at least. */
const ROUNDS_MIN = 3;
/** How long the rounds over one kind of resolvers may take, those before the measured ones included. */
const TIME_MAX_MS = 100_000;
/** Rounds before the measured ones, in which code is compiled and plans and documents are kept. */
const WARM_ROUNDS = 10;

/**
 * What a listing of 20 redemptions, answered by five services, costs the processors: of all processes
 * that take part, but not the load's own process and not the database server.
 *
 * - plain: `@apollo/gateway` with its default `RemoteGraphQLDataSource` before five plain Apollo
 *   Servers, as their documentation makes them. It checks no caller, no signature, no limit.
 * - http: ours, the gateway and five subgraphs in six processes, with everything on.
 * - embedded: ours, all in one process, with everything on.
 * - floor: what neither can avoid, see `gateway/floor.ts`: carrying out a plan that is known, executing
 *   documents that are parsed, writing the answer once. It has no HTTP, not even towards the client.
 *
 * All four answer the same bytes, or there is no figure. They take turns, so that all see the machine
 * in the same moods; shown is the median of the rounds. First resolvers answer from memory, so that
 * only the graph itself is seen; then, unless `--memory` is said, the real ones answer from the database.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const isMemoryOnly = argv.includes('--memory');
  const [given = ROUNDS, ...others] = argv.filter((word) => word !== '--memory');
  const rounds = Number(given);
  if (!Number.isSafeInteger(rounds) || rounds < 1 || others.length > 0) {
    throw new Error('Usage: npm run bench gateway [-- [ROUNDS] [--memory] [--json]]');
  }
  const memory = await measure(null, rounds);
  show('Resolvers that answer from memory', memory);
  const stored = isMemoryOnly ? null : await onDatabase((url) => measure(url, rounds));
  if (stored !== null) show(`Resolvers that answer from ${stored.engine}`, stored.database);
  console.log(
    `${cpus().length} cores, ${CALLERS} listings at a time, ${rounds} rounds of ${TIMES} at most. CPU is that of ` +
      'all processes of a stack, without the load and the database server.',
  );
  const { embeddedOverPlain, httpOverPlain, floorOverPlain } = ratiosOf(memory);
  console.log(
    `From memory, over plain: embedded ${embeddedOverPlain} (target 0.333), HTTP ${httpOverPlain} ` +
      `(target 0.667), floor ${floorOverPlain}.`,
  );
  if (json) {
    const shown = (figures: Figures) => ({ ...ratiosOf(figures), stacks: figures });
    const database = stored && { engine: stored.engine, ...shown(stored.database) };
    console.log(JSON.stringify({ ...shown(memory), ...(database && { database }) }));
  }
}

type Name = Stack['name'];
type Figure = Readonly<{ cpuMs: number; p50Ms: number; p99Ms: number }>;
type Figures = Readonly<Record<Name, Figure>>;

const names = ['plain', 'http', 'embedded', 'floor'] as const;

/** MariaDB when it is installed, else SQLite. */
async function onDatabase<T>(
  measured: (databaseUrl: string) => Promise<T>,
): Promise<Readonly<{ engine: string; database: T }>> {
  if (findMariadb() === null) {
    const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
    try {
      await fill(`sqlite:${folder}`);
      return { engine: 'SQLite', database: await measured(`sqlite:${folder}`) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const server = await startMariadb();
  try {
    await fill(server.url('bench'));
    return { engine: 'MariaDB', database: await measured(server.url('bench')) };
  } finally {
    await server.stop();
  }
}

async function measure(databaseUrl: string | null, rounds: number): Promise<Figures> {
  const stacks = await openStacks(databaseUrl);
  try {
    const started = performance.now();
    const isTime = (share: number) => performance.now() - started < share * TIME_MAX_MS;
    for (let round = 0; round < WARM_ROUNDS && isTime(0.4); round += 1) await takeTurns(stacks);
    const all: Ran[][] = [];
    while (all.length < rounds && (isTime(1) || all.length < ROUNDS_MIN)) {
      all.push(await takeTurns(stacks));
    }
    const figures = stacks.map(({ name }, index) => [
      name,
      figureOf(all.flatMap((ran) => ran[index] ?? [])),
    ]);
    return Object.fromEntries(figures) as Figures; // Each name has a stack.
  } finally {
    await Promise.all(stacks.map(({ stop }) => stop()));
  }
}

/** One round. Throws when the answers are not the same, or not whole. */
async function takeTurns(stacks: readonly Stack[]): Promise<Ran[]> {
  const round: Ran[] = [];
  for (const stack of stacks) round.push(await stack.run(TIMES, CALLERS));
  const [answer = '', ...others] = round.map((ran) => ran.answer.trim());
  const whole = JSON.parse(answer).data?.redemptions?.nodes;
  if (whole?.length !== FIRST || /null|"errors"/.test(answer)) {
    throw new Error(`the listing is not whole: ${answer}`);
  }
  for (const [index, other] of others.entries()) {
    if (other !== answer) {
      throw new Error(`${stacks[index + 1]?.name} answers otherwise:\n${other}\nnot\n${answer}`);
    }
  }
  return round;
}

function figureOf(rounds: readonly Ran[]): Figure {
  const latencies = rounds.flatMap((ran) => ran.latencies);
  return {
    cpuMs: rounded(
      at(
        rounds.map(({ cpuMs }) => cpuMs),
        0.5,
      ),
    ),
    p50Ms: rounded(at(latencies, 0.5)),
    p99Ms: rounded(at(latencies, 0.99)),
  };
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function ratiosOf({ plain, http, embedded, floor }: Figures) {
  const over = ({ cpuMs }: Figure) => rounded(cpuMs / plain.cpuMs);
  return {
    embeddedOverPlain: over(embedded),
    httpOverPlain: over(http),
    floorOverPlain: over(floor),
  };
}

function show(title: string, figures: Figures): void {
  console.log(`\n${title}: milliseconds for each listing`);
  console.table(
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          CPU: figures[name].cpuMs,
          'over plain': rounded(figures[name].cpuMs / figures.plain.cpuMs),
          p50: figures[name].p50Ms,
          p99: figures[name].p99Ms,
        },
      ]),
    ),
  );
}
