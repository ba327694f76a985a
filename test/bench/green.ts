import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import type { Caller } from '../../shared/graphql/caller.ts';
import { insertEntries } from '../../subgraphs/green-consumption/accounts/commands/insert-entries.ts';
import type { CarbonEntry } from '../../subgraphs/green-consumption/domain/carbon-entries.ts';
import { savedGrams } from '../../subgraphs/green-consumption/domain/saving.ts';
import { builtInFactors } from '../../subgraphs/green-consumption/factors/domain/built-in.ts';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { engines } from '../support/engines.ts';
import { findMariadb, startMariadb } from '../support/mariadb.ts';
import { anonymous, asMember, openAlliance, operator, type World } from '../support/world.ts';

const USAGE = 'npm run bench green [-- ENTRIES [sqlite|mariadb]] [--json], at least 20000 entries';
const ENTRIES = 1_000_000;
/** What the alliance has when it is small: the same days and behaviours, far fewer entries. */
const SMALL = 10_000;
const MEMBERS = 20_000;
const MERCHANTS = 30;
const ROUNDS = 21;
const AT_ONCE = 5_000;
/** A year that is over. */
const YEAR = 2025;
const FROM_MS = Date.parse(`${YEAR}-01-01T00:00:00+08:00`);
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** What members do; ten behaviours in CO2e, each with one version. */
const factors = builtInFactors
  .filter(({ basis, isEnabled, province }) => basis === 'CO2E' && isEnabled && province === null)
  .slice(0, 10);

const REPORT = `scope carbonGrams entries range { low high } months { month carbonGrams }
  behaviours { code grams entries factors { version source } } statement code`;

type Question = Readonly<{ text: string; as: Caller }>;
type Answer = Readonly<{ entries: number; statements: number; firstMs: number; p50Ms: number }>;
type Figures = Readonly<{
  engine: string;
  report: string;
  entries: number;
  statements: number;
  /** The first time after entries came in; in public the members of each month are counted then. */
  firstMs: number;
  p50Ms: number;
  smallEntries: number;
  smallP50Ms: number;
  /** How many times as long as when the alliance had few entries. */
  overSmall: number;
}>;

/**
 * How long a report of a year takes through the gateway when the members did very much, over when they did little: of
 * a member, of a merchant and of the alliance. `npm run bench green [-- ENTRIES [sqlite|mariadb]] [--json]`
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const [count = String(ENTRIES), only] = argv;
  const entries = Number(count);
  const isKnown = only === undefined || only === 'sqlite' || only === 'mariadb';
  if (!Number.isSafeInteger(entries) || entries < 2 * SMALL || !isKnown) {
    throw new Error(`Usage: ${USAGE}`);
  }
  const figures: Figures[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    if (only !== 'mariadb') {
      figures.push(...(await measure('SQLite', `sqlite:${folder}/data`, entries)));
    }
    if (only !== 'sqlite' && findMariadb() !== null) {
      const server = await startMariadb({ isDurable: true });
      try {
        figures.push(...(await measure('MariaDB', server.url('bench'), entries)));
      } finally {
        await server.stop();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.table(figures);
  console.log(
    `${entries} entries of ${MEMBERS} members in a year, ${factors.length} behaviours, ${ROUNDS} rounds, ${cpus().length} cores.`,
  );
  if (json) console.log(JSON.stringify({ entries, members: MEMBERS, figures }));
}

async function measure(engine: string, databaseUrl: string, entries: number): Promise<Figures[]> {
  const [any] = engines;
  if (any === undefined) throw new Error('there is always SQLite');
  await using world = await openAlliance(any, { databaseUrl, at: new Date().toISOString() });
  const merchantId = await world.merchant({ name: 'Shop' });
  const her = await world.member();
  const [merchant, alliance] = [
    `merchant(id: "${merchantId}") { report: greenImpact`,
    'report: allianceGreenReport',
  ];
  const questions: Readonly<Record<string, Question>> = {
    member: { text: `member(id: "${her}") { report: greenReport`, as: asMember(her) },
    merchant: { text: merchant, as: operator },
    'merchant, in public': { text: merchant, as: anonymous },
    alliance: { text: alliance, as: operator },
    'alliance, in public': { text: alliance, as: anonymous },
  };
  const database = await Database.open({
    address: addressUnder(databaseUrl, greenConsumption.name),
    entities: greenConsumption.entities,
    migrations: greenConsumption.migrations,
  });
  try {
    const filled = { database, her, merchantId };
    // What is told in public of a year never changes, so the little is booked in the one before.
    await fill(filled, { from: 0, until: SMALL, year: YEAR - 1 });
    const small = await answersOf(world, questions, YEAR - 1);
    await fill(filled, { from: SMALL, until: entries, year: YEAR });
    const large = await answersOf(world, questions, YEAR);
    return Object.keys(questions).map((report) => {
      const [little, much] = [small[report], large[report]];
      if (!little || !much) throw new Error('each question is answered twice');
      return {
        ...{ engine, report, ...much, smallEntries: little.entries, smallP50Ms: little.p50Ms },
        overSmall: Math.round((much.p50Ms / little.p50Ms) * 100) / 100,
      };
    });
  } finally {
    await database.close();
  }
}

async function answersOf(
  world: World,
  questions: Readonly<Record<string, Question>>,
  booked: number,
) {
  const answers: Record<string, Answer> = {};
  for (const [name, question] of Object.entries(questions)) {
    const year = name.includes('in public') ? booked : YEAR;
    answers[name] = await answerOf(world, question, year);
  }
  return answers;
}

async function answerOf(world: World, { text, as }: Question, year: number): Promise<Answer> {
  const isNested = text.includes('{');
  const query = `{ ${text}(from: "${year}-01-01", until: "${year}-12-31") { ${REPORT} } ${isNested ? '}' : ''} }`;
  const ask = () => world.data(query, {}, { as });
  const began = performance.now();
  const data = await ask();
  const firstMs = Math.round(performance.now() - began);
  const { report } = isNested ? (data.member ?? data.merchant) : data;
  world.statements.length = 0;
  await ask();
  const statements = world.statements.length;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  const p50 = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  // In public nothing may be left to tell of little.
  return { entries: report?.entries ?? 0, statements, firstMs, p50Ms: Math.round(p50 * 10) / 10 };
}

type Filled = Readonly<{ database: Database; her: string; merchantId: string }>;

/**
 * Past the commands for acts, but with the sums that are kept: so many acts one by one would take hours. Booked in the
 * month of another year in which they were done, or of the same.
 */
