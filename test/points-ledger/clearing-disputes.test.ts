import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMerchant } from '../support/people.ts';
import { act, closed, cny } from './clearing-acts.ts';
import { openClearing } from './clearing-world.ts';

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
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
    // Two of the largest numbers there are, and no cycle could be closed any more.
    for (const slip of [Number.MAX_SAFE_INTEGER, 1_000_000_000_001, -1_000_000_000_001]) {
      expect(
        await act(books, 'resolveClearingDispute', { ...resolve, amount: cny(slip) }),
      ).toMatchObject({ code: 'CORRECTION_TOO_LARGE' });
    }
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
});
