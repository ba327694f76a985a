import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../../shared/workers.ts';
import { vestDue } from '../../subgraphs/points-ledger/commands/vest-due.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { asMember } from '../support/people.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, reverse, vest } from './books-world.ts';
import * as plain from './plain-commands.ts';
import { plantPoison, removePoison } from './poison.ts';
import { plainSteps } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

/** In Shanghai the 25th of November 2026 begins. */
const ON_THE_25TH = '2026-11-24T16:00:00Z';
const VESTS_ON = '2026-11-25';

const walletOf = async (books: OpenBooks, memberId = 'ann') => {
  const [member] = await books.entities(
    '... on Member { wallet { available pending debt byUnit { unit available pending } } }',
    [{ __typename: 'Member', id: memberId }],
    { as: asMember(memberId) },
  );
  return member.wallet;
};

/** How often something vested, and how many points. */
const vested = async ({ database }: OpenBooks) => {
  const [row] = await database.reader.query<Record<string, unknown>[]>(
    `SELECT COUNT(*) AS entries, COALESCE(SUM(points), 0) AS points FROM points_journal_entry
     WHERE kind = 'VEST'`,
  );
  return { entries: Number(row?.entries), points: Number(row?.points) };
};

const crowd = (members: number) =>
  Array.from({ length: members }, (_, n) =>
    accrue({ walletId: `member-${n}`, points: 10, vestsOn: VESTS_ON }),
  );

/** The vesting of another process over the same database. */
const otherRun = ({ frame }: OpenBooks, page = 3) => vestDue(frame, createLedger(frame), { page });

