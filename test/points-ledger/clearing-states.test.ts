import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { borneBy } from '../../subgraphs/points-ledger/clearing/domain/default.ts';
import {
  movedPayment,
  movedSide,
  type SideMove,
  type SideState,
  statementState,
} from '../../subgraphs/points-ledger/clearing/domain/states.ts';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey, operator } from '../support/people.ts';
import { type OpenClearing, openClearing } from './clearing-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const STATEMENT =
  'statement { state confirmedAt lines { number state disputeReason decisionNote } }';
const FIELDS: Readonly<Record<string, string>> = {
  confirmClearingStatement: `... on ClearingLinesConfirmed { ${STATEMENT} }`,
  disputeClearingLine: `... on ClearingLineDisputed { ${STATEMENT} }`,
  resolveClearingDispute: `... on ClearingDisputeResolved { statements {
    state merchant { id } lines { number state disputeReason decisionNote } } }`,
  recordSettlement: `... on SettlementRecorded { payment { state reference paidOn amount { amountMinor } } }
    ... on AmountDiffers { dueMinor }`,
  declareDefault: `... on DefaultDeclared { payments { payee { id } state defaultReason
    amount { amountMinor } guaranteed { amountMinor } uncovered { amountMinor } } }`,
  agreeClearingTerms: `... on ClearingTermsAgreed { merchant { id } terms { mode paymentDays feeNumerator
    feeDenominator guarantee { amountMinor currency } } } ... on InvalidInput { field }`,
};

/** Asks for a mutation of clearing under a fresh key. */
async function act(
  books: OpenClearing,
  name: string,
  input: Record<string, unknown>,
  as = operator,
): Promise<Data> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await books.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      __typename ${FIELDS[name]} ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as },
  );
  return data[name];
}

const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });

/** One cycle in which A owes B 800 and C 400; the statements by merchant. */
async function closed(books: OpenClearing) {
  await books.redeem([
    ['A', 'B', 1000],
    ['A', 'C', 500],
  ]);
  const { cycle } = await books.close();
  const of = (id: string) =>
    cycle.statements.find(({ merchant }: { merchant: { id: string } }) => merchant.id === id);
  return { cycle, a: of('A'), b: of('B'), c: of('C') };
}

test.each<[SideState, SideMove, SideState | null]>([
  ['OPEN', 'confirm', 'CONFIRMED'],
  ['OPEN', 'dispute', 'DISPUTED'],
  ['OPEN', 'uphold', null],
  ['OPEN', 'correct', null],
  ['DISPUTED', 'confirm', null],
  ['DISPUTED', 'dispute', null],
  ['DISPUTED', 'uphold', 'UPHELD'],
  ['DISPUTED', 'correct', 'CORRECTED'],
  ...(['CONFIRMED', 'UPHELD', 'CORRECTED'] as const).flatMap((state) =>
    (['confirm', 'dispute', 'uphold', 'correct'] as const).map(
      (move): [SideState, SideMove, null] => [state, move, null],
    ),
  ),
])('a line that is %s: %s makes it %s', (state, move, next) => {
  expect(movedSide(state, move)).toBe(next);
});

test('a payment is settled once, and defaults only while it is due', () => {
  expect(movedPayment('DUE', 'settle')).toBe('SETTLED');
  expect(movedPayment('DUE', 'default')).toBe('DEFAULTED');
  expect(movedPayment('DEFAULTED', 'settle')).toBe('SETTLED');
  expect(movedPayment('DEFAULTED', 'default')).toBeNull();
  expect(movedPayment('SETTLED', 'settle')).toBeNull();
  expect(movedPayment('SETTLED', 'default')).toBeNull();
});

