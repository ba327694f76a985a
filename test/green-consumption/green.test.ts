import { describe, expect, test } from 'vitest';
import { rewardCertificate } from '../../subgraphs/green-consumption/domain/reward.ts';
import { builtInFactors } from '../../subgraphs/green-consumption/factors/domain/built-in.ts';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { certify, line } from './green-world.ts';

describe.each(engines)('what an answer says of purchases and rewards on $name', (engine) => {
  const GREEN = `... on Purchase { green { carbonGrams lines {
    number isCertified certificate { number } carbonGrams factorVersion reason } } }`;
  const reference = (given: Record<string, unknown> = {}) => ({
    __typename: 'Purchase',
    id: 'p1',
    merchant: { __typename: 'Merchant', id: 'shop' },
    purchasedAt: '2026-11-20T02:00:00.000Z',
    lines: [line()],
    ...given,
  });

  test('a purchase is assessed from what the query already has', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);

    const [{ green }] = await alone.entities(GREEN, [
      reference({ lines: [line(), line({ number: 2, certificateNumber: 'X', sku: 'Y' })] }),
    ]);

    expect(green).toEqual({
      carbonGrams: 13_440,
      lines: [
        {
          number: 1,
          isCertified: true,
          certificate: { number: 'CERT-1' },
          carbonGrams: 13_440,
          factorVersion: 'EV_KWH/2024-1',
          reason: null,
        },
        {
          number: 2,
          isCertified: false,
          certificate: null,
          carbonGrams: 0,
          factorVersion: null,
          reason: 'CERT_UNKNOWN',
        },
      ],
    });
  });

  test('the day of the purchase decides, not the day of asking', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    alone.clock.set('2027-06-01T00:00:00Z');

    const [before, after] = await alone.entities(GREEN, [
      reference(),
      reference({ id: 'p2', purchasedAt: '2027-01-01T02:00:00.000Z' }),
    ]);

    expect(before.green.lines[0]).toMatchObject({ isCertified: true, carbonGrams: 13_440 });
    expect(after.green.lines[0]).toMatchObject({ isCertified: false, reason: 'CERT_EXPIRED' });
  });

  test('a purchase whose lines the caller may not see is not assessed', async () => {
    await using alone = await openAlone(engine, greenConsumption);

    const [seen] = await alone.entities(GREEN, [reference({ lines: null })]);

    expect(seen.green).toBeNull();
  });

  test('a reward is green while a certificate that covers it is good', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const ask = () =>
      alone.entities('... on Reward { green { label carbonGrams certificate { number } } }', [
        { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
        { __typename: 'Reward', id: 'cinema', merchant: { id: 'shop' } },
      ]);

    const [charge, cinema] = await ask();
    alone.clock.set('2027-01-01T00:00:00Z');
    const [expired] = await ask();

    expect(charge.green).toEqual({
      label: 'LOW_CARBON',
      carbonGrams: 6_720,
      certificate: { number: 'CERT-1' },
    });
    expect(cinema.green).toBeNull();
    expect(expired.green).toBeNull();
  });

  test('of two certificates the one that claims less speaks for the reward', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone, { number: 'CERT-1' });
    await certify(alone, { number: 'CERT-2', activityMilli: 10_000 });
    await certify(alone, { number: 'CERT-3', behaviour: null, activityMilli: null });

    const [{ green }] = await alone.entities(
      '... on Reward { green { carbonGrams certificate { number } } }',
      [{ __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } }],
    );

    expect(green).toEqual({ carbonGrams: 3_360, certificate: { number: 'CERT-2' } });
  });

  test('a certificate of another merchant is not registered for a reward', async () => {
    await using alone = await openAlone(engine, greenConsumption);

    expect(await certify(alone, { merchantId: 'other' })).toMatchObject({
      ...{ code: 'REWARD_NOT_OF_MERCHANT', field: 'rewardIds.0' },
    });
    const [{ green }] = await alone.entities('... on Reward { green { label } }', [
      { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
    ]);
    expect(green).toBeNull();
  });

  test('a redemption saves from its completion on, by the certificate of that day', async () => {
    await using alone = await openAlone(engine, greenConsumption, { at: '2026-01-02T00:00:00Z' });
    await certify(alone);
    const redemption = (given: Record<string, unknown>) => ({
      __typename: 'Redemption',
      id: 'r1',
      status: 'COMPLETED',
      quantity: 3,
      returnedQuantity: 0,
      completedAt: '2026-11-20T02:00:00.000Z',
      reward: { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
      ...given,
    });
    alone.clock.set('2027-06-01T00:00:00Z');

    const seen = await alone.entities('... on Redemption { carbonGrams }', [
      redemption({}),
      redemption({ completedAt: null }),
      redemption({ completedAt: '2027-02-01T02:00:00.000Z' }),
      redemption({ reward: { __typename: 'Reward', id: 'cinema', merchant: { id: 'shop' } } }),
      redemption({ returnedQuantity: 2 }),
      redemption({ returnedQuantity: 3 }),
      redemption({ status: 'CANCELLED' }),
    ]);

    expect(seen.map(({ carbonGrams }: { carbonGrams: number }) => carbonGrams)).toEqual([
      20_160,
      null,
      0,
      0,
      6_720,
      0,
      0,
    ]);
  });

  test('fifty purchases cost as many statements as one', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    for (const number of ['CERT-1', 'CERT-2', 'CERT-3']) await certify(alone, { number });
    const references = Array.from({ length: 50 }, (_, index) =>
      reference({ id: `p${index}`, lines: [line({ certificateNumber: `CERT-${index % 4}` })] }),
    );
    const cost = async (some: object[]) => {
      alone.statements.length = 0;
      await alone.entities(GREEN, some);
      return alone.statements.length;
    };

    expect(await cost(references)).toBe(await cost(references.slice(1, 2)));
  });
});

test('a certificate of another merchant says nothing of a reward, from whenever it is', () => {
  const certificate = {
    ...{ id: 'c', number: 'C', merchantId: 'other', validFrom: 20260101, validUntil: 20261231 },
    ...{ behaviour: 'EV_KWH', activityMilli: 20_000 },
  };
  const on = { merchantId: 'shop', day: 20261122 };

  expect(rewardCertificate([certificate], on, builtInFactors)).toBeNull();
  expect(rewardCertificate([certificate], { ...on, merchantId: 'other' }, builtInFactors)).toBe(
    certificate,
  );
});
