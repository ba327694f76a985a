import { expect, test } from 'vitest';
import { addDays, beginningOf, dayOf, isoDay } from '../../../shared/calendar.ts';
import { asMember, freshKey, type World } from '../../support/world.ts';

type Scene = Readonly<{ world: World; merchantId: string; memberId: string }>;

const REFUSALS = `... on NotOnOfferNow { from until } ... on InvalidInput { field }
  ... on Refusal { code message }`;

const REDEEM = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
  ... on RewardRedeemed { redemption { id purchase { id lines { usedFrom usedUntil } }
    voucher { code validUntil } } } ${REFUSALS} } }`;

const QUOTE = `query ($input: QuoteRedemptionInput!) { quoteRedemption(input: $input) { __typename
  ... on RedemptionQuote { points } ${REFUSALS} } }`;

/** Rewards that are had during a stay, in a world that others use as well: the clock goes on from where it is. */
export function rewardsDuringStays(scene: () => Scene): void {
  /** A stay from the day after tomorrow on for two nights, and tea for those who stay. */
  async function staying() {
    const { world, merchantId, memberId } = scene();
    const first = addDays(dayOf(world.clock.now()), 2);
    const last = addDays(first, 2);
    const days = { usedFrom: isoDay(first), usedUntil: isoDay(last) };
    const lines = [
      { sku: 'SUITE', amountMinor: 50_000, ...days },
      { sku: 'DINNER', amountMinor: 100 },
    ];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const rewardId = await world.reward({
      ...{ merchantId, kind: 'SERVICE', points: 10, duringOrder: { skus: ['SUITE'] } },
      title: { zh: '下午茶', en: 'Afternoon tea' },
    });
    const input = (more: object) => ({ memberId, rewardId, purchaseId, ...more });
    const redeem = async (more: object = {}, options: object = {}) =>
      (
        await world.data(
          REDEEM,
          { input: input({ idempotencyKey: freshKey(), ...more }) },
          { as: asMember(memberId), ...options },
        )
      ).redeem;
    const quote = async (more: object = {}) =>
      (await world.data(QUOTE, { input: input(more) }, { as: asMember(memberId) })).quoteRedemption;
    return { world, merchantId, memberId, first, last, days, purchaseId, redeem, quote };
  }

  const use = async ({ world, merchantId }: Scene, voucherCode: string) => {
    const input = { idempotencyKey: freshKey(), merchantId, voucherCode };
    const { useVoucher } = await world.data(
      `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) { __typename
        ... on Refusal { code } } }`,
      { input },
    );
    return useVoucher.code ?? useVoucher.__typename;
  };

  test('S16: tea for guests is had from the first day of the stay to the last, and its voucher lasts no longer', async () => {
    const stay = await staying();
    const { world, first, last, days, purchaseId, redeem, quote } = stay;
    const [from, until] = [new Date(beginningOf(first)), new Date(beginningOf(addDays(last, 1)))];
    const before = (await world.wallet(stay.memberId)).available;

    world.clock.set(new Date(from.getTime() - 1).toISOString());
    const early = {
      ...{ __typename: 'NotOnOfferNow', code: 'STAY_NOT_YET', from: from.toISOString() },
      until: null,
    };
    expect(await quote()).toMatchObject(early);
    expect(await redeem()).toEqual({
      ...early,
      message: `It can be had from ${isoDay(first)} on, when the use of this order begins. No points were taken.`,
    });
    expect((await redeem({}, { locale: 'zh-CN' })).message).toBe(
      `该订单自 ${isoDay(first)} 起使用，届时可以兑换。未扣除积分。`,
    );
    expect((await world.wallet(stay.memberId)).available).toBe(before);

    world.clock.set(from.toISOString());
    expect(await quote()).toMatchObject({ __typename: 'RedemptionQuote', points: 10 });
    const { redemption } = await redeem();
    expect(redemption).toMatchObject({
      purchase: { id: purchaseId, lines: [days, { usedFrom: null, usedUntil: null }] },
      voucher: { validUntil: isoDay(addDays(last, 1)) },
    });
    world.clock.set(new Date(until.getTime() - 1).toISOString());
    const again = await redeem();
    expect(await use(stay, redemption.voucher.code)).toBe('VoucherUsed');
    world.clock.set(until.toISOString());
    expect(await use(stay, again.redemption.voucher.code)).toBe('VOUCHER_EXPIRED');
    const late = { code: 'STAY_OVER', from: null, until: until.toISOString() };
    expect(await quote()).toMatchObject(late);
    expect(await redeem()).toMatchObject(late);
    expect((await world.wallet(stay.memberId)).available).toBe(before - 20);
  });

  test('S16: a stay is an order of her own with such days, and what she has of it goes when it is cancelled', async () => {
    const stay = await staying();
    const { world, merchantId, first, purchaseId, redeem } = stay;
    const dinner = {
      merchantId,
      memberId: stay.memberId,
      lines: [{ sku: 'DINNER', amountMinor: 1 }],
    };
    const [other, someone] = [await world.purchase(dinner), await world.member()];
    const hers = await world.purchase({ ...dinner, memberId: someone });
    world.clock.set(new Date(beginningOf(first)).toISOString());

    expect((await redeem({ purchaseId: null })).code).toBe('STAY_ORDER_NEEDED');
    expect((await redeem({ purchaseId: hers })).code).toBe('ORDER_NOT_HERS');
    expect(await redeem({ purchaseId: other })).toMatchObject({
      ...{ __typename: 'NotEligible', code: 'ORDER_NOT_USED' },
      message: expect.stringContaining('is one of these with days of use: SUITE.'),
    });
    const { redemption } = await redeem();
    const input = { idempotencyKey: freshKey(), purchaseId, reason: 'Ill.' };
    await world.data(
      'mutation ($input: CancelPurchaseInput!) { cancelPurchase(input: $input) { __typename } }',
      { input },
    );
    expect((await redeem()).code).toBe('ORDER_CANCELLED');
    await world.settle();
    const { redemption: undone } = await world.data(
      'query ($id: ID!) { redemption(id: $id) { status } }',
      { id: redemption.id },
    );
    expect(undone.status).toBe('CANCELLED');
  });

  test('S16: days of a stay that cannot be are refused, and so is a stay at the till', async () => {
    const { world, merchantId, memberId } = scene();
    const record = async (days: object) => {
      const lines = [{ sku: 'SUITE', amountMinor: 1, ...days }];
      const order = { merchantId, memberId, orderNumber: freshKey(), lines };
      const { recordPurchase } = await world.data(
        `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
          ... on InvalidInput { code field } } }`,
        { input: { idempotencyKey: freshKey(), ...order } },
      );
      return recordPurchase;
    };
    const offset = () =>
      world.reward({
        ...{ merchantId, kind: 'BILL_OFFSET', duringOrder: { skus: null } },
      });

    expect(await record({ usedFrom: '2027-01-02' })).toEqual({
      ...{ code: 'DAYS_NOT_BOTH', field: 'lines.0.usedUntil' },
    });
    expect(await record({ usedFrom: '2027-01-02', usedUntil: '2027-01-01' })).toEqual({
      ...{ code: 'DAYS_NOT_IN_ORDER', field: 'lines.0.usedUntil' },
    });
    await expect(offset()).rejects.toThrow('DURING_ORDER_NOT_FOR_THIS');
  });
}
