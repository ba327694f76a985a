import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { SubgraphName } from '../../shared/addresses.ts';
import { engines } from '../support/engines.ts';
import { endAll } from '../support/program.ts';
import { type KindName, kinds } from './deeds.ts';
import { Load, PIECES, STOCK, until } from './load.ts';
import { type Effects, Reckoning } from './reckoning.ts';
import { openIdentityProvider, type Part, parts, SixProcesses } from './six-processes.ts';

afterEach(endAll);

/** Acknowledged deeds between one end and the next: the load is steady again. */
const STEADY = 25;
/** A request that was sent so long ago has arrived at the process it waits in. */
const ARRIVED_MS = 750;

/** So many clients wait when a process is stopped with requests under way. */
const HELD = 6;

type Signal = 'SIGKILL' | 'SIGTERM';

/** Where a request waits for the ledger when that stands still, besides in the gateway. */
const waitingIn: Readonly<Partial<Record<Part, readonly KindName[]>>> = {
  gateway: ['recordPurchase', 'returnPurchase', 'redeem'],
  merchants: ['recordPurchase', 'returnPurchase'],
  'rewards-catalog': ['redeem'],
};

/**
 * Stops a process in order while requests are certainly under way in it: the ledger is halted for a
 * moment, so that they wait. Answers how they ended.
 */
async function stopInOrder(six: SixProcesses, load: Load, part: Part) {
  const waiting = waitingIn[part] ?? [];
  const held = () => load.underWay(ARRIVED_MS).filter(({ deed }) => waiting.includes(deed.kind));
  if (waiting.length > 0) {
    six.signal('points-ledger', 'SIGSTOP');
    // Sooner or later nearly every client waits for the ledger.
    const isHeld = () => load.underWay(ARRIVED_MS).length >= HELD && held().length > 0;
    await until(isHeld, `nothing waits in ${part}`);
  }
  const replies = held().map(({ ended }) => ended);
  six.signal(part, 'SIGTERM');
  if (waiting.length > 0) {
    await sleep(200);
    six.signal('points-ledger', 'SIGCONT');
  }
  return { code: await six.ended(part), replies: await Promise.all(replies) };
}

/** Ends one process under load, starts it again, and sees the load go on. */
async function endAndStart(six: SixProcesses, load: Load, part: Part, signal: Signal) {
  const before = load.counts;
  const underWay = load.underWay().length;
  let drained = 0;
  if (signal === 'SIGTERM') {
    const { code, replies } = await stopInOrder(six, load, part);
    expect(code, `${part} after SIGTERM`).toBe(0);
    for (const reply of replies) {
      expect(reply).toMatchObject({ status: 200, body: { data: expect.anything() } });
      expect(reply).not.toHaveProperty('body.errors');
    }
    drained = replies.length;
  } else {
    six.signal(part, signal);
    await six.ended(part);
  }
  const start = performance.now();
  await six.start(part);
  const startMs = Math.round(performance.now() - start);
  await load.goesOn(STEADY);
  const { sent, acknowledged, retries, errors } = load.counts;
  // While the gateway is down nobody answers; before and after that it has nothing to complain of.
  if (part === 'gateway') expect(errors - before.errors).toBe(0);
  return {
    ...{ signal, part, underWay, drained, startMs },
    sent: sent - before.sent,
    acknowledged: acknowledged - before.acknowledged,
    retries: retries - before.retries,
  };
}

/** Every ending, and not the worst alone: `npm run test:killed`. */
const isThorough = process.env.TEST_KILLED === 'all';

const killed = (...some: Part[]) => some.map((part) => [part, 'SIGKILL'] as const);
const ended = (...some: Part[]) => some.map((part) => [part, 'SIGTERM'] as const);

/** Each process on the engine of production, and the worst of it on the other. */
function endings(isMain: boolean): readonly (readonly [Part, Signal])[] {
  const worst = killed('merchants', 'points-ledger', 'rewards-catalog');
  const few = killed('gateway', 'points-ledger', 'rewards-catalog');
  if (!isThorough) return few;
  return isMain ? [...killed(...parts), ...ended(...parts)] : worst;
}

/** The engine of production alone, but for the whole of it. */
const some = isThorough ? engines : engines.slice(-1);

