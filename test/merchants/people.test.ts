import { describe, expect, test } from 'vitest';
import { mayDo, type StaffMember } from '../../subgraphs/merchants/standing/domain/staff.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, openAlliance, operator, type World } from '../support/world.ts';
import { draft, draftProgramme, PLAIN, review } from './rules/life-cycle.ts';
import { deed, submit } from './standing.ts';

const staff: readonly StaffMember[] = [
  { subject: 'owner', role: 'OWNER', storeCode: null },
  { subject: 'manager', role: 'MANAGER', storeCode: null },
  { subject: 'cashier', role: 'CASHIER', storeCode: 'EAST' },
  { subject: 'floater', role: 'CASHIER', storeCode: null },
  { subject: 'lawyer', role: 'COMPLIANCE', storeCode: null },
];

test.each([
  ['owner', 'LEAVE', null, true],
  ['owner', 'RECORD', 'WEST', true],
  ['manager', 'IMPORT', null, true],
  ['manager', 'CONTRACT', null, false],
  ['manager', 'STAFF', null, false],
  ['cashier', 'RECORD', 'EAST', true],
  ['cashier', 'RECORD', 'WEST', false],
  ['cashier', 'RECORD', null, false],
  ['cashier', 'RETURN', 'WEST', true],
  ['cashier', 'IMPORT', 'EAST', false],
  ['floater', 'RECORD', 'WEST', true],
  ['lawyer', 'DOCUMENTS', null, true],
  ['lawyer', 'RECORD', null, false],
  ['stranger', 'RECORD', 'EAST', false],
] as const)('%s doing %s at %s: %s', (subject, what, store, isAllowed) => {
  expect(mayDo(staff, subject, what, store)).toBe(isAllowed);
});

const as = (merchantId: string, subject: string) => ({ ...asMerchant(merchantId), subject });

const CHANGED = `... on StaffChanged { merchant { staff { subject role storeCode } } }
  ... on InvalidInput { field }`;

const add = (world: World, merchantId: string, given: Record<string, unknown>, by = operator) =>
  deed(world, 'addStaff', CHANGED, { merchantId, ...given }, { as: by });

const remove = (world: World, merchantId: string, subject: string) =>
  deed(world, 'removeStaff', '... on StaffChanged { merchant { staff { subject } } }', {
    merchantId,
    subject,
  });

const open = (world: World, merchantId: string, store: Record<string, unknown>, by = operator) =>
  deed(
    world,
    'openStore',
    '... on StoreOpened { store { code name region address } } ... on InvalidInput { field }',
    { merchantId, store: { name: { zh: '东店', en: 'East' }, ...store } },
    { as: by },
  );

