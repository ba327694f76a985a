import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { change, quoteReturn, redemptionOf, useVoucher } from '../aftersales/asking.ts';
import { memberWithPoints } from '../stocks.ts';
import { believed, listOf } from '../vouchers/offline-till.ts';

const REDEEM = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
  ... on RewardRedeemed { redemption { id voucher { code validFrom validUntil } } }
  ... on Refusal { code } } }`;

const HOUR = 60 * 60 * 1000;

describe.each(engines)('a time that is booked on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let memberId: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    ({ merchantId, memberId } = await memberWithPoints(world, 2_000));
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  /** A redemption of a class in so many days, from 10 to 12 o'clock in China, good for five days if it had no time. */
  async function booked(days: number) {
    const day = new Date(world.clock.now().getTime() + days * 24 * HOUR);
    day.setUTCHours(2, 0, 0, 0);
    const [from, until] = [day, new Date(day.getTime() + 2 * HOUR)].map((at) => at.toISOString());
    const details = { booking: { slots: [{ from, until, capacity: 3 }] } };
    const rewardId = await world.reward({
      ...{ merchantId, points: 100, stock: 9, kind: 'SERVICE', validDays: 5, details },
    });
    const left = async () => {
      const FIELDS = 'stock slots { id left }';
      const { reward } = await world.data(`query ($id: ID!) { reward(id: $id) { ${FIELDS} } }`, {
        id: rewardId,
      });
      return reward;
    };
    const slotId = (await left()).slots[0].id;
    const input = { idempotencyKey: freshKey(), memberId, rewardId, slotId };
    const { redemption } = (await world.data(REDEEM, { input })).redeem;
    return {
      ...{ rewardId, redemptionId: String(redemption.id), voucher: redemption.voucher },
      ...{ from: String(from), left },
    };
  }

  test('S14: its voucher is good on its day, however far away, and neither before nor after', async () => {
    const { voucher, from, left } = await booked(60);
    const day = from.slice(0, 10);
    const after = new Date(Date.parse(from) + 24 * HOUR).toISOString().slice(0, 10);
    expect(voucher).toMatchObject({ validFrom: day, validUntil: after });

    const early = await useVoucher(world, merchantId, voucher.code);
    expect(early).toMatchObject({ __typename: 'VoucherNotUsable', code: 'VOUCHER_NOT_YET' });
    expect(early.message).toContain(day);
    const { list } = await listOf(world, merchantId);
    const { find } = await believed(world, merchantId, list);
    expect(find(voucher.code)?.[4]).toBe(day);

    expect((await left()).slots).toMatchObject([{ left: 2 }]);
    world.clock.set(from);
    expect((await left()).slots).toEqual([]);
    expect(await useVoucher(world, merchantId, voucher.code)).toMatchObject({
      __typename: 'VoucherUsed',
    });
  });

  test('S64, TV10: until it begins all comes back; from then on only what the provider did not keep', async () => {
    const early = await booked(30);
    const [missed, spoilt] = [await booked(40), await booked(40)];
    const undone = await change(world, 'cancelRedemption', { redemptionId: early.redemptionId });
    expect(undone).toMatchObject({ redemption: { status: 'CANCELLED' } });
    expect(await early.left()).toMatchObject({ stock: 9, slots: [{ left: 3 }] });

    world.clock.set(missed.from);
    const { redemptionId } = missed;
    const own = { redemptionId, grounds: 'VOLUNTARY' };
    const refused = await change(world, 'cancelRedemption', { redemptionId });
    expect(refused).toMatchObject({ __typename: 'NotCancellable', code: 'SLOT_BEGUN' });
    for (const as of [{}, { as: asMerchant(merchantId) }]) {
      expect(await change(world, 'returnRedemption', own, as)).toMatchObject({
        ...{ __typename: 'NotReturnable', code: 'SLOT_BEGUN' },
      });
    }
    expect(await quoteReturn(world, own)).toMatchObject({ code: 'SLOT_BEGUN' });
    expect(await missed.left()).toMatchObject({ stock: 8 });

    const fault = { redemptionId: spoilt.redemptionId, grounds: 'PROVIDER_FAULT' };
    const back = await change(world, 'returnRedemption', fault, { as: asMerchant(merchantId) });
    expect(back).toMatchObject({ return: { points: 100, status: 'COMPLETED' } });
  });

  test('its merchant may let her come later, and the text says on which day it is good', async () => {
    const { voucher, redemptionId, rewardId, from } = await booked(7);
    world.clock.set(new Date(Date.parse(from) + 48 * HOUR).toISOString());
    expect(await useVoucher(world, merchantId, voucher.code)).toMatchObject({
      code: 'VOUCHER_EXPIRED',
    });
    const validUntil = new Date(Date.parse(from) + 96 * HOUR).toISOString().slice(0, 10);
    const { extendVoucher } = await world.data(
      'mutation ($input: ExtendVoucherInput!) { extendVoucher(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), redemptionId, validUntil } },
      { as: asMerchant(merchantId) },
    );
    expect(extendVoucher.__typename).toBe('VoucherExtended');
    expect(await useVoucher(world, merchantId, voucher.code)).toMatchObject({
      __typename: 'VoucherUsed',
    });
    expect((await redemptionOf(world, redemptionId)).voucher.usedAt).not.toBeNull();

    const { reward } = await world.data(
      `query ($id: ID!) { reward(id: $id) { zh: disclosure(language: "zh-CN") { text }
        en: disclosure(language: "en") { summary text } } }`,
      { id: rewardId },
    );
    expect(reward.en.summary.join(' ')).toContain('on the day of the time that you book');
    expect(reward.en.text).toContain('until the time begins that you booked');
    expect(reward.en.text).not.toContain('good for 5 days');
    expect(reward.zh.text).toContain('仅限所预约时段的当日使用');
  });
});
