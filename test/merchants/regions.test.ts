import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';
import { draft, PLAIN, publish, review } from './rules/life-cycle.ts';
import { deed } from './standing.ts';

const TITLE = { zh: '上海绿色加倍', en: 'Green in Shanghai' };

/** A shop with a store in Shanghai and one in Beijing, and half as much again for orders in Shanghai alone. */
async function regionalShop(world: World): Promise<string> {
  const merchantId = await world.merchant();
  for (const [code, region] of [
    ['EAST', '310000'],
    ['NORTH', '110000'],
  ]) {
    const store = { code, region, name: { zh: '店', en: 'Store' } };
    await deed(world, 'openStore', '', { merchantId, store });
  }
  const { merchant } = await world.data(
    'query ($id: ID!) { merchant(id: $id) { programmes { id } } }',
    { id: merchantId },
  );
  const { rule } = await draft(world, {
    programmeId: merchant.programmes[0].id,
    terms: {
      ...PLAIN,
      title: TITLE,
      award: { multiplier: { numerator: 3, denominator: 2 } },
      condition: { regions: ['310000'] },
    },
  });
  await review(world, rule.id);
  const published = await publish(world, rule.id);
  world.clock.set(published.rule.effectiveAt);
  return merchantId;
}

const buy = async (
  world: World,
  input: Record<string, unknown>,
  as?: ReturnType<typeof asMerchant>,
) =>
  deed(
    world,
    'recordPurchase',
    '... on PurchaseRecorded { purchase { region awards { points rule { title } } } }',
    { orderNumber: freshKey(), lines: [{ amountMinor: 10_000 }], ...input },
    as && { as },
  );

const points = (answer: { purchase: { awards: { points: number }[] } }) =>
  answer.purchase.awards.map((award) => award.points).toSorted((a, b) => a - b);

describe.each(engines)('regions and stores on $name', (engine) => {
  test('S55: a rule for one region gives nothing in another, and says so; a store stands for its region', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await regionalShop(world), await world.member()];
    const at = (setting: Record<string, unknown>) =>
      buy(world, { merchantId, memberId, ...setting });

    expect(points(await at({ region: '310000' }))).toEqual([50, 100]);
    expect(points(await at({ region: '110000' }))).toEqual([100]);
    expect(points(await at({}))).toEqual([100]);
    expect(points(await at({ storeId: 'EAST' }))).toEqual([50, 100]);
    expect(points(await at({ storeId: 'NORTH' }))).toEqual([100]);
    expect((await at({ storeId: 'EAST' })).purchase.region).toBe('310000');
    const { quoteAccrual } = await world.data(
      `query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) {
        awards { points } notApplied { rule { title } reasons { code } } } }`,
      { input: { merchantId, storeId: 'NORTH', lines: [{ amountMinor: 10_000 }] } },
    );
    expect(quoteAccrual).toEqual({
      awards: [{ points: 100 }],
      notApplied: [{ rule: { title: TITLE.en }, reasons: [{ code: 'RULE_REGION' }] }],
    });
    const imported = await deed(world, 'importPurchases', '... on PurchasesImported { points }', {
      merchantId,
      purchases: ['EAST', 'NORTH'].map((storeId, row) => ({
        row,
        customer: 'C-1',
        orderNumber: storeId,
        storeId,
        purchasedAt: world.clock.now().toISOString(),
        lines: [{ amountMinor: 10_000 }],
      })),
    });
    expect(imported.points).toBe(250);
  });

  test('a cashier records at her store alone; who is no staff records nothing', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await regionalShop(world), await world.member()];
    const person = (subject: string) => ({ ...asMerchant(merchantId), subject });
    const add = (subject: string, role: string, storeCode: string | null = null) =>
      deed(world, 'addStaff', '', { merchantId, subject, role, storeCode });
    const buyAs = (subject: string, storeId?: string) =>
      buy(world, { merchantId, memberId, ...(storeId && { storeId }) }, person(subject));
    expect(points(await buyAs('anybody', 'EAST'))).toEqual([50, 100]);
    await add('owner', 'OWNER');
    await add('cashier', 'CASHIER', 'EAST');
    await add('lawyer', 'COMPLIANCE');

    expect(points(await buyAs('cashier', 'EAST'))).toEqual([50, 100]);
    expect(await buyAs('cashier', 'NORTH')).toEqual({ fault: 'FORBIDDEN' });
    expect(await buyAs('cashier')).toEqual({ fault: 'FORBIDDEN' });
    expect(await buyAs('lawyer', 'EAST')).toEqual({ fault: 'FORBIDDEN' });
    expect(await buyAs('anybody', 'EAST')).toEqual({ fault: 'FORBIDDEN' });
    expect(points(await buyAs('owner', 'NORTH'))).toEqual([100]);
  });
});
