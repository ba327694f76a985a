import { describe, expect, test } from 'vitest';
import type { Database } from '../../shared/database/database.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
import { accrue, burn, hold, openBooks, resolve, reverse } from './books-world.ts';

/** One command of each kind, for a wallet that has what they need. */
async function prepared(books: Awaited<ReturnType<typeof openBooks>>, walletId: string) {
  const [purchase, captured, released] = [freshKey(), freshKey(), freshKey()];
  await books.post([
    accrue({ walletId, causeId: purchase }),
    burn({ walletId, points: 60 }),
    hold({ walletId, holdId: captured, points: 10 }),
    hold({ walletId, holdId: released, points: 10 }),
  ]);
  return [
    reverse({ walletId, reversesId: purchase, points: 50 }),
    accrue({ walletId, points: 100, issuerId: 'J' }),
    resolve('CAPTURE', { walletId, holdId: captured }),
    resolve('RELEASE', { walletId, holdId: released }),
    burn({ walletId, points: 20 }),
    hold({ walletId, holdId: freshKey(), points: 30 }),
  ];
}

// 20 on hand, of 50 returned: 30 become debt; of 100 accrued 30 pay it; 10 come back; 20 and 30 go.
const AFTER = { available: 30, held: 30, debt: 0 };

describe.each(engines)('on $name', (engine) => {
  test('a fault before any statement, also before the commit, costs nobody anything', async () => {
    await using books = await openBooks(engine);
    const add = books.statements.push.bind(books.statements);
    let faults = 0;
    for (let at = 1; ; at += 1) {
      const walletId = `wallet-${at}`;
      const commands = await prepared(books, walletId);
      let left = at;
      books.statements.push = (sql) => {
        left -= 1;
        if (left === 0) throw new Error(`a fault before: ${sql}`);
        return 0;
      };
      const outcomes = await books.post(commands);
      books.statements.push = add;

      expect(outcomes.map(({ status }) => status)).toEqual(commands.map(() => 'ACCEPTED'));
      expect(await books.wallet(walletId)).toMatchObject(AFTER);
      if (left > 0) break;
      faults += 1;
    }

    expect(faults).toBeGreaterThan(25);
    expect(await books.problems()).toEqual([]);
  });

  test('when it is not known whether a batch was committed, it is answered, and booked once', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue());
    let losses = 0;
    const losing = transactionsOf(books.database, async (work) => {
      const result = await books.database.transaction(work);
      losses += 1;
      if (losses === 1) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      return result;
    });
    const ledger = createLedger({ ...books.frame, database: losing });

    const command = {
      kind: 'BURN' as const,
      walletId: 'ann',
      unit: 'ALLIANCE',
      points: 30,
      acceptorId: 'B',
      causeKind: 'REDEMPTION',
      causeId: 'r1',
      ruleVersion: null,
    };
    const [outcome] = await ledger.post([
      { scope: 'service:test', key: 'key', requestHash: 'hash', command },
    ]);

    expect(losses).toBe(2);
    expect(outcome).toMatchObject({ status: 'ACCEPTED', available: 70 });
    expect(await books.wallet()).toMatchObject({ available: 70 });
    expect(await books.problems()).toEqual([]);
  });

  test('while the database is away commands fail, and pass under the same key when it is back', async () => {
    await using books = await openBooks(engine);
    let isAway = true;
    const away = transactionsOf(books.database, async (work) => {
      if (isAway) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
      return books.database.transaction(work);
    });
    const ledger = createLedger({ ...books.frame, database: away });
    const command = {
      kind: 'ACCRUE' as const,
      walletId: 'ann',
      unit: 'ALLIANCE',
      points: 30,
      issuerId: 'I',
      expiresOn: 99991231,
      priceClass: '80/100 CNY',
      causeKind: 'PURCHASE',
      causeId: 'p1',
      ruleVersion: null,
    };
    const request = { scope: 'service:test', key: 'key', requestHash: 'hash', command };

    await expect(ledger.post([request])).rejects.toThrow('gone');
    isAway = false;
    expect(await ledger.post([request])).toMatchObject([{ status: 'ACCEPTED' }]);
    expect(await books.problems()).toEqual([]);
  });
});

type Transaction = Database['transaction'];

/** A database whose transactions go through `run`, as if the network stood between. */
const transactionsOf = (database: Database, run: Transaction): Database =>
  Object.create(database, { dialect: { value: database.dialect }, transaction: { value: run } });
