import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCreditCode } from '../../../subgraphs/rewards-catalog/offers/domain/check-details.ts';
import { engines } from '../../support/engines.ts';
import { detailsOfKind } from '../../support/offers.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';

const PUBLISH = `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
  __typename
  ... on RewardPublished { reward { id kind brand certificateNumber
    slots { from until capacity left }
    details {
      booking { isWithoutSlots }
      voucher { faceMinor thresholdMinor categories skus }
      upgrade { skus withinDays }
      billCredit { provider creditMinor }
      dataPack { carrier plan megabytes }
      charging { stations wattHours }
      donation { charity registrationNumber fundraisingNumber project }
      tierBenefit { percentOff category }
      billOffset { maxPercent thresholdMinor } } } }
  ... on InvalidInput { field }
  ... on Refusal { code message } } }`;

const kinds = [
  ...['PRODUCT', 'VOUCHER', 'SERVICE', 'TICKET', 'UPGRADE', 'BILL_CREDIT', 'DATA_PACK'],
  ...['EV_CHARGING', 'DONATION', 'GIFT', 'TIER_BENEFIT', 'BILL_OFFSET'],
];

const slot = (from: string, until: string, capacity = 2) => ({ from, until, capacity });
const morning = slot('2026-12-01T01:00:00.000Z', '2026-12-01T03:00:00.000Z');

