import { describe, expect, test } from 'vitest';
import { type Engine, engines } from '../support/engines.ts';
import { freshKey, openAlliance, operator } from '../support/world.ts';
import { die, freshHome, stepsOf } from './crashing.ts';
import type { Doomed } from './redeem-and-die.ts';
import { problemsOfBooks, stockOf } from './stocks.ts';

const AT = '2026-11-22T02:00:00Z';
const STOCK = 1_000;

/**
 * Lets a process redeem for as many members as there are moments, and kills it with signal 9 while the
 * redemption of each member stands at a moment of its own.
 */
async function killAtEach(
  engine: Engine,
  databaseUrl: string,
  moments: ReturnType<typeof stepsOf>,
  points: number,
) {
  await using world = await openAlliance(engine, { databaseUrl, at: AT });
  const merchantId = await world.merchant();
  const rewardId = await world.reward({ merchantId, points: 100, stock: STOCK });
  const cases: { step: string; moment: string; memberId: string; idempotencyKey: string }[] = [];
  const doomed: Doomed[] = [];
  for (const moment of moments) {
    const memberId = await world.member();
    await world.purchase({ merchantId, memberId, amountMinor: points * 100 });
    const idempotencyKey = freshKey();
    cases.push({ ...moment, memberId, idempotencyKey });
    doomed.push({ ...moment, mutation: 'redeem', input: { idempotencyKey, memberId, rewardId } });
  }
  const keys = { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) };
  await die({ databaseUrl, at: AT, keys, caller: operator, doomed });
  return { rewardId, cases };
}

describe.each(engines)('a process that is killed during redeem on $name', (engine) => {
  test('leaves a redemption that is finished after the restart: points and stock agree', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    const moments = stepsOf(['record', 'place-hold', 'note-hold', 'fulfil', 'capture', 'complete']);
    const { rewardId, cases } = await killAtEach(engine, databaseUrl, moments, 100);
    await using world = await openAlliance(engine, { databaseUrl, at: '2026-11-22T02:05:00Z' });

    await world.settle();

    for (const { memberId, idempotencyKey, step, moment } of cases) {
      const name = `${moment} ${step}`;
      const isRecorded = name !== 'before record';
      const spent = { available: isRecorded ? 0 : 100, held: 0, debt: 0 };
      expect(await world.wallet(memberId), name).toEqual(spent);
      const answer = await world.redeem({ idempotencyKey, memberId, rewardId });
      expect(answer, name).toMatchObject({
        __typename: 'RewardRedeemed',
        redemption: { status: 'COMPLETED' },
      });
      expect(await world.wallet(memberId), name).toEqual({ available: 0, held: 0, debt: 0 });
    }
    expect(await stockOf(world, rewardId)).toBe(STOCK - cases.length);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('leaves one that is finished by asking again with the same key', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    const moments = stepsOf(['note-hold', 'complete']).filter(({ moment }) => moment === 'before');
    const { rewardId, cases } = await killAtEach(engine, databaseUrl, moments, 100);
    await using world = await openAlliance(engine, { databaseUrl, at: AT });

    for (const { memberId, idempotencyKey } of cases) {
      const answer = await world.redeem({ idempotencyKey, memberId, rewardId });
      expect(answer.__typename).toBe('RewardRedeemed');
      expect(await world.wallet(memberId)).toEqual({ available: 0, held: 0, debt: 0 });
    }
    expect(await stockOf(world, rewardId)).toBe(STOCK - cases.length);
  });

  test('leaves one without enough points undone: nothing is taken', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    const moments = stepsOf(['place-hold', 'cancel']);
    const { rewardId, cases } = await killAtEach(engine, databaseUrl, moments, 99);
    await using world = await openAlliance(engine, { databaseUrl, at: '2026-11-22T02:05:00Z' });

    await world.settle();

    for (const { memberId, idempotencyKey } of cases) {
      const answer = await world.redeem({ idempotencyKey, memberId, rewardId });
      expect(answer).toMatchObject({ __typename: 'InsufficientPoints', missing: 1 });
      expect(await world.wallet(memberId)).toEqual({ available: 99, held: 0, debt: 0 });
    }
    expect(await stockOf(world, rewardId)).toBe(STOCK);
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