describe.each(engines)('on $name', (engine) => {
  test('points that vest on a day are pending until its first second, and then good', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ vestsOn: VESTS_ON }), accrue({ points: 5 })]);
    expect(await walletOf(books)).toEqual({
      available: 5,
      pending: 100,
      debt: 0,
      byUnit: [{ unit: 'ALLIANCE', available: 5, pending: 100 }],
    });
    const early = await books.post([burn({ points: 6 }), hold({ points: 6 })]);
    expect(early.map(({ code, available, missing }) => [code, available, missing])).toEqual([
      ['INSUFFICIENT_POINTS', 5, 1],
      ['INSUFFICIENT_POINTS', 5, 1],
    ]);

    books.clock.set('2026-11-24T15:59:59Z');
    await books.settle();
    expect(await walletOf(books)).toMatchObject({ available: 5, pending: 100 });

    books.clock.set(ON_THE_25TH);
    await books.settle();
    expect(await walletOf(books)).toMatchObject({ available: 105, pending: 0 });
    expect(await books.postOne(burn({ points: 105 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.problems()).toEqual([]);
  });

  test('points that vest by event wait for it for years, and vest once', async () => {
    await using books = await openBooks(engine);
    const { entryId } = await books.postOne(accrue({ vestsOnEvent: true }));
    books.clock.set('2036-11-22T02:00:00Z');
    await books.settle();
    expect(await walletOf(books)).toMatchObject({ available: 0, pending: 100 });

    const event = vest({ accrualId: String(entryId) });
    const strangers = await books.postOne(vest({ accrualId: String(entryId), walletId: 'bob' }));
    const [first, again] = await books.post([event, event]);
    const later = await books.postOne({ ...event, key: 'another key' });

    expect(strangers.code).toBe('NOTHING_TO_VEST');
    expect(first).toMatchObject({ status: 'ACCEPTED', points: 100, available: 100 });
    expect(again).toEqual(first);
    expect(later.code).toBe('NOTHING_TO_VEST');
    expect(await walletOf(books)).toMatchObject({ available: 100, pending: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('nobody makes points good before the day for which they were promised', async () => {
    await using books = await openBooks(engine);
    const { entryId } = await books.postOne(accrue({ vestsOn: VESTS_ON }));
    const early = vest({ accrualId: String(entryId) });
    expect(await books.postOne(early)).toMatchObject({ status: 'REFUSED', code: 'VESTS_LATER' });
    expect(await walletOf(books)).toMatchObject({ available: 0, pending: 100 });

    books.clock.set(ON_THE_25TH);
    // What was refused stays refused under its key; under another one it is the day.
    expect((await books.postOne(early)).code).toBe('VESTS_LATER');
    expect(await books.postOne(vest({ accrualId: String(entryId) }))).toMatchObject({
      status: 'ACCEPTED',
      points: 100,
    });
    expect(await walletOf(books)).toMatchObject({ available: 100, pending: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('a line of a purchase that comes back before its points vest takes these and no others', async () => {
    await using books = await openBooks(engine);
    const lines = ['1', '2', '3'].map((causeLine) =>
      accrue({ causeId: 'p1', causeLine, points: 30, vestsOn: VESTS_ON }),
    );
    await books.post([...lines, accrue({ points: 50 })]);

    const back = (points: number) => reverse({ reversesId: 'p1', causeLine: '2', points });
    const [part, rest, more] = await books.post([back(10), back(20), back(1)]);
    const unknown = await books.postOne(reverse({ reversesId: 'p1', causeLine: '4', points: 1 }));

    expect(part).toMatchObject({ status: 'ACCEPTED', debt: 0, available: 50 });
    expect(rest).toMatchObject({ status: 'ACCEPTED', debt: 0, available: 50 });
    expect(more?.code).toBe('REVERSAL_EXCEEDS');
    expect(unknown.code).toBe('NOTHING_TO_REVERSE');
    expect(await walletOf(books)).toMatchObject({ available: 50, pending: 60 });
    books.clock.set(ON_THE_25TH);
    await books.settle();
    expect(await walletOf(books)).toMatchObject({ available: 110, pending: 0 });
    expect(await vested(books)).toEqual({ entries: 2, points: 60 });
    expect(await books.problems()).toEqual([]);
  });

  test('a purchase shows which of its points are pending, and until when', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1', points: 10 }),
      accrue({ causeId: 'p1', points: 20, vestsOn: VESTS_ON }),
      accrue({ causeId: 'p1', points: 30, vestsOnEvent: true }),
      reverse({ reversesId: 'p1', points: 15 }),
    ]);

    const [purchase] = await books.entities(
      '... on Purchase { accruals { points pending vestsOn } }',
      [{ __typename: 'Purchase', id: 'p1' }],
      { as: asMember('ann') },
    );

    expect(purchase.accruals).toEqual([
      { points: 10, pending: 0, vestsOn: null },
      { points: 20, pending: 15, vestsOn: VESTS_ON },
      { points: 30, pending: 30, vestsOn: null },
      { points: -10, pending: 0, vestsOn: null },
      { points: -5, pending: 0, vestsOn: null },
    ]);
  });

  test('two processes at once, page by page, let each accrual vest once', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(20));
    books.clock.set(ON_THE_25TH);

    await Promise.all([settle([otherRun(books)]), settle([otherRun(books, 7)])]);

    expect(await vested(books)).toEqual({ entries: 20, points: 200 });
    await settle([otherRun(books)]);
    expect(await vested(books)).toEqual({ entries: 20, points: 200 });
    expect(await books.problems()).toEqual([]);
  });

  test('a run that is stopped between two pages is finished by a new process', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(7));
    books.clock.set(ON_THE_25TH);

    expect(await otherRun(books).step()).toBe(true);
    expect(await vested(books)).toEqual({ entries: 3, points: 30 });
    await settle([otherRun(books)]);

    expect(await vested(books)).toEqual({ entries: 7, points: 70 });
  });

  test('a clock that jumps back takes nothing back that has vested, and lets nothing vest twice', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ vestsOn: VESTS_ON }), accrue({ vestsOn: '2026-11-26' })]);
    books.clock.set(ON_THE_25TH);
    await books.settle();

    books.clock.set('2026-11-01T00:00:00Z');
    await books.settle();
    // By the books it is the 25th still, so what vests on that day is good at once.
    await books.postOne(accrue({ points: 1, vestsOn: VESTS_ON }));

    expect(await walletOf(books)).toMatchObject({ available: 101, pending: 100 });
    expect(await vested(books)).toEqual({ entries: 1, points: 100 });
    expect(await books.problems()).toEqual([]);
  });

  test('an accrual that breaks does not keep the others, and vests once it can', async () => {
    await using books = await openBooks(engine);
    const accruals = await books.post([
      accrue({ walletId: 'eve', vestsOn: '2026-11-24' }),
      ...crowd(4),
    ]);
    await plantPoison(books.database, engine, `NEW.cause_id = '${accruals[0]?.entryId}'`);
    books.clock.set(ON_THE_25TH);

    await settle([otherRun(books)]);
    await settle([otherRun(books)]);
    expect(await vested(books)).toEqual({ entries: 4, points: 40 });

    await removePoison(books.database);
    await settle([otherRun(books)]);
    expect(await vested(books)).toEqual({ entries: 5, points: 140 });
    expect(await books.problems()).toEqual([]);
  });

  test('a page costs the same statements for one accrual and for 100', async () => {
    await using books = await openBooks(engine);
    const cost = async (members: number, vestsOn: string) => {
      await books.post(crowd(members).map((one) => ({ ...one, vestsOn })));
      books.clock.set(`${vestsOn}T02:00:00Z`);
      books.statements.length = 0;
      await otherRun(books, 500).step();
      return books.statements.length;
    };

    const one = await cost(1, '2026-11-23');
    expect(await cost(100, '2026-11-24')).toBe(one);
    expect(await vested(books)).toEqual({ entries: 101, points: 1010 });
  });
});

test('points that vest later are promised at once, and kept apart until they vest', () => {
  const books = new TestBooks();
  const accrual = books.post(plain.accrue(100, { vestsOn: 20261125 }));
  expect(plain.linesOf(accrual)).toEqual(['OUTSTANDING I/I -100', 'PENDING ann/I +100']);
  expect(accrual.outcome).toMatchObject({ points: 100, available: 0, debt: 0 });

  books.pass(3);
  const vesting = books.post(plain.vest(accrual));
  expect(plain.linesOf(vesting)).toEqual(['PENDING ann/I -100', 'AVAILABLE ann/I +100']);
  expect(vesting.outcome).toMatchObject({ points: 100, available: 100, debt: 0 });
});

