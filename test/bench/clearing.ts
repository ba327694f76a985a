import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { settle } from '../../shared/workers.ts';
import { type Alliance, type Ask, openAlliance, operatorOf } from '../../subgraphs/alliance.ts';
import { loadDemo } from '../../subgraphs/demo/load.ts';
import { importFile } from '../../subgraphs/merchants/import/import-file.ts';
import { type Mapping, mappingFrom } from '../../subgraphs/merchants/import/mapping.ts';
import { generateSales, randomFrom } from '../merchants/generated-sales.ts';
import { findMariadb, startMariadb } from '../support/mariadb.ts';
import { regulator } from '../support/people.ts';

const USAGE = 'npm run bench clearing [-- FILE [REDEMPTIONS [sqlite|mariadb]]] [--json]';
const ROWS = 20_000;
const REDEMPTIONS = 20_000;
/** What a reward costs at each merchant: small enough for what most customers have. */
const PRICES = [10, 20, 40] as const;
const AT_ONCE = 32;

/**
 * A cycle of clearing over real sales: a file in the form of CDNOW is dealt out row by row over the
 * merchants of the demo alliance, since it has a single shop; its customers then redeem at merchants
 * drawn by a seed, and the cycle is closed. Shown is what netting makes of it. Then every redemption is
 * traced back to purchases, and the traced points must be those of the lines. Without a file: generated
 * sales. Everything goes through the graph.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const [file, count = String(REDEMPTIONS), engine = 'sqlite'] = argv;
  if (!/^\d+$/.test(count) || !['sqlite', 'mariadb'].includes(engine)) {
    throw new Error(`Usage: ${USAGE}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  const server = engine === 'mariadb' && findMariadb() !== null ? await startMariadb() : null;
  const alliance = await openAlliance({
    databaseUrl: server?.url('bench') ?? `sqlite:${folder}/data`,
    keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
    logger: createLogger('error'),
  });
  try {
    const figures = await measure(alliance, { folder, file, redemptions: Number(count) });
    const source = file === undefined ? `${ROWS} generated sales` : basename(file);
    const on = server === null ? 'SQLite' : 'MariaDB';
    console.log(`${source}, redemptions by seed 1, ${on}, ${cpus().length} cores.`);
    report(figures, json);
  } finally {
    await alliance.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Plan = Readonly<{ folder: string; file: string | undefined; redemptions: number }>;

// biome-ignore lint/suspicious/noExplicitAny: each request states the shape of its own document.
type Data = any;

async function measure(alliance: Alliance, plan: Plan) {
  const ask = alliance.askAs(operatorOf('bench'));
  const { merchants } = await loadDemo(ask);
  const merchantIds = Object.values(merchants);
  const purchases = await importParts(ask, merchantIds, plan);
  await settle(alliance.workers);
  const rewards = await publishRewards(ask, merchantIds);
  const redeemed = await redeemSeeded(ask, rewards, plan.redemptions);
  const closed = await closeCycle(ask);
  const traced = await traceAll(alliance.askAs(regulator), redeemed.ids, closed.lines);
  const { conservation } = await ask('{ conservation { balance } }', {});
  const unbalanced = conservation.filter(({ balance }: Data) => balance !== 0).length;
  return { purchases, redeemed, closed, traced, unbalanced };
}

/** The rows of the file, each merchant every twelfth of them; how many purchases they made. */
async function importParts(
  ask: Ask,
  merchantIds: readonly string[],
  { folder, file }: Plan,
): Promise<{ count: number; seconds: number }> {
  const bytes = file === undefined ? null : readFileSync(file);
  const text =
    bytes === null
      ? generateSales(ROWS).text
      : (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  const cdnow = mappingFrom('cdnow');
  const started = performance.now();
  let count = 0;
  for (const [index, id] of merchantIds.entries()) {
    const part = join(folder, `part-${index}.txt`);
    const own = rows.filter((_, row) => row % merchantIds.length === index);
    writeFileSync(part, `${own.join('\n')}\n`);
    const mapping: Mapping = { ...cdnow, merchant: { id }, currency: 'CNY' };
    const summary = await importFile({
      ...{ file: part, mapping, report: join(folder, 'report.jsonl'), isDryRun: false },
      ...{ locale: 'en', ask, newId, now: () => new Date() },
    });
    count += summary.recorded;
    progress(`imported ${index + 1} of ${merchantIds.length} merchants, ${count} purchases`);
  }
  return { count, seconds: since(started) };
}

type Reward = Readonly<{ id: string; points: number }>;

const publishRewards = (ask: Ask, merchantIds: readonly string[]): Promise<Reward[]> =>
  Promise.all(
    merchantIds.flatMap((merchantId) =>
      PRICES.map(async (points) => {
        const { publishReward } = await ask(
          `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
            ... on RewardPublished { reward { id } } ... on Refusal { code message } } }`,
          {
            input: {
              ...{ idempotencyKey: newId(), merchantId, kind: 'VOUCHER', points },
              title: { zh: '代金券', en: 'Voucher' },
              cashPrice: { amountMinor: points, currency: 'CNY' },
            },
          },
        );
        return { id: publishReward.reward.id, points };
      }),
    ),
  );

/** Redemptions by members, at merchants and prices that the seed draws, as long as the points last. */
async function redeemSeeded(ask: Ask, rewards: readonly Reward[], wanted: number) {
  const members = await readMembers(ask);
  const random = randomFrom(1);
  const started = performance.now();
  const ids: string[] = [];
  let asked = 0;
  async function customer(): Promise<void> {
    while (asked < wanted && members.length > 0) {
      const place = random(members.length);
      const member = members[place];
      const reward = rewards[random(rewards.length)];
      if (member === undefined || reward === undefined) return;
      if (member.available < PRICES[0]) members.splice(place, 1);
      if (member.available < reward.points) continue;
      member.available -= reward.points;
      asked += 1;
      const { redeem } = await ask(
        `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
          ... on RewardRedeemed { redemption { id } } ... on Refusal { code } } }`,
        { input: { idempotencyKey: newId(), memberId: member.id, rewardId: reward.id } },
      );
      if (redeem.__typename !== 'RewardRedeemed') throw new Error(JSON.stringify(redeem));
      ids.push(redeem.redemption.id);
      if (ids.length % 1000 === 0) progress(`redeemed ${ids.length} of ${wanted}`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, customer));
  return { ids, seconds: since(started) };
}

async function readMembers(ask: Ask): Promise<{ id: string; available: number }[]> {
  const members: { id: string; available: number }[] = [];
  for (let after: string | null = null; ; ) {
    const { members: page }: Data = await ask(
      `query ($after: String) { members(first: 100, after: $after) {
        nodes { id wallet { available } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const { id, wallet } of page.nodes) members.push({ id, available: wallet.available });
    if (!page.pageInfo.hasNextPage) return members.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    after = page.pageInfo.endCursor;
  }
}

type Line = Readonly<{ debtor: string; creditor: string; points: number }>;

async function closeCycle(ask: Ask) {
  const started = performance.now();
  const { closeClearingCycle } = await ask(
    `mutation ($input: CloseClearingCycleInput!) { closeClearingCycle(input: $input) {
      ... on ClearingCycleClosed { cycle {
        volumes { claims gross { amountMinor } payments net { amountMinor } }
        payments { payer { id } payee { id } amount { amountMinor } }
        statements { merchant { id } totals { net { amountMinor } }
          lines { side points debtor { id } creditor { id } } } } }
      ... on Refusal { code } } }`,
    { input: { idempotencyKey: newId() } },
  );
  const seconds = since(started);
  const { volumes, payments, statements } = closeClearingCycle.cycle;
  const nets = statements.map(({ merchant, totals }: Data) => {
    const net = totals[0].net.amountMinor;
    const paid = payments.reduce((all: number, { payer, payee, amount }: Data) => {
      if (payer.id === merchant.id) return all - amount.amountMinor;
      return payee.id === merchant.id ? all + amount.amountMinor : all;
    }, 0);
    if (paid !== net) throw new Error(`${merchant.id} is paid ${paid} and is owed ${net}`);
    return net;
  });
  const lines: Line[] = statements.flatMap((statement: Data) =>
    statement.lines
      .filter(({ side }: Data) => side === 'OWES')
      .map(({ debtor, creditor, points }: Data) => ({
        debtor: debtor.id,
        creditor: creditor.id,
        points,
      })),
  );
  const sumOfNets = nets.reduce((all: number, net: number) => all + net, 0);
  return { volume: volumes[0], merchants: nets.length, sumOfNets, lines, seconds };
}

/** Follows each redemption back to purchases. What is traced must be what the lines say, to the point. */
async function traceAll(ask: Ask, ids: readonly string[], lines: readonly Line[]) {
  const started = performance.now();
  const traced = new Map<string, number>();
  let untraced = 0;
  let next = 0;
  async function auditor(): Promise<void> {
    while (next < ids.length) {
      const id = ids[next];
      next += 1;
      if (next % 2000 === 0) progress(`traced ${next} of ${ids.length}`);
      const { trace } = await ask(
        `query ($id: ID!) { trace(redemptionId: $id) { strands {
          points issuer { id } acceptor { id } purchase { id } } } }`,
        { id },
      );
      for (const { points, issuer, acceptor, purchase } of trace.strands) {
        if (acceptor === null || issuer.id === acceptor.id) continue;
        if (purchase === null) untraced += points;
        const pair = `${issuer.id} ${acceptor.id}`;
        traced.set(pair, (traced.get(pair) ?? 0) + points);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, auditor));
  const claimed = new Map<string, number>();
  for (const { debtor, creditor, points } of lines) {
    const pair = `${debtor} ${creditor}`;
    claimed.set(pair, (claimed.get(pair) ?? 0) + points);
  }
  const differing = new Set([...claimed.keys(), ...traced.keys()]);
  for (const pair of differing) if (claimed.get(pair) === traced.get(pair)) differing.delete(pair);
  const points = [...claimed.values()].reduce((all, one) => all + one, 0);
  return { points, untraced, differing: differing.size, seconds: since(started) };
}

function report(
  { purchases, redeemed, closed, traced, unbalanced }: Awaited<ReturnType<typeof measure>>,
  json: boolean,
): void {
  const { volume, merchants, sumOfNets, seconds } = closed;
  const grossMinor = volume.gross.amountMinor;
  const netMinor = volume.net.amountMinor;
  console.table([
    { what: 'between pairs', number: volume.claims, minor: grossMinor },
    { what: 'after netting', number: volume.payments, minor: netMinor },
  ]);
  console.log(
    `${purchases.count} purchases (${purchases.seconds} s), ${redeemed.ids.length} redemptions ` +
      `(${redeemed.seconds} s), closed in ${seconds} s, ${merchants} merchants: nets add up to ${sumOfNets}.`,
  );
  console.log(
    `Traced back to purchases in ${traced.seconds} s: ${traced.points} points that were claimed, ` +
      `${traced.untraced} of them without a purchase, ${traced.differing} pairs that differ. ` +
      `Issuers out of balance: ${unbalanced}.`,
  );
  const isRight =
    sumOfNets === 0 && traced.untraced + traced.differing + unbalanced === 0 && traced.points > 0;
  if (!isRight) process.exitCode = 1;
  if (json) {
    const figures = { grossMinor, netMinor, claims: volume.claims, payments: volume.payments };
    const redemptions = redeemed.ids.length;
    console.log(JSON.stringify({ ...figures, redemptions, sumOfNets, untraced: traced.untraced }));
  }
}

const since = (started: number): number => Math.round((performance.now() - started) / 100) / 10;

const progress = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
