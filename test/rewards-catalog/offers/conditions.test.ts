import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { asMember, freshKey, openAlliance, type World } from '../../support/world.ts';
import { memberWithPoints } from '../stocks.ts';
import { orderOf } from '../vouchers/counter.ts';
import { rewardsDuringStays } from './stays.ts';

const REFUSALS = `... on LimitReached { limit taken againAt } ... on NotOnOfferNow { from until }
  ... on SlotFull { slots { id left } } ... on PriceChanged { quotedPoints now: points }
  ... on InvalidInput { field } ... on Refusal { code message }`;

const REDEEM = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
  ... on RewardRedeemed { redemption { id points slot { id left } purchase { id }
    cashPart { amountMinor currency } } } ${REFUSALS} } }`;

const QUOTE = `query ($input: QuoteRedemptionInput!) { quoteRedemption(input: $input) { __typename
  ... on RedemptionQuote { points priceTier cashPart { amountMinor } validUntil token }
  ${REFUSALS.replace('... on PriceChanged { quotedPoints now: points }', '')} } }`;

const CANCEL = `mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) {
  __typename } }`;

const yuan = (amount: number) => ({ amountMinor: amount * 100, currency: 'CNY' });

const twice = { quantity: 2 };
const someday = { from: '2030-12-01T01:00:00Z', until: '2030-12-01T02:00:00Z', capacity: 1 };

describe.each(engines)('the conditions of a reward on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let memberId: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    ({ merchantId, memberId } = await memberWithPoints(world, 6_000));
    await world.settle();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const offer = (change: object) => world.reward({ merchantId, points: 10, ...change });
  const redeem = async (rewardId: string, more: object = {}, options: object = {}) => {
    const input = { idempotencyKey: freshKey(), memberId, rewardId, ...more };
    return (await world.data(REDEEM, { input }, options)).redeem;
  };
  const quote = async (rewardId: string, more: object = {}) => {
    const input = { memberId, rewardId, ...more };
    return (await world.data(QUOTE, { input }, { as: asMember(memberId) })).quoteRedemption;
  };
  const cancel = (redemptionId: string) =>
    world.data(CANCEL, { input: { idempotencyKey: freshKey(), redemptionId } });
  const slotsOf = async (id: string) =>
    (await world.data('query ($id: ID!) { reward(id: $id) { slots { id left } } }', { id })).reward
      .slots;

  test('S5: a campaign is redeemed from its first instant to its last, and not beside', async () => {
    const before = (await world.wallet(memberId)).available;
    const rewardId = await offer({
      ...{ offeredFrom: '2026-11-22T03:00:00Z', offeredUntil: '2026-11-22T04:00:00Z' },
    });

    expect(await redeem(rewardId)).toEqual({
      ...{ __typename: 'NotOnOfferNow', code: 'OFFER_NOT_YET', until: null },
      from: '2026-11-22T03:00:00.000Z',
      message:
        'This reward can be redeemed from 2026-11-22 11:00 on (China time). No points were taken.',
    });
    expect((await redeem(rewardId, {}, { locale: 'zh-CN' })).message).toBe(
      '该权益自北京时间 2026-11-22 11:00 起可兑换，未扣除积分。',
    );
    expect((await quote(rewardId)).code).toBe('OFFER_NOT_YET');
    world.clock.set('2026-11-22T03:00:00Z');
    expect((await redeem(rewardId)).__typename).toBe('RewardRedeemed');
    expect(await quote(rewardId)).toMatchObject({ validUntil: '2026-11-22T03:15:00.000Z' });
    world.clock.set('2026-11-22T04:00:00Z');
    expect(await redeem(rewardId)).toMatchObject({ code: 'OFFER_OVER', from: null });
    expect((await world.wallet(memberId)).available).toBe(before - 10);
  });

  test('a member has no more than the limit, however many she asks for at once', async () => {
    const rewardId = await offer({ limitPerDay: 2, limitInAll: 3 });
    const other = await world.member();

    const answers = await Promise.all(Array.from({ length: 6 }, () => redeem(rewardId)));

    const redeemed = answers.filter(({ __typename }) => __typename === 'RewardRedeemed');
    expect(redeemed).toHaveLength(2);
    const againAt = '2026-11-22T16:00:00.000Z';
    for (const answer of answers.filter(({ __typename }) => __typename !== 'RewardRedeemed')) {
      expect(answer).toMatchObject({ code: 'LIMIT_PER_DAY', limit: 2, taken: 2, againAt });
    }
    // Another member's want of points takes nothing of her own limit.
    expect((await redeem(rewardId, { memberId: other })).code).toBe('INSUFFICIENT_POINTS');
    expect((await redeem(rewardId, { memberId: other })).code).toBe('INSUFFICIENT_POINTS');
    expect((await redeem(rewardId, { memberId: other })).code).toBe('INSUFFICIENT_POINTS');
    expect((await quote(rewardId)).code).toBe('LIMIT_PER_DAY');

    await cancel(redeemed[0].redemption.id);
    expect((await redeem(rewardId)).__typename).toBe('RewardRedeemed');
    world.clock.set('2026-11-22T17:00:00Z');
    expect(await redeem(rewardId, { quantity: 2 })).toMatchObject({
      ...{ code: 'LIMIT_IN_ALL', limit: 3, taken: 2, againAt: null },
    });
    expect((await redeem(rewardId)).__typename).toBe('RewardRedeemed');
  });

  /** Each limit, what refuses by it, and what of it the text says in English and in Chinese. */
  const limits: [offer: object, code: string, english: string, chinese: string, asked?: object][] =
    [
      [{ points: 9_000 }, 'INSUFFICIENT_POINTS', '9,000 alliance points', '9,000 联盟积分'],
      [{ stock: 0 }, 'SOLD_OUT', 'There are only so many', '数量有限，兑完为止'],
      [
        { offeredFrom: '2030-01-01T03:00:00Z' },
        ...(['OFFER_NOT_YET', 'from 2030-01-01 11:00 on', '2030-01-01 11:00 起'] as const),
      ],
      [
        { offeredFrom: '2026-11-01T03:00:00Z', offeredUntil: '2026-11-22T17:30:00Z' },
        ...(['OFFER_OVER', 'before 2026-11-23 01:30', '2026-11-23 01:30 之前'] as const),
      ],
      [{ limitPerDay: 1 }, 'LIMIT_PER_DAY', '1 of it a day at most', '每天最多兑换 1 份', twice],
      [{ limitInAll: 1 }, 'LIMIT_IN_ALL', '1 of it in all at most', '累计最多兑换 1 份', twice],
      [
        { regions: ['440000'], cashOffer: { regions: ['440000'] } },
        ...([
          'REGION_NOT_SERVED',
          'In these regions only: 440000',
          '仅限以下地区：440000',
        ] as const),
        { region: '310000' },
      ],
      [{ minTier: 'GOLD' }, 'TIER_TOO_LOW', 'tier Gold and above only', '仅限 金卡会员 及以上等级'],
      [
        { kind: 'SERVICE', details: { booking: { slots: [someday] } } },
        ...(['SLOT_NEEDED', 'You book a time for it', '须预约时段'] as const),
      ],
      [
        { kind: 'UPGRADE', details: { upgrade: { skus: ['ROOM'], withinDays: 9 } } },
        ...(['UPGRADE_ORDER_NEEDED', 'an order of your own', '您本人在该商家含有'] as const),
      ],
      [
        { duringOrder: { skus: ['ROOM'] } },
        ...(['STAY_ORDER_NEEDED', 'only while you use one of these', '订单使用期间'] as const),
      ],
    ];

  test('S58: whatever limit refuses a redemption stands in the text that the member saw', async () => {
    for (const [change, code, english, chinese, asked = {}] of limits) {
      if (code === 'OFFER_OVER') world.clock.set('2026-11-22T17:20:00Z');
      const rewardId = await offer(change);
      const { reward } = await world.data(
        `query ($id: ID!) { reward(id: $id) { en: disclosure(language: "en") { text sha256 }
          zh: disclosure(language: "zh-CN") { text } } }`,
        { id: rewardId },
        { as: asMember(memberId) },
      );
      if (code === 'OFFER_OVER') world.clock.set('2026-11-22T17:30:00Z');

      expect((await redeem(rewardId, asked)).code, code).toBe(code);

      expect(reward.en.text, code).toContain(english);
      expect(reward.zh.text, code).toContain(chinese);
    }
  });

  test('S14: of two members who book the last place at once one gets it, the other her points', async () => {
    const slot = (hour: string) => ({
      ...{ from: `2026-12-01T0${hour}:00:00Z`, until: `2026-12-01T0${hour}:30:00Z`, capacity: 1 },
    });
    const details = { booking: { slots: [slot('1'), slot('2')] } };
    const rewardId = await offer({ kind: 'SERVICE', details });
    const [first, second] = await slotsOf(rewardId);
    const other = await world.member();
    await world.purchase({ merchantId, memberId: other });

    expect(await redeem(rewardId)).toMatchObject({ code: 'SLOT_NEEDED', field: 'slotId' });
    const answers = await Promise.all(
      [memberId, other].map((id) => redeem(rewardId, { memberId: id, slotId: first.id })),
    );

    const booked = answers.find(({ __typename }) => __typename === 'RewardRedeemed');
    expect(booked.redemption.slot).toEqual({ id: first.id, left: 0 });
    expect(answers.find(({ __typename }) => __typename === 'SlotFull')).toMatchObject({
      ...{ code: 'SLOT_FULL', slots: [{ id: second.id, left: 1 }] },
    });
    const left = await Promise.all([memberId, other].map((id) => world.wallet(id)));
    expect(left.map(({ held }) => held)).toEqual([0, 0]);
    expect((await quote(rewardId, { slotId: first.id })).code).toBe('SLOT_FULL');

    await cancel(booked.redemption.id);
    expect(await slotsOf(rewardId)).toEqual([
      { id: first.id, left: 1 },
      { id: second.id, left: 1 },
    ]);
    expect((await redeem(rewardId, { slotId: 'none' })).code).toBe('SLOT_NOT_THERE');
    // Whoever cannot pay books nothing.
    const poor = await redeem(rewardId, { slotId: first.id, memberId: await world.member() });
    expect(poor.code).toBe('INSUFFICIENT_POINTS');
    expect((await slotsOf(rewardId))[0].left).toBe(1);
  });

  test('a reward is for its regions and its tiers', async () => {
    const local = await offer({
      regions: ['440000', '310115'],
      cashOffer: { regions: ['440000', '310115'] },
    });
    const silver = await offer({ kind: 'TIER_BENEFIT', minTier: 'SILVER' });
    const gold = await offer({ minTier: 'GOLD' });
    const fresh = await world.member();

    expect(await redeem(local)).toMatchObject({ code: 'REGION_NOT_SAID' });
    expect(await redeem(local, { region: '310000' })).toMatchObject({
      ...{ __typename: 'NotEligible', code: 'REGION_NOT_SERVED' },
      message: expect.stringContaining('440000, 310115'),
    });
    // Shenzhen lies in Guangdong.
    expect((await redeem(local, { region: '440300' })).__typename).toBe('RewardRedeemed');
    expect((await redeem(silver)).__typename).toBe('RewardRedeemed');
    expect(await redeem(gold)).toMatchObject({ __typename: 'NotEligible', code: 'TIER_TOO_LOW' });
    expect(await redeem(silver, { memberId: fresh })).toMatchObject({ code: 'TIER_TOO_LOW' });
    expect((await quote(gold)).code).toBe('TIER_TOO_LOW');
  });

  test('S15: an upgrade belongs to an order of the member, once for each room in it', async () => {
    const upgrade = { upgrade: { skus: ['ROOM'], withinDays: 30 } };
    const rewardId = await offer({ kind: 'UPGRADE', details: upgrade });
    const line = (sku: string, quantity = 1) => ({ sku, quantity, amountMinor: 1_000 });
    const lines = [line('ROOM'), line('TEA', 2)];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const tea = await world.purchase({ merchantId, memberId, lines: [line('TEA')] });
    const hers = await world.purchase({ merchantId, memberId: await world.member(), lines });

    expect((await redeem(rewardId)).code).toBe('UPGRADE_ORDER_NEEDED');
    expect((await redeem(rewardId, { purchaseId: tea })).code).toBe('ORDER_WITHOUT_IT');
    expect((await redeem(rewardId, { purchaseId: hers })).code).toBe('ORDER_NOT_HERS');
    const { redemption } = await redeem(rewardId, { purchaseId });
    expect(redemption.purchase).toEqual({ id: purchaseId });
    expect(await redeem(rewardId, { purchaseId })).toMatchObject({
      ...{ __typename: 'LimitReached', code: 'ORDER_UPGRADED', limit: 1, taken: 1 },
    });
    await cancel(redemption.id);
    expect((await redeem(rewardId, { purchaseId })).__typename).toBe('RewardRedeemed');
    expect((await redeem(await offer({}), { purchaseId })).code).toBe('ORDER_NOT_FOR_THIS');
  });

  test('S15: when its order is cancelled, an upgrade goes with it and its points come back, unless it was used', async () => {
    const details = { upgrade: { skus: ['ROOM'], withinDays: 30 } };
    const rewardId = await offer({ kind: 'UPGRADE', details, stock: 9 });
    const number = freshKey();
    const order = (orderNumber: string) =>
      world.purchase({
        ...{ merchantId, memberId, orderNumber },
        lines: [{ sku: 'ROOM', quantity: 1, amountMinor: 1 }],
      });
    const [kept, used] = [await order(freshKey()), await order(number)];
    const before = (await world.wallet(memberId)).available;
    const redeemed = [
      (await redeem(rewardId, { purchaseId: kept })).redemption.id,
      (await redeem(rewardId, { purchaseId: used })).redemption.id,
    ];
    const seen = async () => {
      const { redemptions } = await world.data(
        `query ($id: ID!) { redemptions(first: 9, filter: { rewardId: { eq: $id } }) { nodes {
          id status points voucher { code } timeline { kind reason } } } }`,
        { id: rewardId },
      );
      type Node = { id: string };
      return redeemed.map((id) => redemptions.nodes.find((node: Node) => node.id === id));
    };
    const [, second] = await seen();
    const use = async (orderNumber: string) => {
      const { useVoucher } = await world.data(
        `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) { __typename
          ... on Refusal { code } } }`,
        {
          input: {
            ...{ idempotencyKey: freshKey(), merchantId, voucherCode: second.voucher.code },
            order: orderOf(orderNumber, [['ROOM', null, 1_000]]),
          },
        },
      );
      return useVoucher;
    };
    // An order makes itself better, and no other.
    expect(await use(freshKey())).toEqual({
      ...{ __typename: 'VoucherNotUsable', code: 'VOUCHER_OF_OTHER_ORDER' },
    });
    expect(await use(number)).toEqual({ __typename: 'VoucherUsed' });

    for (const purchaseId of [kept, used]) {
      await world.data(
        `mutation ($input: CancelPurchaseInput!) { cancelPurchase(input: $input) {
          __typename } }`,
        { input: { idempotencyKey: freshKey(), purchaseId, reason: 'Ill.' } },
      );
    }
    await world.settle();

    const [undone, stays] = await seen();
    expect(undone).toMatchObject({ status: 'CANCELLED' });
    expect(undone.timeline).toContainEqual({
      ...{ kind: 'CANCEL_REQUESTED', reason: 'The order that it belonged to was cancelled.' },
    });
    expect(stays).toMatchObject({ status: 'COMPLETED' });
    expect((await world.wallet(memberId)).available).toBe(before - stays.points);
    const { reward } = await world.data('query ($id: ID!) { reward(id: $id) { stock } }', {
      id: rewardId,
    });
    expect(reward.stock).toBe(8);
  });

  test('S15, S16: what its order has no longer enough of goes with what was given back of it, the latest first', async () => {
    const upgrade = { upgrade: { skus: ['ROOM'] } };
    const rewardId = await offer({ kind: 'UPGRADE', details: upgrade, stock: 9 });
    const stays = await offer({ kind: 'SERVICE', duringOrder: {}, stock: 9 });
    const today = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const days = { usedFrom: today, usedUntil: today };
    const lines = [{ sku: 'ROOM', quantity: 2, amountMinor: 2, ...days }];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const first = (await redeem(rewardId, { purchaseId })).redemption.id;
    world.clock.set(new Date(world.clock.now().getTime() + 1_000).toISOString());
    const latest = (await redeem(rewardId, { purchaseId })).redemption.id;
    const tea = (await redeem(stays, { purchaseId })).redemption.id;
    const giveBackOne = async () => {
      const input = { idempotencyKey: freshKey(), purchaseId, lines: [{ number: 1, quantity: 1 }] };
      const RETURN = `mutation ($input: ReturnPurchaseInput!) { returnPurchase(input: $input) {
        __typename ... on Refusal { message } } }`;
      expect((await world.data(RETURN, { input })).returnPurchase.message).toBeUndefined();
      await world.settle();
    };
    const of = async (id: string) => {
      const { redemption } = await world.data(
        'query ($id: ID!) { redemption(id: $id) { status timeline { kind reason } } }',
        { id },
      );
      return redemption;
    };
    const statuses = () =>
      Promise.all([first, latest, tea].map(async (id) => (await of(id)).status));

    await giveBackOne();
    expect(await statuses()).toEqual(['COMPLETED', 'CANCELLED', 'COMPLETED']);
    await giveBackOne();
    expect(await statuses()).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    const reason = 'What it belonged to of the order was given back.';
    expect((await of(tea)).timeline.at(-1)).toEqual({ kind: 'CANCELLED', reason });
  });

  test('S15: of upgrades had together as many go as there is too little left for, also when some came back before', async () => {
    const rewardId = await offer({ kind: 'UPGRADE', details: { upgrade: { skus: ['ROOM'] } } });
    const lines = [{ sku: 'ROOM', quantity: 3, amountMinor: 3 }];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const before = (await world.wallet(memberId)).available;
    const { redemption } = await redeem(rewardId, { purchaseId, quantity: 3 });
    const mutation = (verb: string, given: object) => {
      const type = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Input`;
      const input = { idempotencyKey: freshKey(), ...given };
      return world.data(`mutation ($input: ${type}!) { ${verb}(input: $input) { __typename } }`, {
        input,
      });
    };
    const giveBackRooms = async (quantity: number) => {
      await mutation('returnPurchase', { purchaseId, lines: [{ number: 1, quantity }] });
      await world.settle();
      const { redemption: now } = await world.data(
        `query ($id: ID!) { redemption(id: $id) { status returnedQuantity
          returns { grounds quantity points status } } }`,
        { id: redemption.id },
      );
      return [now.status, now.returnedQuantity, (await world.wallet(memberId)).available - before];
    };

    expect(await giveBackRooms(1)).toEqual(['COMPLETED', 1, -20]);
    const own = { redemptionId: redemption.id, grounds: 'VOLUNTARY', quantity: 1 };
    await mutation('returnRedemption', own);
    expect(await giveBackRooms(1)).toEqual(['COMPLETED', 2, -10]);
    expect(await giveBackRooms(1)).toEqual(['COMPLETED', 3, 0]);
  });

  test('S64: what came back uses up no limit, and no goods of an order', async () => {
    const giveBack = async (redemptionId: string) => {
      const input = { idempotencyKey: freshKey(), redemptionId, grounds: 'PROVIDER_FAULT' };
      const RETURN = `mutation ($input: ReturnRedemptionInput!) { returnRedemption(input: $input) {
        __typename } }`;
      expect((await world.data(RETURN, { input })).returnRedemption.__typename).toBe(
        'RedemptionReturned',
      );
    };
    const limited = await offer({ limitInAll: 1, limitPerDay: 1 });
    const upgrade = await offer({ kind: 'UPGRADE', details: { upgrade: { skus: ['ROOM'] } } });
    const lines = [{ sku: 'ROOM', quantity: 1, amountMinor: 1 }];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    for (const [rewardId, more] of [[limited, {}] as const, [upgrade, { purchaseId }] as const]) {
      const { redemption } = await redeem(rewardId, more);
      expect((await redeem(rewardId, more)).__typename).toBe('LimitReached');
      await giveBack(redemption.id);
      expect((await redeem(rewardId, more)).__typename).toBe('RewardRedeemed');
      expect((await redeem(rewardId, more)).__typename).toBe('LimitReached');
    }
  });

  rewardsDuringStays(() => ({ world, merchantId, memberId }));

  test('S7, S68: a tier pays its price; money beside the points is told, and moves nowhere', async () => {
    const rewardId = await offer({
      ...{ points: 100, cashPrice: yuan(20), cashPart: yuan(5) },
      tierPrices: [
        { tier: 'GOLD', points: 50 },
        { tier: 'SILVER', points: 90 },
      ],
    });

    expect(await quote(rewardId, { quantity: 2 })).toMatchObject({
      ...{ points: 180, priceTier: 'SILVER', cashPart: { amountMinor: 1_000 } },
    });
    const before = (await world.wallet(memberId)).available;
    expect((await redeem(rewardId, { quantity: 2 })).redemption).toMatchObject({
      ...{ points: 180, cashPart: yuan(10) },
    });
    expect((await world.wallet(memberId)).available).toBe(before - 180);
  });

  test('a price that was quoted holds for its time; after that another one is refused', async () => {
    const rewardId = await offer({
      ...{ points: 100, cashPrice: yuan(20), tierPrices: [{ tier: 'SILVER', points: 90 }] },
    });
    const { token: quoteToken } = await quote(rewardId);

    expect(await redeem(rewardId, { quotedPoints: 100 })).toMatchObject({
      ...{ __typename: 'PriceChanged', code: 'PRICE_CHANGED', quotedPoints: 100, now: 90 },
    });
    expect((await redeem(rewardId, { quantity: 2, quoteToken })).code).toBe('QUOTE_NOT_USABLE');
    expect((await redeem(rewardId, { quoteToken: `1${quoteToken}` })).code).toBe(
      'QUOTE_NOT_USABLE',
    );
    // A year and a day later she has lost her tier, and a quote of a moment before still holds.
    await world.purchase({ merchantId, memberId, amountMinor: 50_000 });
    world.clock.set('2027-11-21T15:55:00Z');
    await world.purchase({ merchantId, memberId, amountMinor: 50_000 });
    const late = await quote(rewardId);
    expect(late).toMatchObject({ points: 90, validUntil: '2027-11-21T16:10:00.000Z' });
    world.clock.set('2027-11-21T16:05:00Z');
    expect(await quote(rewardId)).toMatchObject({ points: 100, priceTier: null });
    const held = await redeem(rewardId, { quoteToken: late.token, quotedPoints: 90 });
    expect(held.redemption.points).toBe(90);
    world.clock.set('2027-11-21T16:15:00Z');
    expect(await redeem(rewardId, { quoteToken: late.token })).toMatchObject({
      ...{ __typename: 'PriceChanged', quotedPoints: 90, now: 100 },
    });
  });

  test('conditions that cannot be used are refused, and name the field', async () => {
    const cases: [object, string, string][] = [
      [{ offeredUntil: '2020-01-01T00:00:00Z' }, 'offeredUntil', 'WINDOW_NOT_USABLE'],
      [{ regions: ['31'] }, 'regions', 'REGIONS_NOT_USABLE'],
      [{ limitPerDay: 0 }, 'limitPerDay', 'AMOUNT_NOT_POSITIVE'],
      [{ cashPart: yuan(1) }, 'cashPart', 'CASH_PART_NOT_USABLE'],
      [
        { tierPrices: [{ tier: 'GOLD', points: 10 }] },
        'tierPrices.0.points',
        'TIER_PRICE_NOT_LOWER',
      ],
      [{ tierPrices: [{ tier: 'LEAD', points: 9 }] }, 'tierPrices.0.tier', 'TIER_UNKNOWN'],
      [{ minTier: 'LEAD' }, 'minTier', 'TIER_UNKNOWN'],
      [{ kind: 'TIER_BENEFIT' }, 'minTier', 'TIER_NEEDED'],
    ];
    for (const [change, field, code] of cases) {
      const input = {
        ...{ idempotencyKey: freshKey(), merchantId, kind: 'PRODUCT', points: 10 },
        ...{ title: { zh: '权益', en: 'Reward' }, cashPrice: yuan(1), details: null, ...change },
        ...('kind' in change && { details: { tierBenefit: { percentOff: 10 } } }),
      };
      const { publishReward } = await world.data(
        `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
          ... on InvalidInput { code field } } }`,
        { input },
      );
      expect(publishReward).toEqual({ code, field });
    }
  });
});
