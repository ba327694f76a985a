import { describe, expect, test } from 'vitest';
import { driveCase } from '../../subgraphs/points-ledger/cases/commands/drive-cases.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { type Engine, engines } from '../support/engines.ts';
import { operator } from '../support/people.ts';
import { type OpenBooks, openBooks, rewards } from './books-world.ts';
import { interposed, meddling, meeting } from './interposed.ts';
import { type Deed, deeds, documentOf, second, type Task } from './killed/deeds.ts';

/** Guards behind the locks of cases and goodwill, and these locks. */

async function openDeed(engine: Engine, name: string) {
  const books = await openBooks(engine);
  const deed = deeds.find((one): one is Deed => one.name === name);
  if (deed === undefined) throw new Error(`no deed is ${name}`);
  const task = await deed.prepare(books, 'ann');
  return Object.assign(books, { task });
}

const ask = (books: OpenBooks, { field, input }: Task, as = second) =>
  books
    .data(documentOf(field), { input: { ...input, idempotencyKey: as.subject } }, { as })
    .then((data) => data[field].__typename);

/** Three decisions, with what somebody else does behind their lock, and what stays as it was. */
const guarded = [
  [
    'a case that is not as it was read undoes the decision',
    ...['a freeze', 'UPDATE points_case', "UPDATE points_case SET state = 'CLOSED'"],
    ...['points_case', 'PROPOSED'],
  ],
  [
    'a proposed deduction that is not as it was read undoes the approval',
    ...['a deduction', "UPDATE points_case_deduction SET state = 'APPROVED'"],
    ...[
      "UPDATE points_case_deduction SET state = 'WITHDRAWN'",
      'points_case_deduction',
      'PROPOSED',
    ],
  ],
  [
    'an adjustment that is not as it was read undoes the approval',
    ...['points out of goodwill', "UPDATE points_adjustment SET state = 'APPROVED'"],
    ...["UPDATE points_adjustment SET state = 'REFUSED'", 'points_adjustment', 'PROPOSED'],
  ],
] as const;

describe.each(engines)('on $name', (engine) => {
  test.each(guarded)('%s', async (_, name, beginning, sql, table, state) => {
    await using books = await openDeed(engine, name);

    const answer = interposed(meddling(beginning, sql), () => ask(books, books.task));

    await expect(answer).rejects.toThrow('INTERNAL');
    expect(await books.database.reader.query(`SELECT state FROM ${table}`)).toEqual([{ state }]);
    await books.settle();
    expect(await books.problems()).toEqual([]);
  });

  test('a deduction that is not as it was read undoes what was to be written down', async () => {
    await using books = await openDeed(engine, 'a deduction');
    const gone = "UPDATE points_case_deduction SET state = 'WITHDRAWN'";

    await interposed(meddling('UPDATE points_case_deduction SET state = ?', gone), () =>
      ask(books, books.task),
    );

    // The books have it; the case says so when a worker comes.
    const states = () => books.database.reader.query('SELECT state FROM points_case_deduction');
    expect(await states()).toEqual([{ state: 'APPROVED' }]);
    await books.settle();
    expect(await states()).toEqual([{ state: 'BOOKED' }]);
  });

  test('two that drive one case write it down once', async () => {
    await using books = await openDeed(engine, 'a freeze');
    const caseId = String(books.task.input.caseId);
    await books.tamper(
      "UPDATE points_case SET state = 'FREEZING', approved_by = 'operator:second'",
    );

    await Promise.all([1, 2].map(() => driveCase(books.frame, createLedger(books.frame), caseId)));

    const { pointsLedgerFeed } = await books.data(
      '{ pointsLedgerFeed(after: 0, first: 100) { kind } }',
      {},
      { as: rewards },
    );
    const told = pointsLedgerFeed.filter(({ kind }: { kind: string }) => kind === 'points.frozen');
    expect(told).toHaveLength(1);
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test.each([
    ['a freeze', /^UPDATE points_case/, ['PointsCaseChanged', 'CaseNotReady']],
    [
      'points out of goodwill',
      /^UPDATE points_adjustment/,
      ['PointsAdjustmentChanged', 'AdjustmentNotReady'],
    ],
  ] as const)('who decides second waits for the first: %s', async (name, beginning, answers) => {
    await using books = await openDeed(engine, name);
    const third = { ...operator, subject: 'operator:third' };

    const met = await meeting(
      books.database.reader,
      beginning,
      () => ask(books, books.task),
      () => ask(books, books.task, third),
    );

    expect(met).toEqual({ first: answers[0], second: answers[1], hasWaited: true });
    await books.settle();
    expect(await books.problems()).toEqual([]);
  });
});
