import { describe, expect, test } from 'vitest';
import { settle } from '../../shared/workers.ts';
import { expireLots } from '../../subgraphs/points-ledger/commands/expire-lots.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, resolve, reverse } from './books-world.ts';
import { plantPoison, removePoison } from './poison.ts';

/** In Shanghai the 23rd of November 2026 begins. */
const NEXT_DAY = '2026-11-22T16:00:00Z';
const TOMORROW = '2026-11-23';

/** The run of expiry of another process over the same database, in small pages. */
const otherRun = ({ frame }: OpenBooks, page = 3) =>
  expireLots(frame, createLedger(frame), { page });

/** What lapsed, entry by entry: wallet, unit, points, cause. */
const lapsed = async ({ database }: OpenBooks): Promise<string[]> =>
  (
    await database.reader.query<Record<string, unknown>[]>(
      `SELECT wallet_id, unit, points, cause_kind, cause_id FROM points_journal_entry
       WHERE kind = 'EXPIRE' ORDER BY seq`,
    )
  ).map((row) => Object.values(row).join(' '));

const conservation = async (books: OpenBooks) =>
  (
    await books.data(
      '{ conservation { issuer { id } unit issued available held redeemed expired debt balance } }',
    )
  ).conservation;

/** So many members who each have 10 points until tomorrow. */
const crowd = (members: number) =>
  Array.from({ length: members }, (_, n) =>
    accrue({ walletId: `member-${String(n).padStart(4, '0')}`, points: 10, expiresOn: TOMORROW }),
  );

