import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { members } from '../../subgraphs/members/subgraph.ts';
import { parseMapping } from '../../subgraphs/merchants/import/mapping.ts';
import { catalogWith, interruption } from '../rewards-catalog/interruption.ts';
import { engines } from '../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  openAlliance,
  operator,
  type World,
} from '../support/world.ts';
import { importInto, temporaryFolder } from './importing.ts';
import { record } from './purchasing.ts';
import { draft, PLAIN } from './rules/life-cycle.ts';
import { deed } from './standing.ts';
import {
  CHANNELS,
  codeOf,
  declare,
  EXPECTED,
  FILE,
  MAPPING,
  programmeOf,
  quote,
} from './tilling.ts';

describe.each(engines)('the till on $name', (engine) => {
  const directory = interruption(members, 'Query', 'bearerOfCode');
  let world: World;
  let shop: string;
  let programmeId: string;
  let ann: string;
  /** Has bought for 50,000 yuan, so she is GOLD. */
  let gold: string;

  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(directory.definition) });
    shop = await world.merchant({ programmes: [{ earnPoints: 10 }] });
    programmeId = await programmeOf(world, shop);
    [ann, gold] = [await world.member('Ann'), await world.member('Grace')];
    const other = await world.merchant();
    await world.purchase({ merchantId: other, memberId: gold, amountMinor: 5_000_000 });
    await world.settle();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('S26: a code is shown by the member alone, names nobody, and is another each time', async () => {
    const read = (as: typeof anonymous) =>
      world.data(
        'query ($id: ID!) { member(id: $id) { code { code validUntil } } }',
        { id: ann },
        {
          as,
        },
      );
    const [first, second] = [await read(asMember(ann)), await read(asMember(ann))];
    const { code, validUntil } = first.member.code;

    expect(validUntil).toBe('2026-11-22T02:01:00.000Z');
    expect(second.member.code.code).not.toBe(code);
    expect(code).not.toContain(ann);
    expect(Buffer.from(code.split('.').at(-1), 'base64url').toString('latin1')).not.toContain(ann);
    expect((await read(operator)).member).toEqual({ code: null });
  });

  test('a till learns who pays and what it earns, and nothing else of her', async () => {
    const answer = await quote(world, shop, { memberCode: await codeOf(world, gold) });

    expect(answer).toMatchObject({
      quotedAt: '2026-11-22T02:00:00.000Z',
      merchant: { id: shop },
      member: { id: gold, displayName: null, phoneEnding: null, tier: null },
      total: { amountMinor: 10_000, currency: 'CNY' },
      toPay: { amountMinor: 10_000 },
      tierBenefit: null,
      points: [{ unit: 'ALLIANCE', points: 1_000 }],
      accrual: { issuing: { isIssuing: true }, awards: [{ points: 1_000 }] },
    });
    expect(await quote(world, shop)).toMatchObject({ member: null, points: [{ points: 1_000 }] });
    expect((await world.wallet(ann)).available).toBe(0);
  });

  test('a merchant sells in its stores and online unless it declares otherwise, and everybody sees how', async () => {
    const before = await world.data(CHANNELS, { id: shop }, { as: anonymous });
    const declared = await declare(world, shop, ['STORE', 'APP']);
    const refusals = await Promise.all([
      declare(world, shop, []),
      declare(world, shop, ['STORE', 'STORE']),
      declare(world, shop, ['STORE', ' APP']),
      declare(world, shop, ['STORE'], asMerchant(await world.merchant())),
    ]);

    expect(before.merchant.channels).toEqual(['ONLINE', 'STORE']);
    expect(declared.merchant.channels).toEqual(['APP', 'STORE']);
    expect(refusals.map(({ fault, code, field }) => fault ?? [code, field])).toEqual([
      ['CHANNELS_NOT_USABLE', 'channels'],
      ['CHANNEL_REPEATED', 'channels.1'],
      ['KEY_NOT_USABLE', 'channels.1'],
      'FORBIDDEN',
    ]);
    expect((await world.data(CHANNELS, { id: shop })).merchant.channels).toEqual(['APP', 'STORE']);
  });

  test('an order by an unknown channel is refused everywhere, with the channels that there are', async () => {
    const sold = { merchantId: shop, memberId: ann, orderNumber: 'APP-1', channel: 'APP' };
    const known = await record(world, sold);
    const unknown = { channel: 'TELEPATHY' };
    const inChinese = await record(world, { ...sold, ...unknown }, { locale: 'zh-CN' });
    const atTill = await quote(world, shop, unknown);
    const asked = await world.ask(
      'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
      { input: { merchantId: shop, ...unknown, lines: [{ amountMinor: 100 }] } },
    );
    const order = { row: 7, customer: 'k1', orderNumber: '7', purchasedAt: world.clock.now() };
    const imported = await deed(
      world,
      'importPurchases',
      '... on PurchasesImported { recorded rejected { row code message } }',
      { merchantId: shop, purchases: [{ ...order, ...unknown, lines: [{ amountMinor: 100 }] }] },
    );

    expect(known.__typename).toBe('PurchaseRecorded');
    expect(inChinese).toEqual({
      __typename: 'InvalidInput',
      code: 'CHANNEL_UNKNOWN',
      field: 'channel',
      message:
        'channel：该商家没有渠道 TELEPATHY。已有渠道：APP, STORE。请使用其中之一，或先登记该渠道。',
    });
    const message =
      'channel: the merchant does not sell by TELEPATHY. It sells by: APP, STORE. Name one of them, or declare the channel first.';
    expect(atTill).toMatchObject({ code: 'CHANNEL_UNKNOWN', field: 'channel', message });
    expect(asked.errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
    expect(imported.rejected).toEqual([{ row: 7, code: 'CHANNEL_UNKNOWN', message }]);
    const terms = { ...PLAIN, condition: { channels: ['APP', 'TELEPATHY'] } };
    expect(await draft(world, { programmeId, terms })).toMatchObject({
      code: 'CHANNEL_UNKNOWN',
      field: 'terms.condition.channels.1',
    });
  });

  test('what was recorded under a channel stays when the merchant gives the channel up', async () => {
    await declare(world, shop, ['STORE']);
    const { purchases } = await world.data(
      `query ($filter: PurchaseFilter) { purchases(filter: $filter, first: 1) { nodes { channel } } }`,
      { filter: { merchantId: { eq: shop }, orderNumber: { eq: 'APP-1' } } },
    );

    expect(purchases.nodes).toEqual([{ channel: 'APP' }]);
    expect(await record(world, { merchantId: shop, memberId: ann, channel: 'APP' })).toMatchObject({
      code: 'CHANNEL_UNKNOWN',
    });
  });

  test('a file says where, how and by what instrument its orders were made', async () => {
    using folder = temporaryFolder();
    const mapping = parseMapping(JSON.stringify(MAPPING), 'mapping.json');
    const file = folder.file('sales.csv', FILE);

    const dry = await importInto(world, file, mapping, { isDryRun: true });
    const summary = await importInto(world, file, mapping);
    const { purchases } = await world.data(
      `query ($filter: PurchaseFilter) { purchases(filter: $filter, first: 10,
        orderBy: { field: purchasedAt, direction: ASC }) {
        nodes { orderNumber storeId channel region paymentInstrument merchant { channels } } } }`,
      { filter: { orderNumber: { in: ['1', '2', '3', '4'] } } },
    );

    expect(dry).toMatchObject(EXPECTED);
    expect(summary).toMatchObject(EXPECTED);
    expect(purchases.nodes).toMatchObject([
      { orderNumber: '1', storeId: 'EAST', channel: 'PHONE', paymentInstrument: 'GREEN_CARD' },
      { orderNumber: '2', storeId: null, channel: null, region: null, paymentInstrument: null },
      { orderNumber: '4', storeId: 'EAST', channel: 'STORE', region: null },
    ]);
    expect(purchases.nodes[0]).toMatchObject({
      region: '310000',
      merchant: { channels: ['PHONE', 'STORE'] },
    });
    const report = readFileSync(`${file}.report`, 'utf8').trimEnd().split('\n');
    expect(report.map((line) => JSON.parse(line))).toMatchObject([
      { row: 7, orderNumber: '4', problems: [{ message: expect.stringContaining('since row 6') }] },
      {
        row: 5,
        orderNumber: '3',
        problems: [{ message: expect.stringContaining('PHONE, STORE') }],
      },
    ]);
  });

  test('S26: a merchant that states its channels when it joins has these', async () => {
    const { merchant } = await deed(
      world,
      'onboardMerchant',
      '... on MerchantOnboarded { merchant { channels } }',
      {
        template: 'SMALL_SHOP',
        name: { zh: '网店', en: 'Web shop' },
        industry: 'RETAIL',
        channels: ['ONLINE'],
      },
    );

    expect(merchant.channels).toEqual(['ONLINE']);
  });

  test('a code is good for sixty seconds, and one that was changed is a code of nobody', async () => {
    const memberCode = await codeOf(world, ann);
    const changed = `${memberCode.slice(0, -2)}${memberCode.endsWith('A') ? 'BB' : 'AA'}`;

    world.clock.set('2026-11-22T02:01:00Z');
    const lastMoment = await quote(world, shop, { memberCode });
    world.clock.set('2026-11-22T02:01:00.001Z');
    const tooLate = await quote(world, shop, { memberCode });
    const unknown = await Promise.all(
      [changed, ann, '', 'v1..', 'x'.repeat(10_000)].map((code) =>
        quote(world, shop, { memberCode: code }, { locale: 'zh-CN' }),
      ),
    );

    expect(lastMoment.member.id).toBe(ann);
    expect(tooLate).toEqual({
      __typename: 'MemberCodeNotGood',
      code: 'MEMBER_CODE_EXPIRED',
      message: 'The minute of this code is over. Let the member show a new one.',
    });
    expect(new Set(unknown.map(({ code }) => code))).toEqual(new Set(['MEMBER_CODE_UNKNOWN']));
    expect(unknown[0].message).toContain('会员码');
  });

  test('others than the merchant’s staff quote nothing there, and a bad bill is refused', async () => {
    const other = await world.merchant({ name: 'Other' });
    const cases = await Promise.all([
      quote(world, shop, {}, { as: asMerchant(other) }),
      quote(world, shop, {}, { as: asMember(ann) }),
      quote(world, shop, { lines: [] }),
      quote(world, shop, { lines: [{ amountMinor: -1 }] }),
      quote(world, shop, { currency: 'yuan' }),
      quote(world, 'nobody', {}, { as: operator }),
    ]);

    expect(cases.map(({ fault, code, field }) => fault ?? [code, field])).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      ['NO_LINES', 'lines'],
      ['AMOUNT_NEGATIVE', 'lines.0.amountMinor'],
      ['CURRENCY_NOT_USABLE', 'currency'],
      ['MERCHANT_NOT_FOUND', undefined],
    ]);
  });

  test('while members is out of reach no code is read, and a bill without one is quoted as ever', async () => {
    const memberCode = await codeOf(world, ann);
    directory.isOut = true;
    const asked = {
      input: { merchantId: shop, memberCode, lines: [{ amountMinor: 10_000 }] },
    };
    const read = 'query ($input: QuoteOrderInput!) { quoteOrder(input: $input) { __typename } }';
    const english = await world.ask(read, asked);
    const chinese = await world.ask(read, asked, { locale: 'zh-CN' });
    const without = await quote(world, shop);
    directory.isOut = false;
    const again = await quote(world, shop, { memberCode });

    expect(english.errors).toMatchObject([
      {
        message:
          'Members cannot be reached at the moment, so the code cannot be read. Let the member show a new one in a while, or go on without.',
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
    expect(chinese.errors?.[0]?.message).toBe(
      '会员服务暂时无法访问，无法识别会员码，请稍后请会员重新出示，或不使用会员码继续结账。',
    );
    expect(without).toMatchObject({ member: null, points: [{ points: 1_000 }] });
    expect(again.member.id).toBe(ann);
  });

  test('TV6: a bill of 100.00 a month earns 1000 points, which pay 10.00: 90.00 a month, 120.00 saved', async () => {
    const cashPrice = { amountMinor: 1_000, currency: 'CNY' };
    const credit = { kind: 'BILL_CREDIT', points: 1_000, cashPrice };
    const rewardId = await world.reward({ merchantId: shop, ...credit });
    const tom = await world.member('Tom');
    const bill = await quote(world, shop, { memberCode: await codeOf(world, tom) });
    const nets: number[] = [];
    for (let month = 0; month < 12; month += 1) {
      world.clock.advanceDays(30);
      const { purchase } = await record(world, { merchantId: shop, memberId: bill.member.id });
      expect(purchase.awards[0].points).toBe(bill.points[0].points);
      const redeemed = await world.redeem({ memberId: tom, rewardId });
      expect(redeemed.__typename).toBe('RewardRedeemed');
      nets.push(bill.toPay.amountMinor - cashPrice.amountMinor);
    }

    expect(bill.points).toEqual([{ unit: 'ALLIANCE', points: 1_000 }]);
    expect(nets).toEqual(Array.from({ length: 12 }, () => 9_000));
    expect(12 * 10_000 - sum(nets)).toBe(12_000);
    expect((await world.wallet(tom)).available).toBe(0);
  });

  test('a merchant that is suspended quotes its prices and no points, with the reason', async () => {
    const memberCode = await codeOf(world, ann);
    await deed(world, 'suspendMerchant', '', { merchantId: shop, reason: 'Stocktaking' });
    const suspended = await quote(world, shop, { memberCode });

    expect(suspended).toMatchObject({
      toPay: { amountMinor: 10_000 },
      points: [],
      accrual: {
        issuing: { isIssuing: false },
        notApplied: [{ reasons: [{ code: 'QUOTE_SUSPENDED' }] }],
      },
    });
  });
});
