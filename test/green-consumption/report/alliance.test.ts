import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  type World,
} from '../../support/world.ts';
import { record } from '../acts/acts-world.ts';

const REPORT = `carbonGrams entries range { low high } months { month carbonGrams } withheldMonths
  behaviours { code name grams factors { version source } } statement notes code page chart`;

const PERIOD = { from: '2026-11-01', until: '2026-11-22' };

// One world for all: each test has a merchant and members of its own.
describe.each(engines)('green reports through the gateway on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  const certify = async (number: string, merchantId: string) => {
    const { registerGreenCertificate } = await world.data(
      `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
        __typename ... on Refusal { code message } } }`,
      {
        input: {
          ...{ idempotencyKey: freshKey(), number, merchantId, skus: ['EV-20'] },
          ...{ label: 'LOW_CARBON', body: 'A body', behaviour: 'EV_KWH', activityMilli: 20_000 },
          ...{ validFrom: '2026-01-01', validUntil: '2026-12-31' },
        },
      },
    );
    expect(registerGreenCertificate.__typename).toBe('GreenCertificateRegistered');
  };
  const charge = (certificateNumber: string) => [
    { sku: 'EV-20', quantity: 1, amountMinor: 4_000, certificateNumber },
  ];
  const ofMember = async (id: string, asked: Parameters<World['data']>[2] = {}) =>
    (
      await world.data(
        `query ($id: ID!, $from: LocalDate!, $until: LocalDate!) {
          member(id: $id) { greenReport(from: $from, until: $until) { ${REPORT} } } }`,
        { id, ...PERIOD },
        { as: asMember(id), ...asked },
      )
    ).member.greenReport;
  const ofMerchant = async (id: string, period: object, asked: Parameters<World['ask']>[2]) => {
    const { data, errors } = await world.ask(
      `query ($id: ID!, $from: LocalDate!, $until: LocalDate!) {
        merchant(id: $id) { greenImpact(from: $from, until: $until) { ${REPORT} } } }`,
      { id, ...period },
      asked,
    );
    return errors?.[0] ?? data.merchant.greenImpact;
  };

  test('S51: her report adds up purchase and act, is the same byte for byte after a new factor, and anybody checks it', async () => {
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    await certify('CERT-51', merchantId);
    await world.purchase({ merchantId, memberId, lines: charge('CERT-51') });
    await record(world, { memberId, occurredAt: '2026-11-20T02:00:00Z' });
    await world.settle();
    const before = await ofMember(memberId, { locale: 'zh-CN' });
    const proposed = await world.data(
      `mutation ($input: ProposeEmissionFactorInput!) { proposeEmissionFactor(input: $input) { __typename
        ... on EmissionFactorProposed { proposal { id } } ... on Refusal { code message } } }`,
      {
        input: {
          ...{ idempotencyKey: freshKey(), code: 'EV_KWH', version: '2026-9', grams: 400 },
          ...{ unit: 'kWh', basis: 'CO2E', boundary: 'LIFE_CYCLE', region: 'CN', dataYear: 2025 },
          ...{ publishedOn: '2026-09-01', source: 'A study of 2026', licence: 'CC BY 4.0' },
          ...{ method: 'Measured.', confidence: 'B', since: '2026-11-24' },
        },
      },
    );
    const { confirmEmissionFactor } = await world.data(
      'mutation ($input: ConfirmEmissionFactorInput!) { confirmEmissionFactor(input: $input) { __typename } }',
      {
        input: {
          idempotencyKey: freshKey(),
          proposalId: proposed.proposeEmissionFactor.proposal.id,
        },
      },
      { as: { ...operator, subject: 'operator:second' } },
    );
    const after = await ofMember(memberId, { locale: 'zh-CN' });
    const { verifyGreenReport } = await world.data(
      `query ($code: String!, $id: ID!) { verifyGreenReport(code: $code, subjectId: $id) {
        carbonGrams from until isOfSubject } }`,
      { code: before.code, id: memberId },
      { as: anonymous },
    );

    expect(confirmEmissionFactor.__typename).toBe('EmissionFactorConfirmed');
    expect(before).toMatchObject({
      carbonGrams: 6_720 + 515,
      behaviours: [
        { code: 'EV_KWH', grams: 6_720 },
        { code: 'METRO_TRIP', grams: 515 },
      ],
    });
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    expect(verifyGreenReport).toEqual({ carbonGrams: 7_235, ...PERIOD, isOfSubject: true });
  });

  test('S52: a merchant shows what it did with source, boundary and period; in public ten members stand behind it', async () => {
    const [merchantId, small] = [await world.merchant(), await world.merchant()];
    await certify('CERT-52', merchantId);
    await certify('CERT-52b', small);
    for (let count = 0; count < 10; count += 1) {
      const memberId = await world.member();
      await world.purchase({ merchantId, memberId, lines: charge('CERT-52') });
      if (count > 0) {
        await world.purchase({ merchantId: small, memberId, lines: charge('CERT-52b') });
      }
    }
    await world.settle();
    const own = await ofMerchant(merchantId, PERIOD, { as: asMerchant(merchantId) });
    world.clock.set('2026-12-01T02:00:00Z');
    const november = { from: '2026-11-01', until: '2026-11-30' };
    const few = await ofMerchant(small, november, { as: anonymous });
    await world.purchase({
      ...{ merchantId, memberId: await world.member(), lines: charge('CERT-52') },
      purchasedAt: '2026-11-29T02:00:00Z',
    });
    await world.settle();
    const enough = await ofMerchant(merchantId, november, { as: anonymous });
    const held = await ofMerchant(merchantId, november, { as: asMerchant(merchantId) });
    const part = await ofMerchant(merchantId, PERIOD, { as: anonymous });

    expect(own).toMatchObject({ carbonGrams: 10 * 6_720, entries: 10 });
    expect(own.statement).toMatch(/From 2026-11-01 to 2026-11-22 .*no footprint.* Sources: /);
    expect(own.page).toContain(merchantId);
    expect(own.page).toContain('<h1>Shop · Green impact · ');
    expect(own.chart).toMatch(/>Shop<.*>Green impact · 2026-11-01 to 2026-11-22</s);
    expect(own.chart).toContain(`Merchant ${merchantId}`);
    expect(`${own.statement} ${own.page}`).not.toMatch(/carbon[- ]neutral|zero[- ]carbon/i);
    expect(few).toBeNull();
    expect(enough).toMatchObject({ carbonGrams: 10 * 6_720, withheldMonths: [] });
    // What came after the end of the month, by the factor that holds since the 24th.
    expect(held).toMatchObject({ carbonGrams: 10 * 6_720 + 8_000 });
    expect(part).toMatchObject({ extensions: { reason: 'REPORT_MONTHS_ONLY' } });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'an impossible distance',
      { behaviour: 'METRO_KM', unit: 'km', activityMilli: 9_000_000_000 },
      { __typename: 'ActNotPlausible', code: 'ACT_TOO_MUCH' },
    ],
    ['a unit that does not fit', { unit: 'kWh' }, { field: 'unit' }],
    [
      'a GPS track',
      { evidence: { number: '31.23,121.47;31.24,121.48' } },
      { __typename: 'TrackNotAccepted' },
    ],
    ['a day that has not come', { occurredAt: '2031-01-01T02:00:00Z' }, { field: 'occurredAt' }],
  ])('%s is refused by its type, in both languages', async (_, given, refusal) => {
    const memberId = await world.member();
    const texts = [];
    for (const locale of ['en', 'zh-CN'] as const) {
      const answer = await record(world, { memberId, ...given }, { locale });
      expect(answer).toMatchObject(refusal);
      texts.push(answer.message);
    }
    expect(texts[1]).toMatch(/\p{Script=Han}/u);
    expect(texts[0]).not.toBe(texts[1]);
  });

  test('an act is claimed once, whoever claims it again', async () => {
    const [one, other] = [await world.member(), await world.member()];
    const evidence = { number: freshKey() };

    const first = await record(world, { memberId: one, evidence });
    const second = await record(world, { memberId: other, evidence });

    expect(first.__typename).toBe('GreenActRecorded');
    expect(second).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    await world.settle();
    expect((await ofMember(other)).carbonGrams).toBe(0);
  });

  test('a report of days that have not come is refused, and a factor needs its source', async () => {
    const memberId = await world.member();
    const { errors } = await world.ask(
      '{ me { greenReport(from: "2026-11-01", until: "2099-01-01") { carbonGrams } } }',
      {},
      { as: asMember(memberId) },
    );
    const { proposeEmissionFactor } = await world.data(
      `mutation ($input: ProposeEmissionFactorInput!) { proposeEmissionFactor(input: $input) { __typename
        ... on InvalidInput { field message } } }`,
      {
        input: {
          ...{ idempotencyKey: freshKey(), code: 'EV_KWH', version: '2027-1', grams: 400 },
          ...{ unit: 'kWh', basis: 'CO2E', boundary: 'LIFE_CYCLE', region: 'CN', dataYear: 2025 },
          ...{ publishedOn: '2026-09-01', source: ' ', licence: 'CC BY 4.0' },
          ...{ method: 'Measured.', confidence: 'B', since: '2027-01-01' },
        },
      },
    );

    expect(errors?.[0]?.extensions).toMatchObject({ reason: 'REPORT_PERIOD_NOT_USABLE' });
    expect(proposeEmissionFactor).toMatchObject({ __typename: 'InvalidInput', field: 'source' });
  });
});
