import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, openAlliance, type World } from '../support/world.ts';
import { record } from './purchasing.ts';
import { draft, draftProgramme, PLAIN } from './rules/life-cycle.ts';
import { deed } from './standing.ts';
import { programmeOf, quote } from './tilling.ts';

const declare = (
  world: World,
  merchantId: string,
  categories: string[],
  as = asMerchant(merchantId),
) =>
  deed(
    world,
    'declareCategories',
    '... on CategoriesDeclared { merchant { categories } } ... on InvalidInput { field }',
    { merchantId, categories },
    { as },
  );

const categoriesOf = async (world: World, id: string): Promise<string[] | null> => {
  const { merchant } = await world.data(
    'query ($id: ID!) { merchant(id: $id) { categories } }',
    { id },
    { as: anonymous },
  );
  return merchant.categories;
};

const lines = (...categories: (string | null)[]) => ({
  lines: categories.map((category) => ({ category, amountMinor: 10_000 })),
});

describe.each(engines)('categories and stores of merchants on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('as long as a merchant declares none any is taken; everybody sees what it declares', async () => {
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const order = { merchantId, memberId, ...lines('dres', null) };
    const anything = await record(world, order);
    const before = await categoriesOf(world, merchantId);

    const declared = await declare(world, merchantId, ['dress', 'coat']);
    const refusals = [
      await declare(world, merchantId, ['dress', 'dress']),
      await declare(world, merchantId, [' dress']),
      await declare(
        world,
        merchantId,
        Array.from({ length: 201 }, (_, index) => `c${index}`),
      ),
      await declare(world, merchantId, ['dress'], asMerchant(await world.merchant())),
    ];
    const known = await record(world, { merchantId, memberId, ...lines('dress', null) });
    const unknown = await record(world, order);
    const none = await declare(world, merchantId, []);

    expect([anything.__typename, before]).toEqual(['PurchaseRecorded', null]);
    expect(declared.merchant.categories).toEqual(['coat', 'dress']);
    expect(refusals.map(({ fault, code, field }) => fault ?? [code, field])).toEqual([
      ['CATEGORY_REPEATED', 'categories.1'],
      ['KEY_NOT_USABLE', 'categories.0'],
      ['TOO_MANY_CATEGORIES', 'categories'],
      'FORBIDDEN',
    ]);
    expect(known.__typename).toBe('PurchaseRecorded');
    expect(unknown).toMatchObject({ __typename: 'InvalidInput', code: 'CATEGORY_UNKNOWN' });
    expect(none.merchant.categories).toBeNull();
    expect((await record(world, order)).__typename).toBe('PurchaseRecorded');
  });

  test('a category that nobody knows is refused everywhere, with those that there are', async () => {
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const programmeId = await programmeOf(world, merchantId);
    await declare(world, merchantId, ['dress', 'coat']);
    const { purchase } = await record(world, { merchantId, memberId, ...lines('dress') });
    const unknown = lines('coat', 'dres');

    const inChinese = await record(
      world,
      { merchantId, memberId, ...unknown },
      { locale: 'zh-CN' },
    );
    const atTill = await quote(world, merchantId, unknown);
    const asked = await world.ask(
      'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
      { input: { merchantId, ...unknown } },
    );
    const order = { customer: 'k1', purchasedAt: world.clock.now().toISOString() };
    const imported = await deed(
      world,
      'importPurchases',
      '... on PurchasesImported { recorded rejected { row code message } }',
      {
        merchantId,
        purchases: [
          { ...order, row: 7, orderNumber: '7', ...unknown },
          { ...order, row: 8, orderNumber: '8', ...lines('coat') },
        ],
      },
    );
    const change = (name: string, input: object) =>
      deed(world, name, '... on InvalidInput { field }', {
        purchaseId: purchase.id,
        reason: 'Entered wrongly',
        ...input,
      });
    const changes = [
      await change('upgradePurchase', {
        replace: [{ number: 1, with: [{ category: 'dres', amountMinor: 20_000 }] }],
      }),
      await change('correctPurchase', { add: lines('coat', 'dres').lines }),
    ];
    const rule = { ...PLAIN, condition: { categories: ['coat', 'dres'] } };
    const drafts = [
      await draft(world, { programmeId, terms: rule }),
      await draftProgramme(world, { merchantId, unit: 'STARS', rule }),
    ];
    await declare(
      world,
      merchantId,
      Array.from({ length: 23 }, (_, index) => `c${String(index).padStart(2, '0')}`),
    );
    const many = await record(world, { merchantId, memberId, ...unknown });

    expect(inChinese).toEqual({
      __typename: 'InvalidInput',
      code: 'CATEGORY_UNKNOWN',
      field: 'lines.1.category',
      message:
        'lines.1.category：该商家没有类别 dres。已有类别：coat, dress。请使用其中之一，或先登记该类别。',
    });
    const message =
      'lines.1.category: the merchant has no category dres. It has: coat, dress. Name one of them, or declare the category first.';
    expect(atTill).toMatchObject({ code: 'CATEGORY_UNKNOWN', message });
    expect(asked.errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
    expect(imported).toMatchObject({
      recorded: 1,
      rejected: [{ row: 7, code: 'CATEGORY_UNKNOWN', message }],
    });
    expect([...changes, ...drafts].map(({ code, field }) => [code, field])).toEqual([
      ['CATEGORY_UNKNOWN', 'replace.0.with.0.category'],
      ['CATEGORY_UNKNOWN', 'add.1.category'],
      ['CATEGORY_UNKNOWN', 'terms.condition.categories.1'],
      ['CATEGORY_UNKNOWN', 'rule.condition.categories.1'],
    ]);
    expect(many.message).toContain('c18, c19 and 3 more. Name one of them');
  });

  test('a store that nobody knows is refused everywhere; a merchant without stores knows them all', async () => {
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const programmeId = await programmeOf(world, merchantId);
    const order = { merchantId, memberId, ...lines(null) };
    const anywhere = await record(world, { ...order, storeId: 'EAST' });
    const open = (code: string) =>
      deed(world, 'openStore', '... on StoreOpened { store { code } }', {
        merchantId,
        store: { code, name: { zh: code, en: code } },
      });
    await open('NORTH');
    const before = await record(world, { ...order, storeId: 'EAST' });
    await open('EAST');
    const known = await record(world, { ...order, storeId: 'EAST' });
    const inChinese = await record(world, { ...order, storeId: 'EATS' }, { locale: 'zh-CN' });
    const atTill = await quote(world, merchantId, { ...lines(null), storeId: 'EATS' });
    const asked = await world.ask(
      'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
      { input: { merchantId, storeId: 'EATS', ...lines(null) } },
    );
    const given = { customer: 'k1', purchasedAt: world.clock.now().toISOString(), ...lines(null) };
    const imported = await deed(
      world,
      'importPurchases',
      '... on PurchasesImported { recorded rejected { row code message } }',
      {
        merchantId,
        purchases: [
          { ...given, row: 4, orderNumber: '4', storeId: 'EATS' },
          { ...given, row: 5, orderNumber: '5', storeId: 'NORTH' },
          { ...given, row: 6, orderNumber: '6' },
        ],
      },
    );
    const corrected = await deed(world, 'correctPurchase', '... on InvalidInput { field }', {
      purchaseId: known.purchase.id,
      reason: 'Entered wrongly',
      setting: { storeId: 'EATS' },
    });
    const rule = { ...PLAIN, condition: { stores: ['EAST', 'EATS'] } };
    const drafted = await draft(world, { programmeId, terms: rule });

    expect([anywhere, before, known].map(({ __typename, code }) => code ?? __typename)).toEqual([
      'PurchaseRecorded',
      'STORE_UNKNOWN',
      'PurchaseRecorded',
    ]);
    expect(inChinese).toEqual({
      __typename: 'InvalidInput',
      code: 'STORE_UNKNOWN',
      field: 'storeId',
      message:
        'storeId：该商家没有门店 EATS。已有门店：EAST, NORTH。请使用其中之一，或先添加该门店。',
    });
    const message =
      'storeId: the merchant has no store EATS. It has: EAST, NORTH. Name one of them, or open the store first.';
    expect(atTill).toMatchObject({ code: 'STORE_UNKNOWN', message });
    expect(asked.errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
    expect(imported).toMatchObject({
      recorded: 2,
      rejected: [{ row: 4, code: 'STORE_UNKNOWN', message }],
    });
    expect([corrected, drafted].map(({ code, field }) => [code, field])).toEqual([
      ['STORE_UNKNOWN', 'setting.storeId'],
      ['STORE_UNKNOWN', 'terms.condition.stores.1'],
    ]);
  });
});