describe.each(engines)('the people and stores of merchants on $name', (engine) => {
  test('stores are public; a code is one store’s', async () => {
    await using world = await openAlliance(engine);
    const [shop, other] = [await world.merchant(), await world.merchant()];
    const east = { code: 'EAST', region: '310000', address: '1 Nanjing Road' };

    const opened = await open(world, shop, east, asMerchant(shop));
    const again = await Promise.all(
      Array.from({ length: 3 }, () => open(world, shop, { code: 'WEST' })),
    );

    expect(opened.store).toEqual({ ...east, name: 'East' });
    expect(again.map(({ __typename }) => __typename).toSorted()).toEqual([
      'StoreCodeTaken',
      'StoreCodeTaken',
      'StoreOpened',
    ]);
    expect(await open(world, shop, { code: 'X', region: 'shanghai' })).toMatchObject({
      code: 'REGION_NOT_USABLE',
      field: 'store.region',
    });
    expect(await open(world, shop, { code: ' ' })).toMatchObject({ field: 'store.code' });
    expect(await open(world, shop, { code: 'X' }, asMerchant(other))).toEqual({
      fault: 'FORBIDDEN',
    });
    const { merchant } = await world.data(
      'query ($id: ID!) { merchant(id: $id) { stores { code name } } }',
      { id: shop },
      { as: anonymous, locale: 'zh-CN' },
    );
    expect(merchant.stores).toEqual([
      { code: 'EAST', name: '东店' },
      { code: 'WEST', name: '东店' },
    ]);
  });

  test('from the first owner on only staff acts for a merchant, each as her role allows', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ documents: [] });
    await open(world, shop, { code: 'EAST' });
    expect((await submit(world, shop)).document.state).toBe('SUBMITTED');
    expect(await add(world, shop, { subject: 'ann', role: 'CASHIER' })).toMatchObject({
      __typename: 'OwnerNeeded',
    });
    await add(world, shop, { subject: 'owner', role: 'OWNER' }, asMerchant(shop));
    await add(world, shop, { subject: 'law', role: 'COMPLIANCE' }, as(shop, 'owner'));

    expect(await submit(world, shop)).toEqual({ fault: 'FORBIDDEN' });
    expect((await submit(world, shop, {}, { as: as(shop, 'law') })).document.state).toBe(
      'SUBMITTED',
    );
    expect(await add(world, shop, { subject: 'x', role: 'OWNER' }, as(shop, 'law'))).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(
      await add(world, shop, { subject: 'ann', role: 'CASHIER', storeCode: 'NORTH' }),
    ).toMatchObject({ code: 'STORE_UNKNOWN', field: 'storeCode' });
    const added = await add(world, shop, { subject: 'ann', role: 'CASHIER', storeCode: 'EAST' });
    expect(added.merchant.staff).toContainEqual({
      subject: 'ann',
      role: 'CASHIER',
      storeCode: 'EAST',
    });
    expect(await remove(world, shop, 'owner')).toMatchObject({ __typename: 'OwnerNeeded' });
    expect(await remove(world, shop, 'nobody')).toMatchObject({ __typename: 'NotFound' });
    await remove(world, shop, 'law');
    await remove(world, shop, 'ann');
    expect((await remove(world, shop, 'owner')).merchant.staff).toEqual([]);
    expect((await submit(world, shop)).document.state).toBe('SUBMITTED');
  });

  test('rules are a matter of owner, manager and compliance, at each step of their life', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant();
    const { merchant } = await world.data(
      'query ($id: ID!) { merchant(id: $id) { programmes { id } } }',
      { id: shop },
    );
    const rule = { programmeId: merchant.programmes[0].id };
    await add(world, shop, { subject: 'owner', role: 'OWNER' });
    await add(world, shop, { subject: 'law', role: 'COMPLIANCE' });
    await add(world, shop, { subject: 'ann', role: 'CASHIER' });
    const terms = { ...PLAIN, award: { multiplier: { numerator: 2, denominator: 1 } } };

    const byCashier = await draft(world, { ...rule, terms }, { as: as(shop, 'ann') });
    const byCompliance = await draft(world, { ...rule, terms }, { as: as(shop, 'law') });
    const { id } = byCompliance.rule;

    expect(byCashier).toEqual({ fault: 'FORBIDDEN' });
    expect(await review(world, id, { as: as(shop, 'ann') })).toEqual({ fault: 'FORBIDDEN' });
    expect((await review(world, id, { as: as(shop, 'owner') })).__typename).toBe(
      'AccrualRuleReviewed',
    );
    expect(await draftProgramme(world, { merchantId: shop }, { as: as(shop, 'ann') })).toEqual({
      fault: 'FORBIDDEN',
    });
  });

  test('S26: a small shop joins by a template; a member earns and redeems there with one code each', async () => {
    await using world = await openAlliance(engine);
    const { merchant: shop } = await deed(
      world,
      'onboardMerchant',
      `... on MerchantOnboarded { merchant { id name stores { code name }
        programmes { name unit expiryMonths earnRate { points per { amountMinor } } }
        contract { price { amountMinor } pricePoints } issuing { isIssuing code } } }`,
      {
        template: 'SMALL_SHOP',
        name: { zh: '街角小店', en: 'Corner shop' },
        industry: 'RETAIL',
        documents: ['CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT', 'FILING'].map((kind) => ({
          kind,
          number: '1',
          issuingBody: 'Authority',
          issuedOn: '2026-01-01',
          expiresOn: '2027-12-31',
        })),
      },
    );
    const memberId = await world.member();
    const rewardId = await world.reward({ merchantId: shop.id });

    await world.purchase({ merchantId: shop.id, memberId, amountMinor: 25_050 });
    const redeemed = await world.redeem({ memberId, rewardId });
    const { redemption } = await world.data(
      'query ($id: ID!) { redemption(id: $id) { status voucher { code } } }',
      { id: redeemed.redemption.id },
    );

    expect(shop).toMatchObject({
      stores: [{ code: 'MAIN', name: 'Corner shop' }],
      programmes: [
        {
          name: 'Corner shop points',
          unit: 'ALLIANCE',
          expiryMonths: 24,
          earnRate: { points: 1, per: { amountMinor: 100 } },
        },
      ],
      contract: { price: { amountMinor: 80 }, pricePoints: 100 },
      issuing: { isIssuing: true },
    });
    expect((await world.wallet(memberId)).available).toBe(150);
    expect(redemption.voucher.code).toMatch(/\S/);
  });

  test('without a template what is needed has to be given', async () => {
    await using world = await openAlliance(engine);
    const join = (given: Record<string, unknown>) =>
      deed(world, 'onboardMerchant', '... on InvalidInput { field }', {
        name: { zh: '店', en: 'Shop' },
        industry: 'RETAIL',
        ...given,
      });
    const price = { amountMinor: 80, currency: 'CNY' };
    const store = { code: 'A', name: { zh: '店', en: 'Shop' } };

    expect(await join({})).toMatchObject({ code: 'FIELD_NEEDED', field: 'price' });
    expect(await join({ price })).toMatchObject({ code: 'FIELD_NEEDED', field: 'pricePoints' });
    expect(await join({ price, pricePoints: 1 })).toMatchObject({ field: 'programmes' });
    expect(await join({ template: 'SMALL_SHOP', stores: [store, store] })).toMatchObject({
      code: 'STORE_REPEATED',
      field: 'stores.1.code',
    });
    expect(await join({ template: 'SMALL_SHOP', contract: { leaveNoticeDays: 7 } })).toMatchObject({
      field: 'contract.leaveNoticeDays',
    });
  });
});
