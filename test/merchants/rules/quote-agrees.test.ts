import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
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

/** The rows of the data set that sell something for money. */
const sold = (): { sku: string; quantity: number; amountMinor: number }[] =>
  parse<Record<string, string>>(
    readFileSync(join(import.meta.dirname, '../../fixtures/online-retail-excerpt.csv')),
    { columns: true },
  )
    .map((row) => ({
      sku: row.StockCode ?? '',
      quantity: Number(row.Quantity),
      amountMinor: Math.round(Number(row.Quantity) * Number(row.UnitPrice) * 100),
    }))
    .filter(({ quantity, amountMinor }) => quantity > 0 && amountMinor > 0);

describe.each(engines)('quotes and awards on $name', (engine) => {
  test('agree for every line of the online-retail data', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = sold();
    const some = [...new Set(lines.map(({ sku }) => sku))].filter((_, index) => index % 3 === 0);
    await rule(world, merchantId, { award: times(3, 2), condition: { skus: some } });
    await rule(world, merchantId, { award: perYuan(2, 1), condition: { minimumMinor: 1_500 } });
    await rule(world, merchantId, { award: times(2), caps: { perMember: 300 } });

    for (const line of lines) await agree(world, { merchantId, memberId, lines: [line] });

    expect(lines.length).toBeGreaterThan(40);
    // The cap was reached meanwhile, and quotes knew it.
    expect((await quote(world, { merchantId, memberId })).awards).toContainEqual(
      expect.objectContaining({ points: 0 }),
    );
  });

  test('agree for random orders against random rules, and returns leave what the rest earns', async () => {
    await using world = await openAlliance(engine, { at: '2026-11-28T00:00:00Z' });
    const memberId = await world.member();
    const cases = fc.sample(fc.tuple(randomOrder, randomRules), { numRuns: 20, seed: 20_261_122 });
    let rulesThatPaid = 0;
    for (const [order, rules] of cases) {
      rulesThatPaid += await check(world, memberId, order, rules);
    }
    expect(rulesThatPaid).toBeGreaterThan(30);
  });
});

/** Puts rules in force at a merchant of their own, asks, buys, and brings half of it back. */
async function check(
  world: World,
  memberId: string,
  given: EarningOrder,
  random: readonly EarningRule[],
): Promise<number> {
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
  const number = await certify(world, merchantId, 'A');
  // Only the product A is certified; who buys has the tier that members says.
  const lines = given.lines.map((line) => ({ ...line, isGreen: line.isGreen && line.sku === 'A' }));
  const order = { ...given, tier: 'STANDARD', lines };
  if (lines.every(({ amountMinor }) => amountMinor === 0)) return 0;
  const rules = [ruleOf(first, first), ruleOf(second, second), ...others];

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
      certificateNumber: isGreen ? number : null,
    })),
  });
  expect(pointsByRule(awards)).toEqual(referencePoints(order, rules));

  const back = lines.map((line) => ({ ...line, returnedQuantity: Math.ceil(line.quantity / 2) }));
  for (const { number: line, returnedQuantity } of back) {
    await bringBack(world, id, [{ number: line, quantity: returnedQuantity }], {
      grounds: 'MERCHANT_CONSENT',
    });
  }
  const rest = referencePoints({ ...order, lines: back }, rules);
  expect(pointsByRule(await awardsOf(world, id))).toEqual(rest);
  return awards.length;
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
