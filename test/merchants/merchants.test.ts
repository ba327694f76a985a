import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  regulator,
  type World,
} from '../support/world.ts';
import { suspend } from './purchasing.ts';

async function onboard(world: World, input: Record<string, unknown>, as?: typeof anonymous) {
  const { data, errors } = await world.ask(
    `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
      __typename ... on MerchantOnboarded { merchant { id joinedAt } }
      ... on Refusal { code } ... on InvalidInput { field }
      ... on NotLawful { findings { check field } } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        name: { zh: '珠宝店', en: 'Jeweller' },
        industry: 'JEWELLERY',
        price: { amountMinor: 80, currency: 'CNY' },
        pricePoints: 100,
        programmes: [],
        ...input,
      },
    },
    as && { as },
  );
  return errors === undefined ? data.onboardMerchant : { fault: errors[0]?.extensions.code };
}

const programme = (given: Record<string, unknown>) => ({
  programmes: [
    {
      name: { zh: '积分', en: 'Points' },
      earnPoints: 1,
      earnPer: { amountMinor: 100, currency: 'CNY' },
      ...given,
    },
  ],
});

const unusableTerms: readonly (readonly [Record<string, unknown>, string, string])[] = [
  [{ name: { zh: ' ', en: 'Jeweller' } }, 'TEXT_NOT_USABLE', 'name.zh'],
  [{ price: { amountMinor: 0, currency: 'CNY' } }, 'AMOUNT_NOT_POSITIVE', 'price.amountMinor'],
  [{ price: { amountMinor: 1, currency: 'cny' } }, 'CURRENCY_NOT_USABLE', 'price.currency'],
  [{ pricePoints: -1 }, 'AMOUNT_NOT_POSITIVE', 'pricePoints'],
  [programme({ unit: 'stars' }), 'UNIT_NOT_USABLE', 'programmes.0.unit'],
  // S68: points are never of a currency.
  [programme({ unit: 'CNY' }), 'UNIT_NOT_USABLE', 'programmes.0.unit'],
  [programme({ earnPoints: 0 }), 'AMOUNT_NOT_POSITIVE', 'programmes.0.earnPoints'],
  [programme({ earnPoints: 1_000_000_001 }), 'TERM_TOO_LARGE', 'programmes.0.earnPoints'],
  [
    programme({ earnPer: { amountMinor: 1_000_000_001, currency: 'CNY' } }),
    'TERM_TOO_LARGE',
    'programmes.0.earnPer.amountMinor',
  ],
  [{ pricePoints: Number.MAX_SAFE_INTEGER }, 'TERM_TOO_LARGE', 'pricePoints'],
  [programme({ expiryMonths: 1_201 }), 'EXPIRY_NOT_USABLE', 'programmes.0.expiryMonths'],
  [programme({ expiryMonths: 0 }), 'EXPIRY_NOT_USABLE', 'programmes.0.expiryMonths'],
];

describe.each(engines)('merchants on $name', (engine) => {
  test('anybody sees merchants and programmes, in her language; the contract only who may', async () => {
    await using world = await openAlliance(engine);
    const [id, other] = [await world.merchant({ name: 'Silver' }), await world.merchant()];
    const query = `query ($id: ID!) { merchant(id: $id) { name status industry
      contract { pricePoints price { amountMinor currency } }
      programmes { name unit expiryMonths earnRate { points per { amountMinor currency } } } } }`;
    const seen = async (as: typeof anonymous, locale: 'en' | 'zh-CN' = 'en') =>
      (await world.data(query, { id }, { as, locale })).merchant;

    expect(await seen(anonymous, 'zh-CN')).toEqual({
      name: 'Silver店',
      status: 'ACTIVE',
      industry: 'RETAIL',
      contract: null,
      programmes: [
        {
          name: 'Silver积分',
          unit: 'ALLIANCE',
          expiryMonths: 12,
          earnRate: { points: 1, per: { amountMinor: 100, currency: 'CNY' } },
        },
      ],
    });
    expect((await seen(asMember('m'))).name).toBe('Silver');
    expect((await seen(asMerchant(other))).contract).toBeNull();
    for (const as of [asMerchant(id), regulator]) {
      expect((await seen(as)).contract).toEqual({
        pricePoints: 100,
        price: { amountMinor: 80, currency: 'CNY' },
      });
    }
  });

  test('terms that cannot be used are refused', async () => {
    await using world = await openAlliance(engine);

    for (const [input, code, field] of unusableTerms) {
      const refusal = await onboard(world, input);
      expect(refusal).toEqual({ __typename: 'InvalidInput', code, field });
    }

    const { merchants } = await world.data('{ merchants(first: 1) { totalCount } }');
    expect(merchants.totalCount).toBe(0);
  });

  test('S41, L9, L12: a merchant joins with no programme that the law forbids, whatever it states of it', async () => {
    await using world = await openAlliance(engine);
    const forbidden: readonly (readonly [Record<string, unknown>, string, string])[] = [
      [{ earnPoints: 100 }, 'REBATE_TOO_HIGH', 'award'],
      [{ name: { zh: '分红积分', en: 'Points' } }, 'PROHIBITED_BENEFIT', 'title.zh'],
      [{ name: { zh: '积分', en: 'Get rich points' } }, 'PROHIBITED_CLAIM', 'title.en'],
    ];

    for (const [given, check, field] of forbidden) {
      const answer = await onboard(world, programme(given));
      expect(answer.__typename).toBe('NotLawful');
      expect(answer.findings).toContainEqual({ check, field });
    }

    const { merchants } = await world.data('{ merchants(first: 1) { totalCount } }');
    expect(merchants.totalCount).toBe(0);
  });

  test('an own unit is one merchant’s; alliance points are everybody’s', async () => {
    await using world = await openAlliance(engine);
    const own = (...units: string[]) => ({
      programmes: units.flatMap((unit) => programme({ unit }).programmes),
    });

    const first = await onboard(world, own('STARS', 'ALLIANCE', 'STARS'));
    const taken = await onboard(world, own('ALLIANCE', 'MILES', 'STARS'));
    const free = await onboard(world, own('ALLIANCE', 'MILES'));
    const atOnce = await Promise.all(
      Array.from({ length: 5 }, () => onboard(world, own('ALLIANCE', 'COINS'))),
    );

    const kinds = atOnce.map(({ __typename }) => __typename).toSorted();
    const field = 'programmes.2.unit';
    expect(first.__typename).toBe('MerchantOnboarded');
    expect(taken).toEqual({ __typename: 'InvalidInput', code: 'UNIT_TAKEN', field });
    expect(free.__typename).toBe('MerchantOnboarded');
    expect(kinds).toEqual([...Array(4).fill('InvalidInput'), 'MerchantOnboarded']);
  });

  test('only an operator takes merchants in; a repeated key takes one in', async () => {
    await using world = await openAlliance(engine);
    const idempotencyKey = freshKey();

    const first = await onboard(world, { idempotencyKey });

    expect(await onboard(world, { idempotencyKey })).toEqual(first);
    expect(await onboard(world, {}, asMerchant('m'))).toEqual({ fault: 'FORBIDDEN' });
    expect(first.merchant.joinedAt).toBe('2026-11-22T02:00:00.000Z');
  });

  test('merchants are listed by industry and status', async () => {
    await using world = await openAlliance(engine);
    const hotel = await world.merchant({ name: 'Inn', industry: 'HOTEL' });
    const closed = await world.merchant({ industry: 'HOTEL' });
    await world.merchant({ industry: 'RAIL' });
    await suspend(world, closed);

    const { merchants } = await world.data(
      `{ merchants(first: 10, filter: { industry: { eq: HOTEL }, status: { ne: SUSPENDED } }) {
        nodes { id } } }`,
      {},
      { as: anonymous },
    );

    expect(merchants.nodes).toEqual([{ id: hotel }]);
  });

  test('S1, S9: a quote says what an order would earn and why, and records nothing', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({
      programmes: [{}, { earnPoints: 10, earnPer: { amountMinor: 100, currency: 'EUR' } }],
    });
    const quote = async (locale: 'en' | 'zh-CN') =>
      (
        await world.data(
          `query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) {
            awards { points explanation } notApplied { reasons { code message } } } }`,
          { input: { merchantId, lines: [{ amountMinor: 12_345 }] } },
          { as: anonymous, locale },
        )
      ).quoteAccrual;

    const inOtherCurrency = {
      code: 'RULE_OTHER_CURRENCY',
      message: 'No points: the programme counts EUR, the order is in CNY.',
    };
    expect(await quote('en')).toEqual({
      awards: [
        {
          points: 123,
          explanation:
            '123.45 yuan at 1 point for 1 yuan are 123 points, rounded down once over the whole order.',
        },
      ],
      notApplied: [{ reasons: [inOtherCurrency] }],
    });
    expect((await quote('zh-CN')).awards[0].explanation).toBe(
      '消费 123.45 元，每 1 元积 1 分，整单向下取整，共 123 分。',
    );
    await suspend(world, merchantId);
    const isSuspended = { reasons: [{ code: 'QUOTE_SUSPENDED' }] };
    expect(await quote('en')).toMatchObject({ awards: [], notApplied: [isSuspended, isSuspended] });
  });

  test('a quote for an unknown merchant or an unusable line is a fault in words', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const ask = async (input: Record<string, unknown>) => {
      const { errors } = await world.ask(
        'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
        { input: { merchantId, lines: [{ amountMinor: 1 }], ...input } },
      );
      return errors?.[0]?.extensions;
    };

    expect(await ask({ merchantId: 'nobody' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await ask({ lines: [] })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('suspending is announced once and tells the others', async () => {
    await using world = await openAlliance(engine);
    const id = await world.merchant();

    await suspend(world, id);
    await suspend(world, id);

    const { merchant } = await world.data('query ($id: ID!) { merchant(id: $id) { status } }', {
      id,
    });
    const subgraph = world.embedded.subgraphs.get('merchants');
    const call = {
      caller: {
        subject: 'service:test',
        roles: ['SERVICE' as const],
        memberId: null,
        merchantId: null,
      },
      locale: 'en' as const,
      requestId: 'test',
      deadline: null,
    };
    const feed = await subgraph?.answer({
      query: '{ merchantsFeed(after: 0, first: 10) { kind payload } }',
      call,
    });
    expect(merchant.status).toBe('SUSPENDED');
    expect(feed?.data?.merchantsFeed).toMatchObject([
      { kind: 'merchant.suspended', payload: JSON.stringify({ merchantId: id }) },
    ]);
  });
});
