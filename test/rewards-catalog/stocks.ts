import type { World } from '../support/world.ts';

/** How many of a reward are left. */
export async function stockOf(world: World, rewardId: string): Promise<number | null> {
  const { reward } = await world.data('query ($id: ID!) { reward(id: $id) { stock } }', {
    id: rewardId,
  });
  return reward.stock;
}

/** A merchant's id and a member's with so many alliance points. */
export async function memberWithPoints(
  world: World,
  points: number,
): Promise<{ merchantId: string; memberId: string }> {
  const [merchantId, memberId] = [await world.merchant(), await world.member()];
  if (points > 0) await world.purchase({ merchantId, memberId, amountMinor: points * 100 });
  return { merchantId, memberId };
}

/** Every line of the books, which must add up to zero for each issuer and unit. */
export async function imbalances(world: World): Promise<unknown[]> {
  const { conservation } = await world.data(
    '{ conservation { balance held issuer { id } unit issued available redeemed debt } }',
  );
  return conservation.filter(({ balance }: { balance: number }) => balance !== 0);
}
