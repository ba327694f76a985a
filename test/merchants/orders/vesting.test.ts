import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { doing, orderAs, waitingShop, walletOf } from './ordering.ts';

const DELIVERED = { event: 'DELIVERED' };

describe.each(engines)('points that wait for an event on $name', (engine) => {
  const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  test('what came back before does not vest, what comes back after it is taken back', async () => {
    const { merchantId, memberId } = await waitingShop(world);
    const lines = [{ sku: 'A', quantity: 4, amountMinor: 40_000 }];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const gone = await world.purchase({ merchantId, memberId });
    await bringBack(world, gone, [{ number: 1, quantity: 1 }]);
    await bringBack(world, purchaseId, [{ number: 1, quantity: 1 }]);

    await doing(world, 'recordPurchaseEvent', { purchaseId, ...DELIVERED });
    await doing(world, 'recordPurchaseEvent', { purchaseId: gone, ...DELIVERED });
    const vested = await walletOf(world, memberId);
    await bringBack(world, purchaseId, [{ number: 1, quantity: 2 }]);
    await world.settle();

    expect(vested).toMatchObject({ available: 600, pending: 0 });
    expect(await walletOf(world, memberId)).toMatchObject({ available: 200, pending: 0 });
    const { awards } = await orderAs(world, gone);
    expect(awards.every(({ isPosted }: { isPosted: boolean }) => isPosted)).toBe(true);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('another event leaves them waiting, and one that nothing waits for is refused', async () => {
    const { merchantId, memberId } = await waitingShop(world, 'INSTALLED');
    const purchaseId = await world.purchase({ merchantId, memberId });
    const events = [
      { ...DELIVERED },
      { event: 'INSTALED' },
      { event: ' INSTALLED' },
      { event: 'INSTALLED', occurredAt: '2026-11-22T03:00:00Z' },
      { event: 'INSTALLED', occurredAt: '2026-11-21T03:00:00Z' },
    ];

    const answers = [];
    for (const one of events) {
      answers.push(await doing(world, 'recordPurchaseEvent', { purchaseId, ...one }));
    }
    const foreign = await doing(
      world,
      'recordPurchaseEvent',
      { purchaseId, event: 'INSTALLED' },
      { as: asMerchant(await world.merchant()) },
    );
    const waiting = await walletOf(world, memberId);
    await doing(world, 'recordPurchaseEvent', { purchaseId, event: 'INSTALLED' });

    expect(answers).toMatchObject([
      { __typename: 'PurchaseEventRecorded' },
      { __typename: 'InvalidInput', code: 'EVENT_NOT_KNOWN', field: 'event' },
      { __typename: 'InvalidInput', code: 'KEY_NOT_USABLE' },
      { __typename: 'InvalidInput', code: 'EVENT_OUT_OF_TIME', field: 'occurredAt' },
      { __typename: 'InvalidInput', code: 'EVENT_OUT_OF_TIME' },
    ]);
    expect(answers[1].message).toContain('INSTALLED, DELIVERED');
    expect(foreign).toMatchObject({ __typename: 'NotFound', code: 'PURCHASE_NOT_FOUND' });
    expect(waiting).toMatchObject({ available: 100, pending: 100 });
    expect(await walletOf(world, memberId)).toMatchObject({ available: 200, pending: 0 });
  });

  test('can be spent once the merchant confirms it: once, whatever the key, and also after an outage', async () => {
    const { merchantId, memberId } = await waitingShop(world);
    const purchaseId = await world.purchase({ merchantId, memberId });
    const before = await walletOf(world, memberId);
    const idempotencyKey = freshKey();
    ledger.isOut = true;

    const first = await doing(world, 'recordPurchaseEvent', {
      purchaseId,
      ...DELIVERED,
      idempotencyKey,
    });
    const meanwhile = await walletOf(world, memberId);
    ledger.isOut = false;
    await world.settle();
    const again = await doing(world, 'recordPurchaseEvent', {
      purchaseId,
      ...DELIVERED,
      idempotencyKey,
    });
    world.clock.advanceDays(1);
    const anew = await doing(world, 'recordPurchaseEvent', { purchaseId, ...DELIVERED });
    await world.settle();

    expect(before).toMatchObject({ available: 100, pending: 100 });
    expect(meanwhile).toEqual(before);
    expect(await walletOf(world, memberId)).toMatchObject({ available: 200, pending: 0 });
    expect(first.purchase.events).toMatchObject([
      { event: 'DELIVERED', occurredAt: '2026-11-22T02:00:00.000Z' },
    ]);
    expect([again.purchase.events, anew.purchase.events]).toEqual([
      first.purchase.events,
      first.purchase.events,
    ]);
    expect(anew.purchase.awards.every(({ isPosted }: { isPosted: boolean }) => isPosted)).toBe(
      true,
    );
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
