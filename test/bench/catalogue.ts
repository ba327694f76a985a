import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { insertRows } from '../../shared/database/rows.ts';
import { termsOf } from '../../subgraphs/rewards-catalog/offers/domain/terms.ts';
import { rewardsCatalog } from '../../subgraphs/rewards-catalog/subgraph.ts';
import { engines } from '../support/engines.ts';
import { findMariadb, startMariadb } from '../support/mariadb.ts';
import { asMember, freshKey, openAlliance, type World } from '../support/world.ts';

const REWARDS = 100_000;
const MERCHANTS = 20;
const ROUNDS = 21;
const AT_ONCE = 5_000;

const CARDS = `query ($member: ID, $search: String, $affordableFor: ID, $region: ID,
    $filter: RewardFilter, $orderBy: [RewardOrder!]) {
  rewards(first: 50, search: $search, affordableFor: $affordableFor, region: $region,
    filter: $filter, orderBy: $orderBy) { nodes {
    id title points unit merchant { id name } green { label carbonGrams }
    affordability(memberId: $member) { points available missing } } } }`;

const dearest = [{ field: 'points', direction: 'DESC' }];
const newest = [{ field: 'publishedAt', direction: 'DESC' }];

/** What is asked for: each a page of 50 cards. `her`: the member. */
const questions: Readonly<Record<string, (her: string) => object>> = {
  'the cheapest': () => ({}),
  'the newest of a category': () => ({
    ...{ filter: { category: { eq: 'c7' } }, orderBy: newest },
  }),
  'the dearest that she can pay': (her) => ({ affordableFor: her, orderBy: dearest }),
  'a rare word': () => ({ search: 'w123' }),
  'a word of every tenth reward': () => ({ search: '红茶' }),
  'a word that she can pay, in her region': (her) => ({
    ...{ search: '红茶', affordableFor: her, region: '440300' },
  }),
};

type Figures = Readonly<{
  engine: string;
  question: string;
  found: number;
  p50Ms: number;
  p95Ms: number;
  fetches: number;
  statements: number;
}>;

/**
 * How long the gateway takes for a page of 50 rewards with their merchants, what the member lacks and the green label,
 * all in one process. `npm run bench catalogue [-- REWARDS] [--json]`
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const count = Number(argv[0] ?? REWARDS);
  if (!Number.isSafeInteger(count) || count < 100) {
    throw new Error('Usage: npm run bench catalogue [-- REWARDS] [--json], at least 100 rewards');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    const figures = await measure('SQLite', `sqlite:${folder}/data`, count);
    if (findMariadb() !== null) {
      const server = await startMariadb({ isDurable: true });
      try {
        figures.push(...(await measure('MariaDB', server.url('bench'), count)));
      } finally {
        await server.stop();
      }
    }
    console.table(figures);
    console.log(
      `${count} rewards of ${MERCHANTS} merchants, ${ROUNDS} rounds, ${cpus().length} cores.`,
    );
    if (json) console.log(JSON.stringify({ rewards: count, figures }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(engine: string, databaseUrl: string, count: number): Promise<Figures[]> {
  const [any] = engines;
  if (any === undefined) throw new Error('there is always SQLite');
  await using world = await openAlliance(any, { databaseUrl, at: new Date().toISOString() });
  const merchants: string[] = [];
  for (let index = 0; index < MERCHANTS; index += 1) {
    merchants.push(await world.merchant({ name: `Shop ${index}` }));
  }
  const her = await world.member();
  await world.purchase({
    ...{ merchantId: String(merchants[0]), memberId: her, amountMinor: 600_000 },
  });
  await world.settle();
  await fill(databaseUrl, merchants, count);
  await certify(world, String(merchants[0]));
  const figures: Figures[] = [];
  for (const [question, variables] of Object.entries(questions)) {
    figures.push({ engine, question, ...(await timesOf(world, her, variables(her))) });
  }
  return figures;
}

async function timesOf(world: World, her: string, variables: object) {
  const as = asMember(her);
  const ask = () => world.data(CARDS, { member: her, ...variables }, { as });
  const found = (await ask()).rewards.nodes.length;
  world.fetches.length = 0;
  world.statements.length = 0;
  await ask();
  const counted = { fetches: world.fetches.length, statements: world.statements.length };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  return { found, p50Ms: rank(times, 0.5), p95Ms: rank(times, 0.95), ...counted };
}

const rank = (times: readonly number[], part: number): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0);

/** Past the commands: publishing so many one by one would take longer than all that is measured. */
async function fill(databaseUrl: string, merchants: readonly string[], count: number) {
  const database = await Database.open({
    address: addressUnder(databaseUrl, rewardsCatalog.name),
    entities: rewardsCatalog.entities,
    migrations: rewardsCatalog.migrations,
  });
  const at = Date.now();
  for (let start = 0; start < count; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, i) => start + i);
    const named = numbers.map((n) => ({
      id: `reward-${String(n).padStart(7, '0')}`,
      n,
      zh: `${n % 10 === 0 ? '红茶' : '礼品'}第${n}号`,
      en: `Gift w${Math.floor(n / 20)} of ${n % 97}`,
    }));
    await database.transaction(async (manager) => {
      await insertRows(
        manager,
        'rewards_reward',
        [
          ...['id', 'title_zh', 'title_en', 'kind', 'merchant_id', 'points', 'unit', 'cash_minor'],
          ...['cash_currency', 'valid_days', 'status', 'published_ms', 'category', 'least_points'],
          ...['regions', 'is_found'],
        ],
        named.map(({ id, n, zh, en }) => {
          const points = 10 + ((n * 7_919) % 20_000);
          return [
            ...[id, zh, en, 'PRODUCT', merchants[n % merchants.length], points, 'ALLIANCE'],
            ...[points, 'CNY', 90, 'PUBLISHED', at - n * 1_000, `c${n % 100}`, points],
            ...[n % 4 === 0 ? ',440000,' : null, 1],
          ];
        }),
      );
      await insertRows(
        manager,
        'rewards_term',
        ['term', 'reward_id'],
        named.flatMap(({ id, n, zh, en }) => termsOf([zh, en, `c${n % 100}`]).map((t) => [t, id])),
      );
    });
  }
  await database.close();
}

/** Every hundredth of the first rewards is green. */
const certify = (world: World, merchantId: string) =>
  world.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      __typename } }`,
    {
      input: {
        ...{ idempotencyKey: freshKey(), number: freshKey(), label: 'LOW_CARBON', body: 'Body' },
        ...{ merchantId, validFrom: '2026-01-01', validUntil: '2099-12-31' },
        ...{ behaviour: 'EV_KWH', activityMilli: 20_000 },
        rewardIds: Array.from(
          { length: 20 },
          (_, i) => `reward-${String(i * 20).padStart(7, '0')}`,
        ),
      },
    },
  );
