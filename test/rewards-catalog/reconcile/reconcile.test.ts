import { describe, expect, test } from 'vitest';
import { createDice } from '../../points-ledger/crash/random-requests.ts';
import { engines } from '../../support/engines.ts';
import { openAlliance, type World } from '../../support/world.ts';
import { freshHome } from '../crashing.ts';
import { Actor } from './actor.ts';
import { createFaults } from './faults.ts';
import { reckon } from './reckon.ts';
import { prepare } from './scene.ts';
import { actInSpells } from './spells.ts';

/** `npm run test:reconcile` names how many, and kills the processes that do them. */
const isThorough = process.env.TEST_RECONCILE !== undefined;
const ACTIONS = Number(process.env.TEST_RECONCILE ?? 120);

/** The longest that anything waits is what a merchant hands over. */
async function comeToRest(world: World): Promise<void> {
  for (const days of [0, 3, 1]) {
    world.clock.advanceDays(days);
    await world.settle();
  }
}

describe.each(engines)('ledger, stock and vouchers on $name', (engine) => {
  test.runIf(!isThorough)('agree after random actions with random faults', async () => {
    const seed = Date.now() % 1_000_000;
    const dice = createDice(seed);
    const faults = createFaults(dice);
    await using world = await openAlliance(engine, { definitions: faults.definitions });
    const scene = await prepare(world, ACTIONS);
    const { embedded, clock } = world;
    const actor = new Actor({ embedded, clock, dice, scene, lanes: 3 });

    faults.isOn = true;
    await actor.act(ACTIONS);
    faults.isOn = false;
    await comeToRest(world);

    expect(await reckon(world, scene), `seed ${seed}`).toEqual([]);
  });

  test.runIf(isThorough)(
    'agree after random actions with random faults in processes that are killed',
    async () => {
      const seed = Date.now() % 1_000_000;
      const dice = createDice(seed);
      await using home = freshHome(engine);
      const { databaseUrl } = home;
      const begun = performance.now();
      const { scene, at } = await begin(databaseUrl);

      const acted = await actInSpells({ databaseUrl, at, scene, actions: ACTIONS }, dice);

      await using world = await openAlliance(engine, { databaseUrl, at: acted.at });
      await comeToRest(world);
      const problems = await reckon(world, scene);
      const seconds = Math.round((performance.now() - begun) / 1_000);
      console.table([{ engine: engine.name, seed, ...acted, seconds, problems: problems.length }]);
      console.table(await countsOf(world));
      expect(problems, `seed ${seed}`).toEqual([]);
    },
    3_600_000,
  );

  async function begin(databaseUrl: string) {
    await using world = await openAlliance(engine, { databaseUrl });
    return { scene: await prepare(world, ACTIONS), at: world.clock.now().toISOString() };
  }
});

/** What became of it, as everybody sees it. */
async function countsOf(world: World) {
  const data = await world.data(`{
    completed: redemptions(first: 1, filter: { status: { eq: COMPLETED } }) { totalCount }
    cancelled: redemptions(first: 1, filter: { status: { eq: CANCELLED } }) { totalCount }
    incidents(first: 1) { totalCount }
    applied: incidents(first: 1, filter: { state: { eq: APPLIED } }) { totalCount } }`);
  const counts = Object.entries(data as Record<string, { totalCount: number }>);
  return [Object.fromEntries(counts.map(([name, { totalCount }]) => [name, totalCount]))];
}
