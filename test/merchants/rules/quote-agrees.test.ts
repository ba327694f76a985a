import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  EarningLine,
  EarningOrder,
  EarningRule,
} from '../../../subgraphs/merchants/rules/domain/earning.ts';
import { engines } from '../../support/engines.ts';
import { nextNumber, openAlliance, type World } from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { awardsOf, buy, certify, quote } from './buying.ts';
import { perYuan, programmeOf, publish, rule, times } from './publishing.ts';
import { randomOrder, randomRules, ruleOf } from './random-rules.ts';
import { referencePoints } from './reference.ts';

type Award = {
  rule: { id: string; ruleVersion: string };
  points: number;
  reversedPoints: number;
  qualifyingPoints: number;
  lineNumbers: number[];
};

const compared = (awards: readonly Award[]) =>
  awards
    .map(({ rule: { id }, points: given, qualifyingPoints, lineNumbers }) => ({
      id,
      points: given,
      qualifyingPoints,
      lineNumbers,
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Asks, buys, and says that both are the same. */
async function agree(world: World, order: Record<string, unknown>) {
  const asked = await quote(world, order);
  const bought = await buy(world, order);
  expect(compared(bought.awards)).toEqual(compared(asked.awards));
  return bought;
}

/** `npm run test:quotes` asks for so many; each order is bought where the rules of its set hold. */
const CASES =
  process.env.TEST_QUOTES === 'all'
    ? { ruleSets: 500, ordersOfEach: 20, minutes: 120 }
    : { ruleSets: 20, ordersOfEach: 1, minutes: 2 };

const TIMEOUT = { timeout: CASES.minutes * 60_000 };

/** The data set, or so much of it as there is here. */
const DATA =
  process.env.TEST_ONLINE_RETAIL ??
  join(import.meta.dirname, '../../fixtures/online-retail-excerpt.csv');

/** The rows of the data set that sell something for money. */
const sold = (): { sku: string; quantity: number; amountMinor: number }[] =>
  parse<Record<string, string>>(readFileSync(DATA), { columns: true, bom: true })
    .map((row) => ({
      sku: row.StockCode ?? '',
      quantity: Number(row.Quantity),
      amountMinor: Math.round(Number(row.Quantity) * Number(row.UnitPrice) * 100),
    }))
    .filter(({ quantity, amountMinor }) => quantity > 0 && amountMinor > 0);

/** How many pieces of each line come back, in two steps. */
const steps = fc.tuple(
  ...[0, 1].map(() => fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 })),
);

const ordersAtShops = fc.tuple(
  randomRules,
  fc.array(fc.tuple(randomOrder, steps), {
    minLength: CASES.ordersOfEach,
    maxLength: CASES.ordersOfEach,
  }),
);

describe.each(engines)('quotes and awards on $name', (engine) => {
  test('agree for every line of the online-retail data', TIMEOUT, async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = sold();
    const some = [...new Set(lines.map(({ sku }) => sku))].filter((_, index) => index % 3 === 0);
    await rule(world, merchantId, { award: times(3, 2), condition: { skus: some.slice(0, 100) } });
    await rule(world, merchantId, { award: perYuan(2, 1), condition: { minimumMinor: 1_500 } });
    await rule(world, merchantId, { award: times(2), caps: { perMember: 300 } });

    for (const line of lines) await agree(world, { merchantId, memberId, lines: [line] });

    expect(lines.length).toBeGreaterThan(40);
    // The cap was reached meanwhile, and quotes knew it.
    expect((await quote(world, { merchantId, memberId })).awards).toContainEqual(
      expect.objectContaining({ points: 0 }),
    );
  });

  test(
    'agree for random orders against random rules, and returns leave what the rest earns',
    TIMEOUT,
    async () => {
      await using world = await openAlliance(engine, { at: '2026-11-28T00:00:00Z' });
      const memberId = await world.member();
      let rulesThatPaid = 0;
      for (const [rules, orders] of fc.sample(ordersAtShops, { numRuns: CASES.ruleSets })) {
        const shop = await shopWith(world, rules);
        for (const [order, back] of orders) {
          rulesThatPaid += await check(world, { ...shop, memberId }, order, back);
        }
      }
      expect(rulesThatPaid).toBeGreaterThan(10);
    },
  );
});

