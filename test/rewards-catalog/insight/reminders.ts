import { expect, test } from 'vitest';
import { addDays, addMonths, dayOf, isoDay } from '../../../shared/calendar.ts';
import { settle } from '../../../shared/workers.ts';
import { agree, withdraw } from '../../merchants/profile/consenting.ts';
import { asMember, asMerchant, openAlliance, type World } from '../../support/world.ts';
import type { Interruption } from '../interruption.ts';

type Scene = Readonly<{
  engine: Parameters<typeof openAlliance>[0];
  world: World;
  outage: Pick<Interruption, 'isOut' | 'meanwhile'>;
}>;

const DAY_MS = 24 * 60 * 60 * 1000;

const REMINDERS = `query ($id: ID!) { member(id: $id) { reminders {
  kind points unit reward { id } issuer { id } expiresOn message } } }`;

/** What members are reminded of, in a world that others use as well: the clock goes on from where it is. */
export function remindersOfMembers(scene: () => Scene): void {
  const read = async (memberId: string, locale: 'en' | 'zh-CN' = 'en') => {
    const options = { as: asMember(memberId), locale };
    return (await scene().world.data(REMINDERS, { id: memberId }, options)).member.reminders;
  };
  /** A minute more: the books never give two entries one instant, however still the clock of a test stands. */
  const after = async (days: number) => {
    const { clock, settle } = scene().world;
    clock.set(new Date(clock.now().getTime() + days * DAY_MS + 60_000).toISOString());
    await settle();
  };

  test('S12: who is idle for 90 days with the points for a reward is reminded once, and never after she opted out', async () => {
    const { world, outage } = scene();
    const merchantId = await world.merchant({ programmes: [{ expiryMonths: 60 }] });
    const cheap = (amountMinor: number) => ({
      merchantId,
      cashPrice: { amountMinor, currency: 'CNY' },
    });
    const title = { zh: '小杯茶', en: 'A small tea' };
    const rewardId = await world.reward({ ...cheap(20), points: 2, title });
    await world.reward({ ...cheap(10), points: 1, minTier: 'GOLD' });
    const member = async (amountMinor: number) => {
      const memberId = await world.member();
      await world.purchase({ merchantId, memberId, amountMinor });
      return memberId;
    };
    const [idle, silent, left] = [await member(10_000), await member(10_000), await member(10_000)];
    const poor = await member(100);
    for (const one of [idle, left, poor]) await agree(world, one, 'MARKETING');
    await world.settle();

    await after(89);
    expect(await read(idle)).toEqual([]);
    await withdraw(world, left, 'MARKETING');
    await after(1);
    const once = [
      {
        ...{ kind: 'IDLE', points: 100, unit: 'ALLIANCE', reward: { id: rewardId } },
        ...{ issuer: null, expiresOn: null },
        message:
          'You have 100 points that you have not used for 90 days. They are enough for “A small tea”.',
      },
    ];
    expect(await read(idle)).toEqual(once);
    expect((await read(idle, 'zh-CN'))[0].message).toBe(
      '您有 100 积分已 90 天未使用，足够兑换“小杯茶”。',
    );
    for (const one of [silent, left, poor]) expect(await read(one)).toEqual([]);

    await agree(world, silent, 'MARKETING');
    await after(60);
    expect(await read(idle)).toEqual(once);
    expect(await read(silent)).toHaveLength(1);

    // Another idle time begins when she spends, and its reminder goes when she opts out, though it was made.
    const { __typename } = await world.redeem({ memberId: idle, rewardId });
    expect(__typename).toBe('RewardRedeemed');
    await world.settle();
    await after(90);
    expect((await read(idle)).map(({ points }: { points: number }) => points)).toEqual([98, 100]);
    await withdraw(world, idle, 'MARKETING');
    expect(await read(idle)).toEqual([]);
    await agree(world, idle, 'MARKETING');
    await after(120);
    expect(await read(idle)).toEqual([]);
    outage.isOut = true;
    const { errors: out } = await world.ask(REMINDERS, { id: idle }, { as: asMember(idle) });
    outage.isOut = false;
    expect(out).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    for (const as of [asMember(poor), asMerchant(merchantId)]) {
      const { errors } = await world.ask(REMINDERS, { id: idle }, { as });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  test('S12: of two processes that find the same members idle at once, one reminds each of them', async () => {
    const { engine, world, outage } = scene();
    const merchantId = await world.merchant({ programmes: [{ expiryMonths: 60 }] });
    await world.reward({ merchantId, points: 1, cashPrice: { amountMinor: 10, currency: 'CNY' } });
    const idle = [await world.member(), await world.member(), await world.member()];
    for (const memberId of idle) {
      await agree(world, memberId, 'MARKETING');
      await world.purchase({ merchantId, memberId, amountMinor: 10_000 });
    }
    await after(89);
    const at = new Date(world.clock.now().getTime() + DAY_MS).toISOString();
    world.clock.set(at);
    const { databaseUrl } = world;
    await using other = await openAlliance(engine, { at, databaseUrl });
    const remind = ({ embedded }: World) =>
      settle(embedded.workers.filter(({ name }) => name === 'idle-reminders'));
    let between = 0;
    outage.meanwhile = async () => {
      between += 1;
      if (between > 1) return;
      // The first has read who is idle, and asks about them: the other finds the same.
      await remind(other);
    };
    await remind(world);
    outage.meanwhile = null;

    expect(between).toBeGreaterThan(0);
    for (const memberId of idle) expect(await read(memberId)).toHaveLength(1);
  });

  test('S59: what lapses soon is read among the reminders until it has lapsed', async () => {
    const { world } = scene();
    const merchantId = await world.merchant({ programmes: [{ expiryMonths: 2 }] });
    const memberId = await world.member();
    await agree(world, memberId, 'MARKETING');
    await world.purchase({ merchantId, memberId, amountMinor: 10_000 });
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { lots { points expiresOn } } } }',
      { id: memberId },
    );
    const expiresOn = member.wallet.lots[0].expiresOn;
    expect(expiresOn >= isoDay(addMonths(dayOf(world.clock.now()), 2))).toBe(true);
    const last = addDays(Number(expiresOn.replaceAll('-', '')), -1);

    world.clock.set(`${isoDay(addDays(last, -10))}T02:00:00Z`);
    await world.settle();
    const told = await read(memberId);
    world.clock.set(`${isoDay(addDays(last, 1))}T02:00:00Z`);
    await world.settle();

    expect(told).toEqual([
      {
        ...{ kind: 'EXPIRING', points: 100, unit: 'ALLIANCE', reward: null, expiresOn },
        issuer: { id: merchantId },
        message: `100 points of yours are good until the end of ${isoDay(last)}.`,
      },
    ]);
    expect(await read(memberId)).toEqual([]);
  });
}
