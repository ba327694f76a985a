import { expect } from 'vitest';
import type { IncidentStep } from '../../../subgraphs/rewards-catalog/incidents/domain/step.ts';
import type { World } from '../../support/world.ts';
import { asking, memberFor, redeemed } from '../incidents/asking.ts';
import type { DoomedIncident } from '../redeem-and-die.ts';
import { stockOf } from '../stocks.ts';

type Kind = 'BONUS' | 'EXTEND' | 'SUBSTITUTE';

const STEPS: Readonly<Record<Kind, readonly IncidentStep[]>> = {
  BONUS: ['list', 'post', 'give'],
  EXTEND: ['give'],
  SUBSTITUTE: ['give'],
};

const AT = '2026-11-22T02:00:00Z';
/** After every redemption of the scenes. */
const UNTIL = '2026-11-22T02:01:00Z';
const STOCK = 10;

/** An incident of a reward that two members redeemed, and what is there instead. */
export type RemedyCase = DoomedIncident &
  Readonly<{
    kind: Kind;
    rewardId: string;
    instead: string;
    redemptions: readonly Readonly<{ memberId: string; id: string }>[];
  }>;

/** Every moment of every remedy. Those that are being found out stay so: nothing settles behind them. */
export async function prepareRemedies(world: World): Promise<RemedyCase[]> {
  const moments = (Object.keys(STEPS) as Kind[]).flatMap((kind) =>
    STEPS[kind].flatMap((step) =>
      (['before', 'after'] as const).map((moment) => ({ kind, step, moment })),
    ),
  );
  const merchantId = await world.merchant();
  const cases: RemedyCase[] = [];
  for (const moment of moments) cases.push({ ...moment, ...(await openCase(world, merchantId)) });
  const ask = asking(world);
  world.clock.set(UNTIL);
  const declare = async (one: RemedyCase): Promise<RemedyCase> => {
    const rewardIds = [one.rewardId];
    const { incident } = await ask.declare({ merchantId, rewardIds, from: AT, until: UNTIL });
    return { ...one, incidentId: String(incident.id) };
  };
  const known: RemedyCase[] = [];
  for (const one of cases) if (one.step !== 'list') known.push(await declare(one));
  await world.settle();
  for (const one of known) await approve(world, one);
  for (const one of cases) if (one.step === 'list') known.push(await declare(one));
  return known;
}

async function openCase(world: World, merchantId: string) {
  const reward = { merchantId, stock: STOCK, validDays: 30 };
  const [rewardId, instead] = [await world.reward(reward), await world.reward(reward)];
  const redemptions: { memberId: string; id: string }[] = [];
  for (let count = 0; count < 2; count += 1) {
    const memberId = await memberFor(world, merchantId);
    redemptions.push({ memberId, id: await redeemed(world, memberId, rewardId) });
  }
  return { incidentId: '', rewardId, instead, redemptions };
}

async function approve(world: World, one: RemedyCase): Promise<void> {
  const ask = asking(world);
  const remedy = {
    BONUS: { kind: 'BONUS', points: 10 },
    EXTEND: { kind: 'EXTEND', days: 7 },
    SUBSTITUTE: { kind: 'SUBSTITUTE', rewardId: one.instead },
  }[one.kind];
  const { incident } = await ask.propose(one.incidentId, remedy);
  await ask.apply(one.incidentId, incident.proposal);
}

/** That each was served once; what the incident is like after the restart, for the report. */
export async function expectRemedied(world: World, one: RemedyCase): Promise<string> {
  const name = `${one.kind}: ${one.moment} ${one.step}`;
  const ask = asking(world);
  const found = await ask.incident(one.incidentId);
  expect(found, name).toMatchObject({ members: 2, redemptions: 2 });
  if (one.step === 'list') {
    await approve(world, one);
    await world.settle();
  }
  expect(await ask.incident(one.incidentId), name).toMatchObject({
    ...{ state: 'APPLIED', progress: { members: 2, refused: 0 } },
  });
  for (const { memberId, id } of one.redemptions) {
    const available = one.kind === 'BONUS' ? 10 : 0;
    expect(await world.wallet(memberId), name).toMatchObject({ available });
    const { voucher, remedies } = await ask.voucher(id);
    const validUntil = one.kind === 'EXTEND' ? '2026-12-29' : '2026-12-22';
    const substitute = one.kind === 'SUBSTITUTE' ? { id: one.instead } : null;
    expect(voucher, name).toMatchObject({ validUntil, substitute });
    expect(remedies, name).toHaveLength(1);
  }
  const isElsewhere = one.kind === 'SUBSTITUTE' ? 2 : 0;
  expect(await stockOf(world, one.rewardId), name).toBe(STOCK - 2 + isElsewhere);
  expect(await stockOf(world, one.instead), name).toBe(STOCK - isElsewhere);
  return found.state;
}
