import type { World } from '../../support/world.ts';

/** What the random actions are about. Plain JSON, so that it can be told to another process. */
export type Scene = Readonly<{
  merchantIds: readonly string[];
  memberIds: readonly string[];
  rewards: readonly ScenedReward[];
}>;

export type ScenedReward = Readonly<{
  id: string;
  merchantId: string;
  /** How many there were; null: as many as anybody wants. */
  stock: number | null;
  slotIds: readonly string[];
  /** What a remedy may give instead of another reward of the merchant. */
  isSubstitute: boolean;
}>;

const MEMBERS = 10;
const MERCHANTS = 2;

/** Whose points are good for a month, so that many lapse. */
const programmes = [{ expiryMonths: 1 }];

/**
 * Two merchants with a reward of every course: a voucher at once, goods with a fee on a change of mind, one that is
 * handed over, one with places, a scarce one, and one without a limit. `actions` is how many there are going to be.
 */
export async function prepare(world: World, actions: number): Promise<Scene> {
  const merchantIds: string[] = [];
  const memberIds: string[] = [];
  const rewards: ScenedReward[] = [];
  for (let count = 0; count < MEMBERS; count += 1) memberIds.push(await world.member());
  for (let count = 0; count < MERCHANTS; count += 1) {
    const merchantId = await world.merchant({ programmes });
    merchantIds.push(merchantId);
    for (const made of rewardsOf(world, actions)) {
      const { isSubstitute = false, ...input } = made;
      const id = await world.reward({ merchantId, ...input });
      const slotIds = 'details' in made ? await slotsOf(world, id) : [];
      rewards.push({ id, merchantId, stock: made.stock, slotIds, isSubstitute });
    }
  }
  return { merchantIds, memberIds, rewards };
}

type Made = Readonly<{ stock: number | null; isSubstitute?: boolean }> &
  Readonly<Record<string, unknown>>;

function rewardsOf(world: World, actions: number): Made[] {
  const plenty = 100 + actions;
  const later = (hours: number) =>
    new Date(world.clock.now().getTime() + (10 * 365 * 24 + hours) * 3_600_000).toISOString();
  const slot = (hours: number) => ({
    ...{ from: later(hours), until: later(hours + 1), capacity: 5 + Math.ceil(actions / 20) },
  });
  return [
    {
      ...{ kind: 'VOUCHER', points: 90, stock: plenty, validDays: 20, isSubstitute: true },
      afterSales: { faultCompensationPercent: 10 },
    },
    {
      ...{ kind: 'PRODUCT', points: 70, stock: plenty, validDays: 10, isSubstitute: true },
      afterSales: { voluntaryFeePercent: 30, lapsedPointsReturn: false, faultGoodForMonths: 6 },
    },
    { kind: 'VOUCHER', points: 110, stock: plenty, fulfilHours: 48 },
    {
      kind: 'TICKET',
      points: 50,
      stock: plenty,
      details: { booking: { slots: [slot(0), slot(1)] } },
    },
    { kind: 'VOUCHER', points: 40, stock: Math.ceil(actions / 50), validDays: 5 },
    { kind: 'VOUCHER', points: 30, stock: null, validDays: 15 },
  ];
}

async function slotsOf(world: World, id: string): Promise<string[]> {
  const { reward } = await world.data('query ($id: ID!) { reward(id: $id) { slots { id } } }', {
    id,
  });
  return reward.slots.map((slot: { id: string }) => slot.id);
}
