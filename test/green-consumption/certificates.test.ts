import { describe, expect, test } from 'vitest';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { type Asked, openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant, freshKey } from '../support/people.ts';
import { certify, line, purchase } from './green-world.ts';

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
    // More than all acts of a day can come to.
    [{ activityMilli: 400_001 }, 'ACTIVITY_NOT_USABLE', 'activityMilli'],
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
      source: '广州地铁 2015 年数据，《气候变化研究进展》2017, 13(3)',
      confidence: 'B',
    });
  });

  test('what it covers can be extended: by what is of its merchant, while it is good, and to 1,000 in all', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone, { rewardIds: [] });
    const extend = async (input: object, asked: Asked = {}) =>
      (
        await alone.data(
          `mutation ($input: ExtendGreenCertificateInput!) { extendGreenCertificate(input: $input) {
            __typename ... on GreenCertificateExtended { certificate { number } }
            ... on Refusal { code message } ... on InvalidInput { field } } }`,
          { input: { idempotencyKey: freshKey(), number: 'CERT-1', ...input } },
          asked,
        )
      ).extendGreenCertificate;
    const greenOf = async (sku: string) => {
      const lines = [line({ sku })];
      const [{ green }] = await alone.entities('... on Purchase { green { lines { reason } } }', [
        {
          __typename: 'Purchase',
          ...purchase({ lines }),
          id: 'p',
          orderNumber: 'o',
          merchant: { id: 'shop' },
        },
      ]);
      return green.lines[0].reason;
    };

    expect(await greenOf('EV-40')).toBe('CERT_OUT_OF_SCOPE');
    const key = {
      idempotencyKey: freshKey(),
      skus: ['EV-40', 'EV-40', 'EV-20'],
      rewardIds: ['charge'],
    };
    const answers = await Promise.all([extend(key), extend(key), extend({ skus: ['EV-40'] })]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ certificate: { number: 'CERT-1' } });
    }
    expect(await greenOf('EV-40')).toBeNull();
    const [reward] = await alone.entities('... on Reward { green { label } }', [
      { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
    ]);
    expect(reward.green).toEqual({ label: 'LOW_CARBON' });

    // Two products and a reward are covered by now.
    const many = (count: number) => Array.from({ length: count }, (_, n) => `S-${n}`);
    expect(await extend({ skus: many(998) })).toMatchObject({
      code: 'SCOPE_TOO_LARGE',
      field: 'skus',
    });
    expect(await extend({ skus: many(997) })).toMatchObject({
      __typename: 'GreenCertificateExtended',
    });
    expect(await extend({})).toMatchObject({ code: 'SCOPE_EMPTY' });
    expect(await extend({ skus: [' '] }, { locale: 'zh-CN' })).toMatchObject({ field: 'skus.0' });
    expect(await extend({ number: 'CERT-1 ', skus: ['A'] })).toMatchObject({
      __typename: 'NotFound',
    });
    await certify(alone, { number: 'OTHERS', merchantId: 'other', rewardIds: [] });
    expect(await extend({ number: 'OTHERS', rewardIds: ['charge'] })).toMatchObject({
      ...{ code: 'REWARD_NOT_OF_MERCHANT', field: 'rewardIds.0' },
    });
    alone.clock.set('2027-01-01T02:00:00Z');
    expect(await extend({ skus: ['A'] })).toMatchObject({ code: 'CERTIFICATE_OVER' });
    await expect(extend({ skus: ['A'] }, { as: asMerchant('shop') })).rejects.toThrow('FORBIDDEN');
  });
});
