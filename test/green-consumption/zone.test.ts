import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buy, certify, points, quote } from '../merchants/rules/buying.ts';
import { lawfulRule } from '../merchants/rules/publishing.ts';
import { engines } from '../support/engines.ts';
import { detailsOfKind } from '../support/offers.ts';
import { asMember, freshKey, openAlliance, type World } from '../support/world.ts';
import { record } from './acts/acts-world.ts';

/** The green zone: points by certificate, and a catalogue whose greenness somebody else has proved. */
describe.each(engines)('the green zone on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let green: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    merchantId = await world.merchant();
    green = await lawfulRule(world, merchantId, {
      title: { zh: '绿色专区', en: 'Green zone' },
      award: { multiplier: { numerator: 2 } },
      condition: { isGreen: true },
    });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const order = (certificateNumber: string) => [
    { sku: 'G', quantity: 1, amountMinor: 20_000, certificateNumber },
    { sku: 'A', quantity: 1, amountMinor: 10_000 },
  ];
  const assessed = async (id: string, memberId: string) =>
    (
      await world.data(
        'query ($id: ID!) { purchase(id: $id) { green { lines { number isCertified reason } } } }',
        { id },
        { as: asMember(memberId) },
      )
    ).purchase.green.lines;
  const ofZone = ({ awards }: { awards: { rule: { id: string } }[] }) =>
    awards.filter(({ rule }) => rule.id === green);
  const publish = async (input: object, locale: 'en' | 'zh-CN' = 'en') =>
    (
      await world.data(
        `mutation ($input: PublishRewardInput!) { publishReward(input: $input) { __typename
          ... on RewardPublished { reward { id } warnings { code message } }
          ... on NotLawful { findings { check field } } ... on Refusal { code message } } }`,
        {
          input: {
            ...{ idempotencyKey: freshKey(), merchantId, kind: 'VOUCHER', points: 100 },
            title: { zh: '购物袋', en: 'Bag' },
            cashPrice: { amountMinor: 100, currency: 'CNY' },
            details: null,
            ...input,
          },
        },
        { locale },
      )
    ).publishReward;

  test('S50: of a green and an ordinary line only the green one earns green points', async () => {
    const [memberId, certificate] = [await world.member(), await certify(world, merchantId, 'G')];

    const bought = await buy(world, { merchantId, memberId, lines: order(certificate) });

    expect(ofZone(bought)).toMatchObject([{ points: 200, lineNumbers: [1], isPosted: true }]);
    expect((await points(world, memberId)).wallet.available).toBe(500);
    expect(await assessed(bought.id, memberId)).toEqual([
      { number: 1, isCertified: true, reason: null },
      { number: 2, isCertified: false, reason: 'NO_CERTIFICATE' },
    ]);
  });

  test('S48: a certificate that is revoked earns nothing more, and the member is told why', async () => {
    const [memberId, certificate] = [await world.member(), await certify(world, merchantId, 'G')];
    const order1 = { merchantId, memberId, lines: order(certificate) };
    const before = await buy(world, order1);
    await world.data(
      `mutation ($input: RevokeGreenCertificateInput!) { revokeGreenCertificate(input: $input) {
        __typename ... on Refusal { message } } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          number: certificate,
          reason: '抽检不合格',
          effectiveFrom: '2026-11-23',
        },
      },
    );

    world.clock.set('2026-11-23T02:00:00Z');
    const after = await buy(world, order1);
    const asked = await quote(world, { merchantId, lines: order(certificate) }, 'zh-CN');

    expect(ofZone(before)).toMatchObject([{ points: 200 }]);
    expect(ofZone(after)).toEqual([]);
    expect((await points(world, memberId)).wallet.available).toBe(500 + 300);
    expect(asked.notApplied).toMatchObject([
      { rule: { id: green }, reasons: [{ code: 'RULE_GREEN' }] },
    ]);
    expect(asked.notApplied[0].reasons[0].message).toMatch(/\p{Script=Han}/u);
    expect((await assessed(before.id, memberId))[0]).toMatchObject({ isCertified: true });
    expect((await assessed(after.id, memberId))[0]).toMatchObject({ reason: 'CERT_REVOKED' });
    expect(
      (
        await world.data(
          'query ($n: String!) { certificateStatus(number: $n) { isValid reason certificate { revocationReason } } }',
          { n: certificate },
        )
      ).certificateStatus,
    ).toEqual({
      ...{
        isValid: false,
        reason: 'CERT_REVOKED',
        certificate: { revocationReason: '抽检不合格' },
      },
    });
  });

  test('S48: a certificate that is over earns nothing more either', async () => {
    const memberId = await world.member();
    const certificate = await certify(world, merchantId, 'G', '2026-11-30');
    const start = world.clock.now().toISOString();
    world.clock.set('2026-12-01T02:00:00Z');
    const bought = await buy(world, { merchantId, memberId, lines: order(certificate) });
    const [line] = await assessed(bought.id, memberId);
    world.clock.set(start);

    expect(ofZone(bought)).toEqual([]);
    expect(line).toMatchObject({ isCertified: false, reason: 'CERT_EXPIRED' });
  });

  test('S45: who publishes into a green section with too few certified rewards is warned', async () => {
    const section = {
      category: 'GREEN',
      certificateNumber: await certify(world, merchantId, 'BAG'),
    };
    const cover = async (name: 'register' | 'extend', input: object) =>
      (
        await world.data(
          `mutation ($input: ${name === 'register' ? 'Register' : 'Extend'}GreenCertificateInput!) {
            answer: ${name}GreenCertificate(input: $input) { __typename ... on Refusal { message } } }`,
          { input: { idempotencyKey: freshKey(), number: 'ZONE-1', ...input } },
        )
      ).answer.__typename;

    const elsewhere = await publish({});
    // It names a certificate of its merchant, which does not cover it.
    const first = await publish(section);
    await cover('register', {
      ...{ merchantId, label: 'GREEN_PRODUCT', body: 'A body', rewardIds: [first.reward.id] },
      ...{ validFrom: '2026-01-01', validUntil: '2026-12-31' },
    });
    const second = await publish(section, 'zh-CN');
    const extended = await cover('extend', { rewardIds: [second.reward.id] });
    const third = await publish(section);

    expect(elsewhere.warnings).toEqual([]);
    expect(first.warnings).toMatchObject([{ code: 'GREEN_SHARE_LOW' }]);
    expect(second).toMatchObject({
      __typename: 'RewardPublished',
      warnings: [
        { code: 'GREEN_SHARE_LOW', message: expect.stringContaining('共 2 项权益，其中 1 项') },
      ],
    });
    expect(extended).toBe('GreenCertificateExtended');
    expect(third.warnings).toEqual([]);
    const { rewards } = await world.data(
      '{ rewards(first: 10, filter: { category: { eq: "GREEN" } }) { nodes { id green { label } } } }',
    );
    expect(
      rewards.nodes.filter(({ green: label }: { green: object | null }) => label !== null),
    ).toHaveLength(2);
  });

  test('S44: a charge is redeemed for points, with its stations, its energy and what it saves', async () => {
    const memberId = await world.member();
    await buy(world, { merchantId, memberId });
    const details = detailsOfKind.EV_CHARGING;
    const { reward } = await publish({ kind: 'EV_CHARGING', details, category: 'CHARGING' });
    await world.data(
      `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
        __typename } }`,
      {
        input: {
          ...{ idempotencyKey: freshKey(), number: freshKey(), label: 'LOW_CARBON', body: 'Body' },
          ...{ merchantId, validFrom: '2026-01-01', validUntil: '2026-12-31' },
          ...{ rewardIds: [reward.id], behaviour: 'EV_KWH', activityMilli: 20_000 },
        },
      },
    );

    const { redeem } = await world.data(
      `mutation ($input: RedeemInput!) { redeem(input: $input) { ... on RewardRedeemed { redemption {
        id status carbonGrams voucher { code } reward { kind green { label }
          details { charging { stations wattHours } } } } } } }`,
      { input: { idempotencyKey: freshKey(), memberId, rewardId: reward.id } },
      { as: asMember(memberId) },
    );

    expect(redeem.redemption).toMatchObject({
      carbonGrams: 6_720,
      voucher: { code: expect.any(String) },
      reward: {
        ...{ kind: 'EV_CHARGING', green: { label: 'LOW_CARBON' } },
        details: { charging: { stations: ['One'], wattHours: 20_000 } },
      },
    });

    // What was redeemed is no act as well, by the code of its voucher or by its own number.
    await world.settle();
    const { id, voucher } = redeem.redemption;
    const charge = {
      behaviour: 'EV_KWH',
      unit: 'kWh',
      activityMilli: 20_000,
      memberId,
      merchantId,
    };
    const session = (number: string) => ({
      ...{ ...charge, occurredAt: world.clock.now() },
      evidence: { kind: 'CHARGING_SESSION', issuer: merchantId, number },
    });
    for (const number of [voucher.code, voucher.code.toLowerCase(), id]) {
      expect(await record(world, session(number))).toMatchObject({ __typename: 'ActClaimed' });
    }
    expect(await record(world, session('SESSION-1'))).toMatchObject({
      __typename: 'GreenActRecorded',
    });
  });

  test('S52: a reward that calls itself carbon-neutral without a certificate is not published', async () => {
    const refusal = await publish({ title: { zh: '零碳购物袋', en: 'Bag' } });

    expect(refusal).toMatchObject({
      __typename: 'NotLawful',
      findings: expect.arrayContaining([expect.objectContaining({ check: 'GREEN_CLAIM' })]),
    });
  });
});
