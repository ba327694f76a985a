import { describe, expect, test } from 'vitest';
import { problemsOfBooks } from '../rewards-catalog/stocks.ts';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey, openAlliance } from '../support/world.ts';
import { bringBack, purchaseAs } from './purchasing.ts';

type Lines = readonly { number: number; quantity: number }[];

const unusableReturns: readonly (readonly [Lines, string, string, string])[] = [
  [[], 'InvalidInput', 'NO_LINES', 'lines'],
  [[{ number: 1, quantity: 0 }], 'InvalidInput', 'AMOUNT_NOT_POSITIVE', 'lines.0.quantity'],
  [[{ number: 9, quantity: 1 }], 'InvalidInput', 'LINE_NOT_FOUND', 'lines.0.number'],
  [
    [
      { number: 1, quantity: 1 },
      { number: 1, quantity: 1 },
    ],
    'ReturnExceedsPurchase',
    'RETURN_EXCEEDS_PURCHASE',
    'lines.1.quantity',
  ],
];

describe.each(engines)('returning a purchase on $name', (engine) => {
  test('lines come back piece by piece, and the last piece takes back the last point', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [
      { sku: 'A', quantity: 3, amountMinor: 1_000 },
      { sku: 'B', quantity: 1, amountMinor: 99 },
    ];
    const id = await world.purchase({ merchantId, memberId, lines });

    const points: number[] = [];
    for (const number of [1, 1, 2, 1]) {
      const { reversedPoints } = await bringBack(world, id, [{ number, quantity: 1 }]);
      points.push(reversedPoints);
    }

    expect(points).toEqual([3, 3, 1, 3]);
    expect(await purchaseAs(world, id)).toMatchObject({
      total: { amountMinor: 1_099 },
      returned: { amountMinor: 1_099 },
      lines: [{ returnedQuantity: 3 }, { returnedQuantity: 1 }],
      awards: [{ points: 10, reversedPoints: 10, isPosted: true }],
    });
    expect(await world.wallet(memberId)).toEqual({ available: 0, held: 0, debt: 0 });
  });

  test('points that were spent already become debt, which the next accrual pays', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const id = await world.purchase({ merchantId, memberId });
    const rewardId = await world.reward({ merchantId, points: 80 });
    await world.redeem({ memberId, rewardId });

    await bringBack(world, id, [{ number: 1, quantity: 1 }]);
    const owing = await world.wallet(memberId);
    await world.purchase({ merchantId, memberId });

    expect(owing).toEqual({ available: 0, held: 0, debt: 80 });
    expect(await world.wallet(memberId)).toEqual({ available: 20, held: 0, debt: 0 });
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('more than was bought does not come back, also when asked twenty times at once', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 5, amountMinor: 50_000 }];
    const id = await world.purchase({ merchantId, memberId, lines });

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => bringBack(world, id, [{ number: 1, quantity: 1 }])),
    );

    const kinds = answers.map(({ __typename }) => __typename);
    expect(kinds.filter((kind) => kind === 'PurchaseReturned')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'ReturnExceedsPurchase')).toHaveLength(15);
    await world.settle();
    expect(await world.wallet(memberId)).toEqual({ available: 0, held: 0, debt: 0 });
  });

  test('the same key returns once', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 2, amountMinor: 20_000 }];
    const id = await world.purchase({ merchantId, memberId, lines });
    const idempotencyKey = freshKey();

    const first = await bringBack(world, id, [{ number: 1, quantity: 1 }], { idempotencyKey });
    const again = await bringBack(world, id, [{ number: 1, quantity: 1 }], { idempotencyKey });

    expect(again).toEqual(first);
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('a return that cannot be used changes nothing', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const id = await world.purchase({ merchantId, memberId });

    for (const [lines, __typename, code, field] of unusableReturns) {
      expect(await bringBack(world, id, lines)).toMatchObject({ __typename, code, field });
    }

    expect((await purchaseAs(world, id)).returned.amountMinor).toBe(0);
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('to another merchant a purchase is as if it were not there', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const id = await world.purchase({ merchantId, memberId: await world.member() });
    const as = asMerchant(other);

    const foreign = await bringBack(world, id, [{ number: 1, quantity: 1 }], { as });
    const unknown = await bringBack(world, 'none', [{ number: 1, quantity: 1 }], { as });

    expect(foreign).toEqual(unknown);
    expect(foreign).toMatchObject({ __typename: 'NotFound', code: 'PURCHASE_NOT_FOUND' });
  });
});
