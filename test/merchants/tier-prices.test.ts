import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMerchant, openAlliance, type World } from '../support/world.ts';
import { record } from './purchasing.ts';
import { codeOf, programmeOf, publishPrices, quote } from './tilling.ts';

describe.each(engines)('prices by tier on $name', (engine) => {
  let world: World;
  let shop: string;
  let programmeId: string;
  let ann: string;
  /** Has bought for 50,000 yuan, so she is GOLD. */
  let gold: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    shop = await world.merchant({ programmes: [{ earnPoints: 10 }] });
    programmeId = await programmeOf(world, shop);
    [ann, gold] = [await world.member('Ann'), await world.member('Grace')];
    const other = await world.merchant();
    await world.purchase({ merchantId: other, memberId: gold, amountMinor: 5_000_000 });
    await world.settle();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('prices by tier that cannot be meant are refused, each with its field', async () => {
    const publishOne = (price: Record<string, unknown>) =>
      publishPrices(world, programmeId, [price]);
    const five = { tier: 'GOLD', part: 95, of: 100 };
    const refusals = await Promise.all([
      publishOne({ tier: ' ', part: 95, of: 100 }),
      publishOne({ tier: 'GOLD', part: 0, of: 100 }),
      publishOne({ tier: 'GOLD', part: 100, of: 100 }),
      publishOne({ tier: 'GOLD', part: 1, of: 10_001 }),
      publishPrices(world, programmeId, [five, five]),
      publishPrices(
        world,
        programmeId,
        Array.from({ length: 21 }, () => five),
      ),
      publishPrices(world, programmeId, [five], { effectiveAt: '2026-11-01T00:00:00Z' }),
    ]);

    expect(refusals.map(({ code, field }) => [code, field])).toEqual([
      ['KEY_NOT_USABLE', 'prices.0.tier'],
      ['AMOUNT_NOT_POSITIVE', 'prices.0.part'],
      ['PRICE_NOT_LESS', 'prices.0.part'],
      ['PRICE_TOO_FINE', 'prices.0.of'],
      ['TIER_REPEATED', 'prices.1.tier'],
      ['TOO_MANY_TIER_PRICES', 'prices'],
      ['EFFECTIVE_IN_PAST', 'effectiveAt'],
    ]);
    const others = asMerchant(await world.merchant());
    expect(await publishPrices(world, programmeId, [five], { as: others })).toMatchObject({
      __typename: 'NotFound',
      code: 'PROGRAMME_NOT_FOUND',
    });
  });

  test('S25: the price of two members differs by the published benefit of their tiers alone', async () => {
    const published = await publishPrices(
      world,
      programmeId,
      [{ tier: 'GOLD', part: 95, of: 100 }],
      { as: asMerchant(shop) },
    );
    const lines = [3_333, 3_333, 3_335].map((amountMinor) => ({ amountMinor }));
    const bill = async (memberId: string) =>
      quote(world, shop, { lines, memberCode: await codeOf(world, memberId) });
    const [hers, hisFull] = [await bill(gold), await bill(ann)];

    expect(published.programme.tierPrices.prices).toEqual([{ tier: 'GOLD', part: 95, of: 100 }]);
    expect(hers).toMatchObject({
      total: { amountMinor: 10_001 },
      // 95 % of 100.01 is 95.0095: rounded down once.
      toPay: { amountMinor: 9_500 },
      tierBenefit: {
        programme: { id: programmeId },
        price: { tier: 'GOLD', part: 95, of: 100 },
        saved: { amountMinor: 501 },
      },
      lines: [{ number: 1, toPayMinor: 3_166 }, { toPayMinor: 3_166 }, { toPayMinor: 3_168 }],
      points: [{ unit: 'ALLIANCE', points: 950 }],
    });
    expect(hers.tierBenefit.price.text).toBe(
      'Members of the tier GOLD pay 95/100 of the price, rounded down once over the whole order.',
    );
    expect(hisFull).toMatchObject({
      toPay: { amountMinor: 10_001 },
      tierBenefit: null,
      points: [{ points: 1_000 }],
    });
    const recorded = await record(world, {
      merchantId: shop,
      memberId: gold,
      lines: [3_166, 3_166, 3_168].map((amountMinor) => ({ amountMinor })),
    });
    expect(recorded.purchase.awards).toMatchObject([{ points: 950 }]);
  });

  test('R10: what members pay more by has the notice of an adverse change; one version at a time', async () => {
    const dearer = [{ tier: 'GOLD', part: 98, of: 100 }];
    const early = await publishPrices(world, programmeId, dearer, {
      effectiveAt: '2026-12-06T00:00:00Z',
    });
    const published = await publishPrices(world, programmeId, dearer);
    const { nextTierPrices, tierPrices } = published.programme;

    expect(early).toMatchObject({
      __typename: 'NoticeTooShort',
      days: 15,
      earliest: '2026-12-07T02:00:00.000Z',
    });
    expect(tierPrices.prices[0].part).toBe(95);
    expect(nextTierPrices).toMatchObject({ version: 2, effectiveAt: '2026-12-07T02:00:00.000Z' });
    expect(await publishPrices(world, programmeId, [])).toMatchObject({
      __typename: 'TierPricesPending',
      code: 'TIER_PRICES_PENDING',
    });
    world.clock.set('2026-12-07T02:00:00.000Z');
    const later = await quote(world, shop, { memberCode: await codeOf(world, gold) });
    expect(later.toPay.amountMinor).toBe(9_800);
    const cheaper = await publishPrices(world, programmeId, [{ tier: 'GOLD', part: 90, of: 100 }]);
    expect(cheaper.programme.nextTierPrices.effectiveAt).toBe('2026-12-14T02:00:00.000Z');
  });
});
