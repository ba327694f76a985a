import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../shared/calendar.ts';
import { sum } from '../../shared/quantities.ts';
import { claimAmount } from '../../subgraphs/points-ledger/domain/price.ts';
import {
  accrue,
  balanceOf,
  burn,
  expire,
  extend,
  hold,
  linesOf,
  lotsOf,
  merge,
  refund,
  resolve,
  reverse,
} from './plain-commands.ts';
import { plainSteps } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

const TOMORROW = 20261123;

test('points go back to the lots they came from, and the claim on them is undone', () => {
  const books = new TestBooks();
  books.post(accrue(60, { expiresOn: 20270101 }));
  books.post(accrue(60, { issuerId: 'J', causeId: 'p2' }));
  books.post(burn(100));

  const back = books.post(refund(50));

  expect(linesOf(back)).toEqual([
    'REDEEMED B/J -40, owed -32',
    'AVAILABLE ann/J +40',
    'REDEEMED B/I -10 until 20270101, owed -8',
    'AVAILABLE ann/I +10 until 20270101',
  ]);
  expect(back.outcome).toMatchObject({ points: 50, available: 70, debt: 0 });
  expect(lotsOf(books)).toEqual(['10 of I until 20270101', '60 of J until 99991231']);
});

test.each([
  // what is given back one after the other, how the last one ends
  [[100], 'ACCEPTED'],
  [[60, 40], 'ACCEPTED'],
  [[60, 41], 'REFUND_EXCEEDS'],
  [[101], 'REFUND_EXCEEDS'],
  [[100, 1], 'REFUND_EXCEEDS'],
  [[Number.MAX_SAFE_INTEGER], 'REFUND_EXCEEDS'],
])('of 100 points that were burnt, giving back %j is %s', (parts, expected) => {
  const books = new TestBooks();
  books.post(accrue(100));
  books.post(burn(100));

  const outcomes = parts.map((points) => books.post(refund(points)).outcome);

  expect(outcomes.at(-1)?.code ?? 'ACCEPTED').toBe(expected);
});

test.each([
  ['another redemption', { refundsId: 'r2' }],
  ['another unit', { unit: 'MILES' }],
  ['another member', { walletId: 'bob' }],
  ['a purchase', { refundsId: 'p1' }],
  ['a refund', { refundsId: 'x2' }],
])('there is nothing to give back of %s', (_, given) => {
  const books = new TestBooks();
  books.post(accrue(100));
  books.post(burn(100));
  books.post(refund(10));

  expect(books.post(refund(1, given)).outcome.code).toBe('NOTHING_TO_REFUND');
});

test('two burns of one redemption are given back as one: what lapses last comes first', () => {
  const books = new TestBooks();
  books.post(accrue(10, { expiresOn: 20270101 }));
  books.post(accrue(10, { expiresOn: 20270301, causeId: 'p2' }));
  books.post(burn(20));
  books.post(accrue(10, { expiresOn: 20270201, causeId: 'p3' }));
  books.post(burn(10));

  books.post(refund(15));
  expect(lotsOf(books)).toEqual(['5 of I until 20270201', '10 of I until 20270301']);
  books.post(refund(10));
  expect(lotsOf(books)).toEqual([
    '5 of I until 20270101',
    '10 of I until 20270201',
    '10 of I until 20270301',
  ]);
  expect(books.post(refund(6)).outcome.code).toBe('REFUND_EXCEEDS');
  expect(books.post(refund(5)).outcome.available).toBe(30);
});

test('of lots of one expiry the issuers get back in proportion, as they paid', () => {
  const books = new TestBooks();
  books.post(accrue(60));
  books.post(accrue(30, { issuerId: 'J', causeId: 'p2' }));
  books.post(burn(90));

  expect(linesOf(books.post(refund(30)))).toEqual([
    'REDEEMED B/J -10, owed -8',
    'AVAILABLE ann/J +10',
    'REDEEMED B/I -20, owed -16',
    'AVAILABLE ann/I +20',
  ]);
});

