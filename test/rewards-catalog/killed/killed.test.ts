import { afterAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../merchants/tilling.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { freshKey, openAlliance, operator, type World } from '../../support/world.ts';
import { die, freshHome, stepsOf } from '../crashing.ts';
import type { Doomed } from '../redeem-and-die.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { type Course, courses } from './courses.ts';
import { expectRemedied, prepareRemedies, type RemedyCase } from './remedies.ts';

const AT = '2026-11-22T02:00:00Z';
/** When what a dead process had to itself is taken up by a worker. */
const RESTART = '2026-11-22T02:10:00Z';
const STOCK = 1_000;

/** Every moment, and remedies of incidents too: `npm run test:killed`, which prints a report. */
const isThorough = process.env.TEST_KILLED === 'all';

type Moment = ReturnType<typeof stepsOf>[number];

/** Here it is the member who asks again before any worker looks. */
const asksFirst = ({ name }: Course, { step, moment }: Moment): boolean =>
  name === 'redeem' && moment === 'before' && ['note-hold', 'complete'].includes(step);

/**
 * In `npm test` the moment before the first step, and that after each but the last: that before a step is the same as
 * that after the one before it.
 */
const momentsOf = (course: Course): Moment[] =>
  stepsOf(course.steps).filter(({ step, moment }) => {
    if (isThorough || asksFirst(course, { step, moment })) return true;
    return moment === 'before' ? step === course.steps[0] : step !== course.steps.at(-1);
  });

type Case = Doomed & Readonly<{ course: Course; memberId: string; rewardId: string }>;

/** What the report says of a moment. */
type Line = Readonly<Record<'deed' | 'step' | 'killed' | 'restarted' | 'answer', string>>;

async function prepare(world: World): Promise<Case[]> {
  const merchantId = await world.merchant();
  const [atOnce, later, offset] = await Promise.all([
    world.reward({
      ...{ merchantId, points: 100, stock: STOCK },
      afterSales: { faultCompensationPercent: 10 },
    }),
    world.reward({ merchantId, points: 100, stock: STOCK, fulfilHours: 48 }),
    world.reward({ merchantId, kind: 'BILL_OFFSET', points: 100, stock: STOCK }),
  ]);
  const cases: Case[] = [];
  for (const course of courses) {
    for (const moment of momentsOf(course)) {
      const { mutation, points, more } = course;
      const memberId = await world.member();
      await world.purchase({ merchantId, memberId, amountMinor: points * 100 });
      const pays = mutation === 'payWithPoints';
      const rewardId = pays ? offset : course.isHandedOver ? later : atOnce;
      const about = pays
        ? await atTill(world, { merchantId, memberId, rewardId })
        : mutation === 'redeem'
          ? { memberId, rewardId }
          : { redemptionId: (await world.redeem({ memberId, rewardId })).redemption.id };
      const input = { idempotencyKey: freshKey(), ...about, ...more };
      cases.push({ ...moment, course, memberId, rewardId, mutation, input });
    }
  }
  return cases;
}

/** She shows her code for a bill of ten yuan, and points take one off it. */
const atTill = async (
  world: World,
  { memberId, ...asked }: { merchantId: string; memberId: string; rewardId: string },
) => ({
  ...asked,
  memberCode: await codeOf(world, memberId),
  ...{ orderNumber: freshKey(), points: 100, lines: [1_000] },
});

async function killAtEach(engine: Engine, databaseUrl: string) {
  await using world = await openAlliance(engine, { databaseUrl, at: AT });
  const cases = await prepare(world);
  const incidents = isThorough ? await prepareRemedies(world) : [];
  const at = world.clock.now().toISOString();
  const keys = { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) };
  await die({ databaseUrl, at, keys, caller: operator, doomed: cases, incidents });
  return { cases, incidents };
}

/** Asks again under the same key. */
async function askAgain(world: World, { mutation, input }: Case) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const more = mutation === 'redeem' ? '... on InsufficientPoints { missing }' : '';
  const { [mutation]: answer } = await world.data(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${more} } }`,
    { input },
  );
  return answer;
}

/** Her only redemption, if there is one, and her points. */
async function look(world: World, memberId: string) {
  const { redemptions, member } = await world.data(
    `query ($id: ID!) {
      redemptions(first: 1, filter: { memberId: { eq: $id } }) { nodes { status timeline { kind } } }
      member(id: $id) { wallet { available held debt } } }`,
    { id: memberId },
  );
  return { redemption: redemptions.nodes[0] ?? null, wallet: member.wallet };
}

/** That it is finished or was never begun, and that asking again finishes it; how many pieces it takes. */
async function expectFinished(world: World, one: Case, lines: Line[]): Promise<number> {
  const { course, memberId, step, moment } = one;
  const name = `${course.name}: ${moment} ${step}`;
  const restarted = (await look(world, memberId)).redemption;
  // Before its first step nothing was written down, so only asking again does it.
  const isBegun =
    !(moment === 'before' && step === course.steps[0]) || ['turn-back', 'burn'].includes(step);
  if (isBegun) expect(restarted?.status, name).toBe(course.status);
  const answer = await askAgain(world, one);
  expect(answer.__typename, name).toBe(course.answer);
  if (answer.missing !== undefined) expect(answer.missing, name).toBe(100 - course.points);
  const { redemption, wallet } = await look(world, memberId);
  expect(wallet, name).toEqual({ available: course.points - course.spent, held: 0, debt: 0 });
  expect(redemption.status, name).toBe(course.status);
  const kinds = redemption.timeline.map(({ kind }: { kind: string }) => kind);
  expect(new Set(kinds).size, name).toBe(kinds.length);
  lines.push({
    ...{ deed: course.name, step, killed: moment },
    restarted: isBegun ? restarted.status : 'not begun',
    answer: answer.__typename,
  });
  return course.status === 'COMPLETED' ? 1 : 0;
}

async function reportRemedy(world: World, one: RemedyCase): Promise<Line> {
  const restarted = await expectRemedied(world, one);
  const { kind, step, moment } = one;
  return { deed: `remedy ${kind}`, step, killed: moment, restarted, answer: 'APPLIED' };
}

const report: object[] = [];
afterAll(() => {
  if (isThorough) console.table(report);
});

describe.each(engines)('a process that is killed on $name', (engine) => {
  test('while it redeems, cancels, hands over, declines, takes back or makes good leaves what is finished after the restart: points, stock and status agree', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    const { cases, incidents } = await killAtEach(engine, databaseUrl);
    await using world = await openAlliance(engine, { databaseUrl, at: RESTART });
    const taken = new Map<string, number>();
    const found: Line[] = [];
    const finish = async (one: Case) => {
      const pieces = await expectFinished(world, one, found);
      taken.set(one.rewardId, (taken.get(one.rewardId) ?? 0) + pieces);
    };
    for (const one of cases) {
      if (!asksFirst(one.course, one)) continue;
      expect((await askAgain(world, one)).__typename).toBe(one.course.answer);
    }

    await world.settle();

    for (const one of cases) await finish(one);
    for (const one of incidents) found.push(await reportRemedy(world, one));

    for (const [rewardId, pieces] of taken) {
      expect(await stockOf(world, rewardId)).toBe(STOCK - pieces);
    }
    expect(await problemsOfBooks(world)).toEqual([]);
    report.push(...found.map((line) => ({ engine: engine.name, ...line })));
  });
});
