import { describe, expect, test } from 'vitest';
import {
  movedPayment,
  movedSide,
  type SideMove,
  type SideState,
  statementState,
} from '../../subgraphs/points-ledger/clearing/domain/states.ts';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey } from '../support/people.ts';
import { act, closed, cny } from './clearing-acts.ts';
import { openClearing } from './clearing-world.ts';

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
    // Nothing is not everything.
    expect(await confirm([])).toMatchObject({ code: 'LINES_NEEDED' });
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