test('the parts of one redemption that two members paid are given back to each of them', () => {
  const books = new TestBooks();
  books.post(accrue(60));
  books.post(accrue(40, { walletId: 'bob', causeId: 'p2' }));
  books.post(burn(60));
  books.post(burn(40, { walletId: 'bob' }));

  expect(books.post(refund(61)).outcome.code).toBe('REFUND_EXCEEDS');
  expect(books.post(refund(40, { walletId: 'bob' })).outcome.available).toBe(40);
  expect(books.post(refund(60)).outcome.available).toBe(60);
});

test('points that nobody owes for are given back without a claim', () => {
  const books = new TestBooks();
  books.post(accrue(10, { issuerId: 'B' }));
  books.post(burn(10));

  expect(linesOf(books.post(refund(10)))).toEqual(['REDEEMED B/B -10', 'AVAILABLE ann/B +10']);
});

test('points of a lot that was extended meanwhile come back to the day they had when they were spent', () => {
  const books = new TestBooks();
  books.post(accrue(100, { expiresOn: 20261130 }));
  books.post(burn(40));
  books.post(extend(20261130, 20270530));

  books.post(refund(10));
  expect(lotsOf(books)).toEqual(['10 of I until 20261130', '60 of I until 20270530']);
  books.pass(30);
  books.post(expire(books.today));
  books.post(refund(30));
  expect(lotsOf(books)).toEqual(['60 of I until 20270530', '30 of I until 20270620']);
});

test('lapsed points come back for some days, or lapse again, as the terms say', () => {
  const spent = () => {
    const books = new TestBooks();
    books.post(accrue(100, { expiresOn: TOMORROW }));
    books.post(burn(100));
    books.pass(1);
    return books;
  };
  const [extended, lapsing] = [spent(), spent()];

  expect(extended.post(refund(100, { extendDays: 1 })).outcome.available).toBe(100);
  expect(lotsOf(extended)).toEqual(['100 of I until 20261124']);
  expect(lapsing.post(refund(100, { extendDays: null })).outcome.available).toBe(0);
  expect(lapsing.post(burn(1)).outcome.code).toBe('INSUFFICIENT_POINTS');
  expect(lapsing.post(expire(lapsing.today)).outcome.points).toBe(100);
});

test.each([
  ['the last of August', 20260831, 20270228],
  ['the last of February', 20270228, 20270828],
])('six months from %s, %i, end on %i', (_, today, expiresOn) => {
  const books = new TestBooks();
  books.today = today;
  books.post(accrue(100, { expiresOn: addDays(today, 1) }));
  books.post(burn(100));

  books.post(refund(100, { goodForMonths: 6 }));
  expect(lotsOf(books)).toEqual([`100 of I until ${expiresOn}`]);
});

test('a promise of some months shortens nothing', () => {
  const books = new TestBooks();
  books.post(accrue(100, { expiresOn: 20280101 }));
  books.post(accrue(100));
  books.post(burn(200));
  books.post(refund(200, { goodForMonths: 6 }));

  expect(lotsOf(books)).toEqual(['100 of I until 20280101', '100 of I until 99991231']);
});

test('points that come back pay debts to their own issuer, then to others; those that have lapsed pay none', () => {
  const books = new TestBooks();
  books.post(accrue(30));
  books.post(accrue(20, { issuerId: 'J', causeId: 'p2' }));
  books.post(burn(50));
  books.post(reverse(30));
  books.post(reverse(20, { issuerId: 'J', reversesId: 'p2' }));

  const back = books.post(refund(30));
  // 12 of J (18 of 30 by proportion) and 18 of I come back, each to the debt to its own issuer.
  expect(linesOf(back)).toEqual([
    'REDEEMED B/J -12, owed -10',
    'DEBT ann/J +12',
    'REDEEMED B/I -18, owed -14',
    'DEBT ann/I +18',
  ]);
  expect(back.outcome).toMatchObject({ points: 30, debt: 30, available: 0 });
  expect(balanceOf(books)).toMatchObject({ available: 0, debt: 20 });

  const lapsing = new TestBooks();
  lapsing.post(accrue(100, { expiresOn: TOMORROW }));
  lapsing.post(burn(100));
  lapsing.post(reverse(40));
  lapsing.pass(1);
  expect(lapsing.post(refund(100, { extendDays: null })).outcome.debt).toBe(0);
  expect(balanceOf(lapsing)).toMatchObject({ available: 100, debt: 40 });
});

