import { describe, expect, test } from 'vitest';
import { change, redemptionOf } from '../rewards-catalog/aftersales/asking.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant, openAlliance, type World } from '../support/world.ts';
import { bringBack, record, suspend } from './purchasing.ts';
import { deed, feedOf, issuing } from './standing.ts';

const leave = (world: World, merchantId: string, leavesOn: string, as = asMerchant(merchantId)) =>
  deed(
    world,
    'announceLeaving',
    '... on LeavingAnnounced { merchant { id } } ... on LeaveNoticeTooShort { earliest }',
    { merchantId, leavesOn, reason: 'The owner retires' },
    { as },
  );

const resume = (world: World, merchantId: string) =>
  deed(world, 'resumeMerchant', '... on MerchantResumed { merchant { status } }', { merchantId });

describe.each(engines)('merchants that are away on $name', (engine) => {
  test('S32: members are told of a suspension, orders of before are honoured, and it ends', async () => {
    await using world = await openAlliance(engine);
    const [shop, memberId] = [await world.merchant(), await world.member()];
    const purchaseId = await world.purchase({ merchantId: shop, memberId });
    world.clock.set('2026-11-23T02:00:00Z');
    await suspend(world, shop);

    const told = await issuing(world, shop, { as: anonymous });
    expect(told).toMatchObject({
      status: 'SUSPENDED',
      issuing: { isIssuing: false, code: 'ISSUER_SUSPENDED', since: '2026-11-23T02:00:00.000Z' },
      notice: {
        kind: 'SUSPENDED',
        message:
          'Suspended: Licence expired. No points are earned or redeemed here at the moment. Orders placed before are honoured, and points it issued stay good elsewhere.',
      },
    });
    const returned = await bringBack(world, purchaseId, [{ number: 1, quantity: 1 }]);
    expect(returned).toMatchObject({ reversedPoints: 100 });
    world.clock.advanceDays(3);
    expect(await resume(world, shop)).toMatchObject({ merchant: { status: 'ACTIVE' } });
    expect(await resume(world, shop)).toMatchObject({ merchant: { status: 'ACTIVE' } });

    expect((await issuing(world, shop)).issuing).toMatchObject({
      isIssuing: true,
      since: '2026-11-26T02:00:00.000Z',
    });
    expect(await feedOf(world, 'merchant.resumed')).toEqual([{ merchantId: shop }]);
    expect(await resume(world, 'nobody')).toMatchObject({ __typename: 'NotFound' });
  });

  test('S32: points of a suspended merchant stay good elsewhere, what was redeemed at it is honoured, and it accepts none until it is back', async () => {
    await using world = await openAlliance(engine);
    const [shop, other] = [await world.merchant(), await world.merchant({ name: 'Other' })];
    const memberId = await world.member();
    await world.purchase({ merchantId: shop, memberId, amountMinor: 100_000 });
    // Nobody has said that a merchant takes alliance points of another: every active one does.
    const [here, there, later] = [
      await world.reward({ merchantId: shop }),
      await world.reward({ merchantId: other }),
      await world.reward({ merchantId: shop, kind: 'PRODUCT', fulfilHours: 48 }),
    ];
    const redeem = async (rewardId: string) =>
      (await world.redeem({ memberId, rewardId })).redemption.id;
    const [used, cancelled] = [await redeem(here), await redeem(here)];
    const [placed, delayed] = [await redeem(later), await redeem(later)];
    await suspend(world, shop);

    const refused = await world.redeem({ memberId, rewardId: here });
    const redeemed = await world.redeem({ memberId, rewardId: there });
    const { redemption } = await world.data(
      `query ($id: ID!) { redemption(id: $id) { status voucher { code }
        reward { merchant { notice { kind message } } } } }`,
      { id: used },
      { as: asMember(memberId), locale: 'zh-CN' },
    );
    const atCounter = { merchantId: shop, voucherCode: redemption.voucher.code };
    const { useVoucher } = await world.data(
      `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) { __typename } }`,
      { input: { idempotencyKey: 'used-after', ...atCounter } },
      { as: asMerchant(shop) },
    );
    const settled = [
      await change(world, 'cancelRedemption', { redemptionId: cancelled }),
      await change(world, 'fulfilRedemption', { redemptionId: placed }, { as: asMerchant(shop) }),
    ];
    const before = (await world.wallet(memberId)).available;
    world.clock.advanceDays(3);
    await world.settle();
    const after = (await world.wallet(memberId)).available;
    const undone = await redemptionOf(world, delayed);
    await resume(world, shop);
    const again = await world.redeem({ memberId, rewardId: here });

    expect(refused).toMatchObject({ code: 'MERCHANT_SUSPENDED' });
    expect(redeemed.__typename).toBe('RewardRedeemed');
    expect(redemption).toMatchObject({
      status: 'COMPLETED',
      reward: {
        merchant: {
          notice: { kind: 'SUSPENDED', message: expect.stringContaining('此前的订单仍予履行') },
        },
      },
    });
    expect(useVoucher.__typename).toBe('VoucherUsed');
    expect(settled.map(({ __typename }) => __typename)).toEqual([
      ...['RedemptionCancelled', 'RedemptionFulfilled'],
    ]);
    // What it did not hand over in time gives its points back, suspended or not.
    expect(undone.status).toBe('CANCELLED');
    expect(after).toBe(before + 100);
    expect(again.__typename).toBe('RewardRedeemed');
  });

  test('R11: leaving sooner than 30 whole days is refused, with the earliest day', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant();
    const strict = await world.merchant({ contract: { leaveNoticeDays: 60 } });

    expect(await leave(world, shop, '2026-12-22')).toMatchObject({
      __typename: 'LeaveNoticeTooShort',
      earliest: '2026-12-23',
      message:
        'Leaving takes notice of 30 whole days (Electronic Commerce Law, art. 16, and the contract). The earliest day is 2026-12-23.',
    });
    expect(await leave(world, strict, '2026-12-23')).toMatchObject({ earliest: '2027-01-22' });
    expect(await leave(world, shop, '2026-12-23')).toMatchObject({ merchant: { id: shop } });
    expect(await leave(world, shop, '2027-01-01', asMerchant(strict))).toEqual({
      fault: 'FORBIDDEN',
    });
  });

  test('R11: until the day members are told and all goes on; then it neither issues nor accepts', async () => {
    await using world = await openAlliance(engine);
    const [shop, memberId] = [await world.merchant(), await world.member()];
    const [rewardId, elsewhere] = [
      await world.reward({ merchantId: shop }),
      await world.reward({ merchantId: await world.merchant({ name: 'Other' }) }),
    ];
    await leave(world, shop, '2027-01-01');
    world.clock.set('2026-12-31T15:59:59Z');

    const before = await issuing(world, shop, { as: anonymous });
    await world.purchase({ merchantId: shop, memberId, amountMinor: 100_000 });
    const accepted = await world.redeem({ memberId, rewardId });
    world.clock.set('2026-12-31T16:00:00Z');
    const after = await issuing(world, shop, { as: anonymous });
    const refused = await world.redeem({ memberId, rewardId });
    await world.settle();
    await world.settle();

    expect(before).toMatchObject({
      status: 'ACTIVE',
      issuing: { isIssuing: true, until: '2026-12-31T16:00:00.000Z' },
      notice: { kind: 'LEAVING', until: '2026-12-31T16:00:00.000Z' },
    });
    expect(accepted.__typename).toBe('RewardRedeemed');
    // What follows from the clock does not wait for a worker.
    expect(after).toMatchObject({
      status: 'SUSPENDED',
      issuing: { isIssuing: false, code: 'ISSUER_LEFT' },
      notice: { kind: 'LEFT' },
    });
    expect(refused.__typename).not.toBe('RewardRedeemed');
    expect((await world.redeem({ memberId, rewardId: elsewhere })).__typename).toBe(
      'RewardRedeemed',
    );
    expect(await record(world, { merchantId: shop, memberId })).toMatchObject({
      __typename: 'MerchantNotActive',
    });
    expect(await feedOf(world, 'merchant.left')).toEqual([{ merchantId: shop }]);
    expect(await resume(world, shop)).toMatchObject({ code: 'MERCHANT_LEFT' });
    expect(await leave(world, shop, '2027-06-01')).toMatchObject({ code: 'MERCHANT_LEFT' });
  });

  test('a merchant that announces again leaves on the later word', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant();
    await leave(world, shop, '2026-12-23');
    await leave(world, shop, '2027-03-01');
    world.clock.set('2026-12-25T02:00:00Z');
    await world.settle();

    expect(await issuing(world, shop)).toMatchObject({
      status: 'ACTIVE',
      notice: { kind: 'LEAVING', until: '2027-02-28T16:00:00.000Z' },
    });
  });
});
