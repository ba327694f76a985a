import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { freshKey, openAlliance } from '../support/world.ts';
import { memberWithPoints, problemsOfBooks, stockOf } from './stocks.ts';

const twenty = Array.from({ length: 20 }, (_, index) => index);
const kindsOf = (answers: { __typename: string }[]) =>
  Object.fromEntries(
    Map.groupBy(answers, (answer) => answer.__typename)
      .entries()
      .map(([kind, all]) => [kind, all.length]),
  );

describe.each(engines)('twenty requests at once on $name', (engine) => {
  test('with one key make one redemption', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 2_000);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 50 });
    const idempotencyKey = freshKey();

    const answers = await Promise.all(
      twenty.map(() => world.redeem({ memberId, rewardId, idempotencyKey })),
    );

    expect(kindsOf(answers)).toEqual({ RewardRedeemed: 20 });
    expect(new Set(answers.map(({ redemption }) => redemption.id)).size).toBe(1);
    expect(await world.wallet(memberId)).toEqual({ available: 1_900, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(49);
  });

  test('with twenty keys and points for one: one success, nineteen lack points', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 150);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 50 });

    const answers = await Promise.all(twenty.map(() => world.redeem({ memberId, rewardId })));

    expect(kindsOf(answers)).toEqual({ RewardRedeemed: 1, InsufficientPoints: 19 });
    expect(await world.wallet(memberId)).toEqual({ available: 50, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(49);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('of twenty members for the last piece: one success, nineteen find it sold out', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const memberIds: string[] = [];
    for (const _ of twenty) {
      const memberId = await world.member();
      await world.purchase({ merchantId, memberId, amountMinor: 10_000 });
      memberIds.push(memberId);
    }
    const rewardId = await world.reward({ merchantId, points: 100, stock: 1 });

    const answers = await Promise.all(
      memberIds.map((memberId) => world.redeem({ memberId, rewardId })),
    );

    expect(kindsOf(answers)).toEqual({ RewardRedeemed: 1, SoldOut: 19 });
    expect(await stockOf(world, rewardId)).toBe(0);
    const wallets = await Promise.all(memberIds.map(world.wallet.bind(world)));
    expect(wallets.filter(({ available, held }) => available === 100 && held === 0)).toHaveLength(
      19,
    );
  });
});
