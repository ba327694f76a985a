import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember } from '../support/people.ts';
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
import * as plain from './plain-commands.ts';
import { TestBooks } from './test-books.ts';

const CAKE = 'reward:cake';

const walletOf = async (books: OpenBooks) => {
  const [member] = await books.entities(
    '... on Member { wallet { available debt lots { points useScope } } }',
    [{ __typename: 'Member', id: 'ann' }],
    { as: asMember('ann') },
  );
  return member.wallet;
};

describe.each(engines)('on $name', (engine) => {
  test('S21 points for one reward pay for it and for nothing else', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ points: 80, useScope: CAKE }), accrue({ points: 20 })]);
    expect(await walletOf(books)).toEqual({
      available: 20,
      debt: 0,
      lots: [
        { points: 80, useScope: CAKE },
        { points: 20, useScope: null },
      ],
    });

    const refused = await books.post([
      burn({ points: 21 }),
      burn({ points: 21, scopes: ['reward:toy', 'reward:cak', ''] }),
      burn({ points: 21, scopes: ['reward:toy', 'reward:cak'] }),
      hold({ points: 21 }),
      burn({ points: 101, scopes: [CAKE] }),
    ]);
    expect(refused.map(({ code, missing }) => [code, missing])).toEqual([
      ['INSUFFICIENT_POINTS', 1],
      ['INVALID_COMMAND', null],
      ['INSUFFICIENT_POINTS', 1],
      ['INSUFFICIENT_POINTS', 1],
      ['INSUFFICIENT_POINTS', 1],
    ]);

    // Those that are good for this only pay first, so the others are left for anything.
    const paid = await books.postOne(burn({ points: 90, scopes: ['reward:toy', CAKE] }));
    expect(paid).toMatchObject({ status: 'ACCEPTED', points: 90, available: 10 });
    expect(await walletOf(books)).toMatchObject({ lots: [{ points: 10, useScope: null }] });
    expect(await books.problems()).toEqual([]);
  });

  test('S21 points for one reward are held, released, captured and given back as such', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 50, useScope: CAKE }),
      hold({ holdId: 'h1', points: 50, scopes: [CAKE], causeId: 'r1' }),
      resolve('RELEASE', { holdId: 'h1', causeId: 'r1' }),
    ]);
    expect(await walletOf(books)).toMatchObject({ available: 0, lots: [{ points: 50 }] });

    await books.post([
      hold({ holdId: 'h2', points: 50, scopes: [CAKE], causeId: 'r2' }),
      resolve('CAPTURE', { holdId: 'h2', causeId: 'r2' }),
      refund({ refundsId: 'r2', points: 30 }),
    ]);
    expect(await walletOf(books)).toEqual({
      available: 0,
      debt: 0,
      lots: [{ points: 30, useScope: CAKE }],
    });
    expect((await books.postOne(burn({ points: 1 }))).code).toBe('INSUFFICIENT_POINTS');
    expect(await books.problems()).toEqual([]);
  });

  test('S21 points for one reward pay no debt, and a return of another purchase does not take them', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1' }),
      burn(),
      accrue({ points: 40, useScope: CAKE }),
      reverse({ reversesId: 'p1' }),
      accrue({ points: 60, useScope: CAKE }),
    ]);

    expect(await walletOf(books)).toEqual({
      available: 0,
      debt: 100,
      lots: [{ points: 100, useScope: CAKE }],
    });
    // Who owes points can still have the cake that she was given.
    const cake = await books.postOne(burn({ points: 100, scopes: [CAKE] }));
    expect(cake.status).toBe('ACCEPTED');
    expect(await books.problems()).toEqual([]);
  });
});

test('S21 a grant for one reward that is taken back is taken from its own lot', () => {
  const books = new TestBooks();
  books.post(plain.accrue(50, { useScope: CAKE }));
  books.post(plain.accrue(50, { causeId: 'p2' }));

  expect(plain.linesOf(books.post(plain.reverse(50)))).toEqual([
    'AVAILABLE ann/I -50',
    'OUTSTANDING I/I +50',
  ]);
  expect(plain.lotsOf(books)).toEqual(['50 of I until 99991231']);
});

test('among lots of one expiry and issuer those for one thing only pay first; an earlier expiry still goes before', () => {
  const books = new TestBooks();
  books.post(plain.accrue(10, { expiresOn: 20270101 }));
  books.post(plain.accrue(10, { expiresOn: 20270201 }));
  books.post(plain.accrue(10, { expiresOn: 20270201, useScope: CAKE }));

  books.post(plain.burn(15, { scopes: [CAKE] }));

  expect(plain.lotsOf(books)).toEqual([
    '10 of I until 20270201',
    '5 of I until 20270201 for reward:cake',
  ]);
});
