import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { type Alliance, type Ask, openAlliance, operatorOf } from '../../subgraphs/alliance.ts';
import { type MariadbServer, startMariadb } from '../support/mariadb.ts';
import { issuerDocuments } from '../support/people.ts';

const USAGE = `Usage: npm run bench purchases [-- PURCHASES] [options] [--json]
  PURCHASES       how many are imported (30000); a tenth of them is recorded one by one
  --customers N   how many customers they are of (5000)
  --together N    how many imports are under way at once (3)
  --only NAME     bulk or graph alone`;

/** What an import takes at once. */
const AT_ONCE = 500;
/** How many tills record at the same time. */
const TILLS = 32;

type Figures = Readonly<{
  way: string;
  purchases: number;
  seconds: number;
  perSecond: number;
  /** Processor time of our process for one of them, in microseconds. */
  cpuUs: number;
  /** Processor time of the database for one of them, in microseconds. */
  databaseCpuUs: number | null;
}>;

/**
 * How many purchases a second are recorded with their points posted, through the whole graph on MariaDB that
 * flushes at each commit: by imports of 500, and one by one from 32 tills at a time. The books are added up at the end.
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      customers: { type: 'string', default: '5000' },
      together: { type: 'string', default: '3' },
      only: { type: 'string' },
    },
  });
  const [total, customers] = [Number(positionals[0] ?? 30_000), Number(values.customers)];
  const together = Number(values.together);
  if (![total, customers, together].every((one) => Number.isSafeInteger(one) && one > 0)) {
    throw new Error(USAGE);
  }
  const server = await startMariadb({ isDurable: true, bufferPoolMb: 1_024 });
  try {
    const alliance = await openAlliance({
      databaseUrl: server.url('bench'),
      keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
      logger: createLogger('error'),
    });
    try {
      const setting = { total, customers, together, only: values.only };
      const figures = await measure(alliance, setting, meterOf(server));
      console.table(figures);
      console.log(`MariaDB, flushed at each commit, ${cpus().length} cores.`);
      const perSecond = (way: string) => figures.find((one) => one.way === way)?.perSecond ?? null;
      const answer = { graphPerSecond: perSecond('graph'), bulkPerSecond: perSecond('bulk') };
      if (json) console.log(JSON.stringify({ ...answer, figures }));
    } finally {
      await alliance.close();
    }
  } finally {
    await server.stop();
  }
}

type Setting = Readonly<{
  total: number;
  customers: number;
  together: number;
  only: string | undefined;
}>;

async function measure(alliance: Alliance, setting: Setting, timed: Meter): Promise<Figures[]> {
  const ask = alliance.askAs(operatorOf('bench'));
  const merchantId = await onboard(ask);
  const customers = Array.from({ length: setting.customers }, (_, index) => `customer-${index}`);
  // Everybody has bought before: this is about purchases, not about new members.
  let points = await importAll(ask, merchantId, customers, {
    total: customers.length,
    together: 2,
  });
  const figures: Figures[] = [];
  if (setting.only !== 'graph') {
    figures.push(
      await timed('bulk', setting.total, async () => {
        points += await importAll(ask, merchantId, customers, setting);
      }),
    );
  }
  if (setting.only !== 'bulk') {
    const { members } = await ask('{ members(first: 100) { nodes { id } } }', {});
    const ids: string[] = members.nodes.map(({ id }: { id: string }) => id);
    const total = Math.ceil(setting.total / 10);
    figures.push(
      await timed('graph', total, async () => {
        points += await recordAll(ask, merchantId, ids, total);
      }),
    );
  }
  await checkBooks(ask, points);
  return figures;
}

/** Every point that was awarded is in the books, and they add up. */
async function checkBooks(ask: Ask, awarded: number): Promise<void> {
  const { conservation } = await ask('{ conservation { issued balance } }', {});
  const issued = conservation.reduce((all: number, one: { issued: number }) => all + one.issued, 0);
  if (issued !== awarded || issued === 0)
    throw new Error(`${issued} points were issued, ${awarded} were awarded`);
  if (conservation.some(({ balance }: { balance: number }) => balance !== 0)) {
    throw new Error('the books do not add up');
  }
}

