import { describe, expect, test } from 'vitest';
import type { Database } from '../../shared/database/database.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { accrue, openBooks } from './books-world.ts';

describe.each(engines)('on $name', (engine) => {
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