async function fill(
  { database, her, merchantId }: Filled,
  { from, until, year }: Readonly<{ from: number; until: number; year: number }>,
): Promise<void> {
  for (let start = from; start < until; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, until - start) }, (_, n) => start + n);
    const entries = numbers.map((n) => entryOf(n, { her, merchantId }));
    const months = Map.groupBy(entries, ({ occurredAt }) => occurredAt.getUTCMonth());
    await database.transaction(async (manager) => {
      for (const [month, of] of months) {
        const at = new Date(Date.UTC(year, month, 15));
        await insertEntries({ manager, dialect: database.dialect, at }, of);
      }
    });
  }
}

/** Spread over the year, members and merchants, the same on every machine. One in three happens at no merchant. */
function entryOf(n: number, { her, merchantId }: Pick<Filled, 'her' | 'merchantId'>): CarbonEntry {
  const factor = factors[Math.floor(scattered(n, 3) * factors.length)];
  if (factor === undefined) throw new Error('there are factors in CO2e');
  const member = Math.floor(scattered(n, 7) * MEMBERS);
  const merchant = Math.floor(scattered(n, 1_000_003) * MERCHANTS);
  const activityMilli = 1_000 + Math.floor(scattered(n, 11) * 20_000);
  // A factor of few grams rounds a small act down to nothing, which is no entry.
  const grams = Math.max(1, savedGrams(factor, { activityMilli, pieces: 1 }));
  const cause = `act:${n}`;
  return {
    ...{ cause, line: 0, factorCode: factor.code, factorVersion: factor.version },
    ...{ basis: factor.basis, origin: cause, certificateId: null, activityMilli, pieces: 1, grams },
    // She does what three acts a day are in the largest alliance.
    memberId: n % 1_000 === 1 ? her : `member-${String(member).padStart(8, '0')}`,
    merchantId: n % 3 === 0 ? null : merchant === 0 ? merchantId : `merchant-${merchant}`,
    occurredAt: new Date(FROM_MS + Math.floor(scattered(n, 13) * YEAR_MS)),
  };
}

/** A number from 0 up to 1 that looks random and is another for each salt. */
function scattered(n: number, salt: number): number {
  let mixed = Math.imul(n + 1, 2_654_435_761) ^ Math.imul(salt, 2_246_822_519);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 3_266_489_917);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 668_265_263);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
