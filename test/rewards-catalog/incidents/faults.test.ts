import { describe, expect, test } from 'vitest';
import type { OnIncidentStep } from '../../../subgraphs/rewards-catalog/incidents/domain/step.ts';
import { createRewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import { engines } from '../../support/engines.ts';
import { openAlliance, type World } from '../../support/world.ts';
import { catalogWith } from '../interruption.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { asking, memberFor, redeemed } from './asking.ts';

const AT = '2026-11-22T02:00:00.000Z';
const MEMBERS = 3;

const remedies = (rewardId: string) => [
  { kind: 'BONUS', points: 10 },
  { kind: 'EXTEND', days: 7 },
  { kind: 'SUBSTITUTE', rewardId },
];

/** Rewards-catalog with pages of two, which breaks once at each moment that is set. */
function breakable() {
  const breaks = new Set<string>();
  const onIncidentStep: OnIncidentStep = (step, moment) => {
    if (breaks.delete(`${moment} ${step}`)) throw new Error('the process is gone');
  };
  const definition = createRewardsCatalog({ onIncidentStep, incidentPageSize: 2 });
  return { breaks, definitions: catalogWith(definition) };
}

/** Members with a voucher each, and another reward. */
async function openShop(world: World) {
  const merchantId = await world.merchant();
  const rewardId = await world.reward({ merchantId, stock: 10, validDays: 30 });
  const instead = await world.reward({ merchantId, stock: 10, validDays: 30 });
  const redemptions: { memberId: string; id: string }[] = [];
  for (let count = 0; count < MEMBERS; count += 1) {
    const memberId = await memberFor(world, merchantId);
    redemptions.push({ memberId, id: await redeemed(world, memberId, rewardId) });
  }
  world.clock.set('2026-11-23T02:00:00Z');
  const incident = { merchantId, rewardIds: [rewardId], from: AT, until: '2026-11-22T08:00:00Z' };
  return { rewardId, instead, redemptions, incident };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

/** That each has each remedy once: 10 points, a week, and the other reward. */
async function expectOnce(world: World, { rewardId, instead, redemptions }: Shop) {
  for (const { memberId, id } of redemptions) {
    expect(await world.wallet(memberId)).toMatchObject({ available: 10 });
    const found = await asking(world).voucher(id);
    expect(found.voucher).toMatchObject({ validUntil: '2026-12-29', substitute: { id: instead } });
    expect(found.remedies).toHaveLength(3);
  }
  expect(await stockOf(world, rewardId)).toBe(10);
  expect(await stockOf(world, instead)).toBe(10 - MEMBERS);
  expect(await problemsOfBooks(world)).toEqual([]);
}

describe.each(engines)('the remedy of an incident on $name', (engine) => {
  test('S62 is given once to each, wherever the process dies', async () => {
    const { breaks, definitions } = breakable();
    await using world = await openAlliance(engine, { at: AT, definitions });
    const ask = asking(world);
    const shop = await openShop(world);
    /** After each break it rests; then a worker goes on, and breaks at the next moment. */
    const workOff = async (moments: readonly string[]) => {
      for (const moment of [...moments, null]) {
        if (moment !== null) breaks.add(moment);
        await world.settle();
        expect([...breaks]).toEqual([]);
        world.clock.set(new Date(world.clock.now().getTime() + 300_000).toISOString());
      }
      await world.settle();
    };

    for (const remedy of remedies(shop.instead)) {
      const { incident } = await ask.declare(shop.incident);
      await workOff(['before list', 'after list']);
      expect(await ask.incident(incident.id)).toMatchObject({ state: 'READY', members: MEMBERS });
      const proposed = await ask.propose(incident.id, remedy);
      await ask.apply(incident.id, proposed.incident.proposal);
      const steps = remedy.kind === 'BONUS' ? ['post', 'give'] : ['give'];
      await workOff(steps.flatMap((step) => [`before ${step}`, `after ${step}`]));

      expect(await ask.incident(incident.id)).toMatchObject({
        state: 'APPLIED',
        progress: { members: MEMBERS, refused: 0 },
      });
    }
    await expectOnce(world, shop);
  });

  // On SQLite, in one process, one would sleep while it waits for the other.
  test.runIf(engine.name === 'MariaDB')(
    'S62 is given once to each, when two processes work at it',
    async () => {
      const { definitions } = breakable();
      await using world = await openAlliance(engine, { at: AT, definitions });
      const shop = await openShop(world);
      const { databaseUrl } = world;
      const at = world.clock.now().toISOString();
      await using other = await openAlliance(engine, { at, definitions, databaseUrl });
      const both = () => Promise.all([world.settle(), other.settle()]);
      const ask = asking(world);

      for (const remedy of remedies(shop.instead)) {
        const { incident } = await ask.declare(shop.incident);
        await both();
        const proposed = await ask.propose(incident.id, remedy);
        await ask.apply(incident.id, proposed.incident.proposal);
        await both();

        expect(await ask.incident(incident.id)).toMatchObject({
          state: 'APPLIED',
          progress: { members: MEMBERS, refused: 0 },
        });
      }
      await expectOnce(world, shop);
    },
  );
});
