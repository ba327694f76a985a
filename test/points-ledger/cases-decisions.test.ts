import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { decideDueCases } from '../../subgraphs/points-ledger/cases/commands/drive-cases.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { asMember, operator } from '../support/people.ts';
import { accrue, openBooks, reverse } from './books-world.ts';
import { casesOf, countOf, openFrozen, second } from './cases-acts.ts';

describe.each(engines)('on $name', (engine) => {
  test('S38: only what the proven events brought is deducted, and by two persons', async () => {
    await using books = await openBooks(engine);
    const other = await books.postOne(accrue({ causeId: 'p0' }));
    const { cases, caseId, accrualId } = await openFrozen(books);
    await books.postOne(reverse({ reversesId: 'p1', points: 30 }));
    const deduct = (points: number, id = accrualId) =>
      cases.ask('deductPoints', { caseId, parts: [{ accrualId: id, points }] });

    expect(await deduct(71)).toMatchObject({
      __typename: 'DeductionExceeds',
      message: expect.stringContaining('70 points'),
    });
    expect((await deduct(10, String(other.entryId))).code).toBe('ACCRUAL_NOT_IN_CASE');
    expect((await deduct(0)).__typename).toBe('InvalidInput');
    expect((await cases.ask('deductPoints', { caseId, parts: [] })).code).toBe('PARTS_NEEDED');
    await deduct(20);
    const { case: proposed } = await deduct(50);
    expect(proposed.deductions).toMatchObject([{ number: 2, points: 50, state: 'PROPOSED' }]);
    expect((await cases.wallet()).cases[0].deductions).toEqual([]);

    const approve = (number: number, as: Caller) =>
      cases.ask('approveDeduction', { caseId, number }, as);
    expect((await approve(2, operator)).__typename).toBe('SecondPersonNeeded');
    // The first was withdrawn by the second.
    expect((await approve(1, second)).code).toBe('DEDUCTION_NOT_FOUND');
    const { case: taken } = await approve(2, second);
    expect(taken).toMatchObject({
      state: 'FROZEN',
      deductions: [{ state: 'BOOKED', entry: { kind: 'DEDUCT' } }],
    });
    expect((await cases.events()).at(-1)).toEqual([
      'points.deducted',
      { caseId, walletId: 'ann', unit: 'ALLIANCE', points: 50, debt: 0 },
    ]);
    expect((await deduct(21)).__typename).toBe('DeductionExceeds');

    books.clock.advanceDays(3);
    const { case: closed } = await cases.ask('liftFreeze', { caseId, note: 'Deducted.' });
    expect(closed).toMatchObject({ state: 'CLOSED', outcome: 'PROVEN', daysGivenBack: 0 });
    expect(await cases.wallet()).toMatchObject({ available: 120 });
    expect((await deduct(1)).code).toBe('CASE_NOT_READY');
    expect(await books.problems()).toEqual([]);
  });

  test('S38: what was proposed before she appealed is proposed again, or not', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    const parts = [{ accrualId, points: 50 }];
    await cases.ask('deductPoints', { caseId, parts });
    const text = 'The order was real: see the receipt.';
    await cases.ask('appealFreeze', { caseId, text }, asMember('ann'));

    const { code } = await cases.ask('approveDeduction', { caseId, number: 1 }, second);
    await cases.ask('deductPoints', { caseId, parts });
    const { case: decided } = await cases.ask('approveDeduction', { caseId, number: 2 }, second);

    expect(code).toBe('DEDUCTION_NOT_FOUND');
    expect(decided.deductions).toMatchObject([{ number: 2, state: 'BOOKED' }]);
  });

  test('a return that comes between proposal and approval is not taken twice', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 100 }] });
    await books.postOne(reverse({ reversesId: 'p1', points: 40 }));

    const { case: found } = await cases.ask('approveDeduction', { caseId, number: 1 }, second);
    expect(found).toMatchObject({
      state: 'FROZEN',
      deductions: [{ state: 'REFUSED', refusal: 'DEDUCTION_EXCEEDS' }],
    });
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 60 }] });
    const { case: again } = await cases.ask('approveDeduction', { caseId, number: 2 }, second);
    expect(again.deductions[1]).toMatchObject({ state: 'BOOKED' });
    expect(await cases.wallet()).toMatchObject({ available: 0, frozen: 0, debt: 0 });
  });

  test('what was deducted until the deadline is a decision, so no days are given back', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 10 }] });
    await cases.ask('approveDeduction', { caseId, number: 1 }, second);
    books.clock.set('2026-12-05T02:00:00Z');
    await books.settle();

    expect((await cases.wallet()).cases).toMatchObject([{ outcome: 'PROVEN', daysGivenBack: 0 }]);
  });

  test('two persons who decide at once: one decision, one entry', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());
    const { id: caseId } = (await cases.propose(entryId)).case;
    const third = { ...operator, subject: 'operator:third' };
    const answers = await Promise.all([
      cases.ask('approveFreeze', { caseId }, second),
      cases.ask('approveFreeze', { caseId }, third),
      cases.ask('approveFreeze', { caseId }, second),
    ]);

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'CaseNotReady',
      'CaseNotReady',
      'PointsCaseChanged',
    ]);
    await books.settle();
    expect(await countOf(books, 'FREEZE')).toBe(1);
    expect(await books.problems()).toEqual([]);
  });

  test('a crash between decision, books and case is made good by the worker, and nothing done twice', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());
    const { id: caseId } = (await cases.propose(entryId)).case;
    // Another one that can never go on does not stand in its way.
    const { id: other } = (await cases.propose(entryId)).case;
    await books.tamper("UPDATE points_case SET state = 'LIFTING', id = '0' WHERE id = ?", [other]);
    const worker = decideDueCases(books.frame, createLedger(books.frame));
    const broken = decideDueCases(books.frame, {
      ...createLedger(books.frame),
      post: () => Promise.reject(new Error('killed before the books')),
    });
    const killedAfter = decideDueCases(
      {
        ...books.frame,
        database: new Proxy(books.frame.database, {
          get: (database, name) => {
            if (name === 'transaction') {
              return () => Promise.reject(new Error('killed after the books'));
            }
            const value = Reflect.get(database, name, database);
            return typeof value === 'function' ? value.bind(database) : value;
          },
        }),
      },
      createLedger(books.frame),
    );
    // As the command leaves it, when the process is killed right after its commit.
    const step = async (state: string, more = '') =>
      books.tamper(`UPDATE points_case SET state = ? ${more} WHERE id = ?`, [state, caseId]);
    const stateNow = async () =>
      (await books.data('query ($id: ID!) { pointsCase(id: $id) { state } }', { id: caseId }))
        .pointsCase.state;

    for (const [begun, more, kind, done] of [
      ['FREEZING', ", approved_by = 'operator:second'", 'FREEZE', 'FROZEN'],
      ['DEDUCTING', '', 'DEDUCT', 'FROZEN'],
      ['LIFTING', ", outcome = 'PROVEN'", 'LIFT', 'CLOSED'],
    ] as const) {
      if (begun === 'DEDUCTING') {
        await cases.ask('deductPoints', { caseId, parts: [{ accrualId: entryId, points: 60 }] });
        await books.tamper("UPDATE points_case_deduction SET state = 'APPROVED'");
      }
      await step(begun, more);
      await expect(broken.step()).rejects.toThrow();
      expect([await stateNow(), await countOf(books, kind)]).toEqual([begun, 0]);
      await expect(killedAfter.step()).rejects.toThrow();
      expect([await stateNow(), await countOf(books, kind)]).toEqual([begun, 1]);
      for (let again = 0; again < 2; again += 1) {
        await expect(worker.step()).rejects.toThrow('a freeze is lifted for a reason');
      }
      expect([await stateNow(), await countOf(books, kind)]).toEqual([done, 1]);
    }
    expect(await cases.wallet()).toMatchObject({ available: 40, frozen: 0 });
    const told = (await cases.events()).map(([kind]: [string]) => kind);
    expect(told).toEqual(['points.frozen', 'points.deducted', 'points.unfrozen']);
    expect(await books.problems()).toEqual([]);
  });
});
