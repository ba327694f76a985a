import { describe, expect, test } from 'vitest';
import { settle } from '../../shared/workers.ts';
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

// Two replicas need a database server: on SQLite the second would block the event loop of both.
describe.each(engines.filter(({ name }) => name !== 'SQLite'))(
  'two replicas on $name',
  (engine) => {
    test('answer equal requests with one redemption, and their workers race for nothing', async () => {
      await using one = await openAlliance(engine);
      await using other = await openAlliance(engine, { databaseUrl: one.databaseUrl });
      const { merchantId, memberId } = await memberWithPoints(one, 2_000);
      const rewardId = await one.reward({ merchantId, points: 100, stock: 50 });
      // All are due at once, so that the workers take up what the requests are still at.
      other.clock.set('2026-11-22T02:01:00Z');
      const workers = other.embedded.subgraphs.get('rewards-catalog')?.workers ?? [];

      const answers = await Promise.all(
        twenty.flatMap((index) => {
          const request = { memberId, rewardId, idempotencyKey: `replicas-${index % 4}` };
          return [one.redeem(request), other.redeem(request), settle(workers)];
        }),
      );

      const redeemed = answers.filter((answer) => answer !== undefined);
      expect(kindsOf(redeemed)).toEqual({ RewardRedeemed: 40 });
      expect(new Set(redeemed.map(({ redemption }) => redemption.id)).size).toBe(4);
      expect(await one.wallet(memberId)).toEqual({ available: 1_600, held: 0, debt: 0 });
      expect(await stockOf(one, rewardId)).toBe(46);
      expect(await problemsOfBooks(one)).toEqual([]);
    });
  },
);
