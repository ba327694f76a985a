import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../shared/calendar.ts';
import {
  DISTANCE_DAYS,
  isOpen,
  returnWindow,
} from '../../../subgraphs/merchants/orders/domain/return-window.ts';
import { engines } from '../../support/engines.ts';
import { asMember, freshKey, openAlliance, type World } from '../../support/world.ts';
import { bringBack, record } from '../purchasing.ts';
import { PLAIN, published } from '../rules/life-cycle.ts';
import { programmeOf } from '../rules/publishing.ts';
import { doing } from './ordering.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const ONE = [{ number: 1, quantity: 1 }];
const FIVE = [{ sku: 'A', quantity: 5, amountMinor: 50_000 }];

const instant = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('the days for bringing goods back', () => {
  test('are at least seven after the receipt for what was not bought in a shop, whatever is stated', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat(40),
        fc.array(fc.nat(60), { maxLength: 3 }),
        fc.constantFrom('ONLINE', 'PHONE', null),
        fc.integer({ min: 0, max: DISTANCE_DAYS }),
        (purchasedAt, underway, stated, channel, days) => {
          const deliveredAt = new Date(purchasedAt.getTime() + underway * DAY_MS);
          const sold = { channel, purchasedAt, deliveredAt, upgradedAt: null, stated };
          const window = returnWindow(sold);
          expect(isOpen(window, new Date(deliveredAt.getTime() + days * DAY_MS))).toBe(true);
          if (channel !== null) {
            expect(returnWindow({ ...sold, deliveredAt: null })).toBeNull();
          }
        },
      ),
    );
  });

  test('are the longest that a programme states, and in a shop no more than these', () => {
    fc.assert(
      fc.property(
        instant,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 }),
        (purchasedAt, stated) => {
          const sold = { channel: 'STORE', purchasedAt, deliveredAt: null, upgradedAt: null };
          const days = Math.max(...stated);
          const lastDay = addDays(dayOf(purchasedAt), days);
          expect(returnWindow({ ...sold, stated })).toEqual({ days, lastDay });
        },
      ),
    );
  });
});