test.each([
  ['a day that has come', { vestsOn: 20261122 }, 100],
  ['a day before', { vestsOn: 20261101 }, 100],
  ['the day after', { vestsOn: 20261123 }, 0],
] as const)('points that vest on %s', (_, given, available) => {
  const books = new TestBooks();
  expect(books.post(plain.accrue(100, given)).outcome.available).toBe(available);
  expect(plain.balanceOf(books)).toMatchObject({ available, pending: 100 - available });
});

test('points that would lapse before they vest are not promised', () => {
  const books = new TestBooks();
  const short = plain.accrue(100, { vestsOn: 20261201, expiresOn: 20261201 });

  expect(books.post(short).outcome.code).toBe('INVALID_COMMAND');
  expect(books.post({ ...short, expiresOn: 20261202 }).outcome.status).toBe('ACCEPTED');
});

test('pending points pay no debt; when they vest they pay it before they can be spent', () => {
  const books = new TestBooks();
  books.post(plain.accrue(100));
  books.post(plain.burn(100));
  books.post(plain.reverse(100));
  const accrual = books.post(plain.accrue(150, { causeId: 'p2', vestsOn: 'ON_EVENT' }));
  expect(plain.balanceOf(books)).toEqual({ available: 0, pending: 150, held: 0, debt: 100 });

  const vesting = books.post(plain.vest(accrual));

  expect(vesting.outcome).toMatchObject({ points: 150, available: 50, debt: 100 });
  expect(plain.balanceOf(books)).toEqual({ available: 50, pending: 0, held: 0, debt: 0 });
});

test('a return takes what is pending first, then what has vested', () => {
  const books = new TestBooks();
  const [early] = [
    books.post(plain.accrue(40)),
    books.post(plain.accrue(60, { vestsOn: 'ON_EVENT' })),
  ];
  books.post(plain.burn(40));
  expect(early.outcome.status).toBe('ACCEPTED');

  const back = books.post(plain.reverse(100));

  expect(plain.linesOf(back)).toEqual([
    'PENDING ann/I -60',
    'OUTSTANDING I/I +60',
    'OUTSTANDING I/I +40',
    'DEBT ann/I -40',
  ]);
});

test('what is left of an accrual after a return in part is what vests', () => {
  const books = new TestBooks();
  const accrual = books.post(plain.accrue(100, { vestsOn: 20261125 }));
  books.post(plain.reverse(30));
  books.pass(3);

  expect(books.post(plain.vest(accrual)).outcome.points).toBe(70);
  expect(books.post(plain.vest(accrual)).outcome.code).toBe('NOTHING_TO_VEST');
  expect(books.post(plain.reverse(71)).outcome.code).toBe('REVERSAL_EXCEEDS');
  expect(books.post(plain.reverse(70)).outcome.debt).toBe(0);
});

test('nothing vests of what was taken back whole', () => {
  const books = new TestBooks();
  const accrual = books.post(plain.accrue(100, { vestsOn: 20261125 }));
  books.post(plain.reverse(100));

  expect(books.post(plain.vest(accrual)).outcome.code).toBe('NOTHING_TO_VEST');
});

test('points whose event comes after their day of expiry can no more be spent, and lapse', () => {
  const books = new TestBooks();
  const accrual = books.post(plain.accrue(100, { vestsOn: 'ON_EVENT', expiresOn: 20261125 }));
  books.pass(5);
  expect(books.post(plain.expire(books.today)).outcome.code).toBe('NOTHING_TO_EXPIRE');

  expect(books.post(plain.vest(accrual)).outcome).toMatchObject({ points: 100, available: 0 });
  expect(books.post(plain.burn(1)).outcome.code).toBe('INSUFFICIENT_POINTS');
  expect(books.post(plain.expire(books.today)).outcome.points).toBe(100);
});

test('pending points take up room like any others', () => {
  const books = new TestBooks();
  const accrual = books.post(plain.accrue(Number.MAX_SAFE_INTEGER, { vestsOn: 'ON_EVENT' }));
  expect(books.post(plain.accrue(1)).outcome.code).toBe('POINTS_OVERFLOW');
  expect(books.post(plain.vest(accrual)).outcome.available).toBe(Number.MAX_SAFE_INTEGER);
});

test('what vests of an accrual is what it brought less what was taken back before', () => {
  let seen = 0;
  fc.assert(
    fc.property(plainSteps, (sequence) => {
      const books = new TestBooks();
      const open = new Map<string, number>();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry } = books.post(command);
        if (entry?.kind === 'ACCRUE') open.set(entry.id, entry.points);
        for (const { accrualId, points } of entry?.reversals ?? []) {
          open.set(accrualId, (open.get(accrualId) ?? 0) - points);
        }
        if (entry?.kind !== 'VEST') continue;
        seen += 1;
        expect(entry.points).toBe(open.get(String(entry.detail?.accrualId)));
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(10);
});
