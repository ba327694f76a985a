import { describe, expect, test } from 'vitest';
import type { RedemptionStep } from '../../../subgraphs/rewards-catalog/domain/redemption.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { freshKey, openAlliance, operator, type World } from '../../support/world.ts';
import { die, freshHome, stepsOf } from '../crashing.ts';
import type { Doomed } from '../redeem-and-die.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { accept, membersWith, seenBy, together, wallets } from './together.ts';

const AT = '2026-11-22T02:00:00Z';
const STOCK = 1_000;
const PARTS = [600, 400] as const;

/** What is asked for, in which steps it is done, and how it ends. */
type Course = Readonly<{
  mutation: string;
  /** How far it has come before. */
  from: 'NOTHING' | 'STARTED' | 'PLACED';
  more?: Readonly<Record<string, unknown>>;
  steps: readonly RedemptionStep[];
  /** Those after which the process is killed in `npm test`, on one engine; with TEST_KILLED=all before and after each. */
  short: readonly RedemptionStep[];
  status: 'WAITING' | 'COMPLETED' | 'CANCELLED';
  /** What each has available and held in the end, of 600 and 400. */
  left: readonly (readonly [number, number])[];
}>;

const ALL_BACK = [
  [600, 0],
  [400, 0],
] as const;
const ALL_SPENT = [
  [0, 0],
  [0, 0],
] as const;

const courses: readonly Course[] = [
  {
    ...{ mutation: 'redeemTogether', from: 'NOTHING', status: 'WAITING' },
    steps: ['start-joint', 'hold-part', 'note-part'],
    short: [],
    left: [
      [0, 600],
      [400, 0],
    ],
  },
  {
    ...{ mutation: 'acceptJointRedemption', from: 'STARTED', status: 'COMPLETED' },
    steps: ['accept-part', 'hold-part', 'note-part', 'place', 'fulfil', 'capture', 'complete'],
    ...{ short: ['capture'], left: ALL_SPENT },
  },
  {
    ...{ mutation: 'declineJointRedemption', from: 'STARTED', status: 'CANCELLED' },
    steps: ['decline-part', 'release-parts', 'end-joint'],
    ...{ short: ['release-parts'], left: ALL_BACK },
  },
  {
    ...{ mutation: 'cancelRedemption', from: 'PLACED', status: 'CANCELLED' },
    steps: ['request-cancel', 'turn-back', 'refund', 'cancel'],
    ...{ short: [], left: ALL_BACK },
  },
  {
    // All come back, and a tenth more of the merchant's own.
    ...{ mutation: 'returnRedemption', from: 'PLACED', status: 'COMPLETED' },
    more: { grounds: 'PROVIDER_FAULT' },
    steps: ['record-return', 'refund-return', 'note-refund', 'compensate', 'finish-return'],
    short: ['refund-return'],
    left: [
      [660, 0],
      [440, 0],
    ],
  },
];

const momentsOf = ({ steps, short }: Course) =>
  process.env.TEST_KILLED === 'all'
    ? stepsOf(steps)
    : stepsOf(short).filter(({ moment }) => moment === 'after');

type Case = Doomed & Readonly<{ course: Course; members: readonly string[]; id: string | null }>;

async function prepare(world: World, merchantId: string, rewardId: string): Promise<Case[]> {
  const cases: Case[] = [];
  for (const course of courses) {
    for (const moment of momentsOf(course)) {
      const members = await membersWith(world, merchantId, PARTS);
      const parts = members.map((memberId, index) => ({ memberId, points: PARTS[index] ?? 0 }));
      const [ann = '', bob = ''] = members;
      const { mutation, from, more } = course;
      const made = from === 'NOTHING' ? null : await together(world, rewardId, parts);
      const id: string | null = made?.jointRedemption.id ?? null;
      if (from === 'PLACED') await accept(world, String(id), bob);
      const input = {
        NOTHING: { memberId: ann, rewardId, parts },
        STARTED: { memberId: bob, jointRedemptionId: id },
        PLACED: { redemptionId: id, ...more },
      }[from];
      const asked = { mutation, input: { idempotencyKey: freshKey(), ...input } };
      cases.push({ ...moment, ...asked, course, members, id });
    }
  }
  return cases;
}

async function killAtEach(engine: Engine, databaseUrl: string) {
  await using world = await openAlliance(engine, { databaseUrl, at: AT });
  const merchantId = await world.merchant();
  const afterSales = { faultCompensationPercent: 10 };
  const rewardId = await world.reward({ merchantId, points: 1_000, stock: STOCK, afterSales });
  const cases = await prepare(world, merchantId, rewardId);
  const keys = { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) };
  await die({ databaseUrl, at: AT, keys, caller: operator, doomed: cases });
  return { cases, rewardId };
}

/** Asks again with the same key. Answers the id of the joint redemption. */
async function again(world: World, { mutation, input, id }: Case): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const wanted =
    mutation === 'redeemTogether' ? '... on JointRedemptionStarted { jointRedemption { id } }' : '';
  const data = await world.data(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${wanted} } }`,
    { input },
  );
  return id ?? data[mutation].jointRedemption.id;
}

/** In `npm test` the one that is slower to forgive, where it is installed. */
const chosen = process.env.TEST_KILLED === 'all' ? engines : engines.slice(-1);

describe.each(chosen)('a process that is killed on $name', (engine) => {
  test('S47: at any step of a joint redemption leaves what is finished or undone after the restart, for all who pay', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    const { cases, rewardId } = await killAtEach(engine, databaseUrl);
    await using world = await openAlliance(engine, { databaseUrl, at: '2026-11-22T02:05:00Z' });

    await world.settle();

    let taken = 0;
    for (const one of cases) {
      const { course, members, step, moment, mutation } = one;
      const name = `${mutation}: ${moment} ${step}`;
      // Before its first step nothing was written down, so only asking again does it.
      const isRecorded = moment === 'after' || course.steps[0] !== step;
      if (isRecorded) expect(await wallets(world, members), name).toEqual(course.left);
      const id = await again(world, one);
      expect(await wallets(world, members), name).toEqual(course.left);
      expect(await seenBy(world, id, operator), name).toMatchObject({ status: course.status });
      if (course.status === 'COMPLETED') taken += 1;
    }
    expect(await stockOf(world, rewardId)).toBe(STOCK - taken);
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
