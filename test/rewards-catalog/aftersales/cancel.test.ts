import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import { engines } from '../../support/engines.ts';
import { asMember, freshKey, openAlliance, type World } from '../../support/world.ts';
import { catalogWith } from '../interruption.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { change, kindsOf, redeemed, redemptionOf, useVoucher } from './asking.ts';

const whole = (available: number) => ({ available, held: 0, debt: 0 });

describe.each(engines)('cancelling on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(async () => {
    expect(await problemsOfBooks(world)).toEqual([]);
    await world[Symbol.asyncDispose]();
  });

  test('while its voucher is made leaves no moment in which the voucher can be used', async () => {
    const meanwhile: Record<string, () => Promise<unknown>> = {};
    const interrupted = createRewardsCatalog({
      async onStep(step, moment) {
        const once = meanwhile[`${moment} ${step}`];
        delete meanwhile[`${moment} ${step}`];
        await once?.();
      },
    });
    await using own = await openAlliance(engine, { definitions: catalogWith(interrupted) });
    const { memberId, merchantId, rewardId, points } = await redeemed(own);
    const pending = async (): Promise<string> => {
      const { redemptions } = await own.data(
        `query ($id: ID!) { redemptions(first: 9, filter: { memberId: { eq: $id } }) {
          nodes { id status } } }`,
        { id: memberId },
      );
      type Node = { id: string; status: string };
      return redemptions.nodes.find(({ status }: Node) => status === 'PENDING').id;
    };
    let [redemptionId, used] = ['', ''];
    let cancelled: Promise<unknown> = Promise.resolve();
    meanwhile['before fulfil'] = async () => {
      redemptionId = await pending();
      const recorded = Promise.withResolvers<void>();
      meanwhile['after request-cancel'] = async () => recorded.resolve();
      cancelled = change(own, 'cancelRedemption', { redemptionId });
      await recorded.promise;
    };
    meanwhile['before turn-back'] = async () => {
      const { code } = (await redemptionOf(own, redemptionId)).voucher;
      used = (await useVoucher(own, merchantId, code)).code;
    };

    await own.redeem({ memberId, rewardId });
    await cancelled;
    await own.settle();

    expect(used).toBe('VOUCHER_VOID');
    expect((await redemptionOf(own, redemptionId)).status).toBe('CANCELLED');
    expect(await own.wallet(memberId)).toEqual(whole(points - 100));
    expect(await stockOf(own, rewardId)).toBe(9);
  });

  test('of a completed redemption gives points and stock back, voids the voucher and is told step by step', async () => {
    const { redemptionId, memberId, merchantId, rewardId, points, asHer, redeem } =
      await redeemed(world);
    const { voucher } = await redemptionOf(world, redemptionId);
    const key = freshKey();

    const answer = await change(world, 'cancelRedemption', { redemptionId }, { as: asHer, key });

    expect(answer).toEqual({
      __typename: 'RedemptionCancelled',
      redemption: { id: redemptionId, status: 'CANCELLED' },
    });
    expect(await world.wallet(memberId)).toEqual(whole(points));
    expect(await stockOf(world, rewardId)).toBe(10);
    expect(await useVoucher(world, merchantId, voucher.code)).not.toMatchObject({
      __typename: 'VoucherUsed',
    });
    // The key of the redemption goes on being answered: she did redeem it.
    expect(await redeem()).toMatchObject({
      __typename: 'RewardRedeemed',
      redemption: { status: 'CANCELLED' },
    });
    const at = world.clock.now().toISOString();
    const told = await redemptionOf(world, redemptionId, 'zh-CN');
    expect(told.timeline.every((event: { at: string }) => event.at === at)).toBe(true);
    expect(kindsOf(told)).toEqual([
      ...['REQUESTED', 'POINTS_HELD', 'FULFILLED', 'COMPLETED'],
      ...['CANCEL_REQUESTED', 'TURNED_BACK', 'CANCELLED'],
    ]);
    expect(told.timeline.at(-1).reason).toContain('已按会员要求取消');
    const english = await redemptionOf(world, redemptionId);
    expect(english.timeline.at(-1).reason).toContain('as the member wished');

    expect(await change(world, 'cancelRedemption', { redemptionId }, { as: asHer, key })).toEqual(
      answer,
    );
    expect(await change(world, 'cancelRedemption', { redemptionId }, { as: asHer })).toMatchObject({
      __typename: 'NotCancellable',
      code: 'CANCELLED_ALREADY',
    });
    expect(await world.wallet(memberId)).toEqual(whole(points));
  });

  test('is refused for a used voucher, one that lapsed and one of another member', async () => {
    const { redemptionId, memberId, merchantId, asHer, points } = await redeemed(world);
    const { voucher } = await redemptionOf(world, redemptionId);
    const other = await world.member();

    expect(
      await change(world, 'cancelRedemption', { redemptionId }, { as: asMember(other) }),
    ).toMatchObject({ __typename: 'NotFound', code: 'REDEMPTION_NOT_FOUND' });
    expect(
      await change(world, 'cancelRedemption', { redemptionId: 'none' }, { as: asHer }),
    ).toMatchObject({ __typename: 'NotFound', code: 'REDEMPTION_NOT_FOUND' });
    await useVoucher(world, merchantId, voucher.code);
    const key = freshKey();
    const refused = await change(world, 'cancelRedemption', { redemptionId }, { as: asHer, key });
    expect(refused).toMatchObject({ __typename: 'NotCancellable', code: 'VOUCHER_USED' });
    expect(await change(world, 'cancelRedemption', { redemptionId }, { as: asHer, key })).toEqual(
      refused,
    );
    const chinese = { as: asHer, key, locale: 'zh-CN' as const };
    expect((await change(world, 'cancelRedemption', { redemptionId }, chinese)).message).toContain(
      '已被使用',
    );
    expect(await world.wallet(memberId)).toEqual(whole(points - 100));
  });

  test('and using a voucher at the same instant: one of them happens', async () => {
    for (let round = 0; round < 2; round += 1) {
      const { redemptionId, memberId, merchantId, rewardId, asHer, points } = await redeemed(world);
      const { voucher } = await redemptionOf(world, redemptionId);
      const [cancelled, used] = await Promise.all([
        change(world, 'cancelRedemption', { redemptionId }, { as: asHer }),
        useVoucher(world, merchantId, voucher.code),
      ]);
      const isCancelled = cancelled.__typename === 'RedemptionCancelled';
      expect(used.__typename === 'VoucherUsed').toBe(!isCancelled);
      expect(await world.wallet(memberId)).toEqual(whole(isCancelled ? points : points - 100));
      expect(await stockOf(world, rewardId)).toBe(isCancelled ? 10 : 9);
    }
  });

  test('asked for ten times at once is done once', async () => {
    const { redemptionId, memberId, rewardId, points } = await redeemed(world, { quantity: 3 });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => change(world, 'cancelRedemption', { redemptionId })),
    );
    const done = answers.filter(({ __typename }) => __typename === 'RedemptionCancelled');
    expect(done).toHaveLength(1);
    expect(await world.wallet(memberId)).toEqual(whole(points));
    expect(await stockOf(world, rewardId)).toBe(12);
  });

  test('what waits for its merchant holds the points until it is handed over', async () => {
    const { redemptionId, memberId, rewardId, asShop, asHer, redeem, points } = await redeemed(
      world,
      { fulfilHours: 48 },
    );
    const { reward } = await world.data(
      'query ($id: ID!) { reward(id: $id) { fulfilment fulfilHours } }',
      { id: rewardId },
    );
    expect(reward).toEqual({ fulfilment: 'BY_MERCHANT', fulfilHours: 48 });
    expect(await redeem()).toMatchObject({ __typename: 'RedemptionPending' });
    expect(await world.wallet(memberId)).toEqual({ available: points - 100, held: 100, debt: 0 });
    await world.settle();
    expect(kindsOf(await redemptionOf(world, redemptionId))).toEqual(['REQUESTED', 'POINTS_HELD']);

    const key = freshKey();
    const answer = await change(world, 'fulfilRedemption', { redemptionId }, { as: asShop, key });
    expect(answer).toMatchObject({
      __typename: 'RedemptionFulfilled',
      redemption: { status: 'COMPLETED' },
    });
    expect(await change(world, 'fulfilRedemption', { redemptionId }, { as: asShop, key })).toEqual(
      answer,
    );
    const done = await redemptionOf(world, redemptionId);
    expect(done).toMatchObject({ voucher: null, completedAt: world.clock.now().toISOString() });
    expect(await world.wallet(memberId)).toEqual(whole(points - 100));
    expect(await redeem()).toMatchObject({ __typename: 'RewardRedeemed' });
    const refused: [string, object, string][] = [
      ['fulfilRedemption', { as: asShop }, 'FULFILLED_ALREADY'],
      ['cancelRedemption', { as: asHer }, 'HANDED_OVER_ALREADY'],
    ];
    for (const [name, as, code] of refused) {
      expect(await change(world, name, { redemptionId }, as)).toMatchObject({ code });
    }
  });

  test('what its merchant declines, or its member cancels before, goes back whole', async () => {
    const declined = await redeemed(world, { fulfilHours: 1 });
    const { redemptionId } = declined;
    const input = { redemptionId, reason: '店里停电。' };
    const other = await redeemed(world);

    for (const name of ['fulfilRedemption', 'declineRedemption']) {
      const more = name === 'declineRedemption' ? input : { redemptionId };
      expect(await change(world, name, more, { as: other.asShop })).toMatchObject({
        code: 'REDEMPTION_NOT_FOUND',
      });
      expect(
        await change(world, name, { ...more, redemptionId: other.redemptionId }),
      ).toMatchObject({ __typename: 'NotFulfillable', code: 'FULFILLED_AT_ONCE' });
    }
    expect(
      await change(world, 'declineRedemption', { ...input, reason: ' ' }, { as: declined.asShop }),
    ).toMatchObject({ __typename: 'InvalidInput' });
    expect(await change(world, 'declineRedemption', input, { as: declined.asShop })).toMatchObject({
      __typename: 'RedemptionDeclined',
      redemption: { status: 'CANCELLED' },
    });
    const { timeline } = await redemptionOf(world, redemptionId, 'zh-CN');
    expect(timeline.at(-1).reason).toContain('店里停电。');
    expect(await declined.redeem()).toMatchObject({
      __typename: 'RewardNotAvailable',
      code: 'DECLINED_BY_MERCHANT',
    });

    const cancelled = await redeemed(world, { fulfilHours: 1 });
    expect(
      await change(
        world,
        'cancelRedemption',
        { redemptionId: cancelled.redemptionId },
        { as: cancelled.asHer },
      ),
    ).toMatchObject({ __typename: 'RedemptionCancelled' });
    expect(await cancelled.redeem()).toMatchObject({ code: 'CANCELLED_ON_REQUEST' });
    for (const { memberId, rewardId, points } of [declined, cancelled]) {
      expect(await world.wallet(memberId)).toEqual(whole(points));
      expect(await stockOf(world, rewardId)).toBe(10);
    }
  });

  test('what its merchant does not hand over in time goes back by itself, to the minute', async () => {
    const start = world.clock.now().getTime();
    const { redemptionId, memberId, rewardId, asShop, redeem, points } = await redeemed(world, {
      fulfilHours: 24 * 30,
    });
    const { fulfilBy } = await redemptionOf(world, redemptionId);
    expect(Date.parse(fulfilBy)).toBe(start + 30 * 24 * 60 * 60 * 1000);

    world.clock.set(new Date(Date.parse(fulfilBy) - 1).toISOString());
    await world.settle();
    expect(await world.wallet(memberId)).toEqual({ available: points - 100, held: 100, debt: 0 });
    world.clock.set(fulfilBy);
    expect(await change(world, 'fulfilRedemption', { redemptionId }, { as: asShop })).toMatchObject(
      { __typename: 'NotFulfillable', code: 'FULFILMENT_OVERDUE' },
    );
    await world.settle();

    expect(await world.wallet(memberId)).toEqual(whole(points));
    expect(await stockOf(world, rewardId)).toBe(10);
    expect(await redeem()).toMatchObject({ code: 'FULFILMENT_OVERDUE' });
  });

  test('points that lapsed while they were spent are good for 180 days when they come back; a lapsed voucher does not', async () => {
    const lapsing = await redeemed(world, { validDays: 900 });
    const late = await redeemed(world, { validDays: 30 });
    world.clock.set(new Date(world.clock.now().getTime() + 500 * 24 * 3_600_000).toISOString());
    await world.settle();

    expect(
      await change(world, 'cancelRedemption', { redemptionId: late.redemptionId }),
    ).toMatchObject({ __typename: 'NotCancellable', code: 'VOUCHER_EXPIRED' });
    expect(
      await change(world, 'cancelRedemption', { redemptionId: lapsing.redemptionId }),
    ).toMatchObject({ __typename: 'RedemptionCancelled' });
    expect(await world.wallet(lapsing.memberId)).toEqual(whole(100));
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { lots { points expiresOn } } } }',
      { id: lapsing.memberId },
      { as: lapsing.asHer },
    );
    const day = new Date(world.clock.now().getTime() + 180 * 24 * 3_600_000 + 8 * 3_600_000);
    expect(member.wallet.lots).toEqual([
      { points: 100, expiresOn: day.toISOString().slice(0, 10) },
    ]);
  });
});
