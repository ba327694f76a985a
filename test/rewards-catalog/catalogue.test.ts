import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../support/world.ts';
import { memberWithPoints, stockOf } from './stocks.ts';

const PUBLISH = `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
  __typename
  ... on RewardPublished { reward { id title status stock validDays unit } }
  ... on InvalidInput { field }
  ... on Refusal { code message } } }`;

const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
  __typename ... on StockAdjusted { reward { stock } } ... on Refusal { code message } } }`;

const DELIST = `mutation ($input: DelistRewardInput!) { delistReward(input: $input) {
  __typename ... on RewardDelisted { reward { status } } ... on Refusal { code } } }`;

const offer = (merchantId: string, change: Record<string, unknown> = {}) => ({
  idempotencyKey: freshKey(),
  merchantId,
  title: { zh: '咖啡', en: 'Coffee' },
  kind: 'PRODUCT',
  points: 100,
  cashPrice: { amountMinor: 1_500, currency: 'CNY' },
  ...change,
});

const publish = async (world: World, input: unknown, as = operator) =>
  (await world.data(PUBLISH, { input }, { as })).publishReward;

describe.each(engines)('the catalogue on $name', (engine) => {
  test('a price is in alliance points or in a unit that the merchant issues itself', async () => {
    await using world = await openAlliance(engine);
    const own = await world.merchant({ programmes: [{ unit: 'OWN_MILES' }] });
    const other = await world.merchant();
    const publish = (merchantId: string) =>
      world.data(
        `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
          __typename ... on InvalidInput { code field } } }`,
        {
          input: {
            idempotencyKey: freshKey(),
            merchantId,
            title: { zh: '里程券', en: 'Miles' },
            kind: 'VOUCHER',
            points: 10,
            unit: 'OWN_MILES',
            cashPrice: { amountMinor: 1, currency: 'CNY' },
          },
        },
      );

    expect((await publish(own)).publishReward.__typename).toBe('RewardPublished');
    expect((await publish(other)).publishReward).toEqual({
      __typename: 'InvalidInput',
      code: 'UNIT_NOT_OWN',
      field: 'unit',
    });
  });

  test('takes a reward of a merchant, in both languages', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const input = offer(merchantId, { stock: 3 });

    const answer = await publish(world, input, asMerchant(merchantId));

    expect(answer).toMatchObject({
      __typename: 'RewardPublished',
      reward: { title: 'Coffee', status: 'PUBLISHED', stock: 3, validDays: 90, unit: 'ALLIANCE' },
    });
    expect(await publish(world, input, asMerchant(merchantId))).toEqual(answer);
    const { reward } = await world.data(
      'query ($id: ID!) { reward(id: $id) { title merchant { id name } } }',
      { id: answer.reward.id },
      { as: anonymous, locale: 'zh-CN' },
    );
    expect(reward).toMatchObject({ title: '咖啡', merchant: { id: merchantId } });
  });

  test('refuses what is not a reward, and names the field', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();

    const cases: [Record<string, unknown>, string, string][] = [
      [{ title: { zh: ' ', en: 'Coffee' } }, 'title.zh', 'TEXT_NOT_USABLE'],
      [{ title: { zh: '咖啡', en: 'x'.repeat(201) } }, 'title.en', 'TEXT_NOT_USABLE'],
      [{ points: 0 }, 'points', 'AMOUNT_NOT_POSITIVE'],
      [{ unit: 'no unit' }, 'unit', 'UNIT_NOT_USABLE'],
      [
        { cashPrice: { amountMinor: -1, currency: 'CNY' } },
        'cashPrice.amountMinor',
        'AMOUNT_NEGATIVE',
      ],
      [
        { cashPrice: { amountMinor: 1, currency: 'yuan' } },
        'cashPrice.currency',
        'CURRENCY_NOT_USABLE',
      ],
      [{ stock: -1 }, 'stock', 'STOCK_OUT_OF_RANGE'],
      [{ stock: 1_000_000_001 }, 'stock', 'STOCK_OUT_OF_RANGE'],
      [{ validDays: 0 }, 'validDays', 'VALID_DAYS_OUT_OF_RANGE'],
    ];
    for (const [change, field, code] of cases) {
      const answer = await publish(world, offer(merchantId, change));
      expect(answer, code).toMatchObject({ __typename: 'InvalidInput', field, code });
    }
    expect(await publish(world, offer('nobody'))).toMatchObject({
      __typename: 'NotFound',
      code: 'MERCHANT_NOT_FOUND',
    });
  });

  test('L6, L8: has no kind of reward for money, shares or tokens', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();

    for (const kind of ['CASH', 'EQUITY', 'DIVIDEND', 'TOKEN']) {
      const { errors } = await world.ask(PUBLISH, { input: offer(merchantId, { kind }) });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  test('takes nothing from a suspended merchant', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    await world.data(
      'mutation ($input: SuspendMerchantInput!) { suspendMerchant(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), merchantId, reason: 'insolvent' } },
    );

    expect(await publish(world, offer(merchantId))).toMatchObject({
      __typename: 'RewardNotAvailable',
      code: 'SELLER_SUSPENDED',
    });
  });

  test('is changed by the merchant itself and the operator only', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const rewardId = await world.reward({ merchantId, stock: 5 });

    const deeds: [string, Record<string, unknown>][] = [
      [PUBLISH, offer(merchantId)],
      [ADJUST, { idempotencyKey: freshKey(), rewardId, change: 1 }],
      [DELIST, { idempotencyKey: freshKey(), rewardId }],
    ];
    for (const [deed, input] of deeds) {
      const { errors } = await world.ask(deed, { input }, { as: asMerchant(other) });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await stockOf(world, rewardId)).toBe(5);
  });

  test('stock is added and taken, never below nothing', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const rewardId = await world.reward({ merchantId, stock: 5 });
    const endless = await world.reward({ merchantId });
    const adjust = async (id: string, change: number) =>
      (
        await world.data(ADJUST, {
          input: { idempotencyKey: freshKey(), rewardId: id, change },
        })
      ).adjustStock;

    expect(await adjust(rewardId, 3)).toEqual({
      __typename: 'StockAdjusted',
      reward: { stock: 8 },
    });
    expect(await adjust(rewardId, -8)).toMatchObject({ reward: { stock: 0 } });
    expect(await adjust(rewardId, -1)).toMatchObject({ code: 'STOCK_TOO_SMALL' });
    expect(await adjust(rewardId, 0)).toMatchObject({ code: 'STOCK_CHANGE_OUT_OF_RANGE' });
    expect(await adjust(rewardId, 2 ** 52)).toMatchObject({ code: 'STOCK_CHANGE_OUT_OF_RANGE' });
    expect(await adjust(endless, 1)).toMatchObject({ code: 'STOCK_NOT_LIMITED' });
    expect(await adjust('nothing', 1)).toMatchObject({ code: 'REWARD_NOT_FOUND' });
  });

  test('lists what is offered, cheapest first; a merchant finds its delisted ones too', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const dear = await world.reward({ merchantId, points: 900 });
    const cheap = await world.reward({ merchantId, points: 100, kind: 'SERVICE' });
    const gone = await world.reward({ merchantId, points: 500 });
    await world.data(DELIST, { input: { idempotencyKey: freshKey(), rewardId: gone } });
    const list = async (
      as = anonymous,
      filter: Record<string, unknown> = {},
      orderBy: unknown = null,
    ) => {
      const { rewards } = await world.data(
        `query ($filter: RewardFilter, $orderBy: [RewardOrder!]) {
          rewards(filter: $filter, orderBy: $orderBy, first: 10) { nodes { id } totalCount } }`,
        { filter, orderBy },
        { as },
      );
      return rewards.nodes.map(({ id }: { id: string }) => id);
    };

    expect(await list()).toEqual([cheap, dear]);
    expect(await list(asMerchant(merchantId))).toEqual([cheap, gone, dear]);
    expect(await list(asMerchant('other'))).toEqual([cheap, dear]);
    expect(await list(operator, { status: { eq: 'DELISTED' } })).toEqual([gone]);
    expect(await list(anonymous, { status: { eq: 'DELISTED' } })).toEqual([]);
    expect(await list(anonymous, { kind: { in: ['SERVICE'] } })).toEqual([cheap]);
    expect(await list(anonymous, { merchantId: { eq: 'other' } })).toEqual([]);
    expect(await list(anonymous, {}, [{ field: 'points', direction: 'DESC' }])).toEqual([
      dear,
      cheap,
    ]);
  });

  test('S4: a quote says which points would pay, what is left and what is missing', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 5_000);
    await world.purchase({ merchantId, memberId, amountMinor: 300_000 });
    const rewardId = await world.reward({ merchantId, points: 10_000 });
    const small = await world.reward({ merchantId, points: 1_000, stock: 2 });
    const quote = async (input: Record<string, unknown>) =>
      (
        await world.data(
          `query ($input: QuoteRedemptionInput!) { quoteRedemption(input: $input) {
            __typename
            ... on RedemptionQuote { points unit available missing remaining reward { id }
              burns { points issuer { id } expiresOn } }
            ... on Refusal { code } } }`,
          { input: { memberId, ...input } },
          { as: asMember(memberId) },
        )
      ).quoteRedemption;

    expect(await quote({ rewardId })).toMatchObject({
      ...{ points: 10_000, available: 8_000, missing: 2_000, remaining: 0 },
    });
    expect(await quote({ rewardId: small, quantity: 2 })).toMatchObject({
      ...{ points: 2_000, available: 8_000, missing: 0, remaining: 6_000 },
      burns: [{ points: 2_000, issuer: { id: merchantId }, expiresOn: '2027-11-22' }],
      reward: { id: small },
    });
    // Named as `redeem` names it.
    expect(await quote({ rewardId: small, quantity: 3 })).toMatchObject({
      ...{ __typename: 'SoldOut', code: 'SOLD_OUT' },
    });
    expect(await quote({ rewardId: 'nothing' })).toMatchObject({ code: 'REWARD_NOT_FOUND' });
    expect(await quote({ rewardId, quantity: 0 })).toMatchObject({
      code: 'QUANTITY_OUT_OF_RANGE',
    });
    expect((await world.wallet(memberId)).available).toBe(8_000);
    expect(await stockOf(world, small)).toBe(2);
  });

  test('redemptions are listed for those concerned, at the same cost for one and for twenty', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 2_000);
    const [other, otherShop] = [await world.member(), await world.merchant()];
    const rewardId = await world.reward({ merchantId, points: 100 });
    for (let count = 0; count < 20; count += 1) await world.redeem({ memberId, rewardId });
    await world.redeem({ memberId: other, rewardId });
    const list = async (as: typeof operator, first: number, filter = {}) => {
      world.statements.length = 0;
      const { redemptions } = await world.data(
        `query ($first: Int, $filter: RedemptionFilter) {
          redemptions(first: $first, filter: $filter) { nodes {
            id status quantity points reward { id title cashPrice { amountMinor } merchant { id } }
            member { id } voucher { code validUntil } } } }`,
        { first, filter },
        { as },
      );
      return { nodes: redemptions.nodes, statements: world.statements.length };
    };

    const twenty = await list(asMember(memberId), 20);
    expect(twenty.nodes).toHaveLength(20);
    expect(new Set(twenty.nodes.map(({ id }: { id: string }) => id)).size).toBe(20);
    expect((await list(asMember(memberId), 1)).statements).toBe(twenty.statements);
    expect((await list(asMember(memberId), 100)).nodes).toHaveLength(20);
    expect((await list(asMember(other), 100)).nodes).toMatchObject([{ status: 'CANCELLED' }]);
    expect((await list(asMerchant(merchantId), 100)).nodes).toHaveLength(21);
    expect((await list(asMerchant(otherShop), 100)).nodes).toHaveLength(0);
    expect((await list(regulator, 100)).nodes).toHaveLength(21);
    expect(
      (await list(operator, 100, { status: { ne: 'COMPLETED' }, rewardId: { eq: rewardId } }))
        .nodes,
    ).toHaveLength(1);
  });
});
