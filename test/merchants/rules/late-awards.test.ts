import { describe, expect, test } from 'vitest';
import { greenConsumption } from '../../../subgraphs/green-consumption/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { openAlliance } from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { awardsOf, buy, certify, points, quote } from './buying.ts';
import { rule, times } from './publishing.ts';

describe.each(engines)('late awards on $name', (engine) => {
  test('while certificates cannot be checked the purchase stands; what depends on them comes later, once', async () => {
    const green = interruption(greenConsumption, 'Purchase', 'green');
    await using world = await openAlliance(engine, { definitions: catalogWith(green.definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const certificateNumber = await certify(world, merchantId, 'G');
    const id = await rule(world, merchantId, {
      award: times(2),
      condition: { isGreen: true },
      caps: { budget: 250 },
    });
    const lines = [
      { sku: 'G', quantity: 3, amountMinor: 30_000, certificateNumber },
      { sku: 'A', amountMinor: 10_000 },
    ];

    green.isOut = true;
    const { id: purchaseId, awards } = await buy(world, { merchantId, memberId, lines });
    const asked = await quote(world, { merchantId, lines });
    await bringBack(world, purchaseId, [{ number: 1, quantity: 1 }]);
    await world.settle();
    const before = await points(world, memberId);
    green.isOut = false;
    world.clock.advanceDays(1);
    await world.settle();
    await world.settle();

    expect(new Set(awards)).toMatchObject(
      new Set([
        { points: 400, isLate: false, isPosted: true },
        { points: 0, isLate: true, isPosted: false, lineNumbers: [], rule: { id } },
      ]),
    );
    expect(asked.notApplied).toMatchObject([{ reasons: [{ code: 'RULE_WAITS_GREEN' }] }]);
    expect(before).toMatchObject({ qualifyingPoints: 300, wallet: { available: 300 } });
    // 250 of 300 fit under the budget; with a third of it brought back 200 are earned.
    expect(await awardsOf(world, purchaseId)).toContainEqual(
      expect.objectContaining({
        points: 250,
        reversedPoints: 50,
        isLate: false,
        isPosted: true,
        lineNumbers: [1],
        expiresOn: '2027-11-22',
      }),
    );
    expect(await points(world, memberId)).toMatchObject({
      qualifyingPoints: 500,
      wallet: { available: 500 },
    });
    await bringBack(world, purchaseId, [{ number: 1, quantity: 2 }]);
    expect((await points(world, memberId)).wallet.available).toBe(100);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('a late award that turns out to be none leaves no trace but the purchase', async () => {
    const green = interruption(greenConsumption, 'Purchase', 'green');
    await using world = await openAlliance(engine, { definitions: catalogWith(green.definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    await rule(world, merchantId, { award: times(2), condition: { isGreen: true } });
    const lines = [{ sku: 'G', amountMinor: 10_000, certificateNumber: 'nobody knows it' }];

    green.isOut = true;
    const { id, awards } = await buy(world, { merchantId, memberId, lines });
    green.isOut = false;
    world.clock.advanceDays(1);
    await world.settle();

    expect(awards).toHaveLength(2);
    expect(await awardsOf(world, id)).toMatchObject([{ points: 100, isLate: false }]);
    expect((await points(world, memberId)).wallet.available).toBe(100);
  });

  test('green-consumption is not asked when no rule needs it, nor when no line names a certificate', async () => {
    const green = interruption(greenConsumption, 'Purchase', 'green');
    green.isOut = true;
    await using world = await openAlliance(engine, { definitions: catalogWith(green.definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const named = { lines: [{ amountMinor: 10_000, certificateNumber: 'C' }] };

    const unasked = await buy(world, { merchantId, memberId, ...named });
    await rule(world, merchantId, { award: times(2), condition: { isGreen: true } });
    const unnamed = await buy(world, { merchantId, memberId });

    expect(unasked.awards).toMatchObject([{ points: 100, isLate: false }]);
    expect(unnamed.awards).toMatchObject([{ points: 100, isLate: false }]);
  });
});
