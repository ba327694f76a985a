import { describe, expect, test } from 'vitest';
import { qualifyingWindow, tierFor } from '../../subgraphs/members/domain/tiers.ts';
import type { Alone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { asMember } from '../support/people.ts';
import { newMember, openMembers } from './members-world.ts';

test.each([
  [0, 'STANDARD'],
  [4_999, 'STANDARD'],
  [5_000, 'SILVER'],
  [49_999, 'SILVER'],
  [50_000, 'GOLD'],
  [1_000_000, 'GOLD'],
  [-1, 'STANDARD'],
])('S7, TV5: %i qualifying points are %s', (points, tier) => {
  expect(tierFor(points).code).toBe(tier);
});

test.each([
  [20261122, 20251123],
  [20280229, 20270301],
  [20270228, 20260301],
])('on %i points count from %i', (today, from) => {
  expect(qualifyingWindow(today)).toEqual({ from, to: today });
});

const bought = (alone: Alone, memberId: string, points: number, given: object = {}) =>
  alone.happens('merchants', 'purchase.recorded', {
    purchaseId: 'p1',
    memberId,
    merchantId: 'shop',
    purchasedAt: alone.clock.now().toISOString(),
    awards: [{ unit: 'ALLIANCE', points }],
    ...given,
  });

const tierOf = async (alone: Alone, memberId: string, locale: 'en' | 'zh-CN' = 'en') =>
  (
    await alone.data(
      '{ me { tier { code name threshold } qualifyingPoints tierExplanation } }',
      {},
      { as: asMember(memberId), locale },
    )
  ).me;

describe.each(engines)('tiers on $name', (engine) => {
  test('S25: the explanation states every input of the decision, in both languages', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    await bought(alone, ann, 12_345);

    const english = await tierOf(alone, ann);
    const chinese = await tierOf(alone, ann, 'zh-CN');

    expect(english).toEqual({
      tier: { code: 'SILVER', name: 'Silver', threshold: 5_000 },
      qualifyingPoints: 12_345,
      tierExplanation:
        'Silver: 12,345 qualifying points were earned from 2025-11-23 to 2026-11-22, and Silver needs 5,000. Gold needs 50,000: 37,655 more. Only points earned by purchases count, less returns; spending points changes nothing.',
    });
    expect(chinese.tier.name).toBe('银卡会员');
    expect(chinese.tierExplanation).toContain('2025-11-23 至 2026-11-22 累计定级积分 12,345 分');
  });

  test('the highest tier is said to be the highest', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    await bought(alone, ann, 50_000);

    expect((await tierOf(alone, ann)).tierExplanation).toContain('It is the highest tier.');
  });

  test('points count for twelve months from the day of the purchase', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    await bought(alone, ann, 5_000);

    alone.clock.set('2027-11-21T15:59:59Z');
    const lastDay = await tierOf(alone, ann);
    alone.clock.set('2027-11-21T16:00:00Z');
    const dayAfter = await tierOf(alone, ann);

    expect(lastDay.tier.code).toBe('SILVER');
    expect(dayAfter).toMatchObject({ tier: { code: 'STANDARD' }, qualifyingPoints: 0 });
  });

  test('what comes back does not count, from the day of the purchase on', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    await bought(alone, ann, 6_000);
    alone.clock.advanceDays(30);
    await alone.happens('merchants', 'purchase.returned', {
      returnId: 'b1',
      purchaseId: 'p1',
      memberId: ann,
      reversed: [{ unit: 'ALLIANCE', points: 2_000 }],
    });

    const now = await tierOf(alone, ann);
    // The purchase has left the window; its return must not linger as a minus.
    alone.clock.advanceDays(350);
    const later = await tierOf(alone, ann);

    expect(now).toMatchObject({ tier: { code: 'STANDARD' }, qualifyingPoints: 4_000 });
    expect(later.qualifyingPoints).toBe(0);
  });

  test('only points that are good everywhere count, and only once', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const awards = [
      { unit: 'ALLIANCE', points: 300 },
      { unit: 'MILES', points: 9_000 },
      { unit: 'ALLIANCE', points: 20 },
    ];
    await bought(alone, ann, 0, { awards });

    await alone.happensAgain();

    expect((await tierOf(alone, ann)).qualifyingPoints).toBe(320);
  });

  test('an event of which nothing can be made is set aside, and stops nobody', async () => {
    await using alone = await openMembers(engine);
    const [ann, bob] = [await newMember(alone), await newMember(alone, 'Bob')];
    const many = [1, 2].map(() => ({ unit: 'ALLIANCE', points: Number.MAX_SAFE_INTEGER }));
    const given = { purchaseId: 'p0', memberId: ann, purchasedAt: '2026-11-22T02:00:00Z' };
    alone.queue('merchants', [
      ['purchase.recorded', { ...given, awards: many }],
      ['purchase.recorded', { ...given, awards: 'none' }],
      ['purchase.returned', { returnId: 'b0', purchaseId: 'p0', memberId: ann, reversed: many }],
    ]);

    await bought(alone, bob, 5_000);

    const rows = await alone.database.reader.query<{ position: unknown }[]>(
      'SELECT position FROM members_set_aside ORDER BY position',
    );
    expect((await tierOf(alone, bob)).tier.code).toBe('SILVER');
    expect((await tierOf(alone, ann)).qualifyingPoints).toBe(0);
    expect(rows.map(({ position }) => Number(position))).toEqual([1, 2, 3]);
  });

  test('qualifying points beyond what can be told exactly are capped', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const points = Number.MAX_SAFE_INTEGER;
    alone.queue(
      'merchants',
      Array.from({ length: 1_100 }, (_, index) => [
        'purchase.recorded',
        {
          purchaseId: `p${index}`,
          memberId: ann,
          purchasedAt: '2026-11-22T02:00:00Z',
          awards: [{ unit: 'ALLIANCE', points }],
        },
      ]),
    );

    await alone.settle();

    expect(await tierOf(alone, ann)).toMatchObject({
      tier: { code: 'GOLD' },
      qualifyingPoints: points,
    });
  });

  test('the tiers are public, lowest first', async () => {
    await using alone = await openMembers(engine);

    const { tiers } = await alone.data('{ tiers { code threshold } }');

    expect(tiers).toEqual([
      { code: 'STANDARD', threshold: 0 },
      { code: 'SILVER', threshold: 5_000 },
      { code: 'GOLD', threshold: 50_000 },
    ]);
  });
});
