import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { asMember, freshKey, openAlliance, type World } from '../../support/world.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { openCounter, orderOf } from '../vouchers/counter.ts';
import { change, kindsOf, quoteReturn, redeemed, redemptionOf, useVoucher } from './asking.ts';

const whole = (available: number) => ({ available, held: 0, debt: 0 });
const goods = { kind: 'PRODUCT', validDays: 60 };

describe.each(engines)('giving back on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(async () => {
    expect(await problemsOfBooks(world)).toEqual([]);
    await world[Symbol.asyncDispose]();
  });

  const lotsOf = async (memberId: string): Promise<[number, string | null][]> => {
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { lots { points expiresOn } } } }',
      { id: memberId },
      { as: asMember(memberId) },
    );
    return member.wallet.lots.map((lot: { points: number; expiresOn: string | null }) => [
      lot.points,
      lot.expiresOn,
    ]);
  };

  test('S64 of three pieces one comes back, later two, never more; the voucher is void with the last', async () => {
    const cashPart = { amountMinor: 40, currency: 'CNY' };
    const bought = await redeemed(world, { ...goods, quantity: 3, cashPart });
    const { redemptionId, memberId, merchantId, rewardId, points, asHer } = bought;
    const { voucher } = await redemptionOf(world, redemptionId);
    const input = { redemptionId, grounds: 'SEVEN_DAYS' };
    const key = freshKey();

    const first = await change(world, 'returnRedemption', input, { as: asHer, key });
    expect(first).toMatchObject({
      __typename: 'RedemptionReturned',
      redemption: { status: 'COMPLETED' },
      return: { status: 'COMPLETED', quantity: 1, points: 100, feePoints: 0 },
    });
    expect(await change(world, 'returnRedemption', input, { as: asHer, key })).toEqual(first);
    expect(await world.wallet(memberId)).toEqual(whole(points - 200));
    expect(await stockOf(world, rewardId)).toBe(10);
    expect(await change(world, 'cancelRedemption', { redemptionId })).toMatchObject({
      __typename: 'NotCancellable',
      code: 'RETURNED_PARTLY',
    });
    const refused: [Record<string, unknown>, string][] = [
      [{ quantity: 3 }, 'RETURN_EXCEEDS'],
      [{ quantity: 0 }, 'QUANTITY_OUT_OF_RANGE'],
      [{ grounds: 'PROVIDER_FAULT' }, 'FAULT_IS_RECORDED_BY_MERCHANT'],
      [{ redemptionId: 'none' }, 'REDEMPTION_NOT_FOUND'],
    ];
    for (const [more, code] of refused) {
      const answer = await change(world, 'returnRedemption', { ...input, ...more }, { as: asHer });
      expect(answer).toMatchObject({ code });
      expect(await quoteReturn(world, { ...input, ...more }, asHer)).toEqual(answer);
    }

    const rest = { ...input, quantity: 2 };
    const cashRefund = { amountMinor: 80, currency: 'CNY' };
    expect(await quoteReturn(world, rest, asHer)).toMatchObject({ points: 200, cashRefund });
    expect(
      (await change(world, 'returnRedemption', rest, { as: asHer })).return.cashRefund,
    ).toEqual(cashRefund);
    expect(await world.wallet(memberId)).toEqual(whole(points));
    expect(await stockOf(world, rewardId)).toBe(12);
    expect(await change(world, 'returnRedemption', input, { as: asHer })).toMatchObject({
      code: 'RETURN_EXCEEDS',
    });
    expect((await useVoucher(world, merchantId, voucher.code)).__typename).not.toBe('VoucherUsed');
    const told = await redemptionOf(world, redemptionId, 'zh-CN');
    expect(told.returnedQuantity).toBe(3);
    expect(kindsOf(told).slice(-4)).toEqual([
      ...['RETURN_REQUESTED', 'RETURNED', 'RETURN_REQUESTED', 'RETURNED'],
    ]);
    expect(told.timeline.at(-2)).toMatchObject({ reason: '七日无理由退货。', quantity: 2 });
  });

  test('ten at once for one of three pieces each: three come back', async () => {
    const { redemptionId, memberId, points } = await redeemed(world, { ...goods, quantity: 3 });
    const input = { redemptionId, grounds: 'SEVEN_DAYS' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => change(world, 'returnRedemption', input)),
    );
    const kinds = answers.map(({ __typename, code }) => code ?? __typename).toSorted();
    expect(kinds).toEqual([
      ...Array(7).fill('RETURN_EXCEEDS'),
      ...Array(3).fill('RedemptionReturned'),
    ]);
    expect(await world.wallet(memberId)).toEqual(whole(points));
  });

  test('S29, TV11 what the provider could not keep: all comes back, good for six months at least, and points on top', async () => {
    const { redemptionId, memberId, asShop, asHer, points, rewardId } = await redeemed(world, {
      kind: 'TICKET',
      validDays: 900,
      afterSales: { faultCompensationPercent: 20 },
    });
    // All that she had lapses; what she spent comes back.
    world.clock.set(new Date(world.clock.now().getTime() + 400 * 24 * 3_600_000).toISOString());
    await world.settle();
    const input = { redemptionId, grounds: 'PROVIDER_FAULT' };
    expect(await quoteReturn(world, input, asShop)).toMatchObject({
      ...{ points: 100, feePoints: 0, compensationPoints: 20, lastDay: null },
    });
    expect(await change(world, 'returnRedemption', input, { as: asHer })).toMatchObject({
      __typename: 'NotReturnable',
      code: 'FAULT_IS_RECORDED_BY_MERCHANT',
    });

    const answer = await change(world, 'returnRedemption', input, { as: asShop });

    expect(answer.return).toMatchObject({ status: 'COMPLETED', compensationPoints: 20 });
    expect(points).toBeGreaterThan(100);
    const lots = await lotsOf(memberId);
    const sixMonths = '2028-06-27'; // From 2027-12-27, when it was given back.
    expect(world.clock.now().toISOString().slice(0, 10)).toBe('2027-12-27');
    // What lapsed is good for 180 days by R6, so six months are more.
    expect(lots).toEqual([[120, sixMonths]]);
    // What could not be had is not offered again by itself.
    expect(await stockOf(world, rewardId)).toBe(9);
  });

  test('TV10 of her own will: the fee is told before and agreed to, and what lapsed does not come back', async () => {
    const terms = { voluntaryFeePercent: 50, lapsedPointsReturn: false };
    const bought = await redeemed(world, { kind: 'TICKET', validDays: 900, afterSales: terms });
    const { redemptionId, memberId, points, asHer, rewardId } = bought;
    const { reward } = await world.data(
      `query ($id: ID!) { reward(id: $id) { afterSales { voluntaryFeePercent lapsedPointsReturn
        faultCompensationPercent faultGoodForMonths } } }`,
      { id: rewardId },
    );
    const usual = { faultCompensationPercent: 0, faultGoodForMonths: 6 };
    expect(reward.afterSales).toEqual({ ...terms, ...usual });
    const input = { redemptionId, grounds: 'VOLUNTARY' };
    expect(await quoteReturn(world, input, asHer)).toMatchObject({ points: 50, feePoints: 50 });
    expect(await change(world, 'cancelRedemption', { redemptionId }, { as: asHer })).toMatchObject({
      code: 'CANCELS_AT_A_FEE',
    });
    for (const agreedFeePoints of [undefined, 49]) {
      const refused = { ...input, agreedFeePoints };
      const answer = await change(world, 'returnRedemption', refused, { as: asHer });
      expect(answer).toMatchObject({ __typename: 'NotReturnable', code: 'FEE_NOT_AGREED' });
      expect(answer.message).toContain('50');
    }
    const before = await world.wallet(memberId);
    expect(before).toEqual(whole(points - 100));
    await change(world, 'returnRedemption', { ...input, agreedFeePoints: 50 }, { as: asHer });
    expect(await world.wallet(memberId)).toEqual(whole(points - 50));

    const late = await redeemed(world, { kind: 'TICKET', validDays: 900, afterSales: terms });
    world.clock.set(new Date(world.clock.now().getTime() + 400 * 24 * 3_600_000).toISOString());
    await world.settle();
    const asked = { redemptionId: late.redemptionId, grounds: 'VOLUNTARY', agreedFeePoints: 50 };
    expect((await change(world, 'returnRedemption', asked)).return.status).toBe('COMPLETED');
    await world.settle();
    expect(await world.wallet(late.memberId)).toEqual(whole(0));
  });

  test('TV10, S64 nobody but the member gives back what she has not received, or agrees to a fee', async () => {
    const terms = { voluntaryFeePercent: 50, lapsedPointsReturn: false };
    const bought = await redeemed(world, { ...goods, afterSales: terms });
    const { redemptionId, memberId, merchantId, points, asShop } = bought;
    const { voucher } = await redemptionOf(world, redemptionId);
    const input = { redemptionId, grounds: 'VOLUNTARY' };
    const agreed = { ...input, agreedFeePoints: 50 };

    const refusal = await change(world, 'returnRedemption', agreed, { as: asShop });
    expect(refusal).toMatchObject({ __typename: 'NotReturnable', code: 'RETURN_IS_HERS' });
    expect(await quoteReturn(world, input, asShop)).toMatchObject({ code: 'RETURN_IS_HERS' });
    expect(await world.wallet(memberId)).toEqual(whole(points - 100));
    await useVoucher(world, merchantId, voucher.code);

    expect(await quoteReturn(world, input, asShop)).toMatchObject({ points: 100, feePoints: 0 });
    expect(await change(world, 'returnRedemption', input, { as: asShop })).toMatchObject({
      return: { points: 100, feePoints: 0, status: 'COMPLETED' },
    });
    expect(await world.wallet(memberId)).toEqual(whole(points));
  });

  test('S64 goods come back within seven days of China after they were received, and it is the merchant who takes them', async () => {
    // 23:00 of that day in Shanghai; an hour later it is the next one.
    const day = Math.floor(world.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000;
    world.clock.set(new Date(day + 15 * 3_600_000).toISOString());
    const bought = await redeemed(world, { ...goods, quantity: 2 });
    const { redemptionId, memberId, merchantId, asHer, asShop, points, rewardId } = bought;
    const { voucher } = await redemptionOf(world, redemptionId);
    await useVoucher(world, merchantId, voucher.code);
    const input = { redemptionId, grounds: 'SEVEN_DAYS' };
    const lastDay = new Date(day + 7 * 86_400_000).toISOString().slice(0, 10);

    expect(await change(world, 'returnRedemption', input, { as: asHer })).toMatchObject({
      code: 'RETURN_AT_COUNTER',
      message: expect.stringContaining('may not refuse because you paid with points'),
    });
    expect((await quoteReturn(world, input, asShop)).lastDay).toBe(lastDay);
    world.clock.set(new Date(day + 7 * 86_400_000 + 16 * 3_600_000 - 1).toISOString());
    expect(await change(world, 'returnRedemption', input, { as: asShop })).toMatchObject({
      __typename: 'RedemptionReturned',
    });
    expect(await world.wallet(memberId)).toEqual(whole(points - 100));
    // Whether it can be sold again is for the merchant to say.
    expect(await stockOf(world, rewardId)).toBe(9);
    world.clock.set(new Date(day + 7 * 86_400_000 + 16 * 3_600_000).toISOString());
    const late = await change(world, 'returnRedemption', input, { as: asShop });
    expect(late).toMatchObject({ __typename: 'NotReturnable', code: 'RETURN_TOO_LATE' });
    expect(late.message).toContain(lastDay);

    const service = await redeemed(world, { kind: 'SERVICE' });
    const other = { ...input, redemptionId: service.redemptionId };
    expect(await change(world, 'returnRedemption', other, { as: service.asHer })).toMatchObject({
      code: 'RETURN_OF_GOODS_ONLY',
    });
    for (const as of [bought.asHer, bought.asShop]) {
      expect(await change(world, 'returnRedemption', other, { as })).toMatchObject({
        __typename: 'NotFound',
      });
    }
  });

  test('a voucher for two of which one came back takes off what one does', async () => {
    const counter = await openCounter(world);
    const { redemptionId, code } = await counter.voucher({
      ...{ quantity: 2, details: { voucher: { faceMinor: 2_000, thresholdMinor: 10_000 } } },
    });
    const order = () => orderOf(freshKey(), [['A', null, 10_000]]);
    expect(await counter.use(code, order())).toMatchObject({ __typename: 'BelowThreshold' });
    await change(world, 'returnRedemption', { redemptionId, grounds: 'VOLUNTARY' });
    expect(await counter.use(code, order())).toMatchObject({
      ...{ __typename: 'VoucherUsed', discount: { amountMinor: 2_000, currency: 'CNY' } },
    });
  });

  test('S64 received goods are exchanged for the same: points stay burnt, stock goes down, and later they still come back', async () => {
    const bought = await redeemed(world, { ...goods, quantity: 2, stock: 5 });
    const { redemptionId, memberId, merchantId, rewardId, points, asHer, asShop } = bought;
    const { voucher } = await redemptionOf(world, redemptionId);
    const input = { redemptionId, quantity: 2, grounds: 'SEVEN_DAYS' };
    const exchange = (more: object = {}, options: object = {}) =>
      change(world, 'exchangeRedemption', { ...input, ...more }, { as: asShop, ...options });

    expect(await exchange()).toMatchObject({ code: 'EXCHANGE_NOT_RECEIVED' });
    await useVoucher(world, merchantId, voucher.code);
    const key = freshKey();
    const answers = await Promise.all(Array.from({ length: 3 }, () => exchange({}, { key })));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        ...{ __typename: 'RedemptionExchanged', redemption: { status: 'COMPLETED' } },
      });
    }
    expect(await stockOf(world, rewardId)).toBe(1);
    expect(await world.wallet(memberId)).toEqual(whole(points - 200));
    expect(await exchange()).toMatchObject({ __typename: 'SoldOut', code: 'EXCHANGE_SOLD_OUT' });
    expect((await exchange({}, { locale: 'zh-CN' })).message).toContain('积分将退还');
    expect(await exchange({ quantity: 3 })).toMatchObject({ code: 'RETURN_EXCEEDS' });
    const someone = await redeemed(world, goods);
    expect(await exchange({}, { as: someone.asShop })).toMatchObject({ __typename: 'NotFound' });
    await expect(exchange({}, { as: asHer })).rejects.toThrow('FORBIDDEN');

    world.clock.advanceDays(8);
    expect(await exchange({ quantity: 1 })).toMatchObject({ code: 'RETURN_TOO_LATE' });
    const faulty = { quantity: 1, grounds: 'PROVIDER_FAULT' };
    expect((await exchange(faulty)).__typename).toBe('RedemptionExchanged');
    const back = await change(world, 'returnRedemption', { ...input, ...faulty }, { as: asShop });
    expect(back).toMatchObject({ return: { points: 100, status: 'COMPLETED' } });
    expect(await stockOf(world, rewardId)).toBe(0);
    const told = await redemptionOf(world, redemptionId, 'zh-CN');
    expect(kindsOf(told).slice(-4)).toEqual([
      ...['EXCHANGED', 'EXCHANGED', 'RETURN_REQUESTED', 'RETURNED'],
    ]);
    expect(told.timeline.at(-4)).toMatchObject({ reason: '七日无理由退货。', quantity: 2 });
    const ticket = await redeemed(world, { kind: 'TICKET' });
    expect(
      await exchange({ redemptionId: ticket.redemptionId, quantity: 1 }, { as: ticket.asShop }),
    ).toMatchObject({ code: 'EXCHANGE_OF_GOODS_ONLY' });
  });

  test('S64 received goods are exchanged for another size, and for nothing that costs or asks for something else', async () => {
    const { redemptionId, memberId, merchantId, rewardId, points, asShop } = await redeemed(world, {
      ...goods,
      stock: 5,
    });
    await useVoucher(world, merchantId, (await redemptionOf(world, redemptionId)).voucher.code);
    const other = (more: object = {}) =>
      world.reward({ merchantId, points: 100, stock: 2, ...goods, ...more });
    const exchange = (forRewardId: string, more: object = {}) =>
      change(
        world,
        'exchangeRedemption',
        { redemptionId, grounds: 'SEVEN_DAYS', forRewardId, ...more },
        { as: asShop },
      );
    const size = await other();

    expect(await exchange(size)).toMatchObject({ __typename: 'RedemptionExchanged' });

    expect([await stockOf(world, rewardId), await stockOf(world, size)]).toEqual([4, 1]);
    expect(await world.wallet(memberId)).toEqual(whole(points - 100));
    const { redemption } = await world.data(
      'query ($id: ID!) { redemption(id: $id) { reward { id } timeline { kind reward { id } } } }',
      { id: redemptionId },
      { as: asShop },
    );
    expect(redemption.reward.id).toBe(rewardId);
    expect(redemption.timeline.at(-1)).toEqual({ kind: 'EXCHANGED', reward: { id: size } });

    const differing: Record<string, object> = {
      points: { points: 101 },
      kind: { kind: 'GIFT' },
      category: { category: 'TOYS' },
      limitInAll: { limitInAll: 1 },
      limitPerDay: { limitPerDay: 1 },
      cashMinor: { cashPrice: { amountMinor: 150, currency: 'CNY' } },
      weekdays: { weekdays: [1, 2], cashOffer: { weekdays: [1, 2] } },
      minTier: { minTier: 'GOLD' },
    };
    for (const [named, more] of Object.entries(differing)) {
      const refusal = await exchange(await other(more));
      expect(refusal).toMatchObject({ __typename: 'NotReturnable', code: 'EXCHANGE_DIFFERS' });
      expect(refusal.message).toContain(named);
    }
    const tomorrow = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const later = await other({ offeredFrom: tomorrow });
    expect(await exchange(later)).toMatchObject({ code: 'EXCHANGE_NOT_OFFERED' });
    const foreign = (await redeemed(world, goods)).rewardId;
    expect(await exchange(foreign)).toMatchObject({ __typename: 'NotFound' });
    const sold = await other({ stock: 0 });
    expect(await exchange(sold)).toMatchObject({ __typename: 'SoldOut' });
  });

  test('what is not completed is cancelled, and terms that cannot be kept are not published', async () => {
    const waiting = await redeemed(world, { ...goods, fulfilHours: 5 });
    const input = { redemptionId: waiting.redemptionId, grounds: 'SEVEN_DAYS' };
    expect(await change(world, 'returnRedemption', input)).toMatchObject({
      code: 'NOT_COMPLETED_YET',
    });
    await change(world, 'cancelRedemption', { redemptionId: waiting.redemptionId });
    expect(await change(world, 'returnRedemption', input)).toMatchObject({
      code: 'CANCELLED_ALREADY',
    });

    const wrong: [Record<string, unknown>, string][] = [
      [{ fulfilHours: 0 }, 'HOURS_OUT_OF_RANGE'],
      [{ afterSales: { voluntaryFeePercent: 101 } }, 'SHARE_OUT_OF_RANGE'],
      [{ afterSales: { faultCompensationPercent: -1 } }, 'SHARE_OUT_OF_RANGE'],
      [{ afterSales: { faultGoodForMonths: 121 } }, 'MONTHS_OUT_OF_RANGE'],
    ];
    for (const [more, code] of wrong) {
      const given = { merchantId: waiting.merchantId, points: 100, ...more };
      await expect(world.reward(given)).rejects.toThrow(code);
    }
  });
});