describe.each(some)('six processes on $name under a steady load', (engine) => {
  test('lose nothing acknowledged and double nothing, whichever is ended', async () => {
    const url = engine.freshUrl();
    {
      await using provider = await openIdentityProvider();
      await using six = await SixProcesses.open(url, provider);
      await using load = new Load(six);
      await load.prepare();
      load.start();
      await load.goesOn(STEADY);
      const rows: object[] = [];
      for (const [part, signal] of endings(engine === engines.at(-1))) {
        rows.push(await endAndStart(six, load, part, signal));
      }
      await load.stop();
      await using reckoning = await Reckoning.open(url);
      // The pauses between attempts double while something is down.
      const unfinished = await reckoning.unfinished(150_000);
      const effects = await reckoning.effects(load.deeds);
      console.table(rows);
      console.table([load.counts]);

      expect(load.surprises).toEqual([]);
      expect(Object.entries(unfinished).filter(([, count]) => count !== 0)).toEqual([]);
      await nothingIsLost(load, effects);
      await nothingIsDoubled(reckoning, effects);
      await booksAgree(load, reckoning, effects);
      await sameAnswers(load, effects);
      for (const part of parts) six.signal(part, 'SIGTERM');
      expect(await Promise.all(parts.map((part) => six.ended(part)))).toEqual(parts.map(() => 0));
      expect(six.complaints()).toEqual([]);
    }
    await engine.remove(url);
    // A minute when the machine is idle, several when everybody else is at work.
  }, 600_000);
});

/** Whatever was acknowledged is there, under the id that was told, whenever it was told. */
async function nothingIsLost({ deeds }: Load, effects: Effects): Promise<void> {
  const unsettled = deeds.filter((deed) => deed.acknowledged === null && !deed.isGivenUp);
  expect(unsettled).toEqual([]);
  for (const deed of deeds) {
    const effect = effects[deed.kind].find((one) => one.deed === deed);
    const isDone = deed.acknowledged === kinds[deed.kind].success;
    if (isDone) expect([...deed.ids], deed.key).toEqual([effect?.id]);
    // One that was refused or given up may have been told an id before: then it is this one.
    else for (const id of deed.ids) expect(effect?.id, deed.key).toBe(id);
  }
}

/** Every row belongs to one key, and every cause is in the books once. */
async function nothingIsDoubled(reckoning: Reckoning, effects: Effects): Promise<void> {
  for (const [kind, { subgraph, table }] of Object.entries(kinds)) {
    if (table === null) continue;
    const rows = await reckoning.rows(subgraph, `SELECT id FROM ${table}`);
    const due = effects[kind as KindName].map(({ id }) => id); // Its own keys.
    expect(rows.map(({ id }) => id).sort(), kind).toEqual(due.sort());
  }
  const returns = await reckoning.rows('merchants', 'SELECT id FROM merchants_return');
  expect(returns.length).toBe(effects.returnPurchase.length);
  const completed = await reckoning.rows(
    'rewards-catalog',
    "SELECT id FROM rewards_redemption WHERE status = 'COMPLETED'",
  );
  const booked = await reckoning.rows(
    'points-ledger',
    'SELECT kind, cause_id FROM points_journal_entry',
  );
  const causes = (kind: string) =>
    booked.flatMap((entry) => (entry.kind === kind ? String(entry.cause_id) : [])).sort();
  const ids = (rows: readonly Readonly<{ id?: string }>[]) =>
    rows.map(({ id }) => String(id)).sort();
  expect(causes('ACCRUE')).toEqual(ids(effects.recordPurchase));
  expect(causes('REVERSE')).toEqual(ids(returns));
  expect(causes('HOLD')).toEqual(ids(completed));
  expect(causes('CAPTURE')).toEqual(ids(completed));
  expect(booked.length).toBe(effects.recordPurchase.length + returns.length + 2 * completed.length);
}

