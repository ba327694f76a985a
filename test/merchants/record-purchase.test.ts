import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, openAlliance, regulator } from '../support/world.ts';
import { countPurchases, purchaseAs, record, suspend } from './purchasing.ts';

const UNKNOWN = '0198a000-0000-7000-8000-000000000000';

const unusableOrders: readonly (readonly [Record<string, unknown>, string, string])[] = [
  // what is wrong with the order, the code, the field
  [{ lines: [] }, 'NO_LINES', 'lines'],
  [{ lines: [{ amountMinor: 0 }] }, 'NOTHING_PAID', 'lines'],
  [{ lines: [{ amountMinor: -1 }] }, 'AMOUNT_NEGATIVE', 'lines.0.amountMinor'],
  [{ lines: [{ amountMinor: 1, quantity: 0 }] }, 'AMOUNT_NOT_POSITIVE', 'lines.0.quantity'],
  [{ lines: [{ amountMinor: 1, sku: 's'.repeat(65) }] }, 'KEY_NOT_USABLE', 'lines.0.sku'],
  [{ lines: Array(2).fill({ amountMinor: Number.MAX_SAFE_INTEGER }) }, 'AMOUNT_TOO_LARGE', 'lines'],
  [{ lines: [{ amountMinor: 100_000_000_001 }] }, 'AMOUNT_TOO_LARGE', 'lines'],
  [{ lines: Array(1_001).fill({ amountMinor: 1 }) }, 'TOO_MANY_LINES', 'lines'],
  [{ orderNumber: ' ' }, 'KEY_NOT_USABLE', 'orderNumber'],
  [{ orderNumber: 'A-1 ' }, 'KEY_NOT_USABLE', 'orderNumber'],
  [{ orderNumber: 'n'.repeat(65) }, 'KEY_NOT_USABLE', 'orderNumber'],
  [{ lines: [{ amountMinor: 1, sku: ' A' }] }, 'KEY_NOT_USABLE', 'lines.0.sku'],
  [
    { lines: [{ amountMinor: 1, certificateNumber: 'C ' }] },
    'KEY_NOT_USABLE',
    'lines.0.certificateNumber',
  ],
  [{ currency: 'yuan' }, 'CURRENCY_NOT_USABLE', 'currency'],
  [{ purchasedAt: '2026-11-22T02:00:01Z' }, 'PURCHASED_IN_FUTURE', 'purchasedAt'],
  [{ purchasedAt: '1900-11-22T02:00:00Z' }, 'PURCHASED_TOO_EARLY', 'purchasedAt'],
];