describe.each(engines)('the kinds of rewards on $name', (engine) => {
  let world: World;
  let merchantId: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    merchantId = await world.merchant();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const publish = async (change: object, options: object = {}) => {
    const input = {
      ...{ idempotencyKey: freshKey(), merchantId, points: 100 },
      ...{
        title: { zh: '权益', en: 'Reward' },
        cashPrice: { amountMinor: 1_000, currency: 'CNY' },
      },
      ...change,
    };
    const as = asMerchant(merchantId);
    return (await world.data(PUBLISH, { input }, { as, ...options })).publishReward;
  };

  test('S13, S31, S44: each kind says what it needs, and is shown with it', async () => {
    for (const kind of kinds) {
      const details = detailsOfKind[kind] ?? null;
      const answer = await publish({
        ...{ kind, details, brand: ' Brand ', certificateNumber: 'C-1' },
        ...(kind === 'TIER_BENEFIT' && { minTier: 'GOLD' }),
      });

      expect(answer, kind).toMatchObject({
        __typename: 'RewardPublished',
        reward: { kind, brand: 'Brand', certificateNumber: 'C-1', slots: [] },
      });
      const said = Object.entries(answer.reward.details ?? {}).filter(([, part]) => part !== null);
      expect(said.map(([name]) => name)).toEqual(Object.keys(details ?? {}));
    }
    const voucher = { faceMinor: 100_000, thresholdMinor: 200_000, categories: ['new'] };
    const dear = { points: 10_000, cashPrice: { amountMinor: 100_000, currency: 'CNY' } };
    const shown = await publish({ kind: 'VOUCHER', details: { voucher }, ...dear });
    expect(shown.reward.details).toMatchObject({ voucher: { ...voucher, skus: [] } });
    const { details } = (
      await publish({ kind: 'DONATION', details: detailsOfKind.DONATION }, { locale: 'zh-CN' })
    ).reward;
    expect(details.donation).toMatchObject({ charity: '慈善', project: '图书' });
  });

  test('a kind that leaves out what it needs is refused, and told what is missing', async () => {
    const needed: [string, string, string][] = [
      ['SERVICE', 'booking', 'when it can be booked'],
      ['TICKET', 'booking', 'good without a slot'],
      ['UPGRADE', 'upgrade', 'goods of an order'],
      ['BILL_CREDIT', 'billCredit', 'the provider'],
      ['DATA_PACK', 'dataPack', 'carrier, plan'],
      ['EV_CHARGING', 'charging', 'the stations'],
      ['DONATION', 'donation', 'the charity'],
      ['TIER_BENEFIT', 'tierBenefit', 'percent'],
      ['BILL_OFFSET', 'billOffset', 'how much of a bill'],
    ];
    for (const [kind, part, words] of needed) {
      expect(await publish({ kind })).toEqual({
        ...{ __typename: 'InvalidInput', code: 'DETAILS_MISSING', field: `details.${part}` },
        message: expect.stringContaining(words),
      });
      expect((await publish({ kind }, { locale: 'zh-CN' })).message).toContain('须写明');
    }
    expect(await publish({ kind: 'PRODUCT', details: detailsOfKind.SERVICE })).toMatchObject({
      ...{ code: 'DETAILS_NOT_OF_KIND', field: 'details.booking' },
    });
  });

  test('what a kind says must be usable, else the field is named', async () => {
    const charity = { ...(detailsOfKind.DONATION as { donation: object }).donation };
    const cases: [string, object, string, string][] = [
      ['SERVICE', { booking: {} }, 'booking.slots', 'SLOTS_OR_NONE'],
      [
        'SERVICE',
        { booking: { isWithoutSlots: true, slots: [morning] } },
        'booking.slots',
        'SLOTS_OR_NONE',
      ],
      ['TICKET', { booking: { slots: [morning, morning] } }, 'booking.slots', 'SLOT_TWICE'],
      [
        'TICKET',
        { booking: { slots: [slot('2026-11-22T01:00:00Z', '2026-11-22T02:00:00Z')] } },
        'booking.slots.0.from',
        'SLOT_NOT_USABLE',
      ],
      [
        'TICKET',
        { booking: { slots: [{ ...morning, capacity: 0 }] } },
        'booking.slots.0.capacity',
        'NUMBER_OUT_OF_RANGE',
      ],
      ['VOUCHER', { voucher: { faceMinor: 0 } }, 'voucher.faceMinor', 'AMOUNT_NOT_POSITIVE'],
      ['VOUCHER', { voucher: { faceMinor: 1_001 } }, 'voucher.faceMinor', 'FACE_ABOVE_PRICE'],
      [
        'BILL_CREDIT',
        { billCredit: { provider: 'Telecom', creditMinor: 1_001 } },
        ...(['billCredit.creditMinor', 'FACE_ABOVE_PRICE'] as const),
      ],
      [
        'VOUCHER',
        { voucher: { faceMinor: 1, thresholdMinor: -1 } },
        'voucher.thresholdMinor',
        'AMOUNT_NEGATIVE',
      ],
      ['UPGRADE', { upgrade: { skus: [] } }, 'upgrade.skus', 'LIST_EMPTY'],
      ['UPGRADE', { upgrade: { skus: ['A', ' '] } }, 'upgrade.skus.1', 'TEXT_NOT_USABLE'],
      [
        'EV_CHARGING',
        { charging: { stations: Array(101).fill('A'), wattHours: 1 } },
        'charging.stations',
        'LIST_TOO_LONG',
      ],
      [
        'TIER_BENEFIT',
        { tierBenefit: { percentOff: 100 } },
        'tierBenefit.percentOff',
        'NUMBER_OUT_OF_RANGE',
      ],
      [
        'BILL_OFFSET',
        { billOffset: { maxPercent: 101 } },
        'billOffset.maxPercent',
        'NUMBER_OUT_OF_RANGE',
      ],
      [
        'DONATION',
        { donation: { ...charity, registrationNumber: '53990000MJ0000001A' } },
        'donation.registrationNumber',
        'CHARITY_NOT_REGISTERED',
      ],
    ];
    for (const [kind, details, field, code] of cases) {
      expect(await publish({ kind, details }), code).toMatchObject({
        ...{ __typename: 'InvalidInput', field: `details.${field}`, code },
      });
    }
  });

  test('a time that can be booked is on a day of the week on which it can be used', async () => {
    // The first of December is a Tuesday.
    const details = { booking: { slots: [morning] } };
    const on = (weekdays: number[]) =>
      publish({ kind: 'TICKET', details, weekdays, cashOffer: { weekdays } });
    expect(await on([1, 3])).toMatchObject({
      ...{ code: 'SLOT_NOT_ON_WEEKDAY', field: 'details.booking.slots.0.from' },
    });
    expect(await on([2])).toMatchObject({ __typename: 'RewardPublished' });
  });

  test('S40: a charity that may not ask the public for money is given nothing', async () => {
    const { donation } = detailsOfKind.DONATION as { donation: object };
    const answer = await publish({
      ...{ kind: 'DONATION', details: { donation: { ...donation, fundraisingNumber: null } } },
    });

    expect(answer).toMatchObject({
      ...{ code: 'CHARITY_MAY_NOT_ASK', field: 'details.donation.fundraisingNumber' },
    });
  });

  test('S14: a service says when it can be booked, the soonest first', async () => {
    const noon = slot('2026-12-01T04:00:00.000Z', '2026-12-01T06:00:00.000Z', 3);

    const { reward } = await publish({
      ...{ kind: 'SERVICE', details: { booking: { slots: [noon, morning] } } },
    });

    expect(reward.slots).toEqual([
      { ...morning, left: 2 },
      { ...noon, left: 3 },
    ]);
  });
});

test('the last sign of a credit code of a charity checks the others', () => {
  expect(isCreditCode('53990000MJ0000001R')).toBe(true);
  // Of a company, as published.
  expect(isCreditCode('91350100M000100Y43')).toBe(true);
  expect(isCreditCode('91350100M000100Y34')).toBe(false);
  expect(isCreditCode('5399000')).toBe(false);
});