describe.each(engines)('on $name', (engine) => {
  test('S6 points of three years are good until the last second, then an entry moves them to their issuer', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ expiresOn: '2029-11-22' }), accrue({ points: 5 })]);

    books.clock.set('2029-11-21T15:59:59Z');
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 105 });
    expect(await lapsed(books)).toEqual([]);

    books.clock.set('2029-11-21T16:00:00Z');
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 5 });
    const { journalEntries } = await books.data(`{ journalEntries(first: 5,
      filter: { kind: { eq: EXPIRE } }) { nodes { causeKind causeId member { id }
        postings { account ownerId points expiresOn issuer { id } } } } }`);
    const line = { expiresOn: '2029-11-22', issuer: { id: 'I' } };
    expect(journalEntries.nodes).toEqual([
      {
        causeKind: 'EXPIRY',
        causeId: '2029-11-22',
        member: { id: 'ann' },
        postings: [
          { account: 'AVAILABLE', ownerId: 'ann', points: -100, ...line },
          { account: 'BREAKAGE', ownerId: 'I', points: 100, ...line },
        ],
      },
    ]);
    expect(await conservation(books)).toEqual([
      {
        issuer: { id: 'I' },
        unit: 'ALLIANCE',
        issued: 105,
        available: 5,
        held: 0,
        redeemed: 0,
        expired: 100,
        debt: 0,
        balance: 0,
      },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('S17 points without expiry are good in a thousand years, also when later ones have a term', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ points: 70 }), accrue({ points: 30, expiresOn: '2027-11-22' })]);

    books.clock.set('3026-11-22T02:00:00Z');
    await books.settle();

    expect(await books.wallet()).toMatchObject({
      available: 70,
      lots: [{ points: 70, expiresOn: null }],
    });
    expect(await lapsed(books)).toEqual(['ann ALLIANCE 30 EXPIRY 3026-11-22']);
    expect(await books.problems()).toEqual([]);
  });

  test('S59 points of each unit and issuer lapse on their own day', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 10, expiresOn: TOMORROW }),
      accrue({ points: 20, expiresOn: TOMORROW, issuerId: 'J' }),
      accrue({ points: 30, expiresOn: TOMORROW, unit: 'GREEN' }),
      accrue({ points: 40, expiresOn: '2026-11-24', unit: 'GREEN' }),
    ]);

    books.clock.set(NEXT_DAY);
    await books.settle();
    books.clock.advanceDays(1);
    await books.settle();

    expect(await lapsed(books)).toEqual([
      'ann ALLIANCE 30 EXPIRY 2026-11-23',
      'ann GREEN 30 EXPIRY 2026-11-23',
      'ann GREEN 40 EXPIRY 2026-11-24',
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('a run that is repeated, or whose clock jumps back, lets nothing lapse twice and nothing come back', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 10, expiresOn: TOMORROW }),
      accrue({ points: 20, expiresOn: '2026-11-24' }),
    ]);
    books.clock.set('2026-11-23T16:00:00Z');
    await books.settle();
    await settle([otherRun(books)]);
    const once = ['ann ALLIANCE 30 EXPIRY 2026-11-24'];
    expect(await lapsed(books)).toEqual(once);

    books.clock.set('2026-11-22T02:00:00Z');
    await books.settle();
    await settle([otherRun(books)]);

    expect(await lapsed(books)).toEqual(once);
    expect(await books.wallet()).toMatchObject({ available: 0 });
    // In the books that day has passed, whatever the clock says.
    expect(await books.postOne(accrue({ expiresOn: '2026-11-24' }))).toMatchObject({
      code: 'INVALID_COMMAND',
    });
    expect(await books.problems()).toEqual([]);
  });

  test('points that a hold gives back after their lot lapsed lapse in the run of the next day', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ expiresOn: TOMORROW }),
      hold({ holdId: 'kept', points: 30, holdMinutes: 3 * 24 * 60 }),
      hold({ holdId: 'given back', points: 20, holdMinutes: 3 * 24 * 60 }),
    ]);
    books.clock.set(NEXT_DAY);
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 0, held: 50 });

    await books.postOne(resolve('RELEASE', { holdId: 'given back' }));
    await books.settle();
    await settle([otherRun(books)]);
    books.clock.advanceDays(1);
    await books.settle();
    expect(await books.postOne(resolve('CAPTURE', { holdId: 'kept' }))).toMatchObject({
      status: 'ACCEPTED',
      points: 30,
    });

    expect(await lapsed(books)).toEqual([
      'ann ALLIANCE 50 EXPIRY 2026-11-23',
      'ann ALLIANCE 20 EXPIRY 2026-11-24',
    ]);
    expect(await conservation(books)).toMatchObject([{ held: 0, redeemed: 30, expired: 70 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a purchase that is returned after its points expired leaves nothing issued, owed or expired', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ causeId: 'p1', expiresOn: TOMORROW }), burn({ points: 40 })]);
    books.clock.set(NEXT_DAY);
    await books.settle();

    expect(await books.postOne(reverse({ reversesId: 'p1', points: 50 }))).toMatchObject({
      debt: 0,
    });
    expect(await books.postOne(reverse({ reversesId: 'p1', points: 50 }))).toMatchObject({
      debt: 40,
    });
    expect(await books.postOne(reverse({ reversesId: 'p1', points: 1 }))).toMatchObject({
      code: 'REVERSAL_EXCEEDS',
    });

    // The 40 that were spent are owed, and remain what B accepted.
    expect(await conservation(books)).toMatchObject([
      { issued: 0, available: 0, redeemed: 40, expired: 0, debt: 40, balance: 0 },
    ]);
    expect(await books.database.reader.query('SELECT * FROM points_expired')).toEqual([]);
    expect(await books.problems()).toEqual([]);
  });

  test('a run that is stopped between two pages is finished by a new process, each lot once', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(20));
    books.clock.set(NEXT_DAY);
    const stopped = otherRun(books);
    await stopped.step();
    await stopped.step();
    expect(await lapsed(books)).toHaveLength(6);

    await using next = await openBooks(engine, {
      at: NEXT_DAY,
      databaseUrl: books.databaseUrl,
    });
    await next.settle();

    expect(new Set(await lapsed(books)).size).toBe(20);
    expect(await lapsed(books)).toHaveLength(20);
    expect(await books.problems()).toEqual([]);
  });

  test('two runs at once let each lot lapse once', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(40));
    books.clock.set(NEXT_DAY);

    await Promise.all(
      [otherRun(books, 4), otherRun(books, 4), otherRun(books, 7)].map((run) => settle([run])),
    );

    expect(await lapsed(books)).toHaveLength(40);
    expect(await conservation(books)).toMatchObject([{ issued: 400, available: 0, expired: 400 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a wallet that breaks does not keep the others, and lapses in a further run of the day', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(10));
    await plantPoison(
      books.database,
      engine,
      "NEW.wallet_id = 'member-0004' AND NEW.kind = 'EXPIRE'",
    );
    books.clock.set(NEXT_DAY);

    const run = otherRun(books);
    await settle([run]);
    expect(await lapsed(books)).toHaveLength(9);
    await removePoison(books.database);
    await settle([run]);

    expect(await lapsed(books)).toHaveLength(10);
    expect(await books.problems()).toEqual([]);
  });

  test('ids of full length lapse too', async () => {
    await using books = await openBooks(engine);
    const [walletId, unit, issuerId] = ['w', 'u', 'i'].map((letter) => letter.repeat(64));
    await books.post([
      accrue({
        walletId: String(walletId),
        unit: String(unit),
        issuerId: String(issuerId),
        expiresOn: TOMORROW,
      }),
    ]);
    books.clock.set(NEXT_DAY);

    await books.settle();

    expect(await lapsed(books)).toHaveLength(1);
    expect(await books.problems()).toEqual([]);
  });

  test('a page costs the same statements for one wallet and for 200, and nothing once the day is done', async () => {
    await using books = await openBooks(engine);
    const run = otherRun(books, 500);
    const cost = async () => {
      books.statements.length = 0;
      await run.step();
      return books.statements.length;
    };
    const costs: number[] = [];
    for (const [day, members] of [1, 200].entries()) {
      const expiresOn = `2026-11-${23 + day}`;
      await books.post(crowd(members).map((command) => ({ ...command, expiresOn })));
      books.clock.set(`2026-11-${22 + day}T16:00:00Z`);
      costs.push(await cost());
      await settle([run]);
    }

    expect(costs[1]).toBe(costs[0]);
    expect(costs[0]).toBeLessThan(30);
    // The head of the chain tells the day, and the day is done.
    expect(await cost()).toBe(1);
    expect(await lapsed(books)).toHaveLength(201);
  });
});