describe.each(engines)('recording a purchase on $name', (engine) => {
  test('S1, S4, TV1: one point for each yuan, and orders add up', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    const first = await record(world, { merchantId, memberId, lines: [{ amountMinor: 500_000 }] });
    const afterFirst = await world.wallet(memberId);
    await record(world, { merchantId, memberId, lines: [{ amountMinor: 300_000 }] });

    expect(first.purchase).toMatchObject({
      total: { amountMinor: 500_000, currency: 'CNY' },
      awards: [{ points: 5_000, reversedPoints: 0, isPosted: true, programme: { version: 'v1' } }],
    });
    expect(afterFirst.available).toBe(5_000);
    expect((await world.wallet(memberId)).available).toBe(8_000);
  });

  test('S9, TV6: twelve bills of 100.00 at ten points for each yuan are 1000 points each', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ programmes: [{ earnPoints: 10 }] });
    const memberId = await world.member();

    for (let month = 1; month <= 12; month += 1) {
      const { purchase } = await record(world, { merchantId, memberId });
      expect(purchase.awards[0].points).toBe(1_000);
    }

    expect((await world.wallet(memberId)).available).toBe(12_000);
  });

  test('points are rounded down once over the whole order, not by line', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ amountMinor: 50 }, { amountMinor: 99 }, { amountMinor: 50 }];

    const { purchase } = await record(world, { merchantId, memberId, lines });

    expect(purchase.awards[0].points).toBe(1);
  });

  test('an order that earns nothing is recorded, and the ledger is not bothered', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    const small = await record(world, { merchantId, memberId, lines: [{ amountMinor: 99 }] });
    const foreign = await record(world, { merchantId, memberId, currency: 'EUR' });

    expect(small.purchase.awards).toMatchObject([{ points: 0, isPosted: true }]);
    expect(foreign.purchase.awards).toEqual([]);
    expect((await world.wallet(memberId)).available).toBe(0);
  });

  test('each programme awards its own unit; points expire months after the day of recording', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({
      programmes: [{ expiryMonths: 3 }, { unit: 'STARS', earnPoints: 2, expiryMonths: null }],
    });
    const memberId = await world.member();

    await record(world, { merchantId, memberId, purchasedAt: '2020-01-31T10:00:00Z' });

    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { lots { unit points expiresOn } } } }',
      { id: memberId },
    );
    expect(new Set(member.wallet.lots)).toEqual(
      new Set([
        { unit: 'ALLIANCE', points: 100, expiresOn: '2027-02-22' },
        { unit: 'STARS', points: 200, expiresOn: null },
      ]),
    );
  });

  test('the same key records one purchase; with other input it is a fault', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const input = { merchantId, memberId, idempotencyKey: freshKey(), orderNumber: 'A-1' };

    const first = await record(world, input);
    const again = await record(world, input);
    const other = await record(world, { ...input, orderNumber: 'A-2' });

    expect(again).toEqual(first);
    expect(other).toEqual({ fault: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('an order number has one purchase at a merchant, also when twenty record it at once', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const memberId = await world.member();
    const input = { merchantId, memberId, orderNumber: 'A-1' };

    const answers = await Promise.all(Array.from({ length: 20 }, () => record(world, input)));
    const elsewhere = await record(world, { ...input, merchantId: other });

    expect(new Set(answers.map(({ purchase }) => purchase.id)).size).toBe(1);
    expect(await countPurchases(world)).toBe(2);
    expect(elsewhere.__typename).toBe('PurchaseRecorded');
    expect((await world.wallet(memberId)).available).toBe(200);
  });

  test('the same order under a new key is answered with its purchase; another order is refused', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 2, amountMinor: 10_000 }];
    const input = { merchantId, memberId, orderNumber: 'A-1', lines };

    const first = await record(world, input);
    const again = await record(world, input);
    const others = [
      await record(world, { ...input, memberId: await world.member() }),
      await record(world, { ...input, lines: [{ sku: 'A', quantity: 2, amountMinor: 10_001 }] }),
      await record(world, { ...input, lines: [{ sku: 'B', quantity: 2, amountMinor: 10_000 }] }),
      await record(world, { ...input, purchasedAt: '2026-11-20T02:00:00Z' }),
    ];

    expect(again).toEqual(first);
    for (const other of others) expect(other.__typename).toBe('OrderNumberTaken');
    expect(await countPurchases(world)).toBe(1);
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('an order that cannot be used is refused, and nothing is recorded', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    for (const [input, code, field] of unusableOrders) {
      const refusal = await record(world, { merchantId, memberId, ...input });
      expect(refusal).toMatchObject({ __typename: 'InvalidInput', code, field });
    }

    expect(await countPurchases(world)).toBe(0);
  });

  test('an order that would earn more than an order may is refused, not recorded wrongly', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({
      price: 1,
      pricePoints: 1_000_000_000,
      programmes: [{ earnPoints: 1_000_000_000 }],
    });
    const memberId = await world.member();

    const lines = [{ amountMinor: 100_000_000_000 }];
    const refusal = await record(world, { merchantId, memberId, lines });

    expect(refusal).toMatchObject({ __typename: 'InvalidInput', code: 'POINTS_TOO_MANY' });
  });

  test('an amount that is no safe integer never reaches the books', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    for (const amountMinor of [1.5, 2 ** 53, 'one']) {
      const answer = await record(world, { merchantId, memberId, lines: [{ amountMinor }] });
      expect(answer).toEqual({ fault: 'BAD_USER_INPUT' });
    }
    const order = { idempotencyKey: freshKey(), orderNumber: 'A-1', merchantId, memberId };
    const inYuan = { ...order, lines: [{ amountMinor: 100 }, { amountMinor: 12.5 }] };
    const said = async (locale: 'en' | 'zh-CN') => {
      const mutation =
        'mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { __typename } }';
      return (await world.ask(mutation, { input: inYuan }, { locale })).errors?.[0]?.message;
    };

    expect(await said('en')).toBe(
      'input.lines.1.amountMinor: 12.5 is not a whole number within 2^53 − 1. Amounts are in the smallest unit, without a decimal point: 12.50 yuan are 1250.',
    );
    const literal = `mutation { recordPurchase(input: { idempotencyKey: "${freshKey()}", orderNumber: "A"
      merchantId: "${merchantId}", memberId: "${memberId}", lines: [{ amountMinor: 12.5 }] }) { __typename } }`;
    expect((await world.ask(literal)).errors?.[0]?.message).toMatch(
      /^lines\.0\.amountMinor: 12\.5 is not a whole number/,
    );
    expect(await said('zh-CN')).toBe(
      'input.lines.1.amountMinor: 12.5 不是 2^53 − 1 以内的整数。金额以最小货币单位填写，不带小数点：12.50 元应填 1250。',
    );
    expect(await countPurchases(world)).toBe(0);
  });

  test('unknown merchants and members are refused by name, suspended merchants in words', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    const noMerchant = await record(world, { merchantId: UNKNOWN, memberId });
    const noChannel = await record(world, { merchantId: UNKNOWN, memberId, channel: 'STORE' });
    const noMember = await record(world, { merchantId, memberId: UNKNOWN }, { locale: 'zh-CN' });
    await suspend(world, merchantId);
    const suspended = await record(world, { merchantId, memberId });

    expect(noMerchant).toMatchObject({ __typename: 'NotFound', code: 'MERCHANT_NOT_FOUND' });
    expect(noChannel).toEqual(noMerchant);
    expect(noMember).toMatchObject({
      __typename: 'NotFound',
      code: 'MEMBER_NOT_FOUND',
      message: '不存在该编号的有效会员，请核对编号或先注册会员。',
    });
    expect(suspended.__typename).toBe('MerchantNotActive');
    expect(await countPurchases(world)).toBe(0);
  });

  test('a merchant records its own purchases and nobody else’s', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const memberId = await world.member();
    const as = asMerchant(merchantId);

    expect((await record(world, { merchantId, memberId }, { as })).__typename).toBe(
      'PurchaseRecorded',
    );
    for (const foreign of [other, UNKNOWN]) {
      expect(await record(world, { merchantId: foreign, memberId }, { as })).toEqual({
        fault: 'FORBIDDEN',
      });
    }
    expect(await record(world, { merchantId, memberId }, { as: asMember(memberId) })).toEqual({
      fault: 'FORBIDDEN',
    });
  });

  test('a purchase is there for its member, its merchant and those who see all', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const [memberId, stranger] = [await world.member(), await world.member()];
    const id = await world.purchase({ merchantId, memberId });
    await world.purchase({ merchantId: other, memberId: stranger });

    for (const as of [asMember(memberId), asMerchant(merchantId), regulator]) {
      expect((await purchaseAs(world, id, as)).id).toBe(id);
    }
    for (const as of [asMember(stranger), asMerchant(other)]) {
      expect(await purchaseAs(world, id, as)).toBeNull();
    }
    const query = '{ purchases(first: 10) { nodes { id } } }';
    for (const as of [asMember(memberId), asMerchant(merchantId)]) {
      const { purchases } = await world.data(query, {}, { as });
      expect(purchases.nodes).toEqual([{ id }]);
    }
    expect((await world.data(query, {}, { as: regulator })).purchases.nodes).toHaveLength(2);
  });

  test('fifty purchases cost as many statements and fetches as one', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const cost = async () => {
      world.statements.length = 0;
      world.fetches.length = 0;
      await world.data(`{ purchases(first: 50) { nodes { id total { amountMinor }
        merchant { name programmes { name } } member { displayName } lines { sku }
        awards { points isPosted programme { name } } } } }`);
      return [world.statements.length, world.fetches.length];
    };
    await world.purchase({ merchantId, memberId });
    const one = await cost();
    for (let index = 1; index < 50; index += 1) {
      await world.purchase({ merchantId, memberId: index < 5 ? await world.member() : memberId });
    }

    expect(await cost()).toEqual(one);
  });
});
