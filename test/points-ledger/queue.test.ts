import { describe, expect, test } from 'vitest';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, openBooks } from './books-world.ts';
import { interposed } from './interposed.ts';
import { requestOf } from './requests.ts';

describe.each(engines)('on $name', (engine) => {
  test('commands of one post are applied in their order, also when a batch has to be run again', async () => {
    await using books = await openBooks(engine);
    const code = engine.name === 'SQLite' ? 'SQLITE_BUSY' : 'ER_LOCK_DEADLOCK';
    let isFirst = true;

    const outcomes = await interposed(
      async ({ sql, send }) => {
        if (isFirst && /FROM points_wallet\s/.test(sql)) {
          isFirst = false;
          throw Object.assign(new Error('the database gives way'), { code });
        }
        return send();
      },
      () =>
        createLedger(books.frame, { batchMax: 1, aheadMin: 1 }).post(
          [accrue({ points: 100 }), burn({ points: 100 })].map(requestOf),
        ),
    );

    expect(isFirst).toBe(false);
    expect(outcomes.map(({ status }) => status)).toEqual(['ACCEPTED', 'ACCEPTED']);
    expect(await books.problems()).toEqual([]);
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('a full batch does not wait for another one that waits for a wallet', async () => {
    await using books = await openBooks(engine);
    await books.post(['ann', 'bob'].map((walletId) => accrue({ walletId })));
    const ledger = createLedger(books.frame, { batchMax: 1, aheadMin: 1 });
    const [locked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = books.database.transaction(async (manager) => {
      await manager.query("SELECT id FROM points_wallet WHERE id = 'ann' FOR UPDATE");
      locked.resolve();
      await done.promise;
    });
    await locked.promise;

    const waiting = ledger.post([requestOf(burn({ walletId: 'ann' }))]);
    const [passed] = await ledger.post([requestOf(burn({ walletId: 'bob' }))]);
    const isWaiting = (await books.wallet('ann')).available === 100;
    done.resolve();

    expect(passed).toMatchObject({ status: 'ACCEPTED' });
    expect(isWaiting).toBe(true);
    expect(await waiting).toMatchObject([{ status: 'ACCEPTED' }]);
    await other;
    expect(await books.problems()).toEqual([]);
  });
});
