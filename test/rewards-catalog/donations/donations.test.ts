import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificatePicture } from '../../../subgraphs/rewards-catalog/donations/domain/certificate-picture.ts';
import { isCharityCode } from '../../../subgraphs/rewards-catalog/donations/domain/donation.ts';
import { engines } from '../../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  type World,
} from '../../support/world.ts';
import {
  CHARITY,
  change,
  charityCode,
  donationReward,
  propose,
  registered,
  second,
} from './giving.ts';

const DONATION = `query ($id: ID!) { redemption(id: $id) { status donation {
  number verificationCode certificate registrationNumber charityName project
  amount { amountMinor currency } points donatedAt charity { name }
  delivery { id amount { amountMinor } deliveredOn receiptNumber text merchant { id } } } } }`;

const VERIFY = `query ($number: String!, $code: String!) { verifyDonation(number: $number, code: $code) {
  charityName registrationNumber project amount { amountMinor currency } donatedAt } }`;

const TOTALS = `query ($number: String!) { charities(first: 5, filter: { registrationNumber: { eq: $number } }) {
  nodes { ${CHARITY} totals { donated { amountMinor currency } donations delivered { amountMinor } } } } }`;

const OPEN = `query ($id: ID!) { openDonations(merchantId: $id) {
  charityName registrationNumber amount { amountMinor currency } donations oldest } }`;

