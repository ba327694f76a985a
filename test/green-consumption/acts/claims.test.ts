import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { freshKey } from '../../support/people.ts';
import { certify, gramsOf, line, purchase } from '../green-world.ts';
import { actInput, freshNumber, openGreen, record, revoke } from './acts-world.ts';

// One world for all: each test has members and evidence of its own.
describe.each(engines)('what green acts claim on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openGreen(engine);
  });
  afterAll(async () => {
    await alone[Symbol.asyncDispose]();
  });

  test('the same deed is claimed once, whichever programme reports it and however it is typed', async () => {
    const number = freshNumber();
    const { act } = await record(alone, { memberId: 'bob', evidence: { number } });

    const again = await record(alone, { memberId: 'bob', evidence: { number } });
    const typed = await record(alone, {
      memberId: 'other',
      evidence: { number: number.toLowerCase(), issuer: 'SHANGHAI-METRO' },
    });
    const inChinese = await alone.data(
      `mutation ($input: RecordGreenActInput!) { recordGreenAct(input: $input) {
        ... on ActClaimed { message } } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          ...actInput({ memberId: 'bob', evidence: { number } }),
        },
      },
      { locale: 'zh-CN' },
    );

    expect(act.externalClaimId).toBe(`RIDE/SHANGHAI-METRO/${number}`);
    expect([again.__typename, typed.__typename]).toEqual(['ActClaimed', 'ActClaimed']);
    expect(inChinese.recordGreenAct.message).toContain('只计一次');
    expect(await gramsOf(alone, 'bob')).toBe(515);
  });

  test('an order claims each deed once, by a purchase line or by an act, whichever is first', async () => {
    await certify(alone, { number: 'CERT-CLAIM' });
    const lines = [line({ certificateNumber: null, sku: 'X', behaviour: 'NO_CUTLERY' })];
    const bought = { memberId: 'cleo', merchantId: 'shop', lines };
    const order = (number: string, behaviour = 'NO_CUTLERY') => ({
      memberId: 'cleo',
      behaviour,
      unit: behaviour === 'NO_CUTLERY' ? 'order' : 'invoice',
      evidence: { kind: 'ORDER', issuer: 'shop', number },
    });
    const seen = (orderNumber: string, id: string) =>
      alone.entities('... on Purchase { green { carbonGrams } }', [
        {
          __typename: 'Purchase',
          id,
          merchant: { __typename: 'Merchant', id: 'shop' },
          orderNumber,
          purchasedAt: '2026-11-20T02:00:00.000Z',
          lines,
        },
      ]);

    await alone.happens(
      'merchants',
      'purchase.recorded',
      purchase({ ...bought, purchaseId: 'c1', orderNumber: 'O-1' }),
    );
    const late = await record(alone, order('O-1'));
    const otherDeed = await record(alone, order('O-1', 'E_INVOICE'));
    const first = await record(alone, order('O-2'));
    await alone.happens(
      'merchants',
      'purchase.recorded',
      purchase({ ...bought, purchaseId: 'c2', orderNumber: 'O-2' }),
    );

    expect(late.__typename).toBe('ActClaimed');
    expect([otherDeed.act.grams, first.act.grams]).toEqual([5, 38]);
    expect(await gramsOf(alone, 'cleo')).toBe(38 + 5 + 38);
    expect((await seen('O-1', 'c1'))[0].green.carbonGrams).toBe(38);
    expect((await seen('O-2', 'c2'))[0].green.carbonGrams).toBe(0);
  });

  test('orders with numbers that are alike are different orders, and save what they save', async () => {
    const shown: number[] = [];
    for (const [index, orderNumber] of ['A1', 'a1', 'A 1'].entries()) {
      const order = { purchaseId: `alike-${index}`, memberId: `alike-${index}`, orderNumber };
      await certify(alone, { number: 'CERT-ALIKE', rewardIds: [] });
      const lines = [
        line({ certificateNumber: 'CERT-ALIKE', quantity: 1 }),
        line({ number: 2, certificateNumber: null, sku: 'X', behaviour: 'NO_CUTLERY' }),
      ];
      await alone.happens('merchants', 'purchase.recorded', purchase({ ...order, lines }));
      const { purchaseId: id, merchantId, ...told } = purchase({ ...order, lines });
      const [{ green }] = await alone.entities('... on Purchase { green { carbonGrams } }', [
        { __typename: 'Purchase', id, merchant: { id: merchantId }, ...told },
      ]);
      shown.push(green.carbonGrams, await gramsOf(alone, `alike-${index}`));
    }
    expect(shown).toEqual(Array(6).fill(6_720 + 38));
    // Whatever of them is reported as a charge has been sold.
    const evidence = { kind: 'CHARGING_SESSION', issuer: 'shop', number: 'a1' };
    const charge = { behaviour: 'EV_KWH', unit: 'kWh', activityMilli: 20_000, evidence };
    expect(await record(alone, charge)).toMatchObject({ __typename: 'ActClaimed' });
  });

  test('lines of orders count what an order proves, under the caps of acts, and show what is in the account', async () => {
    const seen = async (id: string, orderNumber: string, lines: readonly object[]) => {
      const reference = { __typename: 'Purchase', id, orderNumber, lines };
      const [{ green }] = await alone.entities('... on Purchase { green { carbonGrams } }', [
        { ...reference, merchant: { id: 'shop' }, purchasedAt: '2026-11-20T02:00:00.000Z' },
      ]);
      return green.carbonGrams;
    };
    const buy = async (purchaseId: string, lines: readonly object[], memberId = 'gita') => {
      const order = { purchaseId, memberId, orderNumber: `order-${purchaseId}`, lines };
      await alone.happens('merchants', 'purchase.recorded', purchase(order));
      return seen(purchaseId, order.orderNumber, lines);
    };
    const named = (behaviour: string, quantity = 1, number = 1) =>
      line({ number, sku: 'X', certificateNumber: null, behaviour, quantity });

    // Rides and charges are no goods.
    expect(await buy('g0', [named('METRO_TRIP', 100_000), named('EV_KWH', 9, 2)])).toBe(0);
    // Of a thousand cups in one order five count, which are those of a day.
    expect(await buy('g1', [named('OWN_CUP', 3), named('OWN_CUP', 1_000, 2)])).toBe(5 * 37);
    expect(await gramsOf(alone, 'gita')).toBe(5 * 37);
    expect(await buy('g2', [named('OWN_CUP')])).toBe(0);
    const cup = { behaviour: 'OWN_CUP', unit: 'cup', occurredAt: '2026-11-20T02:00:00Z' };
    const evidence = { kind: 'ORDER', issuer: 'shop' };
    expect(await record(alone, { ...cup, memberId: 'gita', evidence })).toMatchObject({
      __typename: 'ActCapReached',
    });
    // Four invoices by orders and one by an act are the five of a day, in any order.
    const invoice = { ...cup, behaviour: 'E_INVOICE', unit: 'invoice', memberId: 'gita', evidence };
    for (const id of ['g3', 'g4']) expect(await buy(id, [named('E_INVOICE')])).toBe(5);
    expect((await record(alone, invoice)).act.grams).toBe(5);
    const rest = await Promise.all(
      ['g5', 'g6', 'g7', 'g8'].map((id) => buy(id, [named('E_INVOICE')])),
    );
    expect(rest.toSorted()).toEqual([0, 0, 5, 5]);
    const before = await gramsOf(alone, 'gita');
    expect(before).toBe(5 * 37 + 5 * 5);
    await alone.happensAgain();
    expect(await gramsOf(alone, 'gita')).toBe(before);
    expect(await record(alone, invoice)).toMatchObject({ __typename: 'ActCapReached' });
  });

  test('an order does not get back a deed whose act was recorded wrongly, and says so everywhere', async () => {
    const order = { purchaseId: 'w1', memberId: 'wanda', merchantId: 'shop', orderNumber: 'W-1' };
    const evidence = { kind: 'ORDER', issuer: 'shop', number: 'W-1' };
    const deed = { behaviour: 'NO_CUTLERY', unit: 'order', evidence, memberId: 'wanda' };
    const { act } = await record(alone, deed);
    const lines = [line({ certificateNumber: null, behaviour: 'NO_CUTLERY', quantity: 1 })];
    await alone.happens('merchants', 'purchase.recorded', purchase({ ...order, lines }));
    await revoke(alone, act.id);
    const shown = async () => {
      const { purchaseId: id, merchantId, ...told } = purchase({ ...order, lines });
      const [{ green }] = await alone.entities('... on Purchase { green { carbonGrams } }', [
        { __typename: 'Purchase', id, merchant: { id: merchantId }, ...told },
      ]);
      return [green.carbonGrams, await gramsOf(alone, 'wanda')];
    };

    expect(await shown()).toEqual([0, 0]);
    await alone.happens('merchants', 'purchase.recorded', purchase({ ...order, lines }));
    expect(await shown()).toEqual([0, 0]);
    // Rightly recorded it is an act again, of two at once by one.
    const again = await Promise.all([record(alone, deed), record(alone, deed)]);
    expect(again.map(({ __typename }) => __typename).toSorted()).toEqual([
      'ActClaimed',
      'GreenActRecorded',
    ]);
    expect(await shown()).toEqual([0, 38]);
  });

  test.each(['\uFE0F', '\u034F', '\u3164', '\u2800', '\u200B', '\u00AD'])(
    'a sign that is not seen makes no other number: %j',
    async (sign) => {
      const evidence = { kind: 'RIDE', issuer: 'metro', number: `R${sign}1` };

      expect(await record(alone, { evidence })).toMatchObject({
        ...{ code: 'KEY_NOT_USABLE', field: 'evidence.number' },
      });
    },
  );

  test('what was sold under the number of an order is not reported again as a ride or a charge', async () => {
    await certify(alone, { number: 'CERT-SOLD', merchantId: 'charger', rewardIds: [] });
    const order = {
      purchaseId: 's1',
      memberId: 'sara',
      merchantId: 'charger',
      orderNumber: 'ch-1',
    };
    const lines = [line({ certificateNumber: 'CERT-SOLD', quantity: 1 })];
    await alone.happens('merchants', 'purchase.recorded', purchase({ ...order, lines }));
    expect(await gramsOf(alone, 'sara')).toBe(6_720);

    const evidence = { kind: 'CHARGING_SESSION', issuer: 'CHARGER', number: 'CH-1' };
    const charge = { behaviour: 'EV_KWH', unit: 'kWh', activityMilli: 20_000, evidence };
    expect(await record(alone, { ...charge, memberId: 'sara' })).toMatchObject({
      __typename: 'ActClaimed',
    });
    expect(await gramsOf(alone, 'sara')).toBe(6_720);
  });

  test('an order that is known belongs to the member, and a merchant that is named is there', async () => {
    const cup = { behaviour: 'OWN_CUP', unit: 'cup' };
    const order = (memberId: string, number: string, issuer = 'shop') =>
      record(alone, { ...cup, memberId, evidence: { kind: 'ORDER', issuer, number } });

    expect(await order('otto', 'dora-1')).toMatchObject({
      ...{ __typename: 'InvalidInput', code: 'ORDER_OF_ANOTHER', field: 'evidence.number' },
    });
    // The claim knows no blanks, so the buyer is asked for without them as well.
    expect(await order('otto', 'ｄｏｒａ-3')).toMatchObject({ code: 'ORDER_OF_ANOTHER' });
    expect(await order('otto', 'do ra-2')).toMatchObject({ code: 'ORDER_OF_ANOTHER' });
    expect((await order('doris', 'dora-1')).act.grams).toBe(37);
    expect((await order('otto', 'unknown-1')).act.grams).toBe(37);
    for (const [number, issuer] of [
      ['ｄｏｒａ-1', 'shop'],
      ['dora-1', 'SHOP'],
    ] as const) {
      expect(await order('doris', number, issuer)).toMatchObject({ __typename: 'ActClaimed' });
    }
    expect(await record(alone, { merchantId: 'nobody' })).toMatchObject({
      ...{ __typename: 'NotFound', code: 'MERCHANT_NOT_FOUND' },
    });
  });
});
