import { describe, expect, test } from 'vitest';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, type Asked, openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant, freshKey, operator } from '../support/people.ts';

/** Registers a certificate, with defaults for everything that a test is not about. */
async function certify(alone: Alone, input: Record<string, unknown> = {}, asked: Asked = {}) {
  const { registerGreenCertificate } = await alone.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      __typename
      ... on GreenCertificateRegistered { certificate {
        id number label body validFrom validUntil isValid merchant { id } } }
      ... on Refusal { code message }
      ... on InvalidInput { field } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        number: 'CERT-1',
        label: 'LOW_CARBON',
        body: 'A body',
        merchantId: 'shop',
        validFrom: '2026-01-01',
        validUntil: '2026-12-31',
        skus: ['EV-20'],
        rewardIds: ['charge'],
        behaviour: 'EV_KWH',
        activityMilli: 20_000,
        ...input,
      },
    },
    asked,
  );
  return registerGreenCertificate;
}

const line = (given: Record<string, unknown> = {}) => ({
  number: 1,
  sku: 'EV-20',
  quantity: 2,
  returnedQuantity: 0,
  certificateNumber: 'CERT-1',
  behaviour: null,
  amountMinor: 4_000,
  ...given,
});

const purchase = (given: Record<string, unknown> = {}) => ({
  purchaseId: 'p1',
  memberId: 'ann',
  merchantId: 'shop',
  purchasedAt: '2026-11-20T02:00:00.000Z',
  lines: [line()],
  awards: [],
  ...given,
});

const gramsOf = async (alone: Alone, memberId = 'ann', asked: Asked = {}) =>
  (
    await alone.entities(
      '... on Member { carbonGrams }',
      [{ __typename: 'Member', id: memberId }],
      asked,
    )
  )[0].carbonGrams;

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

    expect(emissionFactors).toHaveLength(7);
    expect(emissionFactors[1]).toEqual({
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
      carbonGrams: 15_200,
      lines: [
        {
          number: 1,
          isCertified: true,
          certificate: { number: 'CERT-1' },
          carbonGrams: 15_200,
          factorVersion: 'EV_KWH/2023-1',
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

    expect(before.green.lines[0]).toMatchObject({ isCertified: true, carbonGrams: 15_200 });
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
        { __typename: 'Reward', id: 'charge' },
        { __typename: 'Reward', id: 'cinema' },
      ]);

    const [charge, cinema] = await ask();
    alone.clock.set('2027-01-01T00:00:00Z');
    const [expired] = await ask();

    expect(charge.green).toEqual({
      label: 'LOW_CARBON',
      carbonGrams: 7_600,
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
      [{ __typename: 'Reward', id: 'charge' }],
    );

    expect(green).toEqual({ carbonGrams: 3_800, certificate: { number: 'CERT-2' } });
  });

  test('a redemption saves from its completion on, by the certificate of that day', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const redemption = (given: Record<string, unknown>) => ({
      __typename: 'Redemption',
      id: 'r1',
      quantity: 3,
      completedAt: '2026-11-20T02:00:00.000Z',
      reward: { __typename: 'Reward', id: 'charge' },
      ...given,
    });
    alone.clock.set('2027-06-01T00:00:00Z');

    const seen = await alone.entities('... on Redemption { carbonGrams }', [
      redemption({}),
      redemption({ completedAt: null }),
      redemption({ completedAt: '2027-02-01T02:00:00.000Z' }),
      redemption({ reward: { __typename: 'Reward', id: 'cinema' } }),
    ]);

    expect(seen.map(({ carbonGrams }: { carbonGrams: number }) => carbonGrams)).toEqual([
      22_800,
      null,
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

describe.each(engines)('carbon accounts on $name', (engine) => {
  test('purchases and redemptions fill the account of the member', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);

    await alone.happens('merchants', 'purchase.recorded', purchase());
    await alone.happens('rewards-catalog', 'redemption.completed', {
      redemptionId: 'r1',
      memberId: 'ann',
      rewardId: 'charge',
      quantity: 1,
      completedAt: '2026-11-21T02:00:00.000Z',
    });

    expect(await gramsOf(alone)).toBe(15_200 + 7_600);
    expect(await gramsOf(alone, 'bea')).toBe(0);
  });

  test('a return takes back exactly what the returned pieces had saved', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const withReturned = (returnedQuantity: number) =>
      purchase({ lines: [line({ returnedQuantity, behaviour: 'NO_CUTLERY' })], reversed: [] });
    await alone.happens('merchants', 'purchase.recorded', withReturned(0));
    expect(await gramsOf(alone)).toBe(15_238);

    await alone.happens('merchants', 'purchase.returned', { returnId: 'b1', ...withReturned(1) });
    expect(await gramsOf(alone)).toBe(7_638);

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
      rewardId: 'charge',
      quantity: 1,
      completedAt: '2026-11-21T02:00:00.000Z',
    });
    const before = await gramsOf(alone);

    await alone.happensAgain();

    expect(before).toBe(15_200);
    expect(await gramsOf(alone)).toBe(before);
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

    expect(await gramsOf(alone, 'ann', { as: asMember('ann') })).toBe(15_200);
    expect(await gramsOf(alone, 'ann', { as: operator })).toBe(15_200);
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
    expect(await gramsOf(alone)).toBe(15_200 * 201);
  });
});
