import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database, execute } from '../../../shared/database/database.ts';
import { termsOf, wantedOf } from '../../../subgraphs/rewards-catalog/offers/domain/terms.ts';
import { rewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, asMember, openAlliance, type World } from '../../support/world.ts';
import { memberWithPoints } from '../stocks.ts';

const LIST = `query ($filter: RewardFilter, $orderBy: [RewardOrder!], $first: Int, $after: String,
    $search: String, $region: ID, $affordableFor: ID) {
  rewards(filter: $filter, orderBy: $orderBy, first: $first, after: $after, search: $search,
    region: $region, affordableFor: $affordableFor) {
    nodes { id } totalCount pageInfo { endCursor hasNextPage } } }`;

const CARDS = `query ($first: Int, $member: ID) { rewards(first: $first) { nodes {
  id title merchant { id name } tierPrices { tier points } green { label carbonGrams }
  affordability(memberId: $member) {
    points unit available missing familyAvailable missingWithFamily } } } }`;

describe.each(engines)('the list of the catalogue on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let memberId: string;
  let ids: Record<string, string>;

  beforeAll(async () => {
    world = await openAlliance(engine);
    ({ memberId } = await memberWithPoints(world, 6_000));
    merchantId = await world.merchant({ programmes: [{}, { unit: 'MILES' }] });
    await world.settle();
    const offers: [string, object][] = [
      ['tea', { title: { zh: '双人下午茶', en: 'Afternoon tea for two' }, points: 500 }],
      ['data', { title: { zh: '5G流量包', en: 'Data pack' }, points: 800, brand: '通宇' }],
      [
        'dress',
        { title: { zh: '连衣裙', en: 'Summer dress' }, points: 7_000, category: 'clothes' },
      ],
      ['miles', { title: { zh: '机场接送', en: 'Airport transfer' }, points: 10, unit: 'MILES' }],
      [
        'silver',
        {
          ...{ title: { zh: '茶具', en: 'Teapot' }, points: 6_500 },
          tierPrices: [{ tier: 'SILVER', points: 5_900 }],
        },
      ],
      [
        'local',
        {
          ...{ title: { zh: '早茶', en: 'Dim sum' }, points: 300 },
          ...{ regions: ['440000'], cashOffer: { regions: ['440000'] } },
          offeredFrom: '2027-01-01T00:00:00Z',
        },
      ],
    ];
    ids = {};
    for (const [name, offer] of offers) ids[name] = await world.reward({ merchantId, ...offer });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const list = async (variables: object, as = anonymous) => {
    const { rewards } = await world.data(LIST, { first: 10, ...variables }, { as });
    const names = rewards.nodes.map(({ id }: { id: string }) =>
      Object.keys(ids).find((name) => ids[name] === id),
    );
    expect(rewards.totalCount).toBeGreaterThanOrEqual(names.length);
    return names;
  };

  test('finds rewards by words of either language, all of which must be there', async () => {
    expect(await list({ search: '下午茶' })).toEqual(['tea']);
    expect(await list({ search: '茶' })).toEqual(['local', 'tea', 'silver']);
    expect(await list({ search: '茶具' })).toEqual(['silver']);
    expect(await list({ search: 'TEA' })).toEqual(['tea', 'silver']);
    expect(await list({ search: 'tea two' })).toEqual(['tea']);
    expect(await list({ search: 'for 双人' })).toEqual(['tea']);
    expect(await list({ search: '５Ｇ 通宇' })).toEqual(['data']);
    expect(await list({ search: 'clothes' })).toEqual(['dress']);
    expect(await list({ search: '人茶' })).toEqual([]);
    expect(await list({ search: "te%' OR" })).toEqual([]);
    for (const search of ['', '!?', 'a b c d e f g h i j k l m', 'x'.repeat(201)]) {
      const { errors } = await world.ask(LIST, { first: 1, search });
      expect(errors?.[0]?.extensions, search).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  test('is narrowed down by region, category, unit and window', async () => {
    expect(await list({ region: '440300', search: '早茶' })).toEqual(['local']);
    expect(await list({ region: '310000', search: '早茶' })).toEqual([]);
    expect(await list({ region: '310000', search: '下午茶' })).toEqual(['tea']);
    expect(await list({ filter: { category: { eq: 'clothes' } } })).toEqual(['dress']);
    expect(await list({ filter: { unit: { eq: 'MILES' } } })).toEqual(['miles']);
    expect(await list({ filter: { window: { eq: 'UPCOMING' } } })).toEqual(['local']);
    expect(await list({ filter: { window: { eq: 'OVER' } } })).toEqual([]);
    expect(await list({ filter: { window: { eq: 'OPEN' } } })).toHaveLength(5);
    const { errors } = await world.ask(LIST, { first: 1, region: '44' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('S57: shows what a member can pay now, at the price of her tier, unit by unit', async () => {
    const as = asMember(memberId);
    const dearest = [{ field: 'points', direction: 'DESC' }];

    expect(await list({ affordableFor: memberId, orderBy: dearest }, as)).toEqual([
      ...['silver', 'data', 'tea', 'local'],
    ]);
    const poor = await world.member();
    expect(await list({ affordableFor: poor }, asMember(poor))).toEqual([]);
    const { errors } = await world.ask(
      LIST,
      { first: 1, affordableFor: memberId },
      { as: asMember('another') },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a cursor of what can be paid outlives a change of the balance', async () => {
    const as = { as: asMember(memberId) };
    const first = await world.data(LIST, { first: 2, affordableFor: memberId }, as);
    await world.purchase({ merchantId, memberId, amountMinor: 10_000 });
    const after = first.rewards.pageInfo.endCursor;

    const next = await world.data(LIST, { first: 2, after, affordableFor: memberId }, as);
    expect(next.rewards.nodes.map(({ id }: { id: string }) => id)).toEqual([ids.data, ids.silver]);
    const { errors } = await world.ask(LIST, { first: 2, after, search: 'tea' }, as);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('S4: of fifty rewards what is missing costs as many fetches and statements as of one', async () => {
    for (let count = 6; count < 50; count += 1) await world.reward({ merchantId, points: 9_000 });
    const ask = async (first: number) => {
      world.fetches.length = 0;
      world.statements.length = 0;
      const { rewards } = await world.data(CARDS, { first, member: memberId });
      const counted = { fetches: world.fetches.length, statements: world.statements.length };
      return { nodes: rewards.nodes, ...counted };
    };
    await ask(50);

    const fifty = await ask(50);
    const five = await ask(5);

    expect(fifty.nodes).toHaveLength(50);
    expect(fifty.fetches).toBe(five.fetches);
    expect(fifty.statements).toBe(five.statements);
    const of = (name: string) => fifty.nodes.find(({ id }: { id: string }) => id === ids[name]);
    expect(of('miles').affordability).toEqual({
      ...{ points: 10, unit: 'MILES', available: 100, missing: 0 },
      ...{ familyAvailable: null, missingWithFamily: 0 },
    });
    expect(of('dress').affordability).toMatchObject({ points: 7_000, missing: 900 });
    expect(of('silver').affordability).toMatchObject({ points: 5_900, missing: 0 });
  });

  test('a reward from before there was a search is found as soon as the worker has seen it', async () => {
    const database = await Database.open({
      address: addressUnder(world.databaseUrl, rewardsCatalog.name),
      entities: rewardsCatalog.entities,
      migrations: rewardsCatalog.migrations,
    });
    await database.transaction(async (manager) => {
      await execute(manager, 'DELETE FROM rewards_term WHERE reward_id = ?', [ids.tea]);
      await execute(manager, 'UPDATE rewards_reward SET is_found = 0 WHERE id = ?', [ids.tea]);
    });
    await database.close();

    expect(await list({ search: '下午茶' })).toEqual([]);
    await world.settle();
    expect(await list({ search: '下午茶' })).toEqual(['tea']);
  });
});

test('Chinese is found by each two signs that stand side by side, other words as they are', () => {
  expect(termsOf(['5G流量包', 'Data Pack', null])).toEqual([
    ...['5g', '流量', '量包', '包', 'data', 'pack'],
  ]);
  expect(wantedOf('流量包 da')).toEqual([
    { text: '流量', isWhole: true },
    { text: '量包', isWhole: true },
    { text: 'da', isWhole: false },
  ]);
  expect(wantedOf('包')).toEqual([{ text: '包', isWhole: false }]);
});
