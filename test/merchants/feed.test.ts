import { describe, expect, test } from 'vitest';
import { serviceCaller } from '../../shared/graphql/caller.ts';
import { engines } from '../support/engines.ts';
import { openAlliance, type World } from '../support/world.ts';
import { bringBack } from './purchasing.ts';

async function events(world: World) {
  const answer = await world.embedded.transport('merchants', {
    query: '{ merchantsFeed(after: 0, first: 100) { position kind payload } }',
    call: { caller: serviceCaller('test'), locale: 'en', requestId: 'test', deadline: null },
  });
  const feed = answer.data?.merchantsFeed as { kind: string; payload: string }[];
  return feed.map(({ kind, payload }) => ({ kind, payload: JSON.parse(payload) }));
}

describe.each(engines)('the feed of merchants on $name', (engine) => {
  test('tells of a purchase and of its return all that the others need', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const line = { sku: 'A', quantity: 2, amountMinor: 10_000, certificateNumber: 'G-1' };
    const lines = [line, { amountMinor: 50, behaviour: 'NO_CUTLERY' }];
    const orderNumber = 'A-1';
    const purchaseId = await world.purchase({ merchantId, memberId, orderNumber, lines });
    await bringBack(world, purchaseId, [{ number: 1, quantity: 1 }]);

    const [recorded, returned] = await events(world);

    const parties = {
      purchaseId,
      memberId,
      merchantId,
      purchasedAt: '2026-11-22T02:00:00.000Z',
    };
    const told = [
      { number: 1, ...line, returnedQuantity: 0, behaviour: null },
      {
        number: 2,
        sku: null,
        quantity: 1,
        amountMinor: 50,
        certificateNumber: null,
        returnedQuantity: 0,
        behaviour: 'NO_CUTLERY',
      },
    ];
    expect(recorded).toEqual({
      kind: 'purchase.recorded',
      payload: {
        ...parties,
        orderNumber,
        currency: 'CNY',
        totalMinor: 10_050,
        lines: told,
        awards: [{ unit: 'ALLIANCE', points: 100, qualifyingPoints: 100 }],
      },
    });
    expect(returned).toEqual({
      kind: 'purchase.returned',
      payload: {
        returnId: expect.any(String),
        ...parties,
        lines: [{ ...told[0], returnedQuantity: 1 }, told[1]],
        reversed: [{ unit: 'ALLIANCE', points: 50, qualifyingPoints: 50 }],
      },
    });
  });

  test('an order of a thousand lines fits into it', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = Array.from({ length: 1_000 }, (_, index) => ({
      sku: `sku-${index}`.padEnd(64, 'x'),
      amountMinor: 1,
    }));

    await world.purchase({ merchantId, memberId, lines });

    const [recorded] = await events(world);
    expect(recorded?.payload.lines).toHaveLength(1_000);
  });
});
