import { assert } from '../../shared/assert.ts';
import type { Ask } from '../alliance.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What 林小雨 did before the demo was loaded for the first time, so many days before. Evidence is invented. */
const acts = [
  ...[1, 2, 4, 5, 8, 9].map((day) => ({
    behaviour: 'METRO_TRIP',
    unit: 'trip',
    milli: 1_000,
    day,
  })),
  ...[3, 6, 10].map((day) => ({ behaviour: 'BIKE_KM', unit: 'km', milli: 3_200, day })),
  ...[1, 4, 8].map((day) => ({ behaviour: 'OWN_CUP', unit: 'cup', milli: 1_000, day })),
];

const kinds: Readonly<Record<string, string>> = { OWN_CUP: 'ORDER' };

/** Records them, counted back from the day of a purchase of the demo: so loading again asks for the same. */
export async function recordActs(
  ask: Ask,
  { memberId, purchaseId }: Readonly<{ memberId: string; purchaseId: string }>,
): Promise<void> {
  const { purchase } = await ask('query ($id: ID!) { purchase(id: $id) { purchasedAt } }', {
    id: purchaseId,
  });
  const last = Date.parse(purchase.purchasedAt);
  for (const { behaviour, unit, milli, day } of acts) {
    const number = `demo-${behaviour}-${day}`;
    const { recordGreenAct } = await ask(
      `mutation ($input: RecordGreenActInput!) { recordGreenAct(input: $input) { __typename
        ... on Refusal { message } } }`,
      {
        input: {
          ...{ idempotencyKey: `demo:act:${behaviour}:${day}`, memberId, behaviour, unit },
          ...{ activityMilli: milli, region: '310000' },
          occurredAt: new Date(last - day * DAY_MS).toISOString(),
          evidence: { kind: kinds[behaviour] ?? 'RIDE', issuer: 'demo', number },
        },
      },
    );
    assert(
      recordGreenAct.__typename === 'GreenActRecorded',
      `recorded, not ${JSON.stringify(recordGreenAct)}`,
    );
  }
}
