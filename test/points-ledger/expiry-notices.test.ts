import { describe, expect, test } from 'vitest';
import { settle } from '../../shared/workers.ts';
import { giveExpiryNotices } from '../../subgraphs/points-ledger/commands/give-expiry-notices.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, rewards } from './books-world.ts';

/** Every notice so far, as `days before: wallet unit points of issuer until day`. */
async function notices(books: OpenBooks): Promise<string[]> {
  const { pointsLedgerFeed } = await books.data(
    '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
    {},
    { as: rewards },
  );
  return pointsLedgerFeed
    .filter(({ kind }: { kind: string }) => kind === 'points.expiring')
    .map(({ payload }: { payload: string }) => {
      const { walletId, unit, points, issuerId, expiresOn, days } = JSON.parse(payload);
      return `${days}: ${walletId} ${unit} ${points} of ${issuerId} until ${expiresOn}`;
    });
}

/** The days from today on, one after the other, with all that the workers do on each. */
async function daysPass(books: OpenBooks, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    books.clock.advanceDays(1);
    await books.settle();
  }
}

const crowd = (members: number, expiresOn: string) =>
  Array.from({ length: members }, (_, n) =>
    accrue({ walletId: `member-${String(n).padStart(4, '0')}`, points: 10, expiresOn }),
  );

const otherWorker = ({ frame }: OpenBooks, page = 3) => giveExpiryNotices(frame, { page });

describe.each(engines)('on $name', (engine) => {
  test('S59 notice is given 30, 7 and 1 days before points lapse, once each, and says what is left', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ expiresOn: '2027-01-01' }), accrue({ points: 5 })]);
    await books.settle();
    await daysPass(books, 9);
    expect(await notices(books)).toEqual([]);

    await daysPass(books, 1);
    expect(await notices(books)).toEqual(['30: ann ALLIANCE 100 of I until 2027-01-01']);
    await books.postOne(burn({ points: 40 }));
    await books.settle();
    await daysPass(books, 23);
    await books.postOne(hold({ points: 10, holdMinutes: 30 * 24 * 60 }));
    await daysPass(books, 10);

    expect(await notices(books)).toEqual([
      '30: ann ALLIANCE 100 of I until 2027-01-01',
      '7: ann ALLIANCE 60 of I until 2027-01-01',
      '1: ann ALLIANCE 50 of I until 2027-01-01',
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('S59 who has spent all, or has points that never expire, gets no notice', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ expiresOn: '2026-12-22' }),
      accrue({ walletId: 'bob' }),
      burn({ points: 100 }),
    ]);
    await daysPass(books, 40);

    expect(await notices(books)).toEqual([]);
  });

  test('S59 one notice for each unit, issuer and day, whatever the points cost their issuer', async () => {
    await using books = await openBooks(engine);
    const expiresOn = '2026-12-22';
    await books.post([
      accrue({ points: 10, expiresOn }),
      accrue({ points: 20, expiresOn, priceMinor: 33 }),
      accrue({ points: 30, expiresOn, issuerId: 'J' }),
      accrue({ points: 40, expiresOn, unit: 'GREEN' }),
      accrue({ points: 50, expiresOn: '2026-12-23' }),
    ]);
    await books.settle();
    const today = [
      '30: ann ALLIANCE 30 of I until 2026-12-22',
      '30: ann ALLIANCE 30 of J until 2026-12-22',
      '30: ann GREEN 40 of I until 2026-12-22',
    ];
    expect(await notices(books)).toEqual(today);

    await daysPass(books, 1);
    expect(await notices(books)).toEqual([...today, '30: ann ALLIANCE 50 of I until 2026-12-23']);
  });

  test('points that are good for a short time, or whose notice an outage delayed, get the notice due now alone', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 1, expiresOn: '2026-11-23' }),
      accrue({ points: 2, expiresOn: '2026-11-24' }),
      accrue({ points: 7, expiresOn: '2026-11-29' }),
      accrue({ points: 8, expiresOn: '2026-11-30' }),
      accrue({ points: 30, expiresOn: '2026-12-22' }),
      accrue({ points: 31, expiresOn: '2026-12-23' }),
    ]);
    await books.settle();

    expect((await notices(books)).toSorted()).toEqual([
      '1: ann ALLIANCE 1 of I until 2026-11-23',
      '30: ann ALLIANCE 30 of I until 2026-12-22',
      '30: ann ALLIANCE 8 of I until 2026-11-30',
      '7: ann ALLIANCE 2 of I until 2026-11-24',
      '7: ann ALLIANCE 7 of I until 2026-11-29',
    ]);
    // Nothing ran for 29 days.
    books.clock.advanceDays(29);
    await books.settle();
    expect((await notices(books)).slice(5).toSorted()).toEqual([
      '1: ann ALLIANCE 30 of I until 2026-12-22',
      '7: ann ALLIANCE 31 of I until 2026-12-23',
    ]);
  });

  test('points that join a lot after its notice are in the next one', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ points: 10, expiresOn: '2026-12-22' }));
    await books.settle();
    await daysPass(books, 1);
    await books.postOne(accrue({ points: 5, expiresOn: '2026-12-22' }));
    await books.settle();
    await daysPass(books, 22);

    expect(await notices(books)).toEqual([
      '30: ann ALLIANCE 10 of I until 2026-12-22',
      '7: ann ALLIANCE 15 of I until 2026-12-22',
    ]);
  });

  test('a worker that is stopped between two pages, and a clock that jumps back, repeat no notice', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(20, '2026-12-22'));
    const stopped = otherWorker(books);
    await stopped.step();
    await stopped.step();
    expect(await notices(books)).toHaveLength(6);

    await using next = await openBooks(engine, { databaseUrl: books.databaseUrl });
    await next.settle();
    next.clock.set('2026-11-20T02:00:00Z');
    await next.settle();
    next.clock.set('2026-11-22T03:00:00Z');
    await next.settle();

    expect(new Set(await notices(books)).size).toBe(20);
    expect(await notices(books)).toHaveLength(20);
  });

  test('two workers at once give each notice once', async () => {
    await using books = await openBooks(engine);
    await books.post([...crowd(30, '2026-12-22'), ...crowd(30, '2026-11-29')]);

    await Promise.all([3, 4, 7].map((page) => settle([otherWorker(books, page)])));

    expect(new Set(await notices(books)).size).toBe(60);
    expect(await notices(books)).toHaveLength(60);
  });

  test('a page costs the same statements for one wallet and for 200, and two once the day is done', async () => {
    await using books = await openBooks(engine);
    const worker = otherWorker(books, 500);
    const cost = async () => {
      books.statements.length = 0;
      await worker.step();
      return books.statements.length;
    };
    await settle([worker]);
    const costs: number[] = [];
    for (const [day, members] of [1, 200].entries()) {
      await books.post(crowd(members, `2026-12-${23 + day}`));
      books.clock.advanceDays(1);
      costs.push(await cost());
      await settle([worker]);
    }

    expect(costs[1]).toBe(costs[0]);
    expect(costs[0]).toBeLessThan(40);
    // The head of the chain and the places.
    expect(await cost()).toBe(2);
    expect((await notices(books)).filter((text) => text.startsWith('30'))).toHaveLength(201);
  });
});