type Shop = Readonly<{ merchantId: string; certificate: string; rules: readonly EarningRule[] }>;

/** A merchant of their own at which the rules are in force. */
async function shopWith(world: World, random: readonly EarningRule[]): Promise<Shop> {
  const own = `U${nextNumber()}`;
  const merchantId = await world.merchant({ programmes: [{}, { unit: own }] });
  const [first, second] = [
    await programmeOf(world, merchantId),
    await programmeOf(world, merchantId, own),
  ];
  const others = random
    .filter(({ ruleKey, programmeId }) => ruleKey !== programmeId)
    .map((one) => {
      const key = `${one.ruleKey}-${own}`;
      return {
        ...one,
        id: key,
        ruleKey: key,
        programmeId: one.programmeId === 'p1' ? first : second,
      };
    });
  await publish(world, merchantId, others);
  const certificate = await certify(world, merchantId, 'A');
  const rules = [ruleOf(first, first), ruleOf(second, second), ...others];
  return { merchantId, certificate, rules };
}

/** Asks, buys, and brings some of it back. Answers how many rules paid. */
async function check(
  world: World,
  { merchantId, certificate, rules, memberId }: Shop & { memberId: string },
  given: EarningOrder,
  back: readonly (readonly number[])[],
): Promise<number> {
  // What tests count elsewhere would only grow here.
  world.statements.length = 0;
  world.fetches.length = 0;
  // Only the product A is certified; who buys has the tier that members says.
  const lines = given.lines.map((line) => ({ ...line, isGreen: line.isGreen && line.sku === 'A' }));
  const order = { ...given, tier: 'STANDARD', lines };
  if (lines.every(({ amountMinor }) => amountMinor === 0)) return 0;

  const { id, awards } = await agree(world, {
    merchantId,
    memberId,
    currency: order.currency,
    storeId: order.storeId,
    channel: order.channel,
    region: order.region,
    paymentInstrument: order.paymentInstrument,
    purchasedAt: order.purchasedAt.toISOString(),
    lines: lines.map(({ sku, category, quantity, amountMinor, isGreen }) => ({
      sku,
      category,
      quantity,
      amountMinor,
      certificateNumber: isGreen ? certificate : null,
    })),
  });
  expect(pointsByRule(awards)).toEqual(referencePoints(order, rules));

  const kept = await returnInSteps(world, id, lines, back);
  expect(pointsByRule(await awardsOf(world, id))).toEqual(
    referencePoints({ ...order, lines: kept }, rules),
  );
  return awards.length;
}

/** Brings back what each step says, as far as there is so much; answers the lines as they are then. */
async function returnInSteps(
  world: World,
  id: string,
  lines: readonly EarningLine[],
  steps: readonly (readonly number[])[],
): Promise<EarningLine[]> {
  let kept = [...lines];
  for (const step of steps) {
    const pieces = kept.map(({ number, quantity, returnedQuantity }, index) => ({
      number,
      quantity: Math.min(quantity - returnedQuantity, step[index] ?? 0),
    }));
    const some = pieces.filter(({ quantity }) => quantity > 0);
    if (some.length === 0) continue;
    expect((await bringBack(world, id, some, { grounds: 'MERCHANT_CONSENT' })).__typename).toBe(
      'PurchaseReturned',
    );
    kept = kept.map((line, index) => ({
      ...line,
      returnedQuantity: line.returnedQuantity + (pieces[index]?.quantity ?? 0),
    }));
  }
  return kept;
}

/** What is left of the points of each rule, by its key. */
const pointsByRule = (awards: readonly Award[]): Map<string, number> =>
  new Map(
    awards
      .map(({ rule: { ruleVersion }, points, reversedPoints }): [string, number] => [
        ruleVersion.replace('@v1', ''),
        points - reversedPoints,
      ])
      .filter(([, points]) => points > 0),
  );