describe.each(engines)('goods that come back on $name', (engine) => {
  let world: World;
  let memberId: string;
  beforeAll(async () => {
    world = await openAlliance(engine, { at: '2026-11-22T15:30:00Z' });
    memberId = await world.member();
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  const shop = (...days: number[]) =>
    world.merchant({
      programmes: days.map((returnDays, index) => ({
        unit:
          index === 0
            ? 'ALLIANCE'
            : `U${freshKey().replaceAll(/\W/g, '').toUpperCase()}`.slice(0, 20),
        policy: { returnDays },
      })),
    });

  const buy = async (merchantId: string, more: Record<string, unknown> = {}): Promise<string> =>
    (await record(world, { merchantId, memberId, lines: FIVE, ...more })).purchase.id;

  async function seen(id: string) {
    const { purchase } = await world.data(
      `query ($id: ID!) { purchase(id: $id) { returned { amountMinor }
        returnWindow { days lastDay isOpen } returns { grounds lines { number quantity } } } }`,
      { id },
      { as: asMember(memberId) },
    );
    return purchase;
  }

  test('are taken back without a reason through the last day of China, and after it for a defect or by consent', async () => {
    const merchantId = await shop(7);
    const id = await buy(merchantId);
    const key = freshKey();

    world.clock.set('2026-11-29T15:59:59.999Z');
    const open = (await seen(id)).returnWindow;
    const last = await bringBack(world, id, ONE, { idempotencyKey: key });
    world.clock.set('2026-11-29T16:00:00Z');
    const late = await bringBack(world, id, ONE);
    const zh = await bringBack(world, id, ONE, { locale: 'zh-CN', grounds: 'CHANGED_MIND' });
    const repeated = await bringBack(world, id, ONE, { idempotencyKey: key });
    const broken = await bringBack(world, id, ONE, { grounds: 'DEFECT' });
    const agreed = await bringBack(world, id, ONE, { grounds: 'MERCHANT_CONSENT' });
    const after = await seen(id);
    const cancelled = await doing(world, 'cancelPurchase', { purchaseId: id, reason: 'Recalled' });

    expect(open).toEqual({ days: 7, lastDay: '2026-11-29', isOpen: true });
    expect(last).toMatchObject({ __typename: 'PurchaseReturned', reversedPoints: 100 });
    expect(late).toEqual({
      __typename: 'ReturnWindowClosed',
      code: 'RETURN_WINDOW_CLOSED',
      message:
        'It could be brought back without a reason for 7 days, until 2026-11-29. It still comes back because of a defect, or when the merchant agrees: say so in grounds.',
      lastDay: '2026-11-29',
      days: 7,
      stillPossible: ['DEFECT', 'MERCHANT_CONSENT'],
    });
    expect(zh.message).toContain('2026-11-29');
    expect(zh.message).toContain('无理由退货期为 7 天');
    expect(repeated).toMatchObject({ __typename: 'PurchaseReturned', reversedPoints: 100 });
    expect(broken).toMatchObject({ reversedPoints: 100 });
    expect(agreed).toMatchObject({ reversedPoints: 100 });
    expect(after).toMatchObject({
      returned: { amountMinor: 30_000 },
      returnWindow: { isOpen: false },
      returns: [
        { grounds: 'CHANGED_MIND', lines: [{ number: 1, quantity: 1 }] },
        { grounds: 'DEFECT' },
        { grounds: 'MERCHANT_CONSENT' },
      ],
    });
    expect(cancelled).toMatchObject({ reversedPoints: 200 });
    expect((await seen(id)).returns.at(-1)).toEqual({
      grounds: null,
      lines: [{ number: 1, quantity: 2 }],
    });
  });

  test('that were sent have seven days from their delivery, also where a programme states three', async () => {
    const merchantId = await shop(3);
    const [sent, carried] = [
      await buy(merchantId, { channel: 'ONLINE' }),
      await buy(merchantId, { channel: 'STORE' }),
    ];
    const windows = [(await seen(sent)).returnWindow, (await seen(carried)).returnWindow];

    world.clock.advanceDays(20);
    const underway = await bringBack(world, sent, ONE);
    await doing(world, 'recordPurchaseEvent', { purchaseId: sent, event: 'DELIVERED' });
    world.clock.advanceDays(7);
    const kept = await bringBack(world, sent, ONE);
    const key = freshKey();
    world.clock.advanceDays(1);
    const late = await bringBack(world, sent, ONE, { idempotencyKey: key });
    await doing(world, 'upgradePurchase', {
      purchaseId: sent,
      reason: 'A better one',
      replace: [{ number: 1, with: [{ sku: 'B', quantity: 3, amountMinor: 90_000 }] }],
    });
    const again = await bringBack(world, sent, ONE, { idempotencyKey: key });
    const upgraded = await bringBack(world, sent, [{ number: 2, quantity: 1 }]);
    const inShop = await bringBack(world, carried, ONE);

    expect(windows).toEqual([null, { days: 3, lastDay: '2026-12-03', isOpen: true }]);
    expect([underway, kept]).toMatchObject([{ reversedPoints: 100 }, { reversedPoints: 100 }]);
    expect(late).toMatchObject({
      __typename: 'ReturnWindowClosed',
      days: 7,
      lastDay: '2026-12-27',
    });
    expect(again).toEqual(late);
    expect(upgraded).toMatchObject({ __typename: 'PurchaseReturned' });
    expect(inShop).toMatchObject({ __typename: 'ReturnWindowClosed', days: 3 });
  });

  test('have the longest of the terms that held when they were bought, or none where none is stated', async () => {
    const merchantId = await shop(8, 30);
    const none = await shop(0);
    const [before, unbounded] = [await buy(merchantId), await buy(none)];
    const { merchant } = await world.data(
      'query ($id: ID!) { merchant(id: $id) { programmes { id unit } } }',
      { id: merchantId },
    );
    const other = merchant.programmes.find((one: { unit: string }) => one.unit !== 'ALLIANCE').id;
    const { effectiveAt } = await published(world, {
      programmeId: other,
      key: other,
      terms: { ...PLAIN, policy: { returnDays: 7 } },
    });
    world.clock.set(effectiveAt);
    const after = await buy(merchantId);
    world.clock.advanceDays(10);

    expect(await programmeOf(world, merchantId)).not.toBe(other);
    expect((await seen(before)).returnWindow).toMatchObject({ days: 30, isOpen: true });
    expect((await seen(after)).returnWindow).toMatchObject({ days: 8, isOpen: false });
    expect((await seen(unbounded)).returnWindow).toBeNull();
    expect(await bringBack(world, before, ONE)).toMatchObject({ __typename: 'PurchaseReturned' });
    expect(await bringBack(world, after, ONE)).toMatchObject({ __typename: 'ReturnWindowClosed' });
    expect(await bringBack(world, unbounded, ONE)).toMatchObject({
      __typename: 'PurchaseReturned',
    });
  });
});
