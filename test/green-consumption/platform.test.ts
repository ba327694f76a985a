import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Frame } from '../../shared/graphql/context.ts';
import { createLogger } from '../../shared/logger.ts';
import { createServices } from '../../subgraphs/green-consumption/certificates/services.ts';
import { signedFilePlatform } from '../../subgraphs/green-consumption/certificates/signed-file.ts';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, type Asked, openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, freshKey } from '../support/people.ts';
import { certify, gramsOf, line, purchase } from './green-world.ts';

describe.each(engines)('certificates that are revoked or looked up on $name', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-list-'));
  const file = join(folder, 'list.json');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const listed = (change: object = {}) => ({
    ...{ number: 'CERT-1', label: 'LOW_CARBON', body: 'A body', revokedFrom: null },
    ...{ validFrom: '2026-01-01', validUntil: '2026-12-31', ...change },
  });
  let asOf = '2026-11-21';
  const publish = (...certificates: object[]) => {
    const text = JSON.stringify({ platform: 'platform.example', asOf, certificates });
    writeFileSync(file, text);
    writeFileSync(`${file}.sig`, sign(null, Buffer.from(text), privateKey).toString('base64'));
  };
  const connected = {
    ...greenConsumption,
    services: (frame: Frame) =>
      createServices({
        ...frame,
        keys: { ...frame.keys, certificates: { file, publicKey: der } },
      }),
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  const revoke = async (alone: Alone, input: object = {}, asked: Asked = {}) =>
    (
      await alone.data(
        `mutation ($input: RevokeGreenCertificateInput!) { revokeGreenCertificate(input: $input) {
          __typename ... on Refusal { code message } ... on InvalidInput { field }
          ... on GreenCertificateRevoked { certificate { isValid revokedFrom revocationReason } } } }`,
        {
          input: {
            idempotencyKey: freshKey(),
            number: 'CERT-1',
            reason: 'Audit failed',
            ...input,
          },
        },
        asked,
      )
    ).revokeGreenCertificate;
  const status = async (alone: Alone, number = 'CERT-1') =>
    (
      await alone.data(
        `query ($number: String!) { certificateStatus(number: $number) {
          isValid reason certificate { number } platform { validUntil revokedFrom platform asOf } } }`,
        { number },
        { as: anonymous },
      )
    ).certificateStatus;

  test('a revocation takes effect at once; what was bought before the day stays certified', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);
    const later = await revoke(alone, { effectiveFrom: '2026-12-01' });
    const good = await status(alone);
    const now = await revoke(alone);
    const bought = async (day: string) => {
      const { merchantId, lines, ...told } = purchase({ purchasedAt: `${day}T02:00:00.000Z` });
      const reference = { __typename: 'Purchase', id: 'p', merchant: { id: merchantId } };
      const [{ green }] = await alone.entities(
        '... on Purchase { green { carbonGrams lines { isCertified reason } } }',
        [{ ...reference, ...told, lines }],
      );
      return [green.carbonGrams, green.lines[0].reason];
    };
    await alone.happens('merchants', 'purchase.recorded', purchase());
    await alone.happens('merchants', 'purchase.recorded', {
      ...purchase({ purchaseId: 'p2', purchasedAt: '2026-11-22T01:00:00.000Z' }),
    });
    const [{ green }] = await alone.entities('... on Reward { green { label } }', [
      { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
    ]);

    expect(later.certificate).toMatchObject({ isValid: true, revokedFrom: '2026-12-01' });
    expect(good).toMatchObject({ isValid: true, reason: null });
    expect(now.certificate).toEqual({
      ...{ isValid: false, revokedFrom: '2026-11-22', revocationReason: 'Audit failed' },
    });
    expect(await bought('2026-11-21')).toEqual([13_440, null]);
    expect(await bought('2026-11-22')).toEqual([0, 'CERT_REVOKED']);
    expect(await gramsOf(alone)).toBe(13_440);
    expect(green).toBeNull();
    expect(await status(alone)).toMatchObject({ isValid: false, reason: 'CERT_REVOKED' });
  });

  test('a revocation has a reason, does not reach back, is not put off, and is the operator’s', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    await certify(alone);

    expect(await revoke(alone, { reason: ' ' })).toMatchObject({ field: 'reason' });
    expect(await revoke(alone, { effectiveFrom: '2026-11-21' })).toMatchObject({
      ...{ code: 'REVOCATION_IN_PAST', field: 'effectiveFrom' },
    });
    expect(await revoke(alone, { number: 'CERT-1 ' })).toMatchObject({ __typename: 'NotFound' });
    await revoke(alone, { effectiveFrom: '2026-11-30' });
    expect(await revoke(alone, { effectiveFrom: '2026-12-31' })).toMatchObject({
      code: 'ALREADY_REVOKED',
    });
    await expect(revoke(alone, {}, { as: asMerchant('shop') })).rejects.toThrow('FORBIDDEN');
  });

  test('what the certification platform does not confirm is not registered', async () => {
    publish(listed(), listed({ number: 'GONE', revokedFrom: '2026-11-01' }));
    await using alone = await openAlone(engine, connected);

    for (const [input, code] of [
      [{ number: 'CERT-9' }, 'CERT_NOT_ON_PLATFORM'],
      [{ number: 'GONE' }, 'CERT_REVOKED_BY_PLATFORM'],
      [{ label: 'ORGANIC' }, 'CERT_DIFFERS_FROM_PLATFORM'],
      [{ body: 'Another body' }, 'CERT_DIFFERS_FROM_PLATFORM'],
      [{ validUntil: '2027-12-31' }, 'CERT_DIFFERS_FROM_PLATFORM'],
    ] as const) {
      expect(await certify(alone, input)).toMatchObject({
        ...{ __typename: 'CertificateNotConfirmed', code },
      });
    }
    expect(await certify(alone)).toMatchObject({ __typename: 'GreenCertificateRegistered' });
    expect(await status(alone)).toEqual({
      ...{ isValid: true, reason: null, certificate: { number: 'CERT-1' } },
      platform: {
        ...{ validUntil: '2026-12-31', revokedFrom: null },
        ...{ platform: 'platform.example', asOf: '2026-11-21' },
      },
    });
    expect(await status(alone, 'GONE')).toMatchObject({ reason: 'CERT_UNKNOWN' });

    publish(listed({ revokedFrom: '2026-11-22' }));
    expect(await status(alone)).toMatchObject({ reason: 'CERT_REVOKED_BY_PLATFORM' });
    publish();
    expect(await status(alone)).toMatchObject({ reason: 'CERT_NOT_ON_PLATFORM', platform: null });
  });

  test('an older list does not make good what was revoked meanwhile', async () => {
    publish(listed({ revokedFrom: '2026-11-20' }));
    await using alone = await openAlone(engine, connected);
    asOf = '2026-11-20';
    publish(listed());
    const older = await alone.ask('{ certificateStatus(number: "CERT-1") { isValid } }');
    const registered = await certify(alone).catch((error: Error) => error.message);
    asOf = '2026-11-21';
    publish(listed({ revokedFrom: '2026-11-20' }));

    expect(older.errors?.[0]).toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    expect(registered).toContain('SUBGRAPH_UNAVAILABLE');
    expect(await certify(alone)).toMatchObject({ code: 'CERT_REVOKED_BY_PLATFORM' });
  });

  test('S48: what the platform revokes earns nothing from its day on, also what was entered already', async () => {
    publish(listed());
    await using alone = await openAlone(engine, connected);
    await certify(alone);
    const order = (purchaseId: string, day: string) =>
      purchase({ purchaseId, purchasedAt: `${day}T02:00:00.000Z` });
    for (const told of [order('p1', '2026-11-19'), order('p2', '2026-11-20')]) {
      await alone.happens('merchants', 'purchase.recorded', told);
    }
    const before = await gramsOf(alone);
    // An operator knew of a later day.
    await revoke(alone, { effectiveFrom: '2026-12-01' });

    publish(listed({ revokedFrom: '2026-11-20' }));
    await alone.settle();
    await alone.settle();
    const told = order('p2', '2026-11-20');
    await alone.happens('merchants', 'purchase.recorded', order('p3', '2026-11-21'));
    await alone.happens('merchants', 'purchase.returned', {
      ...{ returnId: 'b1', reversed: [] },
      ...told,
      lines: [line({ returnedQuantity: 1 })],
    });
    await alone.happensAgain();
    const { merchantId, lines, purchasedAt } = told;
    const [bought] = await alone.entities(
      '... on Purchase { green { carbonGrams lines { isCertified reason } } }',
      [
        {
          ...{ __typename: 'Purchase', id: 'p2', merchant: { id: merchantId } },
          ...{ orderNumber: 'o', purchasedAt, lines },
        },
      ],
    );
    const [reward] = await alone.entities('... on Reward { green { label } }', [
      { __typename: 'Reward', id: 'charge', merchant: { id: 'shop' } },
    ]);

    expect(before).toBe(2 * 13_440);
    expect(bought.green).toEqual({
      ...{ carbonGrams: 0, lines: [{ isCertified: false, reason: 'CERT_REVOKED' }] },
    });
    expect(reward.green).toBeNull();
    expect(await gramsOf(alone)).toBe(13_440);
    const { greenCertificate } = await alone.data(
      '{ greenCertificate(number: "CERT-1") { isValid revokedFrom revocationReason } }',
    );
    expect(greenCertificate).toEqual({
      ...{ isValid: false, revokedFrom: '2026-11-20' },
      revocationReason: 'platform.example, 2026-11-21',
    });
  });

  test('S48: what the platform ends earlier, or lists no longer, earns nothing from then on', async () => {
    publish(
      listed(),
      listed({ number: 'CERT-2' }),
      listed({ number: 'CERT-3' }),
      listed({ number: 'CERT-4' }),
    );
    await using alone = await openAlone(engine, connected);
    for (const number of ['CERT-1', 'CERT-2', 'CERT-3', 'CERT-4']) await certify(alone, { number });
    const revokedFrom = async (number: string) =>
      (
        await alone.data(
          'query ($number: String!) { greenCertificate(number: $number) { revokedFrom } }',
          { number },
        )
      ).greenCertificate.revokedFrom;
    await alone.settle();
    await revoke(alone, { number: 'CERT-3' });
    expect(await revokedFrom('CERT-3')).toBe('2026-11-22');

    // One ends earlier, one is gone, and of one the platform knew before the operator did.
    publish(
      listed({ validUntil: '2026-11-10' }),
      listed({ number: 'CERT-3', revokedFrom: '2026-11-05' }),
      listed({ number: 'CERT-4', label: 'WATER' }),
    );
    await alone.settle();
    expect([
      await revokedFrom('CERT-1'),
      await revokedFrom('CERT-2'),
      await revokedFrom('CERT-3'),
      await revokedFrom('CERT-4'),
    ]).toEqual(['2026-11-11', '2026-11-22', '2026-11-05', '2026-11-22']);
    await alone.happens('merchants', 'purchase.recorded', purchase());
    expect(await gramsOf(alone)).toBe(0);
  });

  test('what was registered before there was a platform is not revoked because it lists it not', async () => {
    await using before = await openAlone(engine, greenConsumption);
    await certify(before);
    publish(listed({ number: 'CERT-9' }));
    await using alone = await openAlone(engine, connected, { databaseUrl: before.databaseUrl });
    await alone.settle();
    const { greenCertificate } = await alone.data(
      '{ greenCertificate(number: "CERT-1") { revokedFrom } }',
    );
    expect(greenCertificate.revokedFrom).toBeNull();
  });

  test('a certificate says nothing of what counts once for an order', async () => {
    await using alone = await openAlone(engine, greenConsumption);
    expect(await certify(alone, { behaviour: 'NO_CUTLERY', activityMilli: 1_000 })).toMatchObject({
      ...{ __typename: 'InvalidInput', code: 'BEHAVIOUR_OF_ORDERS', field: 'behaviour' },
    });
  });

  test('a list that was tampered with is refused, at the start and later', async () => {
    publish(listed());
    await using alone = await openAlone(engine, connected);
    expect(await certify(alone)).toMatchObject({ __typename: 'GreenCertificateRegistered' });

    writeFileSync(file, readFileSync(file, 'utf8').replace('LOW_CARBON', 'ORGANIC'));
    const { errors } = await alone.ask('{ certificateStatus(number: "CERT-1") { isValid } }');
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('signature'),
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
    await expect(certify(alone, { number: 'CERT-2' })).rejects.toThrow('SUBGRAPH_UNAVAILABLE');

    const start = (given: object) =>
      signedFilePlatform({ file, publicKey: der, ...given }, createLogger('silent'));
    expect(() => start({})).toThrow('is not what was signed');
    publish(listed());
    expect(() => start({})).not.toThrow();
    expect(() => start({ publicKey: 'AAAA' })).toThrow('no Ed25519 public key');
    publish({ number: 'X' });
    expect(() => start({})).toThrow('label');
    expect(() => start({ file: join(folder, 'none.json') })).toThrow('ENOENT');
  });
});
