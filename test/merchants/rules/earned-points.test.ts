import { describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { openAlliance, type World } from '../../support/world.ts';
import { end, openProgramme, PLAIN, published } from './life-cycle.ts';

type Lot = { points: number; expiresOn: string | null };

const lotsOf = async (world: World, id: string): Promise<Lot[]> => {
  const { member } = await world.data(
    'query ($id: ID!) { member(id: $id) { wallet { lots { points expiresOn } } } }',
    { id },
  );
  return member.wallet.lots;
};

describe.each(engines)('points that are earned on $name', (engine) => {
  test('S17: an end of what never expired is for later points; the old ones never expire', async () => {
    await using world = await openAlliance(engine);
    const never = { ...PLAIN, expiry: { never: true } };
    const { programmeId, merchantId } = await openProgramme(world, { rule: never });
    const memberId = await world.member();
    await world.purchase({ merchantId, memberId });
    const before = await lotsOf(world, memberId);

    const worse = { ...PLAIN, award: { rate: { per: { amountMinor: 200, currency: 'CNY' } } } };
    const next = await published(world, { programmeId, key: programmeId, terms: worse });
    await world.purchase({ merchantId, memberId });
    const inNotice = await lotsOf(world, memberId);
    world.clock.advanceDays(15);
    await world.purchase({ merchantId, memberId });

    expect(next).toMatchObject({ effectiveAt: '2026-12-07T02:00:00.000Z' });
    expect(next.worsens.map(({ code }: { code: string }) => code)).toEqual([
      'LOWER_RATE',
      'SHORTER_EXPIRY',
    ]);
    expect(before).toEqual([{ points: 100, expiresOn: null }]);
    expect(inNotice).toEqual([{ points: 200, expiresOn: null }]);
    expect(await lotsOf(world, memberId)).toEqual([
      { points: 50, expiresOn: '2027-12-07' },
      { points: 200, expiresOn: null },
    ]);
  });

  test('each posting names the version that made it', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const memberId = await world.member();
    await world.purchase({ merchantId, memberId });
    await published(world, {
      programmeId,
      key: programmeId,
      terms: { ...PLAIN, award: { rate: { points: 2 } } },
    });
    world.clock.advanceDays(7);
    await world.purchase({ merchantId, memberId });

    const { journalEntries } = await world.data(
      `query ($id: ID!) { journalEntries(first: 10, filter: { memberId: { eq: $id } },
        orderBy: [{ field: recordedAt }]) { nodes { ruleVersion } } }`,
      { id: memberId },
    );

    expect(journalEntries.nodes).toEqual([
      { ruleVersion: `${programmeId}@v1` },
      { ruleVersion: `${programmeId}@v2` },
    ]);
  });

  test('S23: twice the points on dresses while the campaign lasts, and on nothing else', async () => {
    await using world = await openAlliance(engine);
    const { programmeId, merchantId } = await openProgramme(world);
    const memberId = await world.member();
    const campaign = await published(world, {
      programmeId,
      terms: {
        ...PLAIN,
        award: { multiplier: { numerator: 2 } },
        condition: { categories: ['dress'] },
      },
    });
    const lines = [
      { sku: 'D', category: 'dress', amountMinor: 30_000 },
      { sku: 'C', category: 'coat', amountMinor: 30_000 },
    ];

    await world.purchase({ merchantId, memberId, lines });
    const during = (await world.wallet(memberId)).available;
    await end(world, campaign.id, { reason: 'The season is over' });
    world.clock.advanceDays(15);
    await world.purchase({ merchantId, memberId, lines });

    expect(during).toBe(600 + 300);
    expect((await world.wallet(memberId)).available).toBe(900 + 600);
  });

  test('when a programme ends nobody earns any more, and what was earned stays', async () => {
    await using world = await openAlliance(engine);
    const { ruleId, merchantId } = await openProgramme(world);
    const memberId = await world.member();
    await world.purchase({ merchantId, memberId });
    const { rule } = await end(world, ruleId, { reason: 'We close' });

    world.clock.set(new Date(Date.parse(rule.endsAt) - 1).toISOString());
    await world.purchase({ merchantId, memberId });
    world.clock.set(rule.endsAt);
    await world.purchase({ merchantId, memberId });

    expect((await world.wallet(memberId)).available).toBe(200);
  });
});
