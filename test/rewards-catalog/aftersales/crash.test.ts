import { describe, expect, test } from 'vitest';
import type { RedemptionStep } from '../../../subgraphs/rewards-catalog/domain/redemption.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { freshKey, openAlliance, operator, type World } from '../../support/world.ts';
import { die, freshHome, stepsOf } from '../crashing.ts';
import type { Doomed } from '../redeem-and-die.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { change, redemptionOf } from './asking.ts';

const AT = '2026-11-22T02:00:00Z';
const POINTS = 200;
const STOCK = 1_000;

/** What is asked for a redemption of 100 points, in which steps it is done, and how it ends. */
type Course = Readonly<{
  mutation: string;
  /** Whether the reward is handed over by its merchant. */
  isHandedOver: boolean;
  more?: Readonly<Record<string, unknown>>;
  steps: readonly RedemptionStep[];
  status: 'COMPLETED' | 'CANCELLED';
  /** What it costs her in the end. */
  spent: number;
}>;

const courses: readonly Course[] = [
  {
    ...{ mutation: 'cancelRedemption', isHandedOver: false, status: 'CANCELLED', spent: 0 },
    steps: ['request-cancel', 'turn-back', 'refund', 'cancel'],
  },
  {
    ...{ mutation: 'cancelRedemption', isHandedOver: true, status: 'CANCELLED', spent: 0 },
    steps: ['turn-back', 'release', 'cancel'],
  },
  {
    ...{ mutation: 'fulfilRedemption', isHandedOver: true, status: 'COMPLETED', spent: 100 },
    steps: ['hand-over', 'capture', 'complete'],
  },
  {
    ...{ mutation: 'declineRedemption', isHandedOver: true, status: 'CANCELLED', spent: 0 },
    more: { reason: 'It rains.' },
    steps: ['decline', 'release', 'cancel'],
  },
  {
    // All 100 come back, and 10 more of the merchant's own.
    ...{ mutation: 'returnRedemption', isHandedOver: false, status: 'COMPLETED', spent: -10 },
    more: { grounds: 'PROVIDER_FAULT' },
    steps: ['record-return', 'refund-return', 'note-refund', 'compensate', 'finish-return'],
  },
];

/**
 * In `npm test` the moment after each step but the last: that before a step is the same as that after the one before
 * it. With TEST_KILLED=all every moment.
 */
const momentsOf = (steps: readonly RedemptionStep[]) =>
  process.env.TEST_KILLED === 'all'
    ? stepsOf(steps)
    : stepsOf(steps.slice(0, -1)).filter(({ moment }) => moment === 'after');

type Case = Doomed & Readonly<{ course: Course; memberId: string; rewardId: string }>;

async function prepare(world: World): Promise<Case[]> {
  const merchantId = await world.merchant();
  const [atOnce, later] = await Promise.all([
    world.reward({
      ...{ merchantId, points: 100, stock: STOCK },
      afterSales: { faultCompensationPercent: 10 },
    }),
    world.reward({ merchantId, points: 100, stock: STOCK, fulfilHours: 48 }),
  ]);
  const moments = courses.flatMap((course) =>
    momentsOf(course.steps).map((moment) => ({ course, ...moment })),
  );
  const cases: Case[] = [];
  for (const { course, ...moment } of moments) {
    const memberId = await world.member();
    await world.purchase({ merchantId, memberId, amountMinor: POINTS * 100 });
    const rewardId = course.isHandedOver ? later : atOnce;
    const { redemption } = await world.redeem({ memberId, rewardId });
    const input = { idempotencyKey: freshKey(), redemptionId: redemption.id, ...course.more };
    cases.push({ ...moment, course, memberId, rewardId, mutation: course.mutation, input });
  }
  return cases;
}

async function killAtEach(engine: Engine, databaseUrl: string): Promise<Case[]> {
  await using world = await openAlliance(engine, { databaseUrl, at: AT });
  const cases = await prepare(world);
  const keys = { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) };
  await die({ databaseUrl, at: AT, keys, caller: operator, doomed: cases });
  return cases;
}

describe.each(engines)('a process that is killed on $name', (engine) => {
  test('while it cancels, hands over, declines or takes back leaves what is finished after the restart: points, stock and status agree', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    const cases = await killAtEach(engine, databaseUrl);
    await using world = await openAlliance(engine, { databaseUrl, at: '2026-11-22T02:05:00Z' });

    await world.settle();

    const taken = new Map<string, number>();
    for (const { course, memberId, rewardId, step, moment, mutation, input } of cases) {
      const name = `${mutation}: ${moment} ${step}`;
      const id = String(input.redemptionId);
      // Before its first step nothing was written down, so only asking again does it.
      const isRecorded = !(moment === 'before' && course.steps[0] === step) || step === 'turn-back';
      if (isRecorded) {
        expect((await redemptionOf(world, id)).status, name).toBe(course.status);
      }
      const { idempotencyKey, ...rest } = input;
      const answer = await change(world, mutation, rest, { key: String(idempotencyKey) });
      expect(answer.redemption, name).toEqual({ id, status: course.status });
      const left = { available: POINTS - course.spent, held: 0, debt: 0 };
      expect(await world.wallet(memberId), name).toEqual(left);
      const isGone = course.status === 'COMPLETED';
      taken.set(rewardId, (taken.get(rewardId) ?? 0) + (isGone ? 1 : 0));
      const { timeline } = await redemptionOf(world, id);
      const kinds = timeline.map(({ kind }: { kind: string }) => kind);
      expect(new Set(kinds).size, name).toBe(kinds.length);
    }
    for (const [rewardId, pieces] of taken) {
      expect(await stockOf(world, rewardId)).toBe(STOCK - pieces);
    }
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
