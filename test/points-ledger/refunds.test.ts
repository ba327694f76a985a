import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, operator } from '../support/people.ts';
import {
  accrue,
  burn,
  hold,
  type OpenBooks,
  openBooks,
  refund,
  resolve,
  reverse,
} from './books-world.ts';

const positions = async (books: OpenBooks) =>
  (
    await books.data(`{ clearingPositions { merchant { id } receivable { amountMinor currency }
      payable { amountMinor } net { amountMinor } } }`)
  ).clearingPositions;

/** What a redemption shows of what was burnt, to its member, the operator or a merchant. */
async function redemption(books: OpenBooks, as = asMember('ann')) {
  const [found] = await books.entities(
    `... on Redemption { burns { points refunded unit issuer { id } expiresOn }
      claims { debtor { id } creditor { id } points amount { amountMinor currency } } }`,
    [{ __typename: 'Redemption', id: 'r1' }],
    { as },
  );
  return found;
}

const lotsOf = async (books: OpenBooks, memberId = 'ann') =>
  (await books.wallet(memberId)).lots.map(
    ({ points, expiresOn }: { points: number; expiresOn: string | null }) => [points, expiresOn],
  );

/** A flight of 1,000 miles, paid with 300 that lapse in December, 400 in March and 300 that never do. */
async function openFlight(engine: (typeof engines)[number]) {
  const books = await openBooks(engine);
  await books.post([
    accrue({ points: 300, expiresOn: '2026-12-10' }),
    accrue({ points: 400, expiresOn: '2027-03-01' }),
    accrue({ points: 300 }),
    burn({ points: 1000, causeId: 'r1' }),
  ]);
  books.clock.set('2027-01-10T02:00:00Z');
  await books.settle();
  return books;
}

