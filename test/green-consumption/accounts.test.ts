import { describe, expect, test } from 'vitest';
import {
  type CarbonEntry,
  entriesOfRevocation,
} from '../../subgraphs/green-consumption/domain/carbon-entries.ts';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant, operator } from '../support/people.ts';
import { certify, gramsOf, line, purchase } from './green-world.ts';

describe.each(engines)('carbon accounts on $name', (engine) => {
  test('purchases and redemptions fill the account of the member', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);

    await alone.happens('merchants', 'purchase.recorded', purchase());
    await alone.happens('rewards-catalog', 'redemption.completed', {
      redemptionId: 'r1',
      memberId: 'ann',
      merchantId: 'shop',
      rewardId: 'charge',
      quantity: 1,
      completedAt: '2026-11-21T02:00:00.000Z',
    });

    expect(await gramsOf(alone)).toBe(13_440 + 6_720);
    expect(await gramsOf(alone, 'bea')).toBe(0);
  });

  test('what is cancelled of redemptions, or comes back, saves nothing, however often it is told', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const redeemed = (redemptionId: string, quantity: number) =>
      alone.happens('rewards-catalog', 'redemption.completed', {
        ...{ redemptionId, memberId: 'ann', merchantId: 'shop', rewardId: 'charge', quantity },
        completedAt: '2026-11-21T02:00:00.000Z',
      });
    const undone = (kind: string, redemptionId: string, more: object) =>
      alone.happens('rewards-catalog', kind, { redemptionId, ...more });
    await redeemed('r1', 3);
    await redeemed('r2', 1);
    expect(await gramsOf(alone)).toBe(26_880);

    await undone('redemption.cancelled', 'r2', { quantity: 1 });
    expect(await gramsOf(alone)).toBe(20_160);
    await undone('redemption.returned', 'r1', { returnId: 'b1', quantity: 2, left: 1 });
    expect(await gramsOf(alone)).toBe(6_720);
    await undone('redemption.returned', 'r1', { returnId: 'b2', quantity: 1, left: 0 });
    expect(await gramsOf(alone)).toBe(0);
    await undone('redemption.cancelled', 'unknown', { quantity: 1 });
    await alone.happensAgain();
    expect(await gramsOf(alone)).toBe(0);
  });

  test('a return takes back exactly what the returned pieces had saved', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const withReturned = (returnedQuantity: number) =>
      purchase({ lines: [line({ returnedQuantity, behaviour: 'NO_CUTLERY' })], reversed: [] });
    await alone.happens('merchants', 'purchase.recorded', withReturned(0));
    expect(await gramsOf(alone)).toBe(13_478);

    await alone.happens('merchants', 'purchase.returned', { returnId: 'b1', ...withReturned(1) });
    expect(await gramsOf(alone)).toBe(6_758);

    await alone.happens('merchants', 'purchase.returned', { returnId: 'b2', ...withReturned(2) });
    expect(await gramsOf(alone)).toBe(0);
  });

  test('what is assessed and what is in the account agree, also after any returns', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    await certify(alone, {
      number: 'CERT-2',
      skus: ['CUP'],
      behaviour: 'METRO_TRIP',
      activityMilli: 333,
    });
    const lines = (returned: readonly [number, number, number]) => [
      line({ quantity: 5, returnedQuantity: returned[0], behaviour: 'E_INVOICE' }),
      line({
        ...{ number: 2, sku: 'CUP', certificateNumber: 'CERT-2', behaviour: 'OWN_CUP' },
        quantity: 7,
        returnedQuantity: returned[1],
      }),
      line({
        ...{ number: 3, certificateNumber: null, behaviour: 'E_INVOICE' },
        returnedQuantity: returned[2],
      }),
    ];
    await alone.happens('merchants', 'purchase.recorded', purchase({ lines: lines([0, 0, 0]) }));

    for (const [index, returned] of (
      [
        [0, 1, 0],
        [2, 1, 1],
        [2, 6, 1],
        [5, 6, 1],
        [5, 7, 2],
      ] as const
    ).entries()) {
      const now = { ...purchase({ lines: lines(returned) }), returnId: `b${index}` };
      await alone.happens('merchants', 'purchase.returned', now);
      const [{ green }] = await alone.entities('... on Purchase { green { carbonGrams } }', [
        {
          ...{ __typename: 'Purchase', id: 'p1', merchant: { id: 'shop' } },
          ...{ purchasedAt: now.purchasedAt, lines: lines(returned) },
        },
      ]);
      expect(await gramsOf(alone)).toBe(green.carbonGrams);
    }
    expect(await gramsOf(alone)).toBe(0);
  });

  test('a changed order has saved what it saves as it is now, also when the change is told twice', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    await alone.happens('merchants', 'purchase.recorded', purchase());
    const changed = (amendmentId: string, lines: unknown[], lastLine: number) =>
      alone.happens('merchants', 'purchase.amended', {
        ...{ amendmentId, lastLine, given: [], reversed: [] },
        ...purchase({ lines }),
      });

    await changed('c1', [line({ number: 2, quantity: 3 })], 2);
    const more = await gramsOf(alone);
    await alone.happens('merchants', 'purchase.returned', {
      returnId: 'b1',
      ...purchase({ lines: [line({ number: 2, quantity: 3, returnedQuantity: 2 })] }),
    });
    const less = await gramsOf(alone);
    await changed('c2', [line({ number: 3, certificateNumber: null })], 3);
    const none = await gramsOf(alone);
    await changed('c3', [line({ number: 4, quantity: 2 })], 4);
    await alone.happensAgain();

    expect([more, less, none]).toEqual([3 * 6_720, 6_720, 0]);
    expect(await gramsOf(alone)).toBe(13_440);
  });

  test('an event that comes twice counts once', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    await alone.happens('merchants', 'purchase.recorded', purchase());
    await alone.happens('merchants', 'purchase.returned', {
      returnId: 'b1',
      ...purchase({ lines: [line({ returnedQuantity: 1 })] }),
    });
    await alone.happens('rewards-catalog', 'redemption.completed', {
      redemptionId: 'r1',
      memberId: 'ann',
      merchantId: 'shop',
      rewardId: 'charge',
      quantity: 1,
      completedAt: '2026-11-21T02:00:00.000Z',
    });
    const before = await gramsOf(alone);

    await alone.happensAgain();

    expect(before).toBe(13_440);
    expect(await gramsOf(alone)).toBe(before);
  });

  test('a voucher that nobody used saved nothing, until it is used all the same', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const redemption = {
      redemptionId: 'v',
      memberId: 'ann',
      merchantId: 'shop',
      rewardId: 'charge',
    };
    const told = (kind: string, more: object = {}) =>
      alone.happens('rewards-catalog', kind, { ...redemption, quantity: 3, ...more });
    const shown = async () => {
      const [{ carbonGrams }] = await alone.entities('... on Redemption { carbonGrams }', [
        {
          ...{ __typename: 'Redemption', id: 'v', status: 'COMPLETED', quantity: 3 },
          ...{ returnedQuantity: 0, completedAt: '2026-11-22T01:00:00.000Z' },
          reward: { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
        },
      ]);
      return [carbonGrams, await gramsOf(alone)];
    };
    await told('redemption.completed', { completedAt: '2026-11-22T01:00:00.000Z' });
    expect(await shown()).toEqual([20_160, 20_160]);
    await told('voucher.lapsed');
    expect(await shown()).toEqual([0, 0]);
    await told('voucher.used');
    expect(await shown()).toEqual([20_160, 20_160]);
    await alone.happensAgain();
    expect(await shown()).toEqual([20_160, 20_160]);
    // What came back before the late use does not come back with it, nor what is certified no more.
    for (const redemptionId of ['x', 'y']) {
      await told('redemption.completed', { redemptionId, completedAt: '2026-11-22T01:00:00Z' });
      await told('voucher.lapsed', { redemptionId });
    }
    const back = { redemptionId: 'x', returnId: 'r', quantity: 2, left: 1 };
    await told('redemption.returned', back);
    await told('voucher.used', { redemptionId: 'x', left: 1 });
    expect(await gramsOf(alone)).toBe(20_160 + 6_720);
    await told('redemption.exchanged', {
      ...{ redemptionId: 'v', quantity: 1, forRewardId: 'other' },
      exchangedAt: '2026-11-22T01:30:00.000Z',
    });
    expect(await gramsOf(alone)).toBe(13_440 + 6_720);
    await alone.data(
      'mutation ($input: RevokeGreenCertificateInput!) { revokeGreenCertificate(input: $input) { __typename } }',
      { input: { idempotencyKey: 'revoke-late', number: 'CERT-1', reason: 'Withdrawn.' } },
    );
    await alone.settle();
    await told('voucher.used', { redemptionId: 'y', left: 3 });
    expect(await gramsOf(alone)).toBe(0);
  });

  test('a voucher that was used while it was good has lapsed in nothing', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const redemption = {
      redemptionId: 'v',
      memberId: 'ann',
      merchantId: 'shop',
      rewardId: 'charge',
    };
    const told = (kind: string, more: object = {}) =>
      alone.happens('rewards-catalog', kind, { ...redemption, quantity: 3, ...more });
    await told('redemption.completed', { completedAt: '2026-11-22T01:00:00.000Z' });
    await told('redemption.completed', { redemptionId: 'w', completedAt: '2026-11-22T01:00:00Z' });
    await told('voucher.used', { redemptionId: 'w' });
    expect(await gramsOf(alone)).toBe(2 * 20_160);
  });

  test('what is exchanged for another reward saves nothing any more, and for the same what it saved', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const redemption = {
      redemptionId: 'x',
      memberId: 'ann',
      merchantId: 'shop',
      rewardId: 'charge',
    };
    const exchanged = (quantity: number, exchangedAt: string, more: object = {}) =>
      alone.happens('rewards-catalog', 'redemption.exchanged', {
        ...{ ...redemption, grounds: 'SEVEN_DAYS', quantity, exchangedAt, ...more },
      });
    await alone.happens('rewards-catalog', 'redemption.completed', {
      ...{ ...redemption, quantity: 3, completedAt: '2026-11-22T01:00:00.000Z' },
    });
    const grams = [await gramsOf(alone)];
    await exchanged(1, '2026-11-22T01:10:00.000Z');
    grams.push(await gramsOf(alone));
    await exchanged(1, '2026-11-22T01:20:00.000Z', { forRewardId: 'other' });
    grams.push(await gramsOf(alone));
    await exchanged(1, '2026-11-22T01:30:00.000Z', { forRewardId: 'other' });
    grams.push(await gramsOf(alone));
    await alone.happensAgain();
    grams.push(await gramsOf(alone));

    expect(grams).toEqual([20_160, 20_160, 13_440, 6_720, 6_720]);
  });

  test('S51: an entry names the factor version, its basis and the certificate', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    const { certificate } = await certify(alone, { behaviour: 'GREEN_KWH', activityMilli: 1_000 });

    await alone.happens('merchants', 'purchase.recorded', purchase());
    const rows = await alone.database.reader.query(
      `SELECT cause, factor_code, factor_version, basis, certificate_id, grams
       FROM green_carbon_entry`,
    );

    expect(rows).toEqual([
      {
        cause: 'purchase:p1',
        factor_code: 'GREEN_KWH',
        factor_version: '2023-1',
        basis: 'CO2',
        certificate_id: certificate.id,
        grams: 1_061,
      },
    ]);
    // Kept, but CO2 alone is not part of what is shown as CO2e.
    expect(await gramsOf(alone)).toBe(0);
  });

  test('the account is seen by the member herself and those who see all', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    await alone.happens('merchants', 'purchase.recorded', purchase());

    expect(await gramsOf(alone, 'ann', { as: asMember('ann') })).toBe(13_440);
    expect(await gramsOf(alone, 'ann', { as: operator })).toBe(13_440);
    expect(await gramsOf(alone, 'ann', { as: asMember('bea') })).toBeNull();
    expect(await gramsOf(alone, 'ann', { as: asMerchant('shop') })).toBeNull();
    expect(await gramsOf(alone, 'ann', { as: anonymous })).toBeNull();
  });

  test('a page of two hundred purchases costs a constant number of statements', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    await alone.happens('merchants', 'purchase.recorded', purchase());
    const cost = async (count: number, name: string) => {
      const events = Array.from({ length: count }, (_, index) => `${name}${index}`);
      alone.queue(
        'merchants',
        events.map((purchaseId) => ['purchase.recorded', purchase({ purchaseId })]),
      );
      alone.statements.length = 0;
      await alone.settle();
      return alone.statements.length;
    };

    expect(await cost(199, 'many')).toBe(await cost(1, 'one'));
    expect(await gramsOf(alone)).toBe(13_440 * 201);
  });
});

test('a certificate that is revoked leaves no month with what another took back', () => {
  const original: CarbonEntry = {
    ...{ cause: 'purchase:p', origin: 'purchase:p', line: 1, memberId: 'ann', merchantId: 'shop' },
    ...{ factorCode: 'EV_KWH', factorVersion: '2024-1', basis: 'CO2E', certificateId: 'c' },
    ...{ activityMilli: 20_000, pieces: 2, grams: 13_440, occurredAt: new Date('2026-04-10') },
  };
  const back = {
    ...{ ...original, cause: 'return:r', pieces: 1, grams: -6_720 },
    occurredAt: new Date('2026-05-10'),
  };
  const taken = entriesOfRevocation([original, back]);

  expect(taken.map(({ cause, grams, occurredAt }) => [cause, grams, occurredAt])).toEqual([
    ['revocation:purchase:p', -13_440, original.occurredAt],
    ['revocation:return:r', 6_720, back.occurredAt],
  ]);
  expect(entriesOfRevocation([original, back, ...taken])).toEqual([]);
  // Of an order from before the revocation only what came back of it is there.
  expect(entriesOfRevocation([back])).toEqual([]);
});
