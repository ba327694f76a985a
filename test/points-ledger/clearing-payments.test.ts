import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { borneBy } from '../../subgraphs/points-ledger/clearing/domain/default.ts';
import { engines } from '../support/engines.ts';
import { asMerchant } from '../support/people.ts';
import { act, closed, cny } from './clearing-acts.ts';
import { openClearing } from './clearing-world.ts';

test('a default is borne to the fen: the guarantee first and in proportion, then the payees', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 3_000_000 }), (owed, guarantee) => {
      const borne = borneBy(guarantee, owed);
      const whole = owed.reduce((all, one) => all + one, 0);
      const covered = Math.min(guarantee, whole);
      expect(borne.reduce((all, part) => all + part.guaranteedMinor, 0)).toBe(covered);
      for (const [index, { guaranteedMinor, uncoveredMinor }] of borne.entries()) {
        const amount = owed[index] ?? 0;
        expect(guaranteedMinor + uncoveredMinor).toBe(amount);
        expect(Math.min(guaranteedMinor, uncoveredMinor)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(guaranteedMinor - (covered * amount) / whole)).toBeLessThan(1);
      }
    }),
    { numRuns: 300 },
  );
  expect(borneBy(100, [100, 100, 100])).toEqual([
    { guaranteedMinor: 34, uncoveredMinor: 66 },
    { guaranteedMinor: 33, uncoveredMinor: 67 },
    { guaranteedMinor: 33, uncoveredMinor: 67 },
  ]);
});

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('a payment made outside is recorded whole, once, by who was paid', async () => {
    await using books = await openClearing(engine);
    const { cycle } = await closed(books);
    books.clock.set('2026-11-24T02:00:00Z');
    const [first] = cycle.payments;
    const settle = (more: Record<string, unknown> = {}, merchantId = 'B') =>
      act(
        books,
        'recordSettlement',
        {
          paymentId: first.id,
          merchantId,
          amount: cny(800),
          paidOn: '2026-11-23',
          reference: 'ICBC 20261123-0001',
          ...more,
        },
        asMerchant(merchantId),
      );

    expect(await settle({ amount: cny(799) })).toMatchObject({
      __typename: 'AmountDiffers',
      code: 'AMOUNT_DIFFERS',
      dueMinor: 800,
    });
    expect(await settle({ amount: { amountMinor: 800, currency: 'HKD' } })).toMatchObject({
      code: 'AMOUNT_DIFFERS',
    });
    for (const paidOn of ['2026-11-21', '2026-11-25']) {
      expect(await settle({ paidOn })).toMatchObject({ code: 'PAID_ON_NOT_USABLE' });
    }
    expect(await settle({ reference: ' ' })).toMatchObject({ __typename: 'InvalidInput' });
    // Who pays cannot say for the payee that it was paid.
    expect(await settle({}, 'A')).toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
    expect(await settle()).toEqual({
      __typename: 'SettlementRecorded',
      payment: {
        state: 'SETTLED',
        reference: 'ICBC 20261123-0001',
        paidOn: '2026-11-23',
        amount: { amountMinor: 800 },
      },
    });
    expect(await settle()).toMatchObject({ __typename: 'PaymentSettled', code: 'PAYMENT_SETTLED' });
    expect((await books.events()).at(-1)).toEqual({
      kind: 'clearing.settled',
      payload: { paymentId: first.id, cycleId: cycle.id, payerId: 'A', payeeId: 'B' },
    });
  });

  test('terms hold from the next close on: days, and a fee that is rounded once', async () => {
    await using books = await openClearing(engine);
    const agree = (merchantId: string, more: Record<string, unknown> = {}) =>
      act(books, 'agreeClearingTerms', {
        ...{ merchantId, mode: 'POSTPAID', paymentDays: 14 },
        ...{ feeNumerator: 3, feeDenominator: 1000, guarantee: cny(0) },
        ...more,
      });
    await closed(books);

    expect(await agree('B')).toMatchObject({
      merchant: { id: 'B' },
      terms: { mode: 'POSTPAID', paymentDays: 14, feeNumerator: 3, feeDenominator: 1000 },
    });
    await agree('A', { mode: 'PREPAID', paymentDays: null });
    expect(await agree('A', { mode: 'PREPAID' })).toMatchObject({
      code: 'PAYMENT_DAYS_NOT_USABLE',
    });
    expect(await agree('A', { feeNumerator: 1001 })).toMatchObject({ code: 'FEE_NOT_USABLE' });
    expect(await agree('A', { guarantee: cny(-1) })).toMatchObject({
      code: 'GUARANTEE_NOT_USABLE',
    });
    await books.redeem([
      ['A', 'B', 1000],
      ['B', 'C', 5000],
    ]);
    const { cycle } = await books.close();

    expect(
      cycle.payments.map(({ payer, dueOn }: { payer: { id: string }; dueOn: string }) => [
        payer.id,
        dueOn,
      ]),
    ).toEqual([
      ['B', '2026-12-06'],
      ['A', '2026-11-22'],
    ]);
    // 0.3 % of 800 is 2.4, and none of it is in a net.
    expect(cycle.statements[1].totals).toMatchObject([
      { receivable: { amountMinor: 800 }, fee: { amountMinor: 2 }, net: { amountMinor: -3200 } },
    ]);
    expect((await books.statement('B', 'totals { fee { amountMinor } }')).totals).toEqual([
      { fee: { amountMinor: 2 } },
    ]);
  });

  test('when a merchant defaults its guarantee bears first, then who was to be paid, by name', async () => {
    await using books = await openClearing(engine);
    await act(books, 'agreeClearingTerms', {
      ...{ merchantId: 'A', mode: 'POSTPAID', paymentDays: 0 },
      ...{ feeNumerator: 0, feeDenominator: 1, guarantee: cny(1000) },
    });
    const { cycle } = await closed(books);
    const declare = (more: Record<string, unknown> = {}) =>
      act(books, 'declareDefault', {
        cycleId: cycle.id,
        merchantId: 'A',
        reason: 'Insolvent since 20 November',
        ...more,
      });

    expect(await declare({ merchantId: 'B' })).toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
    expect(await declare({ cycleId: 'unknown' })).toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
    const reason = 'Insolvent since 20 November';
    expect(await declare()).toEqual({
      __typename: 'DefaultDeclared',
      payments: [
        {
          payee: { id: 'B' },
          state: 'DEFAULTED',
          defaultReason: reason,
          amount: { amountMinor: 800 },
          guaranteed: { amountMinor: 667 },
          uncovered: { amountMinor: 133 },
        },
        {
          payee: { id: 'C' },
          state: 'DEFAULTED',
          defaultReason: reason,
          amount: { amountMinor: 400 },
          guaranteed: { amountMinor: 333 },
          uncovered: { amountMinor: 67 },
        },
      ],
    });
    expect(await declare()).toMatchObject({
      __typename: 'AlreadyDefaulted',
      code: 'ALREADY_DEFAULTED',
    });
    const { page, csv } = await books.statement('C', 'page csv');
    expect(page).toContain(`payer in default · ${reason}`);
    expect(page).toContain('CN¥0.67');
    expect(csv).toContain(`333,67,,,,,,,${reason}`);
    // What the guarantee pays outside is recorded; of the loss nothing can be.
    const settle = { merchantId: 'B', paidOn: '2026-11-22', reference: 'guarantee 1' };
    const paymentId = cycle.payments[0].id;
    expect(
      await act(books, 'recordSettlement', { ...settle, paymentId, amount: cny(800) }),
    ).toMatchObject({ code: 'AMOUNT_DIFFERS', dueMinor: 667 });
    expect(
      await act(books, 'recordSettlement', { ...settle, paymentId, amount: cny(667) }),
    ).toMatchObject({ payment: { state: 'SETTLED' } });

    // Of the guarantee nothing is left for another cycle.
    await books.redeem([['A', 'B', 100]]);
    const { cycle: next } = await books.close();
    expect(await declare({ cycleId: next.id })).toMatchObject({
      payments: [{ guaranteed: { amountMinor: 0 }, uncovered: { amountMinor: 80 } }],
    });
    const lost = next.payments[0].id;
    expect(
      await act(books, 'recordSettlement', { ...settle, paymentId: lost, amount: cny(80) }),
    ).toMatchObject({ __typename: 'PaymentLost', code: 'PAYMENT_LOST' });
  });

  test('a merchant that paid everything is in no default', async () => {
    await using books = await openClearing(engine);
    const { cycle } = await closed(books);
    for (const [index, merchantId] of ['B', 'C'].entries()) {
      const { id, amount } = cycle.payments[index];
      await act(books, 'recordSettlement', {
        ...{ paymentId: id, merchantId, amount, paidOn: '2026-11-22', reference: 'r' },
      });
    }

    const input = { cycleId: cycle.id, merchantId: 'A', reason: 'late' };
    expect(await act(books, 'declareDefault', input)).toMatchObject({
      __typename: 'NothingDue',
      code: 'NOTHING_DUE',
    });
  });
});
