import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { merchants } from '../../../subgraphs/merchants/subgraph.ts';
import { deed } from '../../merchants/standing.ts';
import { engines } from '../../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { catalogWith, interruption } from '../interruption.ts';
import { type Counter, openCounter, orderOf } from './counter.ts';

const yuan = (amount: number) => ({ amountMinor: amount * 100, currency: 'CNY' });
const off20 = (more: object = {}) => ({
  details: { voucher: { faceMinor: 2_000, thresholdMinor: 10_000, ...more } },
});

describe.each(engines)('a voucher and an order on $name', (engine) => {
  const outage = interruption(merchants, 'Query', 'tillStanding');
  let world: World;
  let counter: Counter;

  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(outage.definition) });
    counter = await openCounter(world);
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  test('below its threshold is refused with what is missing, and used when the order is large enough', async () => {
    const { code } = await counter.voucher(off20());

    expect(await counter.use(code)).toMatchObject({ code: 'ORDER_NEEDED', field: 'order' });
    expect(await counter.use(code, orderOf(freshKey()))).toMatchObject({
      ...{ code: 'ORDER_TOTAL_NEEDED', field: 'order.total' },
    });
    expect(await counter.use(code, orderOf(freshKey(), [], { total: yuan(88) }))).toEqual({
      __typename: 'BelowThreshold',
      code: 'VOUCHER_BELOW_THRESHOLD',
      message:
        'This voucher is for orders from 100.00 CNY on; 12.00 CNY of goods that count are missing. Nothing was used.',
      ...{ currency: 'CNY', thresholdMinor: 10_000, countedMinor: 8_800, missingMinor: 1_200 },
    });
    const order = orderOf('O-1', [], { total: yuan(100), storeId: 'S-1' });
    expect(await counter.use(code, order)).toMatchObject({
      __typename: 'VoucherUsed',
      discount: yuan(20),
      redemption: { voucher: { usedWith: { orderNumber: 'O-1', storeId: 'S-1' } } },
    });
  });

  test('counts only goods in its scope, and no more than is to be paid', async () => {
    const { code } = await counter.voucher(off20({ categories: ['tea'], skus: ['T1', 'T2'] }));
    const goods = (...lines: Parameters<typeof orderOf>[1] & object) => orderOf(freshKey(), lines);

    expect(await counter.use(code, goods())).toMatchObject({ code: 'ORDER_LINES_NEEDED' });
    expect(await counter.use(code, goods(['T1', 'cups', 50_000], ['T3', 'tea', 50_000]))).toEqual({
      __typename: 'OutOfScope',
      code: 'VOUCHER_OUT_OF_SCOPE',
      message: 'Nothing in this order is what the voucher is for: tea, T1, T2. Nothing was used.',
      ...{ categories: ['tea'], skus: ['T1', 'T2'], stores: [] },
    });
    const mixed = goods(['T1', 'tea', 6_000], ['T2', 'tea', 3_000], ['C', 'cups', 90_000]);
    expect(await counter.use(code, mixed)).toMatchObject({
      ...{ __typename: 'BelowThreshold', countedMinor: 9_000, missingMinor: 1_000 },
    });
    const reduced = { ...goods(['T1', 'tea', 20_000]), total: yuan(99) };
    expect(await counter.use(code, reduced)).toMatchObject({ countedMinor: 9_900 });
    expect(await counter.use(code, goods(['T1', 'tea', 10_000]))).toMatchObject({
      ...{ __typename: 'VoucherUsed', discount: yuan(20) },
    });
  });

  test('takes off no more than the goods cost, and of two redeemed at once twice as much', async () => {
    const plain = { details: { voucher: { faceMinor: 2_000 } } };
    const one = await counter.voucher(plain);
    const two = await counter.voucher({ ...off20(), quantity: 2 });

    expect(await counter.use(one.code, orderOf(freshKey(), [['A', null, 1_500]]))).toMatchObject({
      discount: yuan(15),
    });
    expect(await counter.use(two.code, orderOf(freshKey(), [['A', null, 15_000]]))).toMatchObject({
      ...{ thresholdMinor: 20_000, missingMinor: 5_000 },
    });
    expect(await counter.use(two.code, orderOf(freshKey(), [['A', null, 20_000]]))).toMatchObject({
      discount: yuan(40),
    });
  });

  test('for charging is good at its stations alone', async () => {
    const { code } = await counter.voucher({
      ...{ kind: 'EV_CHARGING', details: { charging: { stations: ['East'], wattHours: 20_000 } } },
    });

    expect(await counter.use(code, orderOf(freshKey()))).toMatchObject({
      code: 'ORDER_STORE_NEEDED',
    });
    const elsewhere = await counter.use(code, orderOf(freshKey(), [], { storeId: 'West' }));
    expect(elsewhere).toMatchObject({ code: 'VOUCHER_NOT_IN_STORE', stores: ['East'] });
    expect(await counter.use(code, orderOf(freshKey(), [], { storeId: 'East' }))).toMatchObject({
      ...{ __typename: 'VoucherUsed', discount: null },
    });
  });

  test('of another currency, or with an order that is none, is refused by name', async () => {
    const { code } = await counter.voucher(off20());
    const total = { amountMinor: 10_000, currency: 'USD' };
    const lines = (amountMinor: number, sku = 'A') => [{ sku, amountMinor }];

    for (const [order, expected, field] of [
      [{ orderNumber: 'O', total }, 'ORDER_CURRENCY_DIFFERS', 'order.total.currency'],
      [{ orderNumber: ' O' }, 'KEY_NOT_USABLE', 'order.orderNumber'],
      [{ orderNumber: 'O', storeId: '' }, 'KEY_NOT_USABLE', 'order.storeId'],
      [{ orderNumber: 'O', lines: lines(-1) }, 'AMOUNT_NEGATIVE', 'order.lines.0.amountMinor'],
      [
        { orderNumber: 'O', lines: lines(1e15) },
        'ORDER_AMOUNT_TOO_LARGE',
        'order.lines.0.amountMinor',
      ],
      [{ orderNumber: 'O', lines: lines(1, '') }, 'KEY_NOT_USABLE', 'order.lines.0.sku'],
      [{ orderNumber: 'O', lines: Array(501).fill(lines(1)[0]) }, 'ORDER_TOO_LONG', 'order.lines'],
    ] as const) {
      expect(await counter.use(code, order)).toMatchObject({
        ...{ __typename: 'InvalidInput', code: expected, field },
      });
    }
  });

  test('of one order: no more than every one of its rewards allows', async () => {
    const many = await world.reward({ merchantId: counter.merchantId, perOrder: 3 });
    const codes = [];
    for (let n = 0; n < 5; n += 1) codes.push((await counter.voucherOf(many)).code);
    const { code: alone } = await counter.voucher();
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = codes;

    expect(await counter.use(first, orderOf('M-1'))).toMatchObject({ __typename: 'VoucherUsed' });
    expect(await counter.use(alone, orderOf('M-1'))).toMatchObject({
      ...{ __typename: 'VoucherNotUsable', code: 'VOUCHER_ORDER_FULL' },
    });
    for (const code of [second, third]) {
      expect((await counter.use(code, orderOf('M-1'))).__typename).toBe('VoucherUsed');
    }
    expect(await counter.use(fourth, orderOf('M-1'))).toMatchObject({ code: 'VOUCHER_ORDER_FULL' });
    expect(await counter.use(alone, orderOf('M-2'))).toMatchObject({ __typename: 'VoucherUsed' });
    expect(await counter.use(fourth, orderOf('M-2'))).toMatchObject({ code: 'VOUCHER_ORDER_FULL' });
    for (const code of [fourth, fifth]) {
      expect((await counter.use(code, orderOf('M-3'))).__typename).toBe('VoucherUsed');
    }
  });

  test('raced for from many tills at once: one voucher of an order, one use of a voucher', async () => {
    // SQLite is for one machine.
    await using second =
      engine.name === 'SQLite'
        ? null
        : await openAlliance(engine, { databaseUrl: world.databaseUrl });
    const other = second ?? world;
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push((await counter.voucher()).code);
    const tills = [world, other];
    const kindsOf = (answers: { __typename: string }[]) =>
      answers.map(({ __typename }) => __typename).toSorted();

    const ofOneOrder = await Promise.all(
      codes.map((code, n) => counter.use(code, orderOf('R-1'), { at: tills[n % 2] ?? world })),
    );
    expect(kindsOf(ofOneOrder)).toEqual([...Array(5).fill('VoucherNotUsable'), 'VoucherUsed']);

    const unused = codes[ofOneOrder.findIndex(({ code }) => code === 'VOUCHER_ORDER_FULL')] ?? '';
    const ofOneCode = await Promise.all(
      codes.map((_, n) => counter.use(unused, orderOf(`R-2-${n}`), { at: tills[n % 2] ?? world })),
    );
    expect(kindsOf(ofOneCode)).toEqual([...Array(5).fill('VoucherNotUsable'), 'VoucherUsed']);
    // An order whose voucher was refused has kept its place for another one.
    const free = ofOneCode.findIndex(({ code }) => code === 'VOUCHER_USED');
    const { code: another } = await counter.voucher();
    expect(await counter.use(another, orderOf(`R-2-${free}`))).toMatchObject({
      __typename: 'VoucherUsed',
    });
  });

  test('allows one to a hundred for an order', async () => {
    const publish = async (perOrder: number) =>
      world.reward({ merchantId: counter.merchantId, perOrder });

    await expect(publish(0)).rejects.toThrow('perOrder must be from 1 to 100');
    await expect(publish(101)).rejects.toThrow('perOrder must be from 1 to 100');
    const { reward } = await world.data('query ($id: ID!) { reward(id: $id) { perOrder } }', {
      id: await publish(100),
    });
    expect(reward.perOrder).toBe(100);
  });

  test('is used by staff that takes orders at that store, and by nobody while that cannot be asked', async () => {
    const own = await openCounter(world);
    const { merchantId } = own;
    const name = { zh: '东店', en: 'East' };
    await deed(world, 'openStore', '', { merchantId, store: { code: 'EAST', name } });
    const codes: string[] = [];
    for (let count = 0; count < 3; count += 1) codes.push((await own.voucher()).code);
    const [first = '', second = '', third = ''] = codes;
    const key = freshKey();
    const person = (subject: string) => ({ ...asMerchant(merchantId), subject });
    const by = (subject: string, code: string, storeId?: string) =>
      own.use(code, orderOf(code, [], { storeId }), { key, as: person(subject) });
    const used = { __typename: 'VoucherUsed' };
    expect(await by('lawyer', first)).toMatchObject(used);
    const staff = { owner: 'OWNER', cashier: 'CASHIER', lawyer: 'COMPLIANCE' };
    for (const [subject, role] of Object.entries(staff)) {
      const storeCode = role === 'CASHIER' ? 'EAST' : null;
      await deed(world, 'addStaff', '', { merchantId, subject, role, storeCode });
    }

    await expect(by('cashier', second, 'WEST')).rejects.toThrow('FORBIDDEN');
    await expect(by('cashier', second)).rejects.toThrow('FORBIDDEN');
    await expect(by('anybody', second, 'EAST')).rejects.toThrow('FORBIDDEN');
    const refused = own.use(second, undefined, { as: person('lawyer') });
    await expect(refused).rejects.toThrow('name it in the order');
    outage.isOut = true;
    await expect(by('owner', second)).rejects.toThrow('SUBGRAPH_UNAVAILABLE');
    // What was answered is answered again, whoever works there by now.
    expect(await by('lawyer', first)).toMatchObject(used);
    outage.isOut = false;
    expect(await by('cashier', second, 'EAST')).toMatchObject(used);
    expect(await by('owner', third)).toMatchObject(used);
  });
});
