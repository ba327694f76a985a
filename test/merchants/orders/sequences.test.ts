import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { openAlliance, type World } from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { buy, certify } from '../rules/buying.ts';
import { perYuan, rule, times } from '../rules/publishing.ts';
import { doing, orderAs, walletOf } from './ordering.ts';

type Line = Readonly<{
  sku: string;
  category: string;
  quantity: number;
  amountMinor: number;
  isGreen: boolean;
}>;

const line: fc.Arbitrary<Line> = fc.record({
  sku: fc.constantFrom('A', 'B'),
  category: fc.constantFrom('dress', 'coat'),
  quantity: fc.integer({ min: 1, max: 4 }),
  amountMinor: fc.integer({ min: 1, max: 30_000 }),
  isGreen: fc.boolean(),
});
const lines = fc.array(line, { minLength: 1, maxLength: 3 });

const step = fc.record({
  kind: fc.constantFrom('returnPurchase', 'upgradePurchase', 'correctPurchase', 'correctPurchase'),
  at: fc.nat(3),
  many: fc.nat(3),
  lines,
});

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const left = ({ quantity, returnedQuantity }: Data) => quantity - returnedQuantity;

const kept = ({ amountMinor, quantity, returnedQuantity }: Data) =>
  amountMinor - Math.floor((amountMinor * returnedQuantity) / quantity);

/** What is left of each rule's points, and of those that count for tiers. */
const awardsOf = ({ awards }: Data) =>
  new Map(
    awards
      .map((one: Data) => [one.rule.id, one.points - one.reversedPoints])
      .filter(([, points]: [string, number]) => points > 0),
  );

async function shopWithRules(world: World) {
  const merchantId = await world.merchant();
  await rule(world, merchantId, {
    award: times(3, 2),
    condition: { categories: ['dress'] },
    caps: { perMember: 150, budget: 1_000_000 },
    vesting: { kind: 'ON_EVENT', event: 'DELIVERED' },
  });
  await rule(world, merchantId, { award: times(5, 3), condition: { isGreen: true } });
  await rule(world, merchantId, { award: perYuan(3, 2), condition: { stores: ['S1'] } });
  await rule(world, merchantId, {
    award: { kind: 'FIXED', points: 77, group: null },
    condition: { minimumMinor: 20_000 },
  });
  return { merchantId, certificate: await certify(world, merchantId, 'A') };
}

describe.each(engines)('any changes of an order on $name', (engine) => {
  test('leave the points, in the wallet and for tiers, of an order placed as it is in the end', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, certificate } = await shopWithRules(world);
    const inputOf = ({ isGreen, ...given }: Line) => ({
      ...given,
      certificateNumber: isGreen && given.sku === 'A' ? certificate : null,
    });
    const cases = fc.sample(fc.tuple(lines, fc.array(step, { minLength: 2, maxLength: 4 })), 2);

    for (const [bought, steps] of cases) {
      const memberId = await world.member();
      const setting = { channel: 'ONLINE', storeId: null as string | null };
      const order = { merchantId, memberId, ...setting, lines: bought.map(inputOf) };
      const { id: purchaseId } = await buy(world, order);
      for (const [index, { kind: chosenKind, at, many, lines: fresh }] of steps.entries()) {
        const kind = index === 0 ? 'correctPurchase' : chosenKind;
        const now = await orderAs(world, purchaseId);
        const open = now.lines.filter((one: Data) => left(one) > 0);
        if (open.length === 0) break;
        const { number, ...chosen } = open[at % open.length];
        if (kind === 'returnPurchase') {
          await bringBack(world, purchaseId, [{ number, quantity: 1 + (many % left(chosen)) }]);
          continue;
        }
        const isUpgrade = kind === 'upgradePurchase';
        const better = isUpgrade ? [{ amountMinor: kept(chosen) + 1 + many, sku: 'A' }] : [];
        if (!isUpgrade && many === 0) setting.storeId = setting.storeId === null ? 'S1' : null;
        const answer = await doing(world, kind, {
          purchaseId,
          reason: 'So',
          replace: [{ number, with: [...fresh.map(inputOf), ...better] }],
          ...(isUpgrade ? {} : { setting }),
        });
        expect(answer).toMatchObject({ __typename: 'PurchaseAmended' });
      }
      await doing(world, 'recordPurchaseEvent', { purchaseId, event: 'DELIVERED' });
      const end = await orderAs(world, purchaseId);

      const rest = end.lines.filter((one: Data) => left(one) > 0);
      const other = await world.member();
      const wanted = new Map();
      if (rest.length > 0) {
        const again = await buy(world, {
          ...order,
          ...setting,
          memberId: other,
          lines: rest.map((one: Data) => ({
            sku: one.sku,
            category: one.category,
            certificateNumber: one.certificateNumber,
            quantity: left(one),
            amountMinor: kept(one),
          })),
        });
        for (const [id, points] of awardsOf(again)) wanted.set(id, points);
        await doing(world, 'recordPurchaseEvent', { purchaseId: again.id, event: 'DELIVERED' });
      }
      await world.settle();
      expect(awardsOf(end)).toEqual(wanted);
      expect(await walletOf(world, memberId)).toEqual(await walletOf(world, other));
      await doing(world, 'cancelPurchase', { purchaseId, reason: 'So' });
      await world.settle();
      expect(await walletOf(world, memberId)).toEqual({
        available: 0,
        pending: 0,
        qualifyingPoints: 0,
      });
    }
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
