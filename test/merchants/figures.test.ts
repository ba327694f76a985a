import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../rewards-catalog/interruption.ts';
import { engines } from '../support/engines.ts';
import {
  analyst,
  asMember,
  asMerchant,
  openAlliance,
  regulator,
  type World,
} from '../support/world.ts';
import { bringBack } from './purchasing.ts';
import { deed } from './standing.ts';

const BREADTH = `query ($from: LocalDate!, $until: LocalDate!) {
  industryBreadth(from: $from, until: $until) {
    members acrossIndustries isSuppressed flows { earnedIn redeemedIn members } } }`;

const FIGURES = 'unit days isFinal redemptions members points followedPoints share';
const LOOP = `query ($from: LocalDate!, $until: LocalDate!, $days: Int!, $merchantId: ID) {
  closedLoop(from: $from, until: $until, days: $days, merchantId: $merchantId) { ${FIGURES} } }`;

/** The day of the redemptions on the calendar of the books. */
const THAT_DAY = { from: '2026-11-22', until: '2026-11-22' };
const REDEEMED_AT = Date.parse('2026-11-22T02:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;

type Order = Readonly<{ customer: string; orderNumber: string; at: number; yuan: number }>;

/** Records orders of customers by their numbers, and answers the member of each. */
async function sell(world: World, merchantId: string, orders: readonly Order[]) {
  await deed(world, 'importPurchases', '', {
    merchantId,
    purchases: orders.map(({ customer, orderNumber, at, yuan }, row) => ({
      row,
      customer,
      orderNumber,
      purchasedAt: new Date(at).toISOString(),
      lines: [{ sku: 'A', amountMinor: yuan * 100 }],
    })),
  });
  const { purchases } = await world.data(
    `query ($filter: PurchaseFilter) { purchases(filter: $filter, first: 100) {
      nodes { id orderNumber member { id } } } }`,
    { filter: { orderNumber: { in: orders.map(({ orderNumber }) => orderNumber) } } },
  );
  const byNumber = new Map<string, { id: string; member: { id: string } }>(
    purchases.nodes.map((one: { orderNumber: string }) => [one.orderNumber, one]),
  );
  return orders.map(
    ({ orderNumber }) => byNumber.get(orderNumber) ?? { id: '', member: { id: '' } },
  );
}

describe.each(engines)('the figures of the alliance on $name', (engine) => {
  const ledger = interruption(pointsLedger, 'Query', 'redeemersByGroup');
  let world: World;
  let rail: string;
  let hotel: string;

  /**
   * Twelve earn at the railway; the first ten redeem 100 points in the hotel, the first of them 300, the last two
   * redeem theirs on the railway. One more earns in a shop and redeems in another shop.
   */
  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    rail = await world.merchant({ name: 'Rail', industry: 'RAIL' });
    hotel = await world.merchant({ name: 'Hotel', industry: 'HOTEL' });
    const [shop, books] = [await world.merchant(), await world.merchant()];
    const sold = Array.from({ length: 12 }, (_, index) => ({
      customer: `k${index}`,
      orderNumber: `first-${index}`,
      at: REDEEMED_AT - DAY_MS,
      yuan: 1_000,
    }));
    const travellers = (await sell(world, rail, sold)).map(({ member }) => member.id);
    const tom = await world.member('Tom');
    await world.purchase({ merchantId: shop, memberId: tom });
    const rewardOf = (merchantId: string) => world.reward({ merchantId });
    const [night, ride, book] = [
      await rewardOf(hotel),
      await rewardOf(rail),
      await rewardOf(books),
    ];
    for (const [index, memberId] of travellers.entries()) {
      const rewardId = index < 10 ? night : ride;
      await world.redeem({ memberId, rewardId, quantity: index === 0 ? 3 : 1 });
    }
    await world.redeem({ memberId: tom, rewardId: book });
    await world.settle();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const loop = async (given: Record<string, unknown>, as = regulator) =>
    (await world.data(LOOP, { ...THAT_DAY, days: 30, ...given }, { as })).closedLoop;

  test('S34: members who redeemed in another trade than where they earned are counted', async () => {
    const { industryBreadth } = await world.data(BREADTH, THAT_DAY, { as: regulator });
    const before = { from: '2026-10-01', until: '2026-11-21' };
    const earlier = await world.data(BREADTH, before, { as: regulator });

    expect(industryBreadth).toEqual({
      members: 13,
      acrossIndustries: 10,
      isSuppressed: false,
      flows: [
        { earnedIn: 'RAIL', redeemedIn: 'HOTEL', members: 10 },
        { earnedIn: 'RAIL', redeemedIn: 'RAIL', members: 2 },
        { earnedIn: 'RETAIL', redeemedIn: 'RETAIL', members: 1 },
      ],
    });
    expect(earlier.industryBreadth).toMatchObject({ members: 0, acrossIndustries: 0, flows: [] });
  });

  test('S34: while the ledger is out of reach trades are not told of, and redemptions that are known here are', async () => {
    ledger.isOut = true;
    const inEnglish = await world.ask(BREADTH, THAT_DAY, { as: regulator });
    const inChinese = await world.ask(BREADTH, THAT_DAY, { as: regulator, locale: 'zh-CN' });
    const known = await loop({});
    ledger.isOut = false;
    const again = await world.data(BREADTH, THAT_DAY, { as: regulator });

    expect(inEnglish.errors).toMatchObject([
      {
        message:
          'The books cannot be reached at the moment, and only they tell where points were redeemed. Ask again in a while.',
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
    expect(inChinese.errors?.[0]?.message).toBe(
      '账本服务暂时无法访问，而积分在何处兑换只有账本知道，请稍后再查。',
    );
    expect(known).toMatchObject([{ members: 13, redemptions: 13 }]);
    expect(again.industryBreadth.members).toBe(13);
  });

  test('S34: an analyst is told of no fewer than ten members, and of no rest of fewer', async () => {
    const { industryBreadth } = await world.data(BREADTH, THAT_DAY, { as: analyst });
    const { errors } = await world.ask(
      BREADTH,
      { from: '2026-10-01', until: '2026-11-21' },
      { as: analyst },
    );

    expect(industryBreadth).toEqual({
      members: 13,
      acrossIndustries: null,
      isSuppressed: true,
      flows: [{ earnedIn: 'RAIL', redeemedIn: 'HOTEL', members: 10 }],
    });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a period that runs backwards or is too long, and days out of bounds, are refused', async () => {
    const refused = async (query: string, variables: Record<string, unknown>, as = regulator) => {
      const { errors } = await world.ask(query, { ...THAT_DAY, days: 30, ...variables }, { as });
      return errors?.[0]?.message;
    };

    expect(await refused(BREADTH, { until: '2026-11-21' })).toContain('at most 400 days');
    expect(await refused(LOOP, { until: '2027-12-27' })).toContain('at most 400 days');
    expect(await refused(LOOP, { days: 0 })).toBe('days must be from 1 to 365.');
    expect(await refused(LOOP, { days: 366 })).toBe('days must be from 1 to 365.');
    const { errors } = await world.ask(BREADTH, THAT_DAY, { as: asMerchant(hotel) });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await refused(LOOP, {}, asMember(await world.member()))).toContain('role');
  });

  test('S53: the share of redeemed points that a purchase followed within the days asked for', async () => {
    const nothingYet = await loop({});
    world.clock.set('2026-12-23T00:00:00Z');
    const order = (index: number, at: number): Order => ({
      customer: `k${index}`,
      orderNumber: `then-${index}`,
      at,
      yuan: 10,
    });
    const soon = [0, 1, 2, 3, 4].map((index) => order(index, REDEEMED_AT + 10 * DAY_MS));
    const bought = await sell(world, rail, [
      ...soon,
      order(5, REDEEMED_AT + 30 * DAY_MS),
      order(6, REDEEMED_AT + 30 * DAY_MS + 1),
      order(7, REDEEMED_AT + DAY_MS),
      order(8, REDEEMED_AT),
    ]);
    const grounds = 'MERCHANT_CONSENT';
    await bringBack(world, bought[7]?.id ?? '', [{ number: 1, quantity: 1 }], { grounds });
    await world.settle();

    const common = { unit: 'ALLIANCE', isFinal: true, redemptions: 13, members: 13, points: 1_500 };
    expect(nothingYet).toEqual([
      { ...common, days: 30, isFinal: false, followedPoints: 0, share: 0 },
    ]);
    // 300 and five times 100; the sixth came a moment too late, the seventh went back, the eighth came before.
    expect(await loop({})).toEqual([{ ...common, days: 30, followedPoints: 800, share: 5_333 }]);
    expect(await loop({ days: 10 })).toMatchObject([
      { days: 10, followedPoints: 700, share: 4_666 },
    ]);
    expect(await loop({ days: 9 })).toMatchObject([{ followedPoints: 0, share: 0 }]);
    expect(await loop({ merchantId: rail })).toMatchObject([
      { redemptions: 2, points: 200, followedPoints: 0 },
    ]);
    expect(await loop({ days: 31 })).toMatchObject([{ isFinal: false, followedPoints: 900 }]);
    expect(await loop({ from: '2026-11-23', until: '2026-12-23' })).toEqual([]);
  });

  test('S53: an analyst is told no share that is of few members', async () => {
    expect(await loop({}, analyst)).toMatchObject([
      { members: 13, points: 1_500, followedPoints: null, share: null },
    ]);
    expect(await loop({ merchantId: rail }, analyst)).toEqual([]);
  });

  test('S53, S63: the compliance report tells the share of the redemptions of which the days are over', async () => {
    const reported = async (filter: Record<string, unknown>) =>
      (
        await world.data(
          `query ($filter: ComplianceReportFilter!) {
            complianceReport(filter: $filter, first: 1) { closedLoop { ${FIGURES} } } }`,
          { filter },
          { as: regulator },
        )
      ).complianceReport.closedLoop;

    expect(await reported({})).toMatchObject([
      { days: 30, isFinal: true, points: 1_500, followedPoints: 800, share: 5_333 },
    ]);
    expect(await reported({ merchantId: hotel })).toMatchObject([{ points: 1_200, share: 6_666 }]);
    world.clock.set('2027-03-23T00:00:00Z');
    expect(await reported({})).toEqual([]);
  });
});
