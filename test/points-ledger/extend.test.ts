import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { accrue, burn, extend, hold, openBooks, resolve } from './books-world.ts';
import * as plain from './plain-commands.ts';
import { plainSteps } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

const TOMORROW = 20261123;

describe.each(engines)('on $name', (engine) => {
  test('S17 no command makes points lapse sooner than was promised', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ expiresOn: '2027-11-22' }), accrue({ points: 70 })]);

    const refused = await books.post([
      extend({ expiresOn: '2027-11-22', toExpiresOn: '2027-11-21' }),
      extend({ expiresOn: '2027-11-22', toExpiresOn: '2027-11-22' }),
      extend({ expiresOn: '9999-12-31', toExpiresOn: '2030-01-01' }),
      extend({ expiresOn: '9999-12-31' }),
    ]);

    expect(refused.map(({ code }) => code)).toEqual(Array(4).fill('SHORTENS_EXPIRY'));
    expect(await books.wallet()).toMatchObject({
      lots: [
        { points: 100, expiresOn: '2027-11-22' },
        { points: 70, expiresOn: null },
      ],
    });
    expect(await books.problems()).toEqual([]);
  });

  test('S29 points that lapsed can be spent again once they are extended, with those that had not', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 60, expiresOn: '2026-11-23' }),
      accrue({ points: 40, expiresOn: '2027-05-01' }),
      accrue({ points: 5, issuerId: 'J', expiresOn: '2026-11-23' }),
    ]);
    books.clock.set('2026-11-24T02:00:00Z');
    await books.settle();
    expect(await books.wallet()).toMatchObject({ available: 40 });

    const command = extend({ expiresOn: '2026-11-23', toExpiresOn: '2027-05-01' });
    const [first, again] = await books.post([command, command]);
    const later = await books.postOne({ ...command, key: 'another key' });

    expect(first).toMatchObject({ status: 'ACCEPTED', points: 60, available: 100 });
    expect(again).toEqual(first);
    expect(later.code).toBe('NOTHING_TO_EXTEND');
    expect(await books.wallet()).toMatchObject({
      available: 100,
      lots: [{ points: 100, expiresOn: '2027-05-01', issuer: { id: 'I' } }],
    });
    const { conservation } = await books.data(
      '{ conservation { issuer { id } issued available expired balance } }',
    );
    expect(conservation).toEqual([
      { issuer: { id: 'I' }, issued: 100, available: 100, expired: 0, balance: 0 },
      { issuer: { id: 'J' }, issued: 5, available: 0, expired: 5, balance: 0 },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('points that are extended for ever are shown without a day, and those held keep theirs', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ expiresOn: '2026-12-01' }),
      hold({ points: 30 }),
      extend({ expiresOn: '2026-12-01', toExpiresOn: null }),
      resolve('RELEASE'),
    ]);

    expect(await books.wallet()).toMatchObject({
      available: 100,
      lots: [
        { points: 30, expiresOn: '2026-12-01' },
        { points: 70, expiresOn: null },
      ],
    });
    expect(await books.postOne(burn())).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.problems()).toEqual([]);
  });
});

test('points are moved to their new day lot by lot: price and scope stay', () => {
  const books = new TestBooks();
  books.post(plain.accrue(10, { expiresOn: TOMORROW, priceClass: '1/3 CNY' }));
  books.post(plain.accrue(20, { expiresOn: TOMORROW, useScope: 'reward:cake' }));
  books.post(plain.accrue(30, { expiresOn: 20261201 }));

  const { outcome, entry } = books.post(plain.extend(TOMORROW, 20261201));

  expect(outcome).toMatchObject({ points: 30, available: 40 });
  expect(entry?.postings.map(({ key, amount }) => [amount, key.priceClass, key.useScope])).toEqual([
    [-20, '80/100 CNY', 'reward:cake'],
    [20, '80/100 CNY', 'reward:cake'],
    [-10, '1/3 CNY', ''],
    [10, '1/3 CNY', ''],
  ]);
});

test('what has lapsed is extended whether or not the run of expiry came before', () => {
  const [withRun, without] = [new TestBooks(), new TestBooks()];
  for (const books of [withRun, without]) {
    books.post(plain.accrue(100, { expiresOn: TOMORROW }));
    books.pass(1);
  }
  expect(withRun.post(plain.expire(TOMORROW)).outcome.points).toBe(100);

  for (const books of [withRun, without]) {
    const { outcome } = books.post(plain.extend(TOMORROW, 20270101));
    expect(outcome).toMatchObject({ points: 100, available: 100, debt: 0 });
    expect(plain.lotsOf(books)).toEqual(['100 of I until 20270101']);
  }
});

