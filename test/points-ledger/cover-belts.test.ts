import { describe, expect, test } from 'vitest';
import { settleCovers } from '../../subgraphs/points-ledger/programmes/commands/settle-covers.ts';
import { type Engine, engines } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
import { accrue, burn, hold, openBooks, refund, resolve } from './books-world.ts';
import { deduct, freeze, postOwn } from './cases-world.ts';
import { clearingOf, namesOf } from './clearing-world.ts';
import { openProgrammes } from './convert-world.ts';
import { meeting } from './interposed.ts';

/** Merchant I has 400 points open that others accepted, in a cycle whose payments are made. */
async function openPaid(engine: Engine) {
  const books = await openProgrammes(engine, { peer: namesOf() });
  const clearing = clearingOf(books);
  await clearing.redeem([['I', 'B', 400]]);
  const { cycle } = await clearing.close();
  await books.setCover({ points: 1000 });
  for (const { id: paymentId, payee, amount } of cycle.payments) {
    const paid = { reference: 'bank 1', paidOn: '2026-11-22', amount };
    await books.data(
      `mutation ($input: RecordSettlementInput!) { recordSettlement(input: $input) { __typename } }`,
      { input: { idempotencyKey: freshKey(), paymentId, merchantId: payee.id, ...paid } },
    );
  }
  return books;
}

describe.each(engines)('on $name', (engine) => {
  test('what is open stays exact though an issuer shows up in one place alone', async () => {
    await using books = await openProgrammes(engine);
    await using _other = await openBooks(engine, { databaseUrl: books.databaseUrl });
    await books.setCover({ points: 1000 });
    const own = { acceptorId: 'I' };
    const open = async () => (await books.cover())[0].open;

    // Nothing but the command names the issuer.
    await books.postOne(accrue({ points: 100, causeId: 'p1' }));
    expect(await open()).toBe(100);
    // Nothing but a lot.
    await books.postOne(hold({ ...own, points: 60 }));
    await books.postOne(burn({ ...own, points: 40, causeId: 'r1' }));
    expect(await open()).toBe(60);
    // Nothing but a hold.
    await books.postOne(resolve('CAPTURE'));
    expect(await open()).toBe(0);
    // Nothing but what was burnt.
    await books.postOne(refund({ refundsId: 'r1', points: 40 }));
    expect(await open()).toBe(40);
    // Nothing but an accrual, of which all is pending.
    const { entryId } = await books.postOne(
      accrue({ walletId: 'bob', points: 30, vestsOnEvent: true }),
    );
    const ofBob = { walletId: 'bob', caseId: 'c2', causeId: 'c2' };
    const parts = [{ accrualId: String(entryId), points: 30 }];
    await postOwn(books, [freeze(ofBob), deduct({ ...ofBob, parts })]);
    expect(await open()).toBe(40);
    expect(await books.problems()).toEqual([]);
  });

  test('what was paid is not open when a cover is set again', async () => {
    await using books = await openPaid(engine);
    await books.settle();
    await books.removeCover();

    await books.setCover({ points: 1000 });

    expect(await books.cover()).toMatchObject([{ open: 0 }]);
    expect(await books.problems()).toEqual([]);
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('what is paid while a batch is under way waits for it', async () => {
    await using books = await openPaid(engine);
    const worker = settleCovers(books.frame);

    // Held when it has read what is open.
    const met = await meeting(
      books.database.reader,
      /^INSERT INTO points_cover \(/,
      () => books.postOne(accrue({ points: 100 })),
      () => worker.step(),
    );

    expect(met.hasWaited).toBe(true);
    expect(await books.cover()).toMatchObject([{ open: 100 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a batch waits for what is being paid', async () => {
    await using books = await openPaid(engine);
    const worker = settleCovers(books.frame);

    const met = await meeting(
      books.database.reader,
      /^INSERT INTO points_cover \(/,
      () => worker.step(),
      () => books.postOne(accrue({ points: 100 })),
    );

    expect(met.hasWaited).toBe(true);
    expect(await books.cover()).toMatchObject([{ open: 100 }]);
    expect(await books.problems()).toEqual([]);
  });
});
