import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';
import { bringBack, countPurchases, record, suspend } from './purchasing.ts';

const at = '2026-05-01T10:00:00Z';

const bought = (row: number, given: Record<string, unknown> = {}) => ({
  row,
  customer: 'k1',
  orderNumber: `N${row}`,
  purchasedAt: at,
  lines: [{ sku: 'A', quantity: 2, amountMinor: 10_000 }],
  ...given,
});

async function importAll(
  world: World,
  input: Record<string, unknown>,
  options: { as?: ReturnType<typeof asMerchant>; locale?: 'en' | 'zh-CN' } = {},
) {
  const { data, errors } = await world.ask(
    `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
      __typename
      ... on PurchasesImported { recorded returned unchanged points rejected { row code message } }
      ... on Refusal { code } ... on InvalidInput { field } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    options,
  );
  return errors === undefined ? data.importPurchases : { fault: errors[0]?.extensions.code };
}

describe.each(engines)('importing purchases on $name', (engine) => {
  test('the same customer number is the same member, at each merchant another', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];

    await importAll(world, { merchantId, purchases: [bought(1), bought(2)] });
    await importAll(world, { merchantId: other, purchases: [bought(1)] });

    const { purchases } = await world.data(
      '{ purchases(first: 9) { nodes { merchant { id } member { id wallet { available } } } } }',
    );
    type Node = { merchant: { id: string }; member: { id: string; wallet: { available: number } } };
    const of = (id: string) => purchases.nodes.filter((node: Node) => node.merchant.id === id);
    const ids = new Set(of(merchantId).map(({ member }: Node) => member.id));
    expect(ids.size).toBe(1);
    expect(of(other)[0].member.wallet.available).toBe(100);
    expect(of(merchantId)[0].member.wallet.available).toBe(200);
    expect(ids.has(of(other)[0].member.id)).toBe(false);
  });

  test('a bad order is rejected by row and in words, and the others are recorded', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const purchases = [
      bought(1),
      bought(2, { purchasedAt: '2999-01-01T00:00:00Z' }),
      bought(3, { orderNumber: 'N1' }),
      bought(4, { lines: [] }),
      bought(5, { customer: ' ' }),
      bought(6, { lines: [{ amountMinor: -5 }] }),
      bought(7),
    ];

    const outcome = await importAll(world, { merchantId, purchases }, { locale: 'zh-CN' });

    expect(outcome).toMatchObject({ recorded: 2, unchanged: 0, points: 200 });
    expect(
      outcome.rejected.map((one: { row: number; code: string }) => [one.row, one.code]),
    ).toEqual([
      [2, 'PURCHASED_IN_FUTURE'],
      [3, 'ORDER_REPEATED'],
      [4, 'NO_LINES'],
      [5, 'CUSTOMER_NOT_USABLE'],
      [6, 'AMOUNT_NEGATIVE'],
    ]);
    expect(outcome.rejected[3].message).toBe('顾客编号须为 1 至 64 个字符，首尾不得有空白。');
  });

  test('a number with blanks around it costs its own order, never the others', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const back = { orderNumber: null, sku: 'A', quantity: 1 };
    const purchases = [
      bought(1),
      bought(2, { orderNumber: 'N1 ' }),
      bought(3, { orderNumber: ' N3' }),
      bought(4, { customer: 'k1 ' }),
      bought(5, { lines: [{ sku: 'A ', amountMinor: 100 }] }),
      bought(6, { lines: [{ certificateNumber: 'C ', amountMinor: 100 }] }),
      bought(7, { lines: [], returns: [{ ...back, sku: 'A ' }] }),
      bought(8, { lines: [], returns: [{ ...back, orderNumber: 'N1 ' }] }),
      bought(9),
    ];

    const first = await importAll(world, { merchantId, purchases });
    const again = await importAll(world, { merchantId, purchases: purchases.toReversed() });

    const codes = first.rejected.map((one: { row: number; code: string }) => [one.row, one.code]);
    expect(codes).toEqual([
      [2, 'KEY_NOT_USABLE'],
      [3, 'KEY_NOT_USABLE'],
      [4, 'CUSTOMER_NOT_USABLE'],
      [5, 'KEY_NOT_USABLE'],
      [6, 'KEY_NOT_USABLE'],
      [7, 'KEY_NOT_USABLE'],
      [8, 'KEY_NOT_USABLE'],
    ]);
    expect(first).toMatchObject({ recorded: 2, returned: 0 });
    expect(again).toMatchObject({ recorded: 0, unchanged: 2 });
  });

  test('the same key answers the same; another key finds all unchanged; twenty at once record once', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const purchases = Array.from({ length: 30 }, (_, index) =>
      bought(index + 1, { customer: `k${index % 7}` }),
    );
    const input = { merchantId, purchases, idempotencyKey: freshKey() };

    const first = await importAll(world, input);
    const again = await importAll(world, input);
    const others = await Promise.all(
      Array.from({ length: 10 }, () => importAll(world, { merchantId, purchases })),
    );

    expect(first).toMatchObject({ recorded: 30, points: 3_000 });
    expect(again).toEqual(first);
    for (const other of others) expect(other).toMatchObject({ recorded: 0, unchanged: 30 });
    const { conservation } = await world.data('{ conservation { issued balance } }');
    expect(conservation).toEqual([{ issued: 3_000, balance: 0 }]);
  });

  test('ten imports of the same new orders at once record each order once', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const purchases = Array.from({ length: 20 }, (_, index) => bought(index + 1));

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => importAll(world, { merchantId, purchases })),
    );

    const total = (name: string) => outcomes.reduce((all, outcome) => all + outcome[name], 0);
    expect([total('recorded'), total('unchanged')]).toEqual([20, 180]);
    await world.settle();
    const { conservation } = await world.data('{ conservation { issued } }');
    expect(conservation).toEqual([{ issued: 2_000 }]);
  });

  test('what the till recorded already is recognised by its content', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 2, amountMinor: 10_000 }];
    await record(world, { merchantId, memberId, orderNumber: 'N1', purchasedAt: at, lines });
    await record(world, { merchantId, memberId, orderNumber: 'N2', purchasedAt: at });

    const outcome = await importAll(world, { merchantId, purchases: [bought(1), bought(2)] });

    expect(outcome).toMatchObject({
      recorded: 0,
      unchanged: 1,
      rejected: [{ row: 2, code: 'ORDER_NUMBER_TAKEN' }],
    });
  });

  test('returns take from the named order, or from the latest one that has enough left', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const returns = (...parts: [string | null, number, string?][]) => ({
      lines: [],
      returns: parts.map(([orderNumber, quantity, sku = 'A'], index) => ({
        row: 100 + index,
        orderNumber,
        sku,
        quantity,
      })),
    });
    const purchases = [
      bought(1),
      bought(2, { purchasedAt: '2026-05-02T10:00:00Z' }),
      bought(3, {
        purchasedAt: '2026-05-03T10:00:00Z',
        ...returns(['N1', 1], [null, 2], [null, 2], ['N1', 2], ['N9', 1], ['N1', 1, 'B']),
      }),
      bought(4, { customer: 'k2', ...returns(['N1', 1]) }),
    ];

    const outcome = await importAll(world, { merchantId, purchases });
    const again = await importAll(world, { merchantId, purchases });

    const rejected = [
      { row: 100, code: 'RETURN_WITHOUT_PURCHASE' },
      { row: 102, code: 'RETURN_WITHOUT_PURCHASE' },
      { row: 103, code: 'RETURN_EXCEEDS_PURCHASE' },
      { row: 104, code: 'RETURN_WITHOUT_PURCHASE' },
      { row: 105, code: 'RETURN_WITHOUT_PURCHASE' },
    ];
    expect(outcome).toMatchObject({ recorded: 2, returned: 2, unchanged: 0, rejected });
    expect(again).toMatchObject({ recorded: 0, returned: 0, unchanged: 4, rejected });
    const { purchases: all } = await world.data(
      '{ purchases(first: 9) { nodes { orderNumber returned { amountMinor } awards { isPosted } } } }',
    );
    expect(all.nodes).toMatchObject([
      { orderNumber: 'N2', returned: { amountMinor: 10_000 }, awards: [{ isPosted: true }] },
      { orderNumber: 'N1', returned: { amountMinor: 5_000 }, awards: [{ isPosted: true }] },
    ]);
  });

  test('a return over several lines of one product, and none beyond what came back by hand', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const line = { sku: 'A', quantity: 2, amountMinor: 10_000 };
    await importAll(world, { merchantId, purchases: [bought(1, { lines: [line, line] })] });
    const { purchases } = await world.data('{ purchases(first: 1) { nodes { id } } }');
    await bringBack(world, purchases.nodes[0].id, [{ number: 1, quantity: 1 }], {
      grounds: 'MERCHANT_CONSENT',
    });
    const back = (row: number, quantity: number) =>
      bought(row, { lines: [], returns: [{ orderNumber: null, sku: 'A', quantity }] });

    const outcome = await importAll(world, { merchantId, purchases: [back(2, 3), back(3, 1)] });

    expect(outcome).toMatchObject({ returned: 1, rejected: [{ row: 3 }] });
    expect((await world.data('{ conservation { available debt } }')).conservation).toEqual([
      { available: 0, debt: 0 },
    ]);
  });

  test('a dry run answers what an import would, and leaves no trace', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const purchases = [
      bought(1),
      bought(2, { lines: [], returns: [{ orderNumber: 'N1', sku: 'A', quantity: 1 }] }),
      bought(3, { customer: '' }),
    ];
    const key = freshKey();

    const preview = await importAll(world, {
      merchantId,
      purchases,
      dryRun: true,
      idempotencyKey: key,
    });
    const trace = await countPurchases(world);
    const { members } = await world.data('{ members(first: 1) { totalCount } }');
    const outcome = await importAll(world, { merchantId, purchases, idempotencyKey: key });

    expect(preview).toEqual(outcome);
    expect(preview).toMatchObject({ recorded: 1, returned: 1, points: 100 });
    expect([trace, members.totalCount]).toEqual([0, 0]);
  });

  test('a merchant imports its own; suspended and unknown ones are refused; size is bounded', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const purchases = [bought(1)];
    const as = asMerchant(merchantId);

    expect(await importAll(world, { merchantId, purchases }, { as })).toMatchObject({
      recorded: 1,
    });
    expect(await importAll(world, { merchantId: other, purchases }, { as })).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(await importAll(world, { merchantId: 'nobody', purchases })).toMatchObject({
      code: 'MERCHANT_NOT_FOUND',
    });
    const many = Array.from({ length: 501 }, (_, index) => bought(index));
    expect(await importAll(world, { merchantId, purchases: many })).toMatchObject({
      code: 'TOO_MANY_PURCHASES',
      field: 'purchases',
    });
    await suspend(world, merchantId);
    expect(await importAll(world, { merchantId, purchases })).toMatchObject({
      __typename: 'MerchantNotActive',
    });
    expect((await world.data('{ members(first: 1) { totalCount } }')).members.totalCount).toBe(1);
  });
});
