import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant, openAlliance, type World } from '../support/world.ts';
import { record } from './purchasing.ts';
import { staff } from './rules/life-cycle.ts';
import { deed } from './standing.ts';
import {
  codeOf,
  confirmPrices,
  programmeOf,
  proposePrices,
  publishPrices,
  quote,
} from './tilling.ts';

describe.each(engines)('prices by tier on $name', (engine) => {
  let world: World;
  let shop: string;
  let programmeId: string;
  let otherShop: string;
  let ann: string;
  /** Has bought for 50,000 yuan, so she is GOLD. */
  let gold: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    shop = await world.merchant({ programmes: [{ earnPoints: 10 }] });
    programmeId = await programmeOf(world, shop);
    [ann, gold] = [await world.member('Ann'), await world.member('Grace')];
    otherShop = await world.merchant();
    await world.purchase({ merchantId: otherShop, memberId: gold, amountMinor: 5_000_000 });
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

  const proposed = async (as?: typeof anonymous) => {
    const { merchant } = await world.data(
      `query ($id: ID!) { merchant(id: $id) { programmes { tierPrices { version }
        proposedTierPrices { id proposedBy prices { tier text } } } } }`,
      { id: otherShop },
      as && { as },
    );
    return merchant.programmes[0];
  };

  test('take a second person, who publishes what she has read', async () => {
    const [ben, eve] = [staff(otherShop, 'ben'), staff(otherShop, 'eve')];
    const programmeId = await programmeOf(world, otherShop);
    const silver = { tier: 'SILVER', part: 2, of: 3 };
    const first = await proposePrices(world, programmeId, [{ ...silver, part: 1 }], { as: ben });
    const { proposal } = await proposePrices(world, programmeId, [silver], { as: ben });
    const seen = [await proposed(ben), await proposed(asMember(ann)), await proposed(anonymous)];
    const own = await confirmPrices(world, proposal.id, { as: ben, locale: 'zh-CN' });
    const replaced = await confirmPrices(world, first.proposal.id, { as: eve });
    const other = await confirmPrices(world, proposal.id, { as: asMerchant(shop) });
    const before = await proposed();
    const both = await Promise.all([
      confirmPrices(world, proposal.id, { as: eve }),
      confirmPrices(world, proposal.id),
    ]);

    expect(seen[0].proposedTierPrices).toMatchObject({
      id: proposal.id,
      proposedBy: 'staff:ben',
      prices: [{ tier: 'SILVER', text: expect.stringContaining('2/3') }],
    });
    expect(seen.slice(1).map((one) => one.proposedTierPrices)).toEqual([null, null]);
    expect(own).toEqual({
      __typename: 'SecondPersonNeeded',
      code: 'TIER_PRICES_SECOND_PERSON',
      message: '会员等级价的提出人不得自行公布，请由另一人办理。',
    });
    expect([replaced, other]).toMatchObject([
      { __typename: 'NotFound', code: 'TIER_PRICES_NOT_PROPOSED' },
      { __typename: 'NotFound', code: 'TIER_PRICES_NOT_PROPOSED' },
    ]);
    expect(before.tierPrices).toBeNull();
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual([
      'NotFound',
      'TierPricesPublished',
    ]);
    expect(await proposed()).toEqual({ tierPrices: { version: 1 }, proposedTierPrices: null });
  });

  test('are withdrawn before they are published, by who proposed them or anybody who may', async () => {
    const [ben, eve] = [staff(otherShop, 'ben'), staff(otherShop, 'eve')];
    const programmeId = await programmeOf(world, otherShop);
    const silver = [{ tier: 'SILVER', part: 9, of: 10 }];
    const propose = async () => {
      const { proposal } = await proposePrices(world, programmeId, silver, { as: ben });
      return proposal.id as string;
    };
    const withdraw = (proposalId: string, as: typeof anonymous) =>
      deed(
        world,
        'withdrawTierPrices',
        '... on TierPricesWithdrawn { programme { proposedTierPrices { id } } }',
        { proposalId },
        { as },
      );
    const first = await propose();
    const stranger = await withdraw(first, asMerchant(shop));
    const own = await withdraw(first, ben);
    const refused = [await withdraw(first, ben), await confirmPrices(world, first, { as: eve })];
    const second = await propose();
    const both = await Promise.all([
      withdraw(second, eve),
      confirmPrices(world, second, { as: eve }),
    ]);

    expect(own).toEqual({
      __typename: 'TierPricesWithdrawn',
      programme: { proposedTierPrices: null },
    });
    expect([stranger, ...refused].map(({ code }) => code)).toEqual(
      Array(3).fill('TIER_PRICES_NOT_PROPOSED'),
    );
    // Of two who decide at the same time one does.
    expect(both.filter(({ __typename }) => __typename === 'NotFound')).toHaveLength(1);
  });

  test('TV5: from 50,000 qualifying points on a custom order of 10,000 yuan costs 9,000', async () => {
    const jeweller = await world.merchant({ name: 'Jeweller', industry: 'JEWELLERY' });
    const nearly = await world.member('Nora');
    await world.purchase({ merchantId: jeweller, memberId: nearly, amountMinor: 4_999_900 });
    await world.settle();
    await publishPrices(world, await programmeOf(world, jeweller), [
      { tier: 'GOLD', part: 9, of: 10 },
    ]);
    const custom = { lines: [{ category: 'custom', amountMinor: 1_000_000 }] };
    const priceFor = async (memberId: string) => {
      const bill = { ...custom, memberCode: await codeOf(world, memberId) };
      return (await quote(world, jeweller, bill)).toPay.amountMinor;
    };
    const members = await world.data(
      `query ($gold: ID!, $nearly: ID!) {
        gold: member(id: $gold) { qualifyingPoints } nearly: member(id: $nearly) { qualifyingPoints } }`,
      { gold, nearly },
    );

    expect([members.gold.qualifyingPoints, members.nearly.qualifyingPoints]).toEqual([
      50_000, 49_999,
    ]);
    expect([await priceFor(gold), await priceFor(nearly)]).toEqual([900_000, 1_000_000]);
  });

  test('S7: a price by tier for one category leaves all other goods at their price, and says so', async () => {
    const jeweller = await world.merchant({ name: 'Jeweller', industry: 'JEWELLERY' });
    const programme = await programmeOf(world, jeweller);
    await deed(
      world,
      'declareCategories',
      '... on CategoriesDeclared { merchant { id } }',
      { merchantId: jeweller, categories: ['custom', 'gold'] },
      {},
    );
    const ninety = { tier: 'GOLD', part: 9, of: 10 };
    const refused = [
      await publishPrices(world, programme, [{ ...ninety, categories: [] }]),
      await publishPrices(world, programme, [{ ...ninety, categories: ['custom', ' '] }]),
      await publishPrices(world, programme, [{ ...ninety, categories: ['custom', 'silver'] }]),
    ];
    await publishPrices(world, programme, [{ ...ninety, categories: ['custom'] }]);
    const bill = await quote(world, jeweller, {
      memberCode: await codeOf(world, gold),
      lines: [
        { category: 'custom', amountMinor: 999_999 },
        { category: 'gold', amountMinor: 500_000 },
        { amountMinor: 1 },
      ],
    });
    const { merchant } = await world.data(
      `query ($id: ID!) { merchant(id: $id) { programmes { tierPrices { prices { categories } }
        disclosure(language: "zh-CN") { summary } } } }`,
      { id: jeweller },
    );

    expect(refused.map(({ code, field }) => [code, field])).toEqual([
      ['LIST_NOT_USABLE', 'prices.0.categories'],
      ['KEY_NOT_USABLE', 'prices.0.categories.1'],
      ['CATEGORY_UNKNOWN', 'prices.0.categories.1'],
    ]);
    expect(bill.lines.map(({ toPayMinor }: { toPayMinor: number }) => toPayMinor)).toEqual([
      899_999, 500_000, 1,
    ]);
    expect(bill.tierBenefit).toMatchObject({
      price: { text: expect.stringContaining('of goods of these categories') },
      saved: { amountMinor: 100_000 },
    });
    expect(merchant.programmes[0].tierPrices.prices).toEqual([{ categories: ['custom'] }]);
    expect(merchant.programmes[0].disclosure.summary).toContain(
      '“GOLD”等级的会员购买以下类别的商品：“custom”，按原价的 90% 支付。',
    );
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

  test('R1, R10: stand in the disclosure of the programme, with what is coming and since when it is known', async () => {
    const name = { code: 'GOLD', name: { zh: '金卡', en: 'Gold card' } };
    const input = { merchantId: shop, kind: 'TIER', names: [name] };
    await deed(world, 'nameCodes', '', input, { as: asMerchant(shop) });
    world.clock.set('2027-03-01T02:00:00Z');
    const prices = [
      { tier: 'GOLD', part: 92, of: 100 },
      { tier: 'SILVER', part: 2, of: 3 },
    ];
    const { proposal } = await proposePrices(world, programmeId, prices, {
      effectiveAt: '2027-03-16T02:00:00Z',
    });
    const disclosed = async (language: string) => {
      const { merchant } = await world.data(
        `query ($id: ID!, $language: String) { merchant(id: $id) {
          programmes { disclosure(language: $language) { summary text } } } }`,
        { id: shop, language },
        { as: anonymous },
      );
      return merchant.programmes[0].disclosure;
    };
    const draft = await disclosed('en');
    world.clock.set('2027-03-01T02:00:00.001Z');
    const late = await confirmPrices(world, proposal.id);
    await publishPrices(world, programmeId, prices);
    const [english, chinese] = [await disclosed('en'), await disclosed('zh-CN')];
    world.clock.set('2027-03-17T02:00:00Z');
    const inForce = await disclosed('en');

    expect(draft.text).toContain('- Members of the tier Gold card pay 90 % of the price.');
    expect(draft.text).not.toContain('SILVER');
    expect(late).toMatchObject({ __typename: 'NoticeTooShort', days: 15 });
    expect(english.summary).toContain(
      'From 16 March 2027, 10:00 Beijing time on, as published on 1 March 2027, 10:00 Beijing time: Members of the tier Gold card pay 92 % of the price. Members of the tier “SILVER” pay 2/3 of the price. This is dearer than before for members of Gold card.',
    );
    expect(english.text).toContain('## Prices by tier');
    expect(english.text).toContain('rounded down once over all goods of an order');
    expect(chinese.text).toContain(
      '自北京时间 2027年3月16日 10:00 起（2027年3月1日 10:00 公布）：金卡等级的会员，按原价的 92% 支付。“SILVER”等级的会员，按原价的 2/3 支付。对以下等级的会员，价格高于之前：金卡。',
    );
    expect(chinese.text).toContain('## 会员等级价');
    expect(inForce.summary).toContain('Members of the tier Gold card pay 92 % of the price.');
    expect(inForce.text).toContain('published on 1 March 2027, 10:00 Beijing time, in force since');
    expect(inForce.text).not.toContain('dearer');
  });
});
