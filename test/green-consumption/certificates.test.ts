import { describe, expect, test } from 'vitest';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant } from '../support/people.ts';
import { certify } from './green-world.ts';

describe.each(engines)('certificates on $name', (engine) => {
  test('a certificate is known to everybody once it is registered', async () => {
    await using alone = await openAlone(engine, greenConsumption);

    const { certificate } = await certify(alone);
    const { greenCertificate, greenCertificates } = await alone.data(
      `{ greenCertificate(number: "CERT-1") { id isValid }
        greenCertificates(first: 10, filter: { label: { eq: LOW_CARBON } }) { nodes { number } } }`,
      {},
      { as: anonymous },
    );

    expect(certificate).toEqual({
      id: certificate.id,
      number: 'CERT-1',
      label: 'LOW_CARBON',
      body: 'A body',
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      isValid: true,
      merchant: { id: 'shop' },
    });
    expect(greenCertificate).toEqual({ id: certificate.id, isValid: true });
    expect(greenCertificates.nodes).toEqual([{ number: 'CERT-1' }]);
  });

  test('a number is registered once, also when twenty register it at once', async () => {
    await using alone = await openAlone(engine, greenConsumption);

    const answers = await Promise.all(Array.from({ length: 20 }, () => certify(alone)));

    const kinds = answers.map(({ __typename }) => __typename);
    expect(kinds.filter((kind) => kind === 'GreenCertificateRegistered')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'CertificateTaken')).toHaveLength(19);
  });

  test('a certificate is good through its last day on the calendar of the alliance', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const isValid = async () =>
      (await alone.data('{ greenCertificate(number: "CERT-1") { isValid } }')).greenCertificate
        .isValid;

    alone.clock.set('2026-12-31T15:59:59.999Z');
    expect(await isValid()).toBe(true);
    alone.clock.set('2026-12-31T16:00:00.000Z');
    expect(await isValid()).toBe(false);
  });

  test.each([
    // what is wrong, the refusal
    [{ number: ' ' }, 'KEY_NOT_USABLE', 'number'],
    [{ number: 'CERT-1 ' }, 'KEY_NOT_USABLE', 'number'],
    [{ skus: ['A', ''] }, 'KEY_NOT_USABLE', 'skus.1'],
    [{ skus: ['A', 'A '] }, 'KEY_NOT_USABLE', 'skus.1'],
    [{ skus: [], rewardIds: [] }, 'SCOPE_EMPTY', 'skus'],
    [{ validFrom: '2027-01-01' }, 'DATES_REVERSED', 'validUntil'],
    [{ behaviour: 'BREATHING' }, 'BEHAVIOUR_UNKNOWN', 'behaviour'],
    [{ behaviour: null }, 'ACTIVITY_INCOMPLETE', 'behaviour'],
    [{ activityMilli: null }, 'ACTIVITY_INCOMPLETE', 'activityMilli'],
    [{ activityMilli: 0 }, 'ACTIVITY_NOT_USABLE', 'activityMilli'],
    [{ activityMilli: -1 }, 'ACTIVITY_NOT_USABLE', 'activityMilli'],
    [{ activityMilli: 1_000_000_001 }, 'ACTIVITY_NOT_USABLE', 'activityMilli'],
  ])('%j is refused as %s', async (input, code, field) => {
    await using alone = await openAlone(engine, greenConsumption);

    const refusal = await certify(alone, input);
    const { greenCertificates } = await alone.data(
      '{ greenCertificates(first: 1) { totalCount } }',
    );

    expect(refusal).toMatchObject({ __typename: 'InvalidInput', code, field });
    expect(refusal.message).not.toBe(code);
    expect(greenCertificates.totalCount).toBe(0);
  });

  test('only the operator registers certificates', async () => {
    await using alone = await openAlone(engine, greenConsumption);

    for (const as of [asMerchant('shop'), asMember('ann')]) {
      await expect(certify(alone, {}, { as })).rejects.toThrow('FORBIDDEN');
    }
    await expect(certify(alone, {}, { as: anonymous })).rejects.toThrow('UNAUTHENTICATED');
  });

  test('the factors are told in the language of the caller, with their sources', async () => {
    await using alone = await openAlone(engine, greenConsumption);

    const { emissionFactors } = await alone.data(
      '{ emissionFactors { code version name grams perUnits unit basis source confidence } }',
      {},
      { as: anonymous, locale: 'zh-CN' },
    );

    expect(emissionFactors).toContainEqual({
      code: 'METRO_TRIP',
      version: '2015-1',
      name: '乘坐地铁一次（里程未知）',
      grams: 5155,
      perUnits: 10,
      unit: 'trip',
      basis: 'CO2E',
      source: 'Guangzhou metro 2015, 气候变化研究进展 2017, 13(3)',
      confidence: 'B',
    });
  });
});
