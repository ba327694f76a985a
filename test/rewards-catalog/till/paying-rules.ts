import { beforeAll, expect, test } from 'vitest';
import { serviceCaller } from '../../../shared/graphql/caller.ts';
import { codeOf } from '../../merchants/tilling.ts';
import { asMember, asMerchant, freshKey, operator, type World } from '../../support/world.ts';
import { openTill, paidOrder, type Till } from './till.ts';

const REDEMPTION = `query ($id: ID!) { redemption(id: $id) { status points returnedQuantity
  reward { kind } burns { points issuer { id } } claims { points amount { amountMinor } }
  returns { grounds status points feePoints } timeline { kind } } }`;

/** What holds when points pay at a till, as tests of a world that another file has opened: opening one is dear. */
export function payingRules(open: () => World): void {
  let world: World;
  let till: Till;
  let memberId: string;

  beforeAll(async () => {
    world = open();
    till = await openTill(world);
    memberId = await world.member();
    await world.purchase({ merchantId: await world.merchant(), memberId, amountMinor: 5_000_000 });
  });

  const available = async () => (await world.wallet(memberId)).available;
  const redemption = async (id: string, as = operator) =>
    (await world.data(REDEMPTION, { id }, { as })).redemption;

  test('S23: points take a part off the price of jeans, and the order earns on what is paid in money', async () => {
    const before = await available();
    const lines = [
      { sku: 'jeans', category: 'denim', amountMinor: 20_000 },
      { sku: 'belt', category: 'denim', amountMinor: 10_001 },
    ];
    const quote = await till.quote({ memberCode: await codeOf(world, memberId), lines });
    expect(quote.pointsOffer).toEqual({
      ...{ reward: { id: till.rewardId }, unit: 'ALLIANCE', points: 18_750 },
      ...{ amount: { amountMinor: 15_000 }, stepPoints: 5, stepAmount: { amountMinor: 4 } },
    });

    const orderNumber = freshKey();
    const paid = await till.pay({ memberId, orderNumber, points: 5_000, lines: [20_000, 10_001] });
    expect(paid).toMatchObject({
      ...{ __typename: 'PaidWithPoints', paid: { amountMinor: 4_000 } },
      ...{ toPay: { amountMinor: 26_001 }, lines: [17_333, 8_668] },
      redemption: { status: 'COMPLETED', points: 5_000, quantity: 1_000 },
    });
    expect(await available()).toBe(before - 5_000);

    const recorded = await till.record({
      ...{ memberId, orderNumber, pointsPayment: paid.redemption.id },
      lines: lines.map((line, index) => ({ ...line, amountMinor: paid.lines[index] })),
    });
    expect(recorded).toMatchObject({
      purchase: {
        ...{ total: { amountMinor: 26_001 }, paidWithPoints: { amountMinor: 4_000 } },
        ...{ pointsPayment: { id: paid.redemption.id, points: 5_000 }, awards: [{ points: 260 }] },
      },
    });
    // The issuer owes the shop, which took points in the place of money, at the price frozen at issue.
    expect(await redemption(paid.redemption.id)).toMatchObject({
      ...{ reward: { kind: 'BILL_OFFSET' }, claims: [{ points: 5_000 }] },
      timeline: [{ kind: 'REQUESTED' }, { kind: 'COMPLETED' }],
    });
  });

  test('a quote tells the till which vouchers of hers fit, never their codes, and nothing without a code', async () => {
    const voucher = { faceMinor: 500, thresholdMinor: 10_000, categories: ['tea'] };
    const ofTea = await world.reward({ merchantId: till.merchantId, details: { voucher } });
    const elsewhere = await world.reward({ merchantId: await world.merchant() });
    for (const rewardId of [ofTea, elsewhere]) await world.redeem({ memberId, rewardId });
    const fits = [{ sku: 'T', category: 'tea', amountMinor: 10_000 }];
    const misses = [{ sku: 'T', category: 'tea', amountMinor: 9_999 }];
    const memberCode = await codeOf(world, memberId);

    expect((await till.quote({ memberCode, lines: fits })).vouchers).toEqual([
      {
        ...{
          reward: { id: ofTea },
          validUntil: expect.any(String),
          discount: { amountMinor: 500 },
        },
        redemption: { id: expect.any(String), voucher: { code: null } },
      },
    ]);
    expect((await till.quote({ memberCode, lines: misses })).vouchers).toEqual([]);
    expect(await till.quote({ lines: fits })).toMatchObject({ vouchers: null, pointsOffer: null });
  });

  test('says why points do not pay, takes nothing then, and says it in Chinese too', async () => {
    const before = await available();
    const poor = await world.member();
    const none = await world.merchant();
    const cases: [Record<string, unknown>, string, object?][] = [
      [{ points: 6_255 }, 'OFFSET_ABOVE_SHARE', { mostPoints: 6_250 }],
      [{ points: 12_500 }, 'OFFSET_ABOVE_BILL'],
      [{ points: 62_505, lines: [1_000_000] }, 'OFFSET_ABOVE_LIMIT', { mostPoints: 62_500 }],
      [{ points: 7 }, 'POINTS_NOT_IN_STEPS', { field: 'points' }],
      [{ points: 0 }, 'AMOUNT_NOT_POSITIVE', { field: 'points' }],
      [{ points: 5, lines: [] }, 'BILL_LINES_COUNT'],
      [{ points: 5, lines: [10, -1] }, 'AMOUNT_NEGATIVE', { field: 'lines.1' }],
      [{ points: 5, currency: 'USD' }, 'ORDER_CURRENCY_DIFFERS'],
      [{ points: 5, orderNumber: ' 1' }, 'KEY_NOT_USABLE', { field: 'orderNumber' }],
      [{ points: 5, rewardId: 'nothing' }, 'OFFSET_NOT_FOUND'],
      [{ points: 5, rewardId: await world.reward({ merchantId: none }) }, 'OFFSET_NOT_FOUND'],
      [{ points: 5, memberId: poor }, 'INSUFFICIENT_POINTS', { missing: 5 }],
    ];
    for (const [input, code, more = {}] of cases) {
      expect(await till.pay({ memberId, ...input })).toMatchObject({ code, ...more });
    }
    expect((await till.pay({ memberId, points: 6_255 }, { locale: 'zh-CN' })).message).toContain(
      '50%',
    );
    expect(await till.pay({ points: 5 })).toMatchObject({
      ...{ __typename: 'MemberCodeNotGood', code: 'MEMBER_CODE_UNKNOWN' },
    });
    for (const as of [asMerchant(none), asMember(memberId)]) {
      expect(await till.pay({ memberId, points: 5 }, { as })).toEqual({ fault: 'FORBIDDEN' });
      expect(await till.undo('1', { as })).toEqual({ fault: 'FORBIDDEN' });
    }
    expect(await available()).toBe(before);
  });

  test('a code pays for one order, for a minute, and an order is paid once however often it is asked for', async () => {
    const before = await available();
    const [orderNumber, other, key] = [freshKey(), freshKey(), freshKey()];
    const memberCode = await codeOf(world, memberId);
    const asked = {
      idempotencyKey: key,
      orderNumber,
      memberCode,
      points: 1_000,
      lines: [9_999, 1],
    };

    const answers = await Promise.all([
      till.pay(asked),
      till.pay(asked),
      till.pay({ ...asked, idempotencyKey: freshKey() }),
    ]);
    const ids = new Set(answers.map((answer) => answer.redemption.id));
    expect(ids.size).toBe(1);
    expect(
      await till.pay({ ...asked, idempotencyKey: freshKey(), orderNumber: other }),
    ).toMatchObject({
      code: 'MEMBER_CODE_USED',
    });
    world.clock.set(new Date(world.clock.now().getTime() + 61_000).toISOString());
    expect(await till.pay(asked)).toMatchObject({ __typename: 'PaidWithPoints' });
    expect(await till.pay({ ...asked, idempotencyKey: freshKey() })).toMatchObject({
      code: 'MEMBER_CODE_EXPIRED',
    });
    for (const differs of [{ points: 1_005 }, { lines: [10_001] }]) {
      expect(await till.pay({ memberId, orderNumber, points: 1_000, ...differs })).toMatchObject({
        ...{ __typename: 'OrderPaidAlready', code: 'ORDER_PAID_OTHERWISE' },
      });
    }
    expect(await available()).toBe(before - 1_000);

    expect(await till.undo(orderNumber)).toMatchObject({
      ...{ __typename: 'PointsPaymentUndone', redemption: { status: 'CANCELLED' } },
    });
    expect(await till.undo(orderNumber)).toMatchObject({ __typename: 'PointsPaymentUndone' });
    // A till that never heard the first answer takes nothing off for points that are back.
    expect(await till.pay(asked)).toMatchObject({
      ...{ __typename: 'RewardNotAvailable', code: 'PAYMENT_UNDONE' },
    });
    expect(await till.undo(other)).toMatchObject({ code: 'ORDER_NOT_PAID_WITH_POINTS' });
    expect(await available()).toBe(before);
    expect(await till.pay({ memberId, orderNumber, points: 500 })).toMatchObject({
      __typename: 'PaidWithPoints',
    });
    await till.undo(orderNumber);
  });

  test('an order names the points that paid a part of it, or is not recorded', async () => {
    const orderNumber = freshKey();
    const paid = await till.pay({ memberId, orderNumber, points: 1_000 });
    const order = { memberId, orderNumber, pointsPayment: paid.redemption.id };
    const lines = [{ amountMinor: 9_200 }];
    for (const [differs, code] of [
      [{ pointsPayment: 'nothing' }, 'POINTS_PAYMENT_UNKNOWN'],
      [{ orderNumber: freshKey() }, 'POINTS_PAYMENT_UNKNOWN'],
      [{ memberId: await world.member() }, 'POINTS_PAYMENT_OF_ANOTHER'],
      [{ lines: [{ amountMinor: 10_000 }] }, 'POINTS_PAYMENT_BILL'],
    ] as const) {
      expect(await till.record({ ...order, lines, ...differs })).toMatchObject({ code });
    }
    // What was refused keeps nothing from being undone; what is under way does.
    const refused = freshKey();
    const other = await till.pay({ memberId, orderNumber: refused, points: 1_000 });
    const wrong = { memberId, orderNumber: refused, pointsPayment: other.redemption.id };
    await till.record({ ...wrong, lines: [{ amountMinor: 10_000 }] });
    expect(await till.undo(refused)).toMatchObject({ __typename: 'PointsPaymentUndone' });
    await claimed(orderNumber, { redemptionId: order.pointsPayment, totalMinor: 9_200 });
    expect(await till.undo(orderNumber)).toMatchObject({ code: 'PAID_ORDER_IN_HAND' });
    const first = await till.record({ ...order, lines });
    expect(await till.record({ ...order, lines })).toEqual(first);
    expect(await till.record({ memberId, orderNumber, lines })).toMatchObject({
      code: 'ORDER_NUMBER_TAKEN',
    });
    expect(await till.undo(orderNumber)).toMatchObject({ code: 'PAID_ORDER_RECORDED' });
    expect(await till.pay({ memberId, orderNumber: await cash(), points: 5 })).toMatchObject({
      code: 'ORDER_RECORDED',
    });
  });

  /** As merchants asks before it records the order, and then is killed. */
  const claimed = (orderNumber: string, paying: object) =>
    world.embedded.transport('rewards-catalog', {
      query: `mutation ($merchantId: ID!, $orderNumber: String!, $paying: PayingInput!) {
        claimPointsPayment(merchantId: $merchantId, orderNumber: $orderNumber, paying: $paying) {
          redemptionId } }`,
      variables: {
        ...{ merchantId: till.merchantId, orderNumber },
        paying: { memberId, currency: 'CNY', ...paying },
      },
      call: {
        ...{ caller: serviceCaller('merchants'), locale: 'en', requestId: 'test', deadline: null },
      },
    });

  const cash = async () => {
    const orderNumber = freshKey();
    await world.purchase({ merchantId: till.merchantId, memberId, orderNumber });
    return orderNumber;
  };

  test('points go back with the order, in proportion and to where they came from', async () => {
    const lines = [
      { quantity: 3, amountMinor: 9_000 },
      { quantity: 1, amountMinor: 1_000 },
    ];
    const before = await available();
    const { purchaseId, redemptionId } = await paidOrder(till, memberId, { points: 1_000, lines });
    const earned = 92;
    expect(await available()).toBe(before - 1_000 + earned);
    await world.settle();

    expect(await till.giveBack(purchaseId, [{ number: 1, quantity: 1 }])).toMatchObject({
      __typename: 'PurchaseReturned',
    });
    await world.settle();
    // 6,440 of 9,200 fen are kept: 140 of 200 steps.
    const [first] = (await redemption(redemptionId)).returns;
    expect(first).toEqual({
      ...{ grounds: 'ORDER_CHANGED', status: 'COMPLETED', points: 300, feePoints: 0 },
    });
    await till.giveBack(purchaseId, [
      { number: 1, quantity: 2 },
      { number: 2, quantity: 1 },
    ]);
    await world.settle();
    expect(await redemption(redemptionId)).toMatchObject({
      ...{
        status: 'COMPLETED',
        returnedQuantity: 200,
        returns: [{ points: 300 }, { points: 700 }],
      },
    });
    expect(await available()).toBe(before);
  });

  test('a correction and a cancellation give points back as a return does, and an upgrade takes none', async () => {
    const before = await available();
    const lines = [{ quantity: 1, amountMinor: 10_000 }];
    const { purchaseId, redemptionId } = await paidOrder(till, memberId, { points: 1_000, lines });
    const back = async () => (await redemption(redemptionId)).returnedQuantity;
    const change = (name: string, input: object) =>
      world.data(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) {
          ${name}(input: $input) { __typename } }`,
        { input: { idempotencyKey: freshKey(), purchaseId, reason: 'A slip.', ...input } },
        { as: asMerchant(till.merchantId) },
      );

    await change('upgradePurchase', { replace: [{ number: 1, with: [{ amountMinor: 18_400 }] }] });
    await world.settle();
    expect(await back()).toBe(0);
    await change('correctPurchase', { replace: [{ number: 2, with: [{ amountMinor: 4_600 }] }] });
    await world.settle();
    expect(await back()).toBe(150);
    await change('cancelPurchase', {});
    await world.settle();
    expect(await back()).toBe(200);
    expect(await available()).toBe(before);
  });

  test('an order that is recorded with none of it, or not at all, gives its points back after seven days', async () => {
    const before = await available();
    const [never, inMoney] = [freshKey(), freshKey()];
    for (const orderNumber of [never, inMoney]) {
      await till.pay({ memberId, orderNumber, points: 1_000 });
    }
    const kept = await paidOrder(till, memberId, {
      ...{ points: 500, lines: [{ quantity: 1, amountMinor: 10_000 }] },
    });
    await till.record({ memberId, orderNumber: inMoney, lines: [{ amountMinor: 10_000 }] });
    await world.settle();
    expect(await available()).toBe(before - 2_500 + 96 + 100);

    world.clock.advanceDays(7);
    await world.settle();
    expect(await available()).toBe(before - 500 + 96 + 100);
    expect(await till.undo(never)).toMatchObject({ __typename: 'PointsPaymentUndone' });
    expect(await redemption(kept.redemptionId)).toMatchObject({ returnedQuantity: 0 });
  });

  test('nobody redeems, cancels or returns it elsewhere than at the till', async () => {
    const lines = [{ quantity: 1, amountMinor: 10_000 }];
    const { redemptionId } = await paidOrder(till, memberId, { points: 500, lines });
    expect(await world.redeem({ memberId, rewardId: till.rewardId })).toMatchObject({
      code: 'PAYS_AT_TILL_ONLY',
    });
    const input = { idempotencyKey: freshKey(), redemptionId };
    const { cancelRedemption, returnRedemption } = await world.data(
      `mutation ($cancel: CancelRedemptionInput!, $return: ReturnRedemptionInput!) {
        cancelRedemption(input: $cancel) { ... on Refusal { code } }
        returnRedemption(input: $return) { ... on Refusal { code } } }`,
      { cancel: input, return: { ...input, grounds: 'PROVIDER_FAULT' } },
    );
    expect(cancelRedemption.code).toBe('OFFSET_GOES_WITH_ORDER');
    expect(returnRedemption.code).toBe('OFFSET_GOES_WITH_ORDER');
  });

  test('a merchant that is suspended, or takes no points any more, takes none', async () => {
    const gone = await openTill(world);
    const delist = { idempotencyKey: freshKey(), rewardId: gone.rewardId };
    const DELIST = `mutation ($input: DelistRewardInput!) { delistReward(input: $input) { __typename } }`;
    await world.data(DELIST, { input: delist });
    const memberCode = await codeOf(world, memberId);
    const lines = [{ amountMinor: 10_000 }];
    expect((await gone.quote({ memberCode, lines })).pointsOffer).toBeNull();
    expect(await gone.pay({ memberId, points: 5 })).toMatchObject({ code: 'REWARD_DELISTED' });
    const suspend = { idempotencyKey: freshKey(), merchantId: gone.merchantId, reason: 'Test.' };
    const SUSPEND = `mutation ($input: SuspendMerchantInput!) { suspendMerchant(input: $input) { __typename } }`;
    await world.data(SUSPEND, { input: suspend });
    expect(await gone.pay({ memberId, points: 5 })).toMatchObject({ code: 'MERCHANT_SUSPENDED' });
  });

  test('what is the same for everybody cannot be stated for some, and never more than a code pays', async () => {
    const base = { merchantId: till.merchantId, kind: 'BILL_OFFSET' };
    for (const [more, code] of [
      [{ weekdays: [1] }, 'NOT_WITH_BILL_OFFSET'],
      [{ minTier: 'GOLD' }, 'NOT_WITH_BILL_OFFSET'],
      [{ cashPrice: { amountMinor: 0, currency: 'CNY' } }, 'AMOUNT_NOT_POSITIVE'],
      [{ details: { billOffset: { maxPercent: 50, maxMinor: 50_001 } } }, 'OUT_OF_RANGE'],
    ] as const) {
      await expect(world.reward({ ...base, ...more })).rejects.toThrow(code);
    }
  });
}