test('a return of the purchase and one of the redemption, in either order, leave the same', () => {
  const [first, second] = [new TestBooks(), new TestBooks()];
  for (const books of [first, second]) {
    books.post(accrue(100));
    books.post(burn(70));
  }
  first.post(reverse(100));
  first.post(refund(70));
  second.post(refund(70));
  second.post(reverse(100));

  for (const books of [first, second]) {
    expect(balanceOf(books)).toMatchObject({ available: 0, debt: 0 });
    expect(lotsOf(books)).toEqual([]);
  }
});

test('a frozen wallet gets points back and cannot spend them; those of one that was merged go to the other', () => {
  const books = new TestBooks();
  books.post(accrue(100));
  books.post(burn(100));
  const wallet = books.books.wallets.get('ann');
  if (wallet === undefined) throw new Error('ann has a wallet');
  wallet.freezes = 1;
  expect(books.post(refund(60)).outcome.status).toBe('ACCEPTED');
  expect(books.post(burn(1)).outcome.code).toBe('WALLET_FROZEN');

  wallet.freezes = 0;
  books.books.registers.memberships.delete('ann');
  books.post(merge('ann', 'bob'));
  expect(books.post(refund(40)).outcome).toMatchObject({ status: 'ACCEPTED', mergedInto: 'bob' });
  expect(balanceOf(books, 'bob')).toMatchObject({ available: 100 });
});

test('points that would no longer be countable are not given back, until there is room', () => {
  const books = new TestBooks();
  books.post(accrue(100));
  books.post(burn(100));
  books.post(accrue(Number.MAX_SAFE_INTEGER, { causeId: 'p2' }));
  expect(books.post(refund(1)).outcome.code).toBe('POINTS_OVERFLOW');

  books.post(burn(100, { causeId: 'r2' }));
  expect(books.post(refund(100)).outcome.available).toBe(Number.MAX_SAFE_INTEGER);
});

test('points that are given back and lapse again and again stay countable', () => {
  const books = new TestBooks();
  const all = Number.MAX_SAFE_INTEGER;
  books.post(accrue(all, { expiresOn: TOMORROW }));
  books.post(burn(all));
  books.post(accrue(all, { expiresOn: TOMORROW, causeId: 'p2' }));
  books.pass(1);
  expect(books.post(expire(TOMORROW)).outcome.points).toBe(all);
  books.post(refund(all, { extendDays: null }));

  const before = books.snapshot();
  expect(books.post(expire(TOMORROW)).outcome.code).toBe('POINTS_OVERFLOW');
  expect(books.snapshot()).toBe(before);
});

test('a hold that was captured is given back to its lots', () => {
  const books = new TestBooks();
  books.post(accrue(100, { expiresOn: 20270101 }));
  books.post(hold(60));
  books.post(resolve('CAPTURE'));

  books.post(refund(60));
  expect(lotsOf(books)).toEqual(['100 of I until 20270101']);
  expect(books.post(refund(1)).outcome.code).toBe('REFUND_EXCEEDS');
});

test('what is given back was burnt, and what is owed for the rest is what its points cost', () => {
  let seen = 0;
  fc.assert(
    fc.property(plainSteps, (sequence) => {
      const books = new TestBooks();
      const left = new Map<string, number>();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry, outcome } = books.post(command);
        if (entry?.kind === 'BURN' || entry?.kind === 'CAPTURE') left.set(entry.id, entry.points);
        if (entry?.kind !== 'REFUND') continue;
        seen += 1;
        expect(sum(entry.reversals.map(({ points }) => points))).toBe(entry.points);
        for (const { accrualId, points } of entry.reversals) {
          left.set(accrualId, (left.get(accrualId) ?? 0) - points);
          expect(left.get(accrualId)).toBeGreaterThanOrEqual(0);
        }
        const came = entry.postings.filter(({ account }) => account === 'AVAILABLE');
        expect(sum(came.map(({ amount }) => amount)) + Number(outcome.debt)).toBe(entry.points);
        for (const { account, key, amount, ownerId, claim } of entry.postings) {
          if (account !== 'REDEEMED' || ownerId === key.issuerId) continue;
          expect(claim).toEqual(claimAmount(amount, key.priceClass));
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(10);
});
