import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database, execute } from '../../../shared/database/database.ts';
import { members } from '../../../subgraphs/members/subgraph.ts';
import { merchants } from '../../../subgraphs/merchants/subgraph.ts';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import {
  offerFirstOrder,
  quotedFirstOrder,
  takeFirstOrder,
  useFirstOrder,
} from '../../rewards-catalog/vouchers/first-order.ts';
import { engines } from '../../support/engines.ts';
import { asMember, freshKey, freshPhone, openAlliance, type World } from '../../support/world.ts';
import { doing } from '../orders/ordering.ts';
import { bringBack } from '../purchasing.ts';
import {
  invitationOf,
  invitationsOf,
  invited,
  openReferral,
  register,
  rewardsOf,
  settled,
} from './referring.ts';

const available = async (world: World, memberId: string) =>
  (await world.wallet(memberId)).available;

/** Lets merchants follow the feed of members from its beginning once more. */
async function tellAgain({ databaseUrl }: World): Promise<void> {
  const { name, entities, migrations } = merchants;
  const address = addressUnder(databaseUrl, name);
  const database = await Database.open({ address, entities, migrations });
  await database.transaction((manager) =>
    execute(
      manager,
      "UPDATE frame_feed_cursor SET position = 0 WHERE consumer = 'merchants-referrals'",
      [],
    ),
  );
  await database.close();
}