test('points that had lapsed pay debts when they are good again', () => {
  const books = new TestBooks();
  books.post(plain.accrue(100));
  books.post(plain.burn(100));
  books.post(plain.accrue(50, { expiresOn: TOMORROW, causeId: 'p2', issuerId: 'J' }));
  books.pass(1);
  books.post(plain.expire(TOMORROW));
  books.post(plain.reverse(100));

  const extended = books.post(plain.extend(TOMORROW, 20270101, { issuerId: 'J' }));

  expect(extended.outcome).toMatchObject({ points: 50, debt: 50, available: 0 });
  expect(plain.balanceOf(books)).toMatchObject({ available: 0, debt: 50 });
});

test.each<[string, Parameters<typeof plain.extend>, string]>([
  ['a day that has come', [TOMORROW, 20261124], 'INVALID_COMMAND'],
  ['another issuer', [TOMORROW, 20270101, { issuerId: 'J' }], 'NOTHING_TO_EXTEND'],
  ['another unit', [TOMORROW, 20270101, { unit: 'MILES' }], 'NOTHING_TO_EXTEND'],
  ['another member', [TOMORROW, 20270101, { walletId: 'bob' }], 'NOTHING_TO_EXTEND'],
  ['another day', [20261124, 20270101], 'NOTHING_TO_EXTEND'],
])('points are not extended to or of %s', (_, [from, to, given], code) => {
  const books = new TestBooks();
  books.post(plain.accrue(100, { expiresOn: TOMORROW }));
  books.pass(2);

  expect(books.post(plain.extend(from, to, given)).outcome.code).toBe(code);
});

test('points that have lapsed are not extended when they could no longer be counted', () => {
  const books = new TestBooks();
  books.post(plain.accrue(Number.MAX_SAFE_INTEGER, { expiresOn: TOMORROW }));
  books.pass(1);
  books.post(plain.expire(TOMORROW));
  books.post(plain.accrue(1, { causeId: 'p2' }));

  expect(books.post(plain.extend(TOMORROW, 20270101)).outcome.code).toBe('POINTS_OVERFLOW');
  books.post(plain.burn(1));
  expect(books.post(plain.extend(TOMORROW, 20270101)).outcome.status).toBe('ACCEPTED');
});

test("points of a frozen wallet are extended; those of an account that was merged are the other one's", () => {
  const books = new TestBooks();
  books.post(plain.accrue(100, { expiresOn: TOMORROW }));
  const wallet = books.books.wallets.get('ann');
  if (wallet === undefined) throw new Error('ann has a wallet');
  wallet.freezes = 1;
  expect(books.post(plain.extend(TOMORROW, 20270101)).outcome.status).toBe('ACCEPTED');
  wallet.freezes = 0;
  const merged = books.post(plain.merge('ann', 'cat'));
  expect(merged.outcome).toMatchObject({ code: 'IN_FAMILY' });
  books.books.registers.memberships.delete('ann');
  expect(books.post(plain.merge('ann', 'cat')).outcome.status).toBe('ACCEPTED');
  expect(books.post(plain.extend(20270101, 20280101)).outcome).toMatchObject({
    status: 'ACCEPTED',
    mergedInto: 'cat',
  });
  expect(plain.lotsOf(books, 'cat')).toEqual(['100 of I until 20280101']);
});

test('S17 whatever is done, the points of a lot go to no earlier day while they are in a wallet', () => {
  let seen = 0;
  fc.assert(
    fc.property(plainSteps, (sequence) => {
      const books = new TestBooks();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry } = books.post(command);
        if (entry?.kind !== 'EXTEND') continue;
        seen += 1;
        const went = entry.postings.filter(({ amount }) => amount < 0);
        const came = entry.postings.filter(
          ({ account, amount }) => account === 'AVAILABLE' && amount > 0,
        );
        const latest = Math.max(
          ...went.flatMap(({ account, key }) => (account === 'OUTSTANDING' ? [] : key.expiresOn)),
        );
        for (const { key } of came) expect(key.expiresOn).toBeGreaterThan(latest);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(5);
});
