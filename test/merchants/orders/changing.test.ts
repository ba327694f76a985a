import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { bringBack, record, suspend } from '../purchasing.ts';
import { rule, times } from '../rules/publishing.ts';
import { doing, orderAs, waitingShop, walletOf } from './ordering.ts';

const room = (amountMinor: number, sku = 'ROOM') => ({ sku, amountMinor });

describe.each(engines)('orders that change on $name', (engine) => {
  const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  test('a dearer room brings the difference, what came back of the old one stays back, and a cancellation takes all', async () => {
    const { merchantId, memberId } = await waitingShop(world, 'STAY_COMPLETED');
    const lines = [
      { sku: 'ROOM', quantity: 3, amountMinor: 90_000 },
      { sku: 'MEAL', amountMinor: 5_050 },
    ];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    await bringBack(world, purchaseId, [{ number: 1, quantity: 1 }]);
    await world.settle();
    const before = await walletOf(world, memberId);
    const replace = [{ number: 1, with: [{ sku: 'SUITE', quantity: 2, amountMinor: 100_000 }] }];
    const upgrade = {
      purchaseId,
      reason: 'She liked the suite',
      replace,
      idempotencyKey: freshKey(),
    };

    const better = await doing(world, 'upgradePurchase', upgrade);
    const again = await doing(world, 'upgradePurchase', upgrade);
    await world.settle();
    const waiting = await walletOf(world, memberId);
    await doing(world, 'recordPurchaseEvent', { purchaseId, event: 'STAY_COMPLETED' });
    const later = await doing(world, 'upgradePurchase', {
      purchaseId,
      reason: 'Late check-out',
      replace: [{ number: 2, with: [{ sku: 'MEAL', amountMinor: 5_050 }, room(1_000, 'LATE')] }],
    });
    const vested = await walletOf(world, memberId);
    const asked = { purchaseId, reason: 'The house is closed' };
    const undone = await doing(world, 'cancelPurchase', asked);
    const twice = await doing(world, 'cancelPurchase', asked);

    expect(before).toMatchObject({ available: 650, pending: 650, qualifyingPoints: 1_300 });
    expect(better).toEqual(again);
    expect(better).toMatchObject({
      amendment: { givenPoints: 800, reversedPoints: 0 },
      purchase: {
        total: { amountMinor: 135_050 },
        returned: { amountMinor: 30_000 },
        amendments: [{ number: 1, kind: 'UPGRADE', difference: { amountMinor: 40_000 } }],
        lines: [
          { number: 1, sku: 'ROOM', quantity: 1, returnedQuantity: 1, amountMinor: 30_000 },
          { number: 2, sku: 'MEAL' },
          { number: 3, sku: 'SUITE', quantity: 2, returnedQuantity: 0 },
        ],
      },
    });
    expect(waiting).toMatchObject({ available: 1_050, pending: 1_050, qualifyingPoints: 2_100 });
    // What is given after the stay waits no more.
    expect(later.amendment).toEqual({ givenPoints: 20, reversedPoints: 0 });
    expect(vested).toMatchObject({ available: 2_120, pending: 0 });
    expect([undone.reversedPoints, twice.reversedPoints]).toEqual([2_120, 2_120]);
    expect(twice.purchase).toMatchObject({
      status: 'CANCELLED',
      cancellation: { reason: 'The house is closed', reversedPoints: 2_120 },
      returned: { amountMinor: 136_050 },
    });
    await world.settle();
    expect(await walletOf(world, memberId)).toEqual({
      available: 0,
      pending: 0,
      qualifyingPoints: 0,
    });
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('a correction leaves what would have been earned, keeps what was wrong on record, and is posted after an outage', async () => {
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    await rule(world, merchantId, {
      award: times(3),
      condition: { stores: ['S1'] },
      caps: { budget: 500 },
    });
    const order = { merchantId, memberId, orderNumber: freshKey(), storeId: 'S1' };
    const lines = [{ sku: 'A', amountMinor: 100_000 }];
    const { purchase } = await record(world, { ...order, lines });
    const other = await world.member('Bea');
    await record(world, { merchantId, memberId: other, storeId: 'S1', lines });
    const purchaseId = purchase.id;

    ledger.isOut = true;
    const small = await doing(world, 'correctPurchase', {
      purchaseId,
      reason: 'A zero too many',
      replace: [{ number: 1, with: [{ sku: 'A', amountMinor: 10_000 }] }],
      add: [{ sku: 'BAG', amountMinor: 300 }],
    });
    const elsewhere = await doing(world, 'correctPurchase', {
      purchaseId,
      reason: 'It was sold online',
      setting: { channel: 'ONLINE' },
    });
    ledger.isOut = false;
    await world.settle();
    const repeated = await record(world, { ...order, lines });
    const taken = await record(world, { merchantId, memberId: other, storeId: 'S1', lines });
    const back = await doing(world, 'correctPurchase', {
      purchaseId,
      reason: 'It was S1 after all',
      replace: [{ number: 2, with: [{ sku: 'A', amountMinor: 20_000 }] }],
      setting: { storeId: 'S1' },
    });

    // 500 of the 2,000 that it pays more there fit under the budget; 206 of them do now.
    expect(small.amendment).toEqual({ givenPoints: 0, reversedPoints: 897 + 294 });
    expect(elsewhere.amendment).toEqual({ givenPoints: 0, reversedPoints: 206 });
    // Sent again as it was entered at first, it is the same order.
    expect(repeated.purchase.id).toBe(purchaseId);
    // Others took what there was room for: it is not there any more.
    expect(taken.purchase.awards).toContainEqual(expect.objectContaining({ points: 500 }));
    expect(back.amendment).toEqual({ givenPoints: 100, reversedPoints: 0 });
    expect(await walletOf(world, memberId)).toMatchObject({ available: 203 });
    const { amendments } = await orderAs(world, purchaseId, asMerchant(merchantId));
    expect(amendments[0]).toMatchObject({
      kind: 'CORRECTION',
      reason: 'A zero too many',
      linesBefore: [{ number: 1, amountMinor: 100_000 }],
      linesAfter: [
        { number: 2, amountMinor: 10_000 },
        { number: 3, amountMinor: 300 },
      ],
      difference: { amountMinor: -89_700 },
      amendedBy: 'operator:test',
    });
    const seen = await orderAs(world, purchaseId, asMember(memberId));
    expect(seen.amendments[0]).toMatchObject({ reason: 'A zero too many', amendedBy: null });
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('what cannot be changed so is refused, says why, and changes nothing', async () => {
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 2, amountMinor: 10_000 }, room(0)];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const order = await orderAs(world, purchaseId);
    const dearer = { number: 1, with: [room(20_000)] };
    const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
      ['upgradePurchase', { replace: [] }, { code: 'NOTHING_TO_CHANGE' }],
      ['correctPurchase', {}, { code: 'NOTHING_TO_CHANGE', field: 'replace' }],
      ['upgradePurchase', { replace: [dearer], reason: ' ' }, { code: 'TEXT_NOT_USABLE' }],
      [
        'upgradePurchase',
        { replace: [dearer, { number: 2, with: [room(0)] }] },
        { __typename: 'NotAnUpgrade', field: 'replace.1.with' },
      ],
      ['correctPurchase', { replace: [{ number: 9, with: [] }] }, { code: 'LINE_NOT_FOUND' }],
      ['correctPurchase', { replace: [dearer, dearer] }, { code: 'LINE_NAMED_TWICE' }],
      ['correctPurchase', { replace: [{ number: 1, with: [] }] }, { code: 'NOTHING_PAID' }],
      [
        'correctPurchase',
        { add: [room(-1)] },
        { code: 'AMOUNT_NEGATIVE', field: 'add.0.amountMinor' },
      ],
      ['correctPurchase', { setting: { storeId: ' S' } }, { field: 'setting.storeId' }],
      ['cancelPurchase', { reason: '' }, { code: 'TEXT_NOT_USABLE', field: 'reason' }],
    ];

    for (const [name, input, refusal] of cases) {
      expect(await doing(world, name, { purchaseId, reason: 'So', ...input })).toMatchObject(
        refusal,
      );
    }
    const as = asMerchant(await world.merchant());
    const change = { purchaseId, reason: 'So', replace: [dearer] };
    for (const name of ['upgradePurchase', 'correctPurchase']) {
      const foreign = await doing(world, name, change, { as });
      expect(foreign).toMatchObject({ __typename: 'NotFound', code: 'PURCHASE_NOT_FOUND' });
    }
    expect(await orderAs(world, purchaseId)).toEqual(order);

    await bringBack(world, purchaseId, [{ number: 1, quantity: 2 }]);
    const gone = await doing(world, 'correctPurchase', change, { locale: 'zh-CN' });
    await suspend(world, merchantId);
    const closed = await doing(world, 'upgradePurchase', change);
    await doing(world, 'cancelPurchase', { purchaseId, reason: 'So' });
    const after = await doing(world, 'correctPurchase', change);

    expect(gone).toMatchObject({ code: 'LINE_ALL_RETURNED' });
    expect(gone.message).toContain('已全部退回');
    expect(closed).toMatchObject({ __typename: 'MerchantNotActive' });
    expect(after).toMatchObject({ __typename: 'PurchaseCancelled', code: 'PURCHASE_CANCELLED' });
    const late = await doing(world, 'recordPurchaseEvent', { purchaseId, event: 'DELIVERED' });
    expect(late).toMatchObject({ __typename: 'PurchaseCancelled' });
  });
});