describe.each(engines)('on $name', (engine) => {
  test('a redemption that is given back whole leaves no trace in lots and claims, whatever prices round to', async () => {
    await using books = await openBooks(engine);
    const third = { priceMinor: 1, pricePoints: 3 };
    await books.post([
      accrue({ points: 100, expiresOn: '2027-11-22', ...third }),
      accrue({ points: 50, issuerId: 'J', expiresOn: '2027-11-22' }),
      accrue({ points: 7, issuerId: 'B' }),
      accrue({ points: 70, issuerId: 'J', ...third }),
      burn({ points: 8, causeId: 'r0' }),
    ]);
    const [lots, owed] = [await lotsOf(books), await positions(books)];

    const spent = await books.postOne(burn({ points: 200, causeId: 'r1' }));
    expect(spent.status).toBe('ACCEPTED');
    expect(await positions(books)).not.toEqual(owed);
    const parts = [1, 1, 1, 50, 100, 47];
    const back = await books.post(parts.map((points) => refund({ refundsId: 'r1', points })));

    expect(back.map(({ status }) => status)).toEqual(parts.map(() => 'ACCEPTED'));
    expect(await lotsOf(books)).toEqual(lots);
    expect(await positions(books)).toEqual(owed);
    expect(await books.problems()).toEqual([]);
  });

  test('a redemption shows what was burnt, what was given back and what is still owed for it', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 60, expiresOn: '2027-11-22' }),
      accrue({ points: 40, issuerId: 'J' }),
      burn({ points: 100, causeId: 'r1' }),
      refund({ refundsId: 'r1', points: 55 }),
    ]);
    const part = { unit: 'ALLIANCE', issuer: { id: 'I' }, expiresOn: '2027-11-22' };
    const never = { unit: 'ALLIANCE', issuer: { id: 'J' }, expiresOn: null };

    expect(await redemption(books)).toEqual({
      burns: [
        { points: 45, refunded: 15, ...part },
        { points: 0, refunded: 40, ...never },
      ],
      claims: null,
    });
    const owed = { points: 45, amount: { amountMinor: 36, currency: 'CNY' } };
    const claim = { debtor: { id: 'I' }, creditor: { id: 'B' }, ...owed };
    expect((await redemption(books, operator)).claims).toEqual([claim]);
    expect((await redemption(books, asMerchant('B'))).claims).toEqual([{ ...claim, debtor: null }]);
    expect((await redemption(books, asMerchant('J'))).claims).toEqual([]);

    await books.postOne(refund({ refundsId: 'r1', points: 45 }));
    expect(await redemption(books, operator)).toEqual({
      burns: [
        { points: 0, refunded: 60, ...part },
        { points: 0, refunded: 40, ...never },
      ],
      claims: [],
    });
    expect(await redemption(books, asMember('bob'))).toEqual({ burns: null, claims: null });
  });

  test('what a captured hold paid is given back, and not what was released', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue(),
      hold({ points: 60, holdId: 'h1', causeId: 'r1' }),
      hold({ points: 40, holdId: 'h2', causeId: 'r2' }),
    ]);
    const early = await books.postOne(refund({ refundsId: 'r1', points: 1 }));
    await books.post([
      resolve('CAPTURE', { holdId: 'h1', causeId: 'r1' }),
      resolve('RELEASE', { holdId: 'h2', causeId: 'r2' }),
    ]);
    const [whole, released] = await books.post([
      refund({ refundsId: 'r1', points: 60 }),
      refund({ refundsId: 'r2', points: 1 }),
    ]);

    expect(early.code).toBe('NOTHING_TO_REFUND');
    expect(whole).toMatchObject({ status: 'ACCEPTED', available: 100 });
    expect(released?.code).toBe('NOTHING_TO_REFUND');
    expect(await books.problems()).toEqual([]);
  });

  test('of refunds that two processes give at once, as many pass as was burnt', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ points: 105 }), burn({ points: 105, causeId: 'r1' })]);

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => books.postOne(refund({ refundsId: 'r1', points: 10 }))),
    );

    expect(outcomes.filter(({ status }) => status === 'ACCEPTED')).toHaveLength(10);
    for (const { code } of outcomes.filter(({ status }) => status === 'REFUSED')) {
      expect(code).toBe('REFUND_EXCEEDS');
    }
    expect(await books.wallet()).toMatchObject({ available: 100 });
    expect(await books.problems()).toEqual([]);
  });

  test('a repeated refund gets its first answer; the key with another amount is refused', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), burn({ causeId: 'r1' })]);
    const command = refund({ refundsId: 'r1', points: 30 });

    const [first, again] = [await books.postOne(command), await books.postOne(command)];
    const other = await books.postOne({ ...command, points: 31 });
    // Nobody asked for another term the first time, so this is another command as well.
    const longer = await books.postOne({ ...command, extendDays: 181 });

    expect(again).toEqual(first);
    expect([other.code, longer.code]).toEqual(Array(2).fill('IDEMPOTENCY_KEY_REUSED'));
    expect(await books.wallet()).toMatchObject({ available: 30 });
  });

  test('R6 points that lapsed while they were spent are good for 180 days when they come back', async () => {
    await using books = await openFlight(engine);

    await books.postOne(refund({ refundsId: 'r1', points: 1000 }));

    expect(await lotsOf(books)).toEqual([
      [400, '2027-03-01'],
      [300, '2027-07-09'],
      [300, null],
    ]);
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 1000 });
    expect(await books.problems()).toEqual([]);
  });

  test('TV10 who gives a flight back keeps half: the fee is of the miles that lapse first, the rest keeps its day', async () => {
    await using books = await openFlight(engine);

    await books.postOne(refund({ refundsId: 'r1', points: 500, lapsedLots: 'LAPSE' }));

    // The fee: all 300 that have lapsed, and 200 of those that lapse next.
    expect(await lotsOf(books)).toEqual([
      [200, '2027-03-01'],
      [300, null],
    ]);
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 500 });
    expect((await redemption(books)).burns).toMatchObject([
      { points: 300, refunded: 0, expiresOn: '2026-12-10' },
      { points: 200, refunded: 200, expiresOn: '2027-03-01' },
      { points: 0, refunded: 300, expiresOn: null },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('TV10 miles that have lapsed are not returned', async () => {
    await using books = await openFlight(engine);
    books.clock.set('2027-04-01T02:00:00Z');

    // Of 1,000 miles 700 have lapsed: half of them is the fee and 200 are gone.
    const outcome = await books.postOne(
      refund({ refundsId: 'r1', points: 500, lapsedLots: 'LAPSE' }),
    );

    expect(outcome).toMatchObject({ status: 'ACCEPTED', points: 500, available: 300 });
    expect(await lotsOf(books)).toEqual([[300, null]]);
    books.clock.advanceDays(1);
    await books.settle();
    const { conservation } = await books.data(
      '{ conservation { issued available redeemed expired balance } }',
    );
    expect(conservation).toEqual([
      { issued: 1000, available: 300, redeemed: 500, expired: 200, balance: 0 },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('TV11 when the airline cancels, all miles come back, good for six months from that day at least', async () => {
    await using books = await openFlight(engine);

    await books.postOne(refund({ refundsId: 'r1', points: 1000, goodForMonths: 6 }));

    expect(await lotsOf(books)).toEqual([
      [700, '2027-07-10'],
      [300, null],
    ]);
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 1000 });
    expect((await positions(books)).map((row: { net: unknown }) => row.net)).toEqual([
      { amountMinor: 0 },
      { amountMinor: 0 },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('points that come back pay what is owed first', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1' }),
      burn({ points: 100, causeId: 'r1' }),
      reverse({ reversesId: 'p1', points: 30 }),
    ]);
    expect(await books.wallet()).toMatchObject({ available: 0, debt: 30 });

    const [part, rest] = await books.post([
      refund({ refundsId: 'r1', points: 20 }),
      refund({ refundsId: 'r1', points: 80 }),
    ]);

    expect(part).toMatchObject({ points: 20, debt: 20, available: 0 });
    expect(rest).toMatchObject({ points: 80, debt: 10, available: 70 });
    expect(await books.wallet()).toMatchObject({ available: 70, debt: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('a refund costs the same statements for one and for 100', async () => {
    await using books = await openBooks(engine);
    const cost = async (count: number) => {
      const members = Array.from({ length: count }, (_, n) => `${count}-${n}`);
      await books.post(members.map((walletId) => accrue({ walletId })));
      await books.post(members.map((id) => burn({ walletId: id, causeId: `r-${id}` })));
      books.statements.length = 0;
      await books.post(members.map((id) => refund({ walletId: id, refundsId: `r-${id}` })));
      return books.statements.length;
    };

    const one = await cost(1);
    expect(await cost(100)).toBe(one);
  });
});
