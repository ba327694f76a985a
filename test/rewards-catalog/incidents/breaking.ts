import { expect } from 'vitest';
import type { OnIncidentStep } from '../../../subgraphs/rewards-catalog/incidents/domain/step.ts';
import { createRewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import type { World } from '../../support/world.ts';
import { catalogWith } from '../interruption.ts';
import { stockOf } from '../stocks.ts';
import { asking } from './asking.ts';

/** Every moment and every remedy, and two processes at once: `npm run test:killed`. */
export const isThorough = process.env.TEST_KILLED === 'all';

/** The moments around these steps. Nothing happens between one and the next, so that those after say as much. */
export const momentsOf = (steps: readonly string[]): string[] =>
  (isThorough ? ['before', 'after'] : ['after']).flatMap((moment) =>
    steps.map((step) => `${moment} ${step}`),
  );

/** Rewards-catalog that works incidents off in pages of two, and breaks once at each moment that is set. */
export function breakable() {
  const breaks = new Set<string>();
  const onIncidentStep: OnIncidentStep = (step, moment) => {
    if (breaks.delete(`${moment} ${step}`)) throw new Error('the process is gone');
  };
  const definition = createRewardsCatalog({ onIncidentStep, incidentPageSize: 2 });
  return { breaks, definitions: catalogWith(definition) };
}

/** A reward of a merchant that one member redeemed once, and a busy one twice, good until 30 and 32 days from now. */
type Scene = Readonly<
  Record<'merchantId' | 'rewardId' | 'early' | 'busy' | 'first' | 'second' | 'third', string>
> &
  Readonly<{ window: object; day: (days: number) => string }>;

/** Each remedy in turn for the same members: 10 points, ten days where they are given, and another reward. */
export async function remedied(
  world: World,
  at: Scene,
  work: (steps: readonly string[]) => Promise<void>,
) {
  const ask = asking(world);
  const instead = await world.reward({ merchantId: at.merchantId, stock: 10, validDays: 20 });
  const remedies = [
    { kind: 'BONUS', points: 10 },
    ...(isThorough ? [{ kind: 'EXTEND', days: 10 }] : []),
    { kind: 'SUBSTITUTE', rewardId: instead },
  ];
  for (const remedy of remedies) {
    const input = { merchantId: at.merchantId, rewardIds: [at.rewardId], ...at.window };
    const id = (await ask.declare(input)).incident.id;
    await work(['list']);
    expect(await ask.incident(id)).toMatchObject({ state: 'READY', members: 2 });
    await ask.apply(id, (await ask.propose(id, remedy)).incident.proposal);
    await work(remedy.kind === 'BONUS' ? ['post', 'give'] : ['give']);
    const progress = { members: 2, refused: 0 };
    expect(await ask.incident(id)).toMatchObject({ state: 'APPLIED', progress });
  }

  for (const memberId of [at.early, at.busy]) {
    expect(await world.wallet(memberId)).toMatchObject({ available: 10 });
  }
  const days = isThorough ? 10 : 0;
  for (const [redemptionId, good] of [
    [at.first, 30],
    [at.second, 32],
    [at.third, 32],
  ] as const) {
    const { voucher, remedies: given } = await ask.voucher(redemptionId);
    expect(voucher).toMatchObject({
      validUntil: at.day(good + days),
      substitute: { id: instead },
    });
    expect(given).toHaveLength(remedies.length);
  }
  expect([await stockOf(world, at.rewardId), await stockOf(world, instead)]).toEqual([10, 7]);
}