type Meter = (way: string, purchases: number, work: () => Promise<void>) => Promise<Figures>;

const meterOf =
  (server: MariadbServer): Meter =>
  async (way, purchases, work) => {
    const [started, cpu, databaseCpu] = [performance.now(), process.cpuUsage(), server.cpuUs()];
    await work();
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const databaseCpuNow = server.cpuUs();
    return {
      way,
      purchases,
      seconds: Math.round(seconds * 10) / 10,
      perSecond: Math.round(purchases / seconds),
      cpuUs: Math.round((user + system) / purchases),
      databaseCpuUs:
        databaseCpu === null || databaseCpuNow === null
          ? null
          : Math.round((databaseCpuNow - databaseCpu) / purchases),
    };
  };

async function onboard(ask: Ask): Promise<string> {
  const { onboardMerchant } = await ask(
    `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
      ... on MerchantOnboarded { merchant { id } } ... on Refusal { message } } }`,
    {
      input: {
        idempotencyKey: newId(),
        name: { zh: '商店', en: 'Shop' },
        industry: 'SUPERMARKET',
        price: { amountMinor: 80, currency: 'CNY' },
        pricePoints: 100,
        documents: issuerDocuments(),
        programmes: [
          {
            name: { zh: '积分', en: 'Points' },
            earnPoints: 1,
            earnPer: { amountMinor: 100, currency: 'CNY' },
            expiryMonths: 24,
          },
        ],
      },
    },
  );
  return onboardMerchant.merchant.id;
}

/** Two lines, as in a small basket. */
const lines = (index: number) => [
  { sku: `S${index % 997}`, category: 'food', quantity: 2, amountMinor: 2_590 + (index % 5_000) },
  { sku: `S${index % 499}`, category: 'dress', amountMinor: 1_990 },
];

const ordinal = (() => {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
})();

async function importAll(
  ask: Ask,
  merchantId: string,
  customers: readonly string[],
  { total, together }: Pick<Setting, 'total' | 'together'>,
): Promise<number> {
  let left = total;
  let points = 0;
  const one = async (): Promise<void> => {
    while (left > 0) {
      const count = Math.min(AT_ONCE, left);
      left -= count;
      const purchases = Array.from({ length: count }, () => {
        const index = ordinal();
        return {
          row: index,
          customer: customers[index % customers.length],
          orderNumber: `B-${index}`,
          purchasedAt: new Date().toISOString(),
          storeId: `store-${index % 40}`,
          lines: lines(index),
        };
      });
      const { importPurchases } = await ask(
        `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
          ... on PurchasesImported { recorded points rejected { code } } ... on Refusal { message } } }`,
        { input: { idempotencyKey: newId(), merchantId, purchases } },
      );
      if (importPurchases.recorded !== count) throw new Error(JSON.stringify(importPurchases));
      points += importPurchases.points;
    }
  };
  await Promise.all(Array.from({ length: together }, one));
  return points;
}

async function recordAll(
  ask: Ask,
  merchantId: string,
  memberIds: readonly string[],
  total: number,
): Promise<number> {
  let left = total;
  let points = 0;
  const till = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const index = ordinal();
      const memberId = memberIds[index % memberIds.length];
      const { recordPurchase } = await ask(
        `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
          ... on PurchaseRecorded { purchase { awards { points isPosted } } }
          ... on Refusal { message } } }`,
        {
          input: {
            idempotencyKey: newId(),
            merchantId,
            memberId,
            orderNumber: `G-${index}`,
            lines: lines(index),
          },
        },
      );
      const [award] = recordPurchase.purchase?.awards ?? [];
      if (award?.isPosted !== true) throw new Error(JSON.stringify(recordPurchase));
      points += award.points;
    }
  };
  await Promise.all(Array.from({ length: TILLS }, till));
  return points;
}