test('a statement is confirmed when each of its lines is decided', () => {
  expect(statementState(['OPEN', 'CONFIRMED'])).toBe('ISSUED');
  expect(statementState(['OPEN', 'DISPUTED'])).toBe('DISPUTED');
  expect(statementState(['CONFIRMED', 'UPHELD', 'CORRECTED'])).toBe('CONFIRMED');
});

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
  test('a statement is confirmed line by line or at once, and only once', async () => {
    await using books = await openClearing(engine);
    const { a, b } = await closed(books);
    const asA = asMerchant('A');
    const confirm = (lineIds: string[] | null) =>
      act(books, 'confirmClearingStatement', { statementId: a.id, merchantId: 'A', lineIds }, asA);

    expect(await confirm([a.lines[0].id])).toMatchObject({
      statement: {
        state: 'ISSUED',
        confirmedAt: null,
        lines: [{ state: 'CONFIRMED' }, { state: 'OPEN' }],
      },
    });
    expect(await confirm([a.lines[0].id])).toMatchObject({
      __typename: 'AlreadyConfirmed',
      code: 'ALREADY_CONFIRMED',
    });
    expect(await confirm(['no such line'])).toMatchObject({ code: 'CLEARING_LINE_NOT_FOUND' });
    expect(await confirm(null)).toMatchObject({
      statement: { state: 'CONFIRMED', confirmedAt: '2026-11-22T02:00:00.000Z' },
    });
    expect(await confirm(null)).toMatchObject({ code: 'ALREADY_CONFIRMED' });
    // The other merchant has not said anything yet of the line that both have.
    const { state, lines } = await books.statement('B', 'state lines { id state }');
    expect({ state, lines }).toEqual({
      state: 'ISSUED',
      lines: [{ id: b.lines[0].id, state: 'OPEN' }],
    });
    expect(
      await act(
        books,
        'confirmClearingStatement',
        { statementId: a.id, merchantId: 'B' },
        asMerchant('B'),
      ),
    ).toMatchObject({ __typename: 'NotFound', code: 'CLEARING_STATEMENT_NOT_FOUND' });
    expect((await books.events()).map(({ kind, payload }) => [kind, payload.state])).toEqual([
      ['clearing.closed', undefined],
      ['clearing.confirmed', 'ISSUED'],
      ['clearing.confirmed', 'CONFIRMED'],
    ]);
  });

  test('nobody acts for another merchant', async () => {
    await using books = await openClearing(engine);
    const { cycle, a } = await closed(books);
    const asB = asMerchant('B');
    const tries: [string, string, Record<string, unknown>][] = [
      ['confirmClearingStatement', 'ConfirmClearingStatementInput', { statementId: a.id }],
      [
        'disputeClearingLine',
        'DisputeClearingLineInput',
        { statementId: a.id, lineId: a.lines[0].id, reason: 'no' },
      ],
      [
        'recordSettlement',
        'RecordSettlementInput',
        {
          paymentId: cycle.payments[0].id,
          amount: cny(800),
          paidOn: '2026-11-22',
          reference: 'x',
        },
      ],
    ];
    for (const [name, type, input] of tries) {
      const { errors } = await books.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
        { input: { idempotencyKey: freshKey(), merchantId: 'A', ...input } },
        { as: asB },
      );
      expect(errors, name).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  test('a disputed line is found right, and stays as it is', async () => {
    await using books = await openClearing(engine);
    const { a } = await closed(books);
    const [first] = a.lines;
    const dispute = { statementId: a.id, lineId: first.id, merchantId: 'A' };
    const asA = asMerchant('A');

    expect(
      await act(books, 'disputeClearingLine', { ...dispute, reason: '  ' }, asA),
    ).toMatchObject({
      __typename: 'InvalidInput',
    });
    expect(
      await act(books, 'disputeClearingLine', { ...dispute, reason: 'Entry 7 is not ours' }, asA),
    ).toMatchObject({
      statement: {
        state: 'DISPUTED',
        lines: [{ state: 'DISPUTED', disputeReason: 'Entry 7 is not ours' }, { state: 'OPEN' }],
      },
    });
    expect(
      await act(books, 'disputeClearingLine', { ...dispute, reason: 'again' }, asA),
    ).toMatchObject({
      __typename: 'LineDisputed',
      code: 'LINE_DISPUTED',
    });
    // The rest can be confirmed; the disputed line waits.
    const confirm = { statementId: a.id, merchantId: 'A' };
    expect(await act(books, 'confirmClearingStatement', confirm, asA)).toMatchObject({
      statement: { state: 'DISPUTED' },
    });
    expect(await act(books, 'confirmClearingStatement', confirm, asA)).toMatchObject({
      code: 'LINE_DISPUTED',
    });
    expect(
      await act(books, 'resolveClearingDispute', {
        lineId: first.id,
        decision: 'UPHOLD',
        note: 'The receipt was shown',
      }),
    ).toMatchObject({
      statements: [
        {
          state: 'CONFIRMED',
          lines: [
            { state: 'UPHELD', decisionNote: 'The receipt was shown' },
            { state: 'CONFIRMED' },
          ],
        },
      ],
    });
    expect(
      await act(books, 'disputeClearingLine', { ...dispute, reason: 'no!' }, asA),
    ).toMatchObject({
      __typename: 'LineDecided',
      code: 'LINE_DECIDED',
    });
    expect(
      await act(books, 'resolveClearingDispute', {
        lineId: first.id,
        decision: 'UPHOLD',
        note: 'x',
      }),
    ).toMatchObject({ __typename: 'NotDisputed', code: 'NOT_DISPUTED' });
    expect(await books.close()).toMatchObject({ code: 'NOTHING_TO_CLEAR' });
    const { page } = await books.statement('A', 'page');
    expect(page).toContain('found right · Entry 7 is not ours · The receipt was shown');
  });

  test('a line that is wrong is corrected by a line of the next cycle, once', async () => {
    await using books = await openClearing(engine);
    const { a, b } = await closed(books);
    const [first] = a.lines;
    const resolve = { lineId: first.id, decision: 'CORRECT', note: 'Agreed at 600' };
    for (const [merchantId, { id }] of [
      ['A', a],
      ['B', b],
    ] as const) {
      const input = { statementId: id, lineId: first.id, merchantId, reason: 'wrong price' };
      await act(books, 'disputeClearingLine', input, asMerchant(merchantId));
    }

    expect(await act(books, 'resolveClearingDispute', resolve)).toMatchObject({
      code: 'CORRECTION_NEEDS_AMOUNT',
    });
    expect(
      await act(books, 'resolveClearingDispute', { ...resolve, amount: cny(800) }),
    ).toMatchObject({ code: 'CORRECTION_CHANGES_NOTHING' });
    expect(
      await act(books, 'resolveClearingDispute', {
        ...resolve,
        amount: { amountMinor: 600, currency: 'HKD' },
      }),
    ).toMatchObject({ code: 'CURRENCY_DIFFERS' });
    const { statements } = await act(books, 'resolveClearingDispute', {
      ...resolve,
      amount: cny(600),
    });
    expect(statements).toHaveLength(2);

    await books.redeem([['A', 'B', 100]]);
    const { cycle } = await books.close();
    const [ofA] = cycle.statements;
    expect(ofA.lines).toMatchObject([
      { kind: 'BURNS', points: 100, amount: cny(80) },
      {
        kind: 'CORRECTION',
        points: 0,
        burnCount: 0,
        amount: cny(-200),
        correctsId: first.id,
        note: 'Agreed at 600',
      },
    ]);
    expect(cycle.payments).toMatchObject([
      { payer: { id: 'B' }, payee: { id: 'A' }, amount: cny(120) },
    ]);
    expect(await books.close()).toMatchObject({ code: 'NOTHING_TO_CLEAR' });
  });

  test('a cycle can hold corrections alone, and a correction can be disputed in its turn', async () => {
    await using books = await openClearing(engine);
    const { a } = await closed(books);
    const correct = async (statementId: string, lineId: string, amountMinor: number) => {
      const dispute = { statementId, lineId, merchantId: 'A', reason: 'wrong' };
      await act(books, 'disputeClearingLine', dispute, asMerchant('A'));
      const decided = { lineId, decision: 'CORRECT', amount: cny(amountMinor), note: 'so' };
      return act(books, 'resolveClearingDispute', decided);
    };
    await correct(a.id, a.lines[0].id, 0);

    const { cycle } = await books.close();

    expect(cycle).toMatchObject({ number: 2, firstSeq: 5, lastSeq: 4 });
    const [ofA] = cycle.statements;
    expect(ofA.lines).toMatchObject([{ kind: 'CORRECTION', amount: cny(-800) }]);
    await correct(ofA.id, ofA.lines[0].id, -700);
    const { cycle: third } = await books.close();
    expect(third.statements[0].lines).toMatchObject([{ amount: cny(100) }]);
    // Correcting changes no carried total: what is redeemed later is rounded as if nothing was.
    await books.redeem([['A', 'B', 1]]);
    const { cycle: fourth } = await books.close();
    expect(fourth.statements[0].lines).toMatchObject([{ points: 1, amount: cny(1) }]);
  });

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

  test('the tables refuse what clearing excludes, whoever writes it', async () => {
    await using books = await openClearing(engine);
    await closed(books);
    const [posting] = await books.database.reader.query('SELECT * FROM points_clearing_burn');
    const refused: [string, unknown[]?][] = [
      // The same posting in another cycle.
      [
        'INSERT INTO points_clearing_burn (seq, line, line_id) VALUES (?, ?, ?)',
        [posting.seq, posting.line, 'another line'],
      ],
      ['UPDATE points_clearing_payment SET amount_minor = 0'],
      ["UPDATE points_clearing_payment SET state = 'LOST'"],
      ['UPDATE points_clearing_payment SET uncovered_minor = -1'],
      ['UPDATE points_clearing_cycle SET last_seq = first_seq - 2'],
      ["UPDATE points_clearing_side SET state = 'GONE'"],
      ["UPDATE points_clearing_statement SET merchant_id = 'A'"],
      ['UPDATE points_clearing_line SET number = 1'],
      ['UPDATE points_clearing_head SET last_seq = -1'],
      [
        `INSERT INTO points_clearing_cycle (id, number, first_seq, last_seq, closed_ms)
         VALUES ('another', 1, 1, 1, 1)`,
      ],
    ];
    for (const [sql, parameters] of refused) {
      await expect(books.tamper(sql, parameters), sql).rejects.toThrow();
    }
  });
});
