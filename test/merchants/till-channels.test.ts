import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseMapping } from '../../subgraphs/merchants/import/mapping.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';
import { importInto, temporaryFolder } from './importing.ts';
import { record } from './purchasing.ts';
import { deed } from './standing.ts';
import { quote } from './tilling.ts';

const CHANNELS = 'query ($id: ID!) { merchant(id: $id) { channels } }';

const declare = (
  world: World,
  merchantId: string,
  channels: string[],
  as = asMerchant(merchantId),
) =>
  deed(
    world,
    'declareChannels',
    '... on ChannelsDeclared { merchant { channels } } ... on InvalidInput { field }',
    { merchantId, channels },
    { as },
  );

/** Where and how orders were made, in the columns of a shop of its own words. */
const MAPPING = {
  merchant: { name: { zh: '老张饭店', en: 'Zhang' }, channels: ['STORE', 'PHONE'] },
  columns: {
    customer: '会员',
    orderNumber: '单号',
    date: { column: '时间', format: 'yyyy/M/d H:mm' },
    amount: '金额',
    store: '门店',
    channel: '渠道',
    region: '地区',
    paymentInstrument: '支付',
  },
};

const FILE = `会员,单号,时间,金额,门店,渠道,地区,支付
k1,1,2026/11/1 12:00,10.00,EAST,PHONE,310000,GREEN_CARD
k1,1,2026/11/1 12:00,20.00,EAST,PHONE,310000,GREEN_CARD
k2,2,2026/11/1 12:30,30.00,,,,
k3,3,2026/11/1 12:40,40.00,EAST,TELEPATHY,,
k4,4,2026/11/1 12:50,50.00,EAST,STORE,,CASH
k4,4,2026/11/1 12:50,60.00,EAST,PHONE,,CASH
`;

const EXPECTED = {
  rows: 6,
  rejectedRows: 2,
  recorded: 3,
  points: 110,
  problems: { CHANNEL_UNKNOWN: 1, ORDER_HAS_OTHER_SETTING: 1 },
};

describe.each(engines)('the channels of merchants on $name', (engine) => {
  let world: World;
  let shop: string;
  let memberId: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    [shop, memberId] = [await world.merchant(), await world.member()];
  });
  afterAll(() => world[Symbol.asyncDispose]());

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
    const sold = { merchantId: shop, memberId, orderNumber: 'APP-1', channel: 'APP' };
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
  });

  test('what was recorded under a channel stays when the merchant gives the channel up', async () => {
    await declare(world, shop, ['STORE']);
    const { purchases } = await world.data(
      `query ($filter: PurchaseFilter) { purchases(filter: $filter, first: 1) { nodes { channel } } }`,
      { filter: { merchantId: { eq: shop }, orderNumber: { eq: 'APP-1' } } },
    );

    expect(purchases.nodes).toEqual([{ channel: 'APP' }]);
    expect(await record(world, { merchantId: shop, memberId, channel: 'APP' })).toMatchObject({
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
    const merchant = { channels: ['PHONE', 'STORE'] };
    expect(purchases.nodes).toEqual([
      {
        orderNumber: '1',
        storeId: 'EAST',
        channel: 'PHONE',
        region: '310000',
        paymentInstrument: 'GREEN_CARD',
        merchant,
      },
      {
        orderNumber: '2',
        storeId: null,
        channel: null,
        region: null,
        paymentInstrument: null,
        merchant,
      },
      {
        orderNumber: '4',
        storeId: 'EAST',
        channel: 'STORE',
        region: null,
        paymentInstrument: 'CASH',
        merchant,
      },
    ]);
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
        name: { zh: '网店', en: `Web ${freshKey()}` },
        industry: 'RETAIL',
        channels: ['ONLINE'],
      },
    );

    expect(merchant.channels).toEqual(['ONLINE']);
  });
});
