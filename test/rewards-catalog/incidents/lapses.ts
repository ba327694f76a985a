import { expect } from 'vitest';
import { addDays, addMonths, dayOf, isoDay } from '../../../shared/calendar.ts';
import type { World } from '../../support/world.ts';
import { asking, memberFor } from './asking.ts';

const HOUR = 60 * 60 * 1000;
const EXTEND = { kind: 'EXTEND', days: 7 };

type Steps = Readonly<{
  declared: (
    of: Readonly<{ merchantId: string; rewardId: string; window: { from: string; until: string } }>,
  ) => Promise<string>;
  applied: (incidentId: string, remedy: object) => Promise<unknown>;
}>;

/** Points of two merchants lapse in an outage of one of them, and only its own are good again, once. */
export async function lapsesAreMended(world: World, { declared, applied }: Steps): Promise<void> {
  const ask = asking(world);
  const start = world.clock.now().getTime();
  const programmes = [{ expiryMonths: 1 }];
  const [merchantId, other] = [
    await world.merchant({ programmes }),
    await world.merchant({ programmes }),
  ];
  const rewardId = await world.reward({ merchantId });
  const memberId = await memberFor(world, merchantId);
  await world.purchase({ merchantId: other, memberId, amountMinor: 7_000 });
  const expiresOn = addMonths(dayOf(world.clock.now()), 1);
  const midnight = Date.parse(`${isoDay(expiresOn)}T00:00:00+08:00`);
  const at = (hours: number) => new Date(midnight + hours * HOUR).toISOString();
  expect(midnight).toBeGreaterThan(start);
  world.clock.set(at(-12));
  await world.settle();
  world.clock.set(at(10));
  await world.settle();
  expect(await world.wallet(memberId)).toMatchObject({ available: 0 });

  const window = { from: at(-2), until: at(4) };
  const id = await declared({ merchantId, rewardId, window });
  expect(await ask.incident(id)).toMatchObject({ members: 1, redemptions: 0 });
  expect(await ask.preview(id, EXTEND)).toMatchObject({ lapsedPoints: 100, vouchers: 0 });
  await applied(id, EXTEND);
  const again = await declared({ merchantId, rewardId, window });
  await applied(again, { ...EXTEND, days: 30 });

  expect((await ask.incident(id)).progress).toMatchObject({ members: 1, points: 100 });
  expect((await ask.incident(again)).progress).toMatchObject({ members: 1, points: 0 });
  const { member } = await world.data(
    'query ($id: ID!) { member(id: $id) { wallet { available lots { points expiresOn issuer { id } } } } }',
    { id: memberId },
  );
  const lot = {
    points: 100,
    expiresOn: isoDay(addDays(expiresOn, 7)),
    issuer: { id: merchantId },
  };
  expect(member.wallet).toEqual({ available: 100, lots: [lot] });
  const before = await declared({ merchantId, rewardId, window: { from: at(1), until: at(7) } });
  expect(await ask.incident(before)).toMatchObject({ members: 0 });
}
