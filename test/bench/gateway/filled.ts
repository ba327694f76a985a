import { engines } from '../../support/engines.ts';
import { freshKey, openAlliance } from '../../support/world.ts';
import { FIRST } from './listing.ts';

const REWARDS = 4;

/**
 * Fills empty databases as the journeys do: three merchants, and members each of whom redeems, at the
 * third merchant, points that the first two issued.
 */
export async function fill(databaseUrl: string): Promise<void> {
  const [engine] = engines;
  if (engine === undefined) throw new Error('there is always SQLite');
  await using world = await openAlliance(engine, { databaseUrl, at: new Date().toISOString() });
  const a = await world.merchant({ name: 'Alpha', programmes: [{ expiryMonths: 6 }] });
  const b = await world.merchant({ name: 'Beta', price: 90 });
  const merchantId = await world.merchant({ name: 'Gamma', industry: 'SCENIC_SPOT' });
  const rewards: string[] = [];
  for (let index = 1; index <= REWARDS; index += 1) {
    const title = { zh: `充电 ${index}0 度`, en: `Charging, ${index}0 kWh` };
    rewards.push(await world.reward({ merchantId, kind: 'EV_CHARGING', points: 100, title }));
  }
  await world.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      __typename } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        number: freshKey(),
        label: 'LOW_CARBON',
        body: 'Body',
        merchantId,
        validFrom: '2026-01-01',
        validUntil: '2099-12-31',
        rewardIds: rewards,
        behaviour: 'EV_KWH',
        activityMilli: 20_000,
      },
    },
  );
  for (let index = 0; index < FIRST; index += 1) {
    const memberId = await world.member(`Member ${index}`);
    await world.purchase({ merchantId: a, memberId, amountMinor: 6_000 });
    await world.purchase({ merchantId: b, memberId, amountMinor: 6_000 });
    const outcome = await world.redeem({ memberId, rewardId: rewards[index % REWARDS] ?? '' });
    if (outcome.__typename !== 'RewardRedeemed') throw new Error(JSON.stringify(outcome));
  }
  await world.settle();
}