/** Wallets, stock, vouchers and what other subgraphs were told are what took effect, exactly. */
async function booksAgree(load: Load, reckoning: Reckoning, effects: Effects): Promise<void> {
  const completed = await reckoning.rows(
    'rewards-catalog',
    "SELECT * FROM rewards_redemption WHERE status = 'COMPLETED'",
  );
  const due = new Map(load.members.map((id) => [id, { earned: 0, spent: 0 }]));
  const account = (id: unknown) => due.get(String(id)) ?? { earned: 0, spent: 0 };
  const purchases = new Map(effects.recordPurchase.map(({ id, deed }) => [id, deed.input]));
  const pointsOf = (purchaseId: string) => purchases.get(purchaseId).lines[0].amountMinor / 100;
  for (const [id, { memberId }] of purchases) account(memberId).earned += pointsOf(id);
  for (const { id } of effects.returnPurchase) {
    account(purchases.get(id).memberId).earned -= pointsOf(id) / PIECES;
  }
  for (const row of completed) account(row.member_id).spent += Number(row.points);
  for (const [id, { earned, spent }] of due) {
    const { member } = await load.ask(
      'query ($id: ID!) { member(id: $id) { qualifyingPoints wallet { available held debt } } }',
      { id },
    );
    const { available, held, debt } = member.wallet;
    expect({ held, balance: available - debt }, id).toEqual({ held: 0, balance: earned - spent });
    expect(member.qualifyingPoints, id).toBe(earned);
  }
  for (const rewardId of load.rewards) {
    const added = effects.adjustStock
      .filter(({ id }) => id === rewardId)
      .reduce((total, { deed }) => total + deed.input.change, STOCK);
    const taken = completed.filter((row) => row.reward_id === rewardId).length;
    const { reward } = await load.ask('query ($id: ID!) { reward(id: $id) { stock } }', {
      id: rewardId,
    });
    expect(reward.stock, rewardId).toBe(added - taken);
  }
  const { conservation, clearingPositions } = await load.ask(
    '{ conservation { balance held } clearingPositions { net { amountMinor } } }',
  );
  expect(conservation.length).toBeGreaterThan(0);
  for (const line of conservation) expect(line).toEqual({ balance: 0, held: 0 });
  expect(
    clearingPositions.reduce((total: number, { net }: Position) => total + net.amountMinor, 0),
  ).toBe(0);
  expect(await reckoning.problemsOfBooks()).toEqual([]);
  const vouchers = await reckoning.rows('rewards-catalog', 'SELECT id FROM rewards_voucher');
  expect(vouchers.length).toBe(completed.length);
  await feedsAgree(load, reckoning, effects, completed);
}

type Position = Readonly<{ net: Readonly<{ amountMinor: number }> }>;

/** Every event was told once, and had its effect once. */
async function feedsAgree(
  load: Load,
  reckoning: Reckoning,
  { recordPurchase, returnPurchase }: Effects,
  completed: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const told = (name: SubgraphName, kind: string) =>
    reckoning.one(name, `SELECT COUNT(*) AS n FROM frame_feed_event WHERE kind = '${kind}'`);
  const [purchases, returns] = [recordPurchase.length, returnPurchase.length];
  expect(await told('merchants', 'purchase.recorded')).toBe(purchases);
  expect(await told('merchants', 'purchase.returned')).toBe(returns);
  expect(await told('rewards-catalog', 'redemption.completed')).toBe(completed.length);
  expect(await told('points-ledger', 'points.posted')).toBe(
    purchases + returns + 2 * completed.length,
  );
  const qualifying = 'SELECT COUNT(*) AS n FROM members_qualifying';
  expect(await reckoning.one('members', qualifying)).toBe(purchases + returns);
  const carbon = 'SELECT COUNT(*) AS n FROM green_carbon_entry';
  expect(await reckoning.one('green-consumption', carbon)).toBe(
    completed.filter((row) => row.reward_id === load.rewards[0]).length,
  );
}

/** The same key asked again: the same answer, also for deeds that were sent several times. */
async function sameAnswers(load: Load, effects: Effects): Promise<void> {
  const acknowledged = load.deeds.filter((deed) => deed.acknowledged !== null);
  const repeated = acknowledged.filter(({ attempts }) => attempts > 1);
  const others = acknowledged.filter(({ attempts }) => attempts === 1).slice(0, 100);
  for (const [deed, again] of await load.askAgain([...repeated, ...others])) {
    const isDone = deed.acknowledged === kinds[deed.kind].success;
    const due = isDone ? effects[deed.kind].find((one) => one.deed === deed)?.id : undefined;
    expect(again, deed.key).toEqual([deed.acknowledged, due]);
  }
}