// One world for all: each test has a merchant and members of its own, and time goes on.
describe.each(engines)('one member invites another on $name', (engine) => {
  const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
  const people = interruption(members, 'Member', 'status');
  let world: World;
  beforeAll(async () => {
    const definitions = catalogWith(ledger.definition, people.definition);
    world = await openAlliance(engine, { definitions });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  test('S46: who invited is rewarded once for a settled first order, whatever it cost, and nobody above her', async () => {
    const { merchantId, ruleVersion } = await openReferral(world);
    const ann = await world.member();
    const bea = await invited(world, ann);
    const cleo = await invited(world, bea);

    const purchaseId = await world.purchase({ merchantId, memberId: cleo, amountMinor: 100 });
    world.clock.advanceDays(7);
    await world.settle();
    const before = await rewardsOf(world, bea);
    people.isOut = true;
    world.clock.advanceDays(1);
    await world.settle();
    const during = await rewardsOf(world, bea);
    people.isOut = false;
    world.clock.advanceDays(1);
    await world.settle();
    await world.purchase({ merchantId, memberId: cleo, amountMinor: 900_000 });
    await tellAgain(world);
    await settled(world);

    expect([before, during]).toEqual([[], []]);
    expect(await rewardsOf(world, bea)).toEqual([
      { points: 200, isPosted: true, takenBackAt: null, reasons: [], rule: { ruleVersion } },
    ]);
    expect(await rewardsOf(world, ann)).toEqual([]);
    expect(await rewardsOf(world, cleo)).toMatchObject([{ points: 100, isPosted: true }]);
    expect([await available(world, ann), await available(world, bea)]).toEqual([0, 200]);
    expect(await available(world, cleo)).toBe(1 + 9_000 + 100);
    expect(await invitationsOf(world, ann)).toEqual({ registered: 1, settled: 0, rewarded: 0 });
    expect(await invitationsOf(world, bea)).toEqual({ registered: 1, settled: 1, rewarded: 1 });
    // Neither learns from the other's points what was bought, or for whom.
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { statement(first: 5) { nodes { causeKind purchase { id } } } } } }',
      { id: bea },
      { as: asMember(bea) },
    );
    expect(member.wallet.statement.nodes).toEqual([{ causeKind: 'REFERRAL', purchase: null }]);
    expect(JSON.stringify(member)).not.toContain(purchaseId);
    // The next one, of a big order, brings Ann what a small one brings.
    await world.purchase({ merchantId, memberId: bea, amountMinor: 500_000 });
    await settled(world);
    expect(await rewardsOf(world, ann)).toMatchObject([{ points: 200 }]);
  });

  test('S46: a first order that comes back brings nothing, and what it brought is taken back', async () => {
    const { merchantId } = await openReferral(world, { caps: { perMember: 200, budget: 10_000 } });
    const ann = await world.member();
    const [early, late, partly] = [
      await invited(world, ann),
      await invited(world, ann),
      await invited(world, ann),
    ];
    const lines = [{ sku: 'A', quantity: 2, amountMinor: 5_000 }];
    const first = await world.purchase({ merchantId, memberId: early, lines });
    const second = await world.purchase({ merchantId, memberId: late, lines });

    world.clock.advanceDays(6);
    await world.settle();
    await bringBack(world, first, [{ number: 1, quantity: 2 }]);
    await world.purchase({ merchantId, memberId: early });
    await settled(world);
    const rewarded = await rewardsOf(world, ann);
    await bringBack(world, second, [{ number: 1, quantity: 1 }], { grounds: 'DEFECT' });
    await world.settle();
    const kept = await rewardsOf(world, ann);
    ledger.isOut = true;
    await doing(world, 'cancelPurchase', { purchaseId: second, reason: 'Broken' });
    await world.settle();
    ledger.isOut = false;
    world.clock.advanceDays(1);
    await world.settle();

    expect(rewarded).toMatchObject([{ points: 200, takenBackAt: null }]);
    expect(kept).toEqual(rewarded);
    const [taken] = await rewardsOf(world, ann);
    expect(taken).toMatchObject({ points: 200, takenBackAt: expect.any(String), isPosted: true });
    expect(await rewardsOf(world, early)).toEqual([]);
    expect([await available(world, ann), await available(world, late)]).toEqual([0, 0]);
    expect(await invitationsOf(world, ann)).toEqual({ registered: 3, settled: 0, rewarded: 0 });
    // What was taken back is free under the cap of the rule.
    await world.purchase({ merchantId, memberId: partly });
    await settled(world);
    expect(await available(world, ann)).toBe(200);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('S46, L4: an eleventh reward in a month is not given, and its reason is told', async () => {
    const { merchantId } = await openReferral(world);
    const ann = await world.member();
    const invitees = [];
    for (let count = 0; count < 11; count += 1) invitees.push(await invited(world, ann));
    for (const memberId of invitees) await world.purchase({ merchantId, memberId });
    await settled(world);

    const [cut, ...rewards] = await rewardsOf(world, ann);
    expect(rewards.map(({ points }: { points: number }) => points)).toEqual(Array(10).fill(200));
    expect(cut).toMatchObject({
      points: 0,
      reasons: [
        {
          code: 'REFERRAL_CAP',
          message:
            'Whoever invites others is rewarded for 10 of them in a calendar month, and has been.',
        },
      ],
    });
    expect(await available(world, ann)).toBe(2_000);
    expect(await invitationsOf(world, ann)).toEqual({ registered: 11, settled: 11, rewarded: 10 });
  });

  test('S46: an invitation is refused that is unknown, or that another person of the device has used', async () => {
    const ann = await world.member();
    const invitationCode = await invitationOf(world, ann);
    const deviceId = freshKey();
    const phone = freshPhone();
    await register(world, { phone, deviceId });

    const mistyped = await register(world, { invitationCode: `${invitationCode}x` });
    const again = await register(world, { invitationCode, deviceId });
    const chinese = await register(world, { invitationCode, deviceId }, 'zh-CN');
    const known = await register(world, { invitationCode, phone });
    const nameless = await register(world, { invitationCode, deviceId: null });
    const shared = freshKey();
    const atOnce = await Promise.all(
      [1, 2, 3].map(() => register(world, { invitationCode, deviceId: shared })),
    );
    const without = await register(world, { deviceId });
    await world.settle();

    const kind = 'InvitationNotUsable';
    expect(mistyped).toMatchObject({ __typename: kind, code: 'INVITATION_UNKNOWN' });
    expect(again).toMatchObject({ __typename: kind, code: 'INVITATION_DEVICE_KNOWN' });
    expect(chinese.message).toMatch(/^此设备已有会员注册/);
    expect(known).toMatchObject({ __typename: 'PhoneTaken' });
    expect(nameless).toMatchObject({ code: 'DEVICE_NEEDED', field: 'deviceId' });
    expect(atOnce.map(({ __typename }) => __typename).toSorted()).toEqual([
      kind,
      kind,
      'MemberRegistered',
    ]);
    expect(without).toMatchObject({ __typename: 'MemberRegistered' });
    expect(await invitationsOf(world, ann)).toEqual({ registered: 1, settled: 0, rewarded: 0 });
    // Others see neither her code nor what came of it.
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { invitationCode invitations { registered } } }',
      { id: ann },
    );
    expect(member).toEqual({ invitationCode: null, invitations: { registered: 1 } });
  });

  test('S46: who was invited takes one discount on her first order, at the cost of its merchant and without points', async () => {
    const [shop, other] = [await world.merchant(), await world.merchant()];
    const ann = await world.member();
    const [bea, cleo, dora] = [
      await invited(world, ann),
      await invited(world, ann),
      await invited(world, ann),
    ];
    const offer = (await offerFirstOrder(world, shop)).offer.id;
    const second = (await offerFirstOrder(world, other)).offer.id;
    const gift = await offerFirstOrder(world, shop, {
      threshold: { amountMinor: 1_999, currency: 'CNY' },
    });

    const taken = await Promise.all([1, 2].map(() => takeFirstOrder(world, bea, offer)));
    const code = taken[0].voucher.code;
    const another = await takeFirstOrder(world, bea, second);
    const uninvited = await takeFirstOrder(world, ann, offer);
    const stolen = await takeFirstOrder(world, bea, offer, { as: asMember(ann) });
    const quoted = await quotedFirstOrder(world, shop, bea);
    const small = await useFirstOrder(world, shop, code, { total: 99 });
    const elsewhere = await useFirstOrder(world, other, code);
    const without = await useFirstOrder(world, shop, code, { order: null });
    const used = await Promise.all(
      ['F-1', 'F-2'].map((orderNumber) => useFirstOrder(world, shop, code, { orderNumber })),
    );

    expect(gift).toMatchObject({ code: 'FIRST_ORDER_THRESHOLD', field: 'threshold.amountMinor' });
    expect(taken[1]).toEqual(taken[0]);
    expect(another).toMatchObject({ code: 'FIRST_ORDER_VOUCHER_TAKEN' });
    expect(uninvited).toMatchObject({ __typename: 'NotEligible', code: 'NOT_INVITED' });
    expect(stolen).toEqual({ fault: 'FORBIDDEN' });
    expect(quoted).toEqual({
      vouchers: [],
      firstOrderVoucher: { discount: { amountMinor: 2_000 } },
    });
    expect(small).toMatchObject({ __typename: 'BelowThreshold', missingMinor: 100 });
    expect(elsewhere).toMatchObject({ __typename: 'NotFound', code: 'VOUCHER_NOT_FOUND' });
    expect(without).toMatchObject({ __typename: 'InvalidInput', code: 'ORDER_NEEDED' });
    const [good, late] = used.toSorted((a, b) => (a.voucher ? 0 : 1) - (b.voucher ? 0 : 1));
    expect(good).toMatchObject({
      discount: { amountMinor: 2_000 },
      voucher: { usedWith: { orderNumber: expect.stringMatching(/^F-[12]$/) }, code: null },
    });
    expect(late).toMatchObject({ __typename: 'VoucherNotUsable', code: 'VOUCHER_USED' });
    expect(await world.wallet(bea)).toMatchObject({ available: 0, held: 0, debt: 0 });

    // It is for the first order: that may be recorded before the till uses it, but no other one.
    const hers = (await takeFirstOrder(world, cleo, offer)).voucher.code;
    const theirs = (await takeFirstOrder(world, dora, offer)).voucher.code;
    await world.purchase({ merchantId: shop, memberId: cleo, orderNumber: 'C-1' });
    await world.purchase({ merchantId: other, memberId: dora, orderNumber: 'D-1' });
    const next = await useFirstOrder(world, shop, hers, { orderNumber: 'C-2' });
    const first = await useFirstOrder(world, shop, hers, { orderNumber: 'C-1' });
    const none = await quotedFirstOrder(world, shop, dora);
    const away = await useFirstOrder(world, shop, theirs, { orderNumber: 'D-1' });
    const eve = await invited(world, ann);
    const expiring = (await takeFirstOrder(world, eve, offer)).voucher.code;
    world.clock.advanceDays(90);
    const expired = await useFirstOrder(world, shop, expiring, { orderNumber: 'E-1' });

    expect(next).toMatchObject({ __typename: 'VoucherNotUsable', code: 'FIRST_ORDER_MADE' });
    expect(first).toMatchObject({ __typename: 'FirstOrderVoucherUsed' });
    expect(none.firstOrderVoucher).toBeNull();
    expect(away).toMatchObject({ __typename: 'VoucherNotUsable', code: 'FIRST_ORDER_MADE' });
    expect(expired).toMatchObject({ __typename: 'VoucherNotUsable', code: 'VOUCHER_EXPIRED' });
  });
});