describe.each(engines)('donations, on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let donor: string;
  beforeAll(async () => {
    world = await openAlliance(engine);
    merchantId = await world.merchant();
    donor = await world.member();
    await world.purchase({ merchantId, memberId: donor, amountMinor: 500_000 });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** The id of a completed redemption. */
  const given = async (rewardId: string, quantity = 1): Promise<string> => {
    const { redemption } = await world.redeem({ memberId: donor, rewardId, quantity });
    expect(redemption.status).toBe('COMPLETED');
    return redemption.id;
  };
  const donation = async (id: string, options = {}) =>
    (await world.data(DONATION, { id }, options)).redemption.donation;
  const hers = () => ({ as: asMember(donor) });
  const cancel = async (redemptionId: string) =>
    (
      await world.data(
        `mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) {
          __typename ... on Refusal { code } } }`,
        { input: { idempotencyKey: freshKey(), redemptionId } },
        hers(),
      )
    ).cancelRedemption;
  const giveBack = async (redemptionId: string, quantity: number, grounds = 'VOLUNTARY') => {
    const input = { idempotencyKey: freshKey(), redemptionId, quantity, grounds };
    const { returnRedemption } = await world.data(
      `mutation ($input: ReturnRedemptionInput!) { returnRedemption(input: $input) {
        __typename ... on Refusal { code } } }`,
      { input },
    );
    return returnRedemption;
  };
  const charity = async (number: string) =>
    (await world.data(TOTALS, { number }, { as: anonymous })).charities.nodes[0];

  test('S40: 1000 points to a project are gone, and a certificate says what they gave to which charity', async () => {
    const registrationNumber = await registered(world);
    const rewardId = await donationReward(world, merchantId, { registrationNumber });
    const { available } = await world.wallet(donor);

    const shown = await donation(await given(rewardId, 10), hers());

    expect((await world.wallet(donor)).available).toBe(available - 1_000);
    expect(shown).toMatchObject({
      ...{ registrationNumber, points: 1_000, delivery: null },
      charityName: 'Village School Foundation',
      charity: { name: 'Village School Foundation' },
      amount: { amountMinor: 5_000, currency: 'CNY' },
    });
    expect(shown.certificate).toContain(shown.number);
    expect(shown.certificate).toContain(shown.verificationCode);
    expect(shown.certificate).toContain('CN¥50.00');
    expect(shown.certificate).toContain('Reading &lt;corner&gt; &amp; &quot;more&quot;');
    await world.settle();
    expect((await charity(registrationNumber)).totals).toEqual([
      {
        donated: { amountMinor: 5_000, currency: 'CNY' },
        donations: 1,
        delivered: { amountMinor: 0 },
      },
    ]);
  });

  test('S40: whoever is shown a certificate can check it, and no other code will do', async () => {
    const id = await given(await donationReward(world, merchantId));
    const { number, verificationCode: code } = await donation(id, hers());
    const verify = async (asked: { number: string; code: string }) =>
      (await world.data(VERIFY, asked, { as: anonymous, locale: 'zh-CN' })).verifyDonation;

    expect(
      await verify({ number: number.toLowerCase(), code: code.replaceAll('-', ' ') }),
    ).toMatchObject({
      charityName: '乡村助学基金会',
      amount: { amountMinor: 500, currency: 'CNY' },
    });
    const last = code.endsWith('0') ? '1' : '0';
    expect(await verify({ number, code: code.slice(0, -1) + last })).toBeNull();
    expect(await verify({ number: 'D-nothing', code })).toBeNull();
    expect(await verify({ number: id, code })).toBeNull();
    const atCounter = await donation(id, { as: asMerchant(merchantId) });
    expect(atCounter).toMatchObject({ number, verificationCode: null, certificate: null });
  });

  test('S40: a donation that is cancelled is verified and counted no longer', async () => {
    const registrationNumber = await registered(world);
    const id = await given(await donationReward(world, merchantId, { registrationNumber }), 2);
    const { number, verificationCode: code } = await donation(id, hers());
    await world.settle();
    expect((await charity(registrationNumber)).totals).toMatchObject([{ donations: 1 }]);

    expect(await cancel(id)).toMatchObject({ __typename: 'RedemptionCancelled' });
    await world.settle();

    expect(await donation(id)).toBeNull();
    expect((await world.data(VERIFY, { number, code })).verifyDonation).toBeNull();
    expect((await charity(registrationNumber)).totals).toMatchObject([
      { donations: 0, donated: { amountMinor: 0 } },
    ]);
  });

  test('S40: a donation is no voucher: no counter takes it, and nothing is given instead of it', async () => {
    const shop = await world.merchant();
    const rewardId = await donationReward(world, shop);
    const id = await given(rewardId);
    const { redemption } = await world.data(
      'query ($id: ID!) { redemption(id: $id) { voucher { code } } }',
      { id },
    );
    const input = {
      ...{ idempotencyKey: freshKey(), merchantId: shop, voucherCode: redemption.voucher.code },
    };
    const { useVoucher } = await world.data(
      `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) { __typename
        ... on Refusal { code } } }`,
      { input },
      { as: asMerchant(shop) },
    );
    expect(useVoucher).toEqual({ __typename: 'VoucherNotUsable', code: 'VOUCHER_OF_DONATION' });
    expect(await donation(id)).not.toBeNull();
  });

  test('S40: of what comes back in parts the last makes it one donation less', async () => {
    const registrationNumber = await registered(world);
    const id = await given(await donationReward(world, merchantId, { registrationNumber }), 3);
    for (const [quantity, donations, donated] of [
      [2, 1, 500],
      [1, 0, 0],
    ] as const) {
      expect(await giveBack(id, quantity)).toMatchObject({ __typename: 'RedemptionReturned' });
      await world.settle();
      expect((await charity(registrationNumber)).totals).toMatchObject([
        { donations, donated: { amountMinor: donated } },
      ]);
    }
  });

  test('S40, R32: nothing is donated to whom two persons have not registered, and nothing is taken', async () => {
    const { charity: proposed } = await propose(world, { qualifiedUntil: '2026-11-30' });
    const { registrationNumber, id: charityId } = proposed;
    const rewardId = await donationReward(world, merchantId, { registrationNumber, stock: 9 });
    const { available } = await world.wallet(donor);
    const refusal = { __typename: 'RewardNotAvailable', code: 'CHARITY_NOT_QUALIFIED' };
    const redeem = () => world.redeem({ memberId: donor, rewardId });

    expect(await redeem()).toMatchObject(refusal);
    expect(await change(world, 'confirmCharity', { charityId })).toMatchObject({
      __typename: 'SecondPersonNeeded',
    });
    expect(await charity(registrationNumber)).toBeUndefined();
    expect(await redeem()).toMatchObject(refusal);
    expect((await world.wallet(donor)).available).toBe(available);

    const confirmed = await change(world, 'confirmCharity', { charityId }, { as: second });
    expect(confirmed.charity).toMatchObject({ state: 'CONFIRMED', qualifiedUntil: '2026-11-30' });
    expect(await redeem()).toMatchObject({ __typename: 'RewardRedeemed' });
    const ended = await change(world, 'endCharity', { charityId, reason: 'Struck off' });
    expect(ended.charity).toMatchObject({ state: 'ENDED', endReason: 'Struck off' });
    expect(await redeem()).toMatchObject(refusal);
    expect(await change(world, 'confirmCharity', { charityId }, { as: second })).toMatchObject({
      code: 'CHARITY_ENDED',
    });
    expect(
      (await world.data('query ($id: ID!) { reward(id: $id) { stock } }', { id: rewardId })).reward
        .stock,
    ).toBe(8);
  });

  test('S40: a registration that is not in the form of one, or is over, is not proposed', async () => {
    const company = charityCode().replace(/^53/, '91');
    expect(await propose(world, { registrationNumber: company })).toMatchObject({
      code: 'CHARITY_CODE_NOT_USABLE',
    });
    expect(await propose(world, { qualifiedUntil: '2026-11-21' })).toMatchObject({
      code: 'QUALIFICATION_OVER',
    });
    const { errors } = await world.ask(
      `mutation ($input: EndCharityInput!) { endCharity(input: $input) { __typename } }`,
      { input: { idempotencyKey: freshKey(), charityId: 'x', reason: 'y' } },
      { as: asMerchant(merchantId) },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('S40: a merchant hands over all that was given up to a day, once, and the donors see it', async () => {
    const shop = await world.merchant({ name: 'Giver' });
    const registrationNumber = await registered(world);
    const one = await donationReward(world, shop, { registrationNumber });
    const other = await donationReward(world, shop, { registrationNumber });
    const first = await given(one, 3);
    await given(other);
    world.clock.advanceDays(1);
    const later = await given(one);
    const report = {
      ...{ merchantId: shop, registrationNumber, until: '2026-11-22', deliveredOn: '2026-11-23' },
      ...{ amount: { amountMinor: 2_000, currency: 'CNY' }, receiptNumber: 'R-1' },
      ...{ idempotencyKey: freshKey(), text: { zh: '已购书 20 本', en: '20 books' } },
    };
    const asShop = { as: asMerchant(shop) };
    const ask = (changed = {}) =>
      change(
        world,
        'reportDelivery',
        { ...report, idempotencyKey: freshKey(), ...changed },
        asShop,
      );
    expect((await world.data(OPEN, { id: shop }, asShop)).openDonations).toMatchObject([
      { registrationNumber, amount: { amountMinor: 2_500, currency: 'CNY' }, donations: 3 },
    ]);

    expect(await ask({ amount: { amountMinor: 1_999, currency: 'CNY' } })).toMatchObject({
      ...{ __typename: 'DeliveryNotMatching', expectedMinor: 2_000, donations: 2 },
    });
    expect(await ask({ until: '2026-11-23' })).toMatchObject({ code: 'DAY_NOT_OVER' });
    expect(await ask({ deliveredOn: '2026-11-22' })).toMatchObject({
      code: 'DELIVERY_DAY_NOT_USABLE',
    });
    expect(await ask({ amount: { amountMinor: 1, currency: 'HKD' } })).toMatchObject({
      code: 'NO_OPEN_DONATIONS',
    });
    expect(await ask({ registrationNumber: charityCode() })).toMatchObject({
      code: 'CHARITY_NOT_FOUND',
    });
    const [reported, again, rival] = await Promise.all([
      change(world, 'reportDelivery', report, asShop),
      change(world, 'reportDelivery', report, asShop),
      ask(),
    ]);

    const all = [reported, again, rival];
    const done = all.filter(({ __typename }) => __typename === 'DeliveryReported');
    const none = all.filter(({ code }) => code === 'NO_OPEN_DONATIONS');
    expect([done.length, none.length]).toSatisfy(([a, b]) => a + b === 3 && a >= 1 && b >= 1);
    expect(again).toEqual(reported);
    expect(done[0].delivery.donations).toBe(2);
    expect(await donation(first, { ...hers(), locale: 'zh-CN' })).toMatchObject({
      delivery: {
        text: '已购书 20 本',
        receiptNumber: 'R-1',
        merchant: { id: shop },
        amount: { amountMinor: 2_000 },
      },
    });
    expect((await donation(later)).delivery).toBeNull();
    expect(await cancel(first)).toEqual({ __typename: 'NotCancellable', code: 'VOUCHER_USED' });
    for (const grounds of ['VOLUNTARY', 'PROVIDER_FAULT']) {
      expect(await giveBack(first, 3, grounds)).toEqual({
        ...{ __typename: 'NotReturnable', code: 'DONATION_HANDED_OVER' },
      });
    }
    await world.settle();
    expect((await charity(registrationNumber)).totals).toEqual([
      {
        donated: { amountMinor: 2_500, currency: 'CNY' },
        donations: 3,
        delivered: { amountMinor: 2_000 },
      },
    ]);
    const { errors } = await world.ask(OPEN, { id: shop }, { as: asMerchant(merchantId) });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

test('S40: the code of a charity with one sign changed is not the code of one', () => {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  fc.assert(
    fc.property(fc.nat(17), fc.constantFrom(...signs), (place, sign) => {
      const code = charityCode();
      const changed = code.slice(0, place) + sign + code.slice(place + 1);
      expect(isCharityCode(changed)).toBe(changed === code);
    }),
  );
  expect(isCharityCode(charityCode('51'))).toBe(true);
  expect(
    ['', '53', charityCode().toLowerCase(), `${charityCode()}0`].filter(isCharityCode),
  ).toEqual([]);
});

test('S40: no word of a certificate becomes a mark of its picture', () => {
  const own = /<\/?(svg|title|rect|text)( [a-z-]+="[^"<>&]*"| viewBox="[^"<>&]*")*\/?>/g;
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.array(fc.string({ unit: 'binary' })),
      (title, lines) => {
        const rest = certificatePicture({ title, lines, note: title }).replaceAll(own, '');
        expect(rest).not.toMatch(/[<>"]|&(?!(amp|lt|gt|quot);)/);
      },
    ),
  );
});
