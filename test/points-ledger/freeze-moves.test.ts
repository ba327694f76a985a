import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { accrue, burn } from './books-world.ts';
import { freeze, lift, postOwn } from './cases-world.ts';
import { contribute, openSharing, transfer, withdraw } from './sharing-world.ts';

type Engine = Parameters<typeof openSharing>[0];

/** Ann and Bob are one family and have 100 points each; Ann has put 60 of hers into their pool. */
async function openFamily(engine: Engine) {
  const books = await openSharing(engine);
  await books.programme();
  await books.family('f1', 'ann', 'bob');
  await books.post([accrue(), accrue({ walletId: 'bob' }), contribute({ points: 60 })]);
  return books;
}

describe.each(engines)('on $name', (engine) => {
  test('nothing is passed on, pooled or spent together from a frozen wallet, until it is lifted', async () => {
    await using books = await openFamily(engine);
    await postOwn(books, [freeze()]);
    const fromPool = { walletId: 'pool:f1', points: 10 };
    const moves = () => [
      transfer({ points: 10 }),
      contribute({ points: 10 }),
      burn({ ...fromPool, actorId: 'ann' }),
    ];

    const codes = (await books.post(moves())).map(({ code }) => code);
    expect(codes).toEqual(['WALLET_FROZEN', 'WALLET_FROZEN', 'WALLET_FROZEN']);
    // The rest of the family goes on.
    expect((await books.postOne(burn({ ...fromPool, actorId: 'bob' }))).code).toBeNull();
    expect(await books.wallet('ann')).toMatchObject({ available: 0 });

    await postOwn(books, [lift()]);
    expect((await books.post(moves())).map(({ code }) => code)).toEqual([null, null, null]);
    expect(await books.problems()).toEqual([]);
  });

  test('points come into a frozen wallet, from another and from the pool, and stay there', async () => {
    await using books = await openFamily(engine);
    await postOwn(books, [freeze()]);

    const [given, back] = await books.post([
      transfer({ walletId: 'bob', counterWalletId: 'ann', points: 25 }),
      withdraw({ points: 60 }),
    ]);

    expect([given?.status, back?.status]).toEqual(['ACCEPTED', 'ACCEPTED']);
    const [{ wallet }] = await books.entities('... on Member { wallet { available frozen } }', [
      { __typename: 'Member', id: 'ann' },
    ]);
    expect(wallet).toEqual({ available: 0, frozen: 125 });
    expect((await books.postOne(burn({ points: 1 }))).code).toBe('WALLET_FROZEN');
    expect(await books.problems()).toEqual([]);
  });

  test('nothing comes out of a frozen pool, nor into it', async () => {
    await using books = await openFamily(engine);
    const pool = { walletId: 'pool:f1' };
    await postOwn(books, [freeze(pool)]);

    const outcomes = await books.post([
      contribute({ points: 10 }),
      withdraw({ points: 10 }),
      burn({ ...pool, actorId: 'ann', points: 10 }),
    ]);

    expect(outcomes.map(({ code }) => code)).toEqual(Array(3).fill('WALLET_FROZEN'));
    expect(await books.wallet('ann')).toMatchObject({ available: 40 });
    expect(await books.problems()).toEqual([]);
  });
});
