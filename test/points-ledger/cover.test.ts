import { describe, expect, test } from 'vitest';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey } from '../support/people.ts';
import { accrue, burn, hold, type OpenBooks, refund, resolve, reverse } from './books-world.ts';
import { clearingOf, namesOf } from './clearing-world.ts';
import { openProgrammes } from './convert-world.ts';
import { requestOf } from './requests.ts';

/**
 * Posts 60 accruals of 2 points each, all asked for at once, through a ledger of their own: as in a process of
 * its own, but for the connections. On SQLite one would wait in its sleep for the other, in the same process.
 */
async function race({ frame }: OpenBooks, name: string) {
  const ledger = createLedger(frame);
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      ledger.post([requestOf(accrue({ walletId: `${name}-${index}`, points: 2 }))]),
    ),
  );
  return outcomes.flat();
}

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('L10 at the end of its cover an issuer issues no more, and its points are redeemed as ever', async () => {
    await using books = await openProgrammes(engine);
    await books.setCover({ points: 1000 });
    await books.postOne(accrue({ points: 990 }));
    expect(await books.cover()).toEqual([
      { unit: 'ALLIANCE', version: 1, covered: 1000, open: 990, left: 10 },
    ]);

    expect(await books.postOne(accrue({ points: 11 }))).toMatchObject({
      status: 'REFUSED',
      code: 'ISSUER_CAP_REACHED',
    });
    expect(await books.postOne(burn({ points: 500 }))).toMatchObject({ status: 'ACCEPTED' });
    // Another merchant accepted them: they are owed for, so they are still open.
    expect(await books.postOne(accrue({ points: 11 }))).toMatchObject({
      code: 'ISSUER_CAP_REACHED',
    });
    expect(await books.postOne(accrue({ points: 10 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.postOne(burn({ points: 300, acceptorId: 'I' }))).toMatchObject({
      status: 'ACCEPTED',
    });
    expect(await books.postOne(accrue({ points: 300 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.postOne(accrue({ points: 1 }))).toMatchObject({
      code: 'ISSUER_CAP_REACHED',
    });
    expect(await books.postOne(accrue({ points: 9999, issuerId: 'J' }))).toMatchObject({
      status: 'ACCEPTED',
    });
    expect(await books.cover()).toMatchObject([{ open: 1000, left: 0 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('L10 what is returned, lapses or is paid for leaves the cover; what is held or pending does not', async () => {
    await using books = await openProgrammes(engine);
    await books.setCover({ points: 500 });
    const open = async () => (await books.cover())[0].open;
    await books.post([
      accrue({ causeId: 'p1', points: 100 }),
      accrue({ causeId: 'p2', points: 100, expiresOn: '2026-11-23' }),
      accrue({ causeId: 'p3', points: 100, vestsOn: '2026-12-24' }),
    ]);
    expect(await open()).toBe(300);
    await books.post([
      hold({ points: 30, acceptorId: 'I' }),
      resolve('CAPTURE'),
      hold({ holdId: 'h2', points: 20, holdMinutes: 24 * 60 }),
    ]);
    expect(await open()).toBe(270);
    await books.postOne(reverse({ reversesId: 'p3', points: 40 }));
    expect(await open()).toBe(230);
    await books.post([burn({ points: 50, acceptorId: 'I', causeId: 'r1' })]);
    expect(await open()).toBe(180);
    // Given back, they are a promise again, though nothing new is issued.
    await books.postOne(refund({ refundsId: 'r1', points: 50 }));
    expect(await open()).toBe(230);
    books.clock.set('2026-11-22T16:00:00Z');
    await books.settle();
    // Of the lot that lapsed 100 − 30 were left, 20 of them held.
    expect(await open()).toBe(180);
    expect(await books.problems()).toEqual([]);
  });

  test('what others accepted leaves the cover once its issuer has paid for the cycle', async () => {
    await using books = await openProgrammes(engine, { peer: namesOf() });
    const clearing = clearingOf(books);
    await books.setCover({ points: 1000 });
    await clearing.redeem([
      ['I', 'B', 400],
      ['J', 'I', 100],
    ]);
    const { cycle } = await clearing.close();
    await books.settle();
    expect(await books.cover()).toMatchObject([{ open: 400 }]);

    for (const { id, payee, amount } of cycle.payments) {
      const { recordSettlement } = await books.data(
        `mutation ($input: RecordSettlementInput!) { recordSettlement(input: $input) { __typename
          ... on Refusal { code } } }`,
        {
          input: {
            idempotencyKey: freshKey(),
            paymentId: id,
            merchantId: payee.id,
            reference: 'bank 1',
            paidOn: '2026-11-22',
            amount,
          },
        },
      );
      expect(recordSettlement).toEqual({ __typename: 'SettlementRecorded' });
    }
    await books.settle();

    expect(await books.cover()).toMatchObject([{ open: 0, left: 1000 }]);
    expect(await books.problems()).toEqual([]);
    // A further unit counts what was paid before, and a cover that is set anew what is open.
    expect(await books.setCover({ unit: 'MILES', points: 5 })).toMatchObject({
      covers: [
        { unit: 'ALLIANCE', open: 0 },
        { unit: 'MILES', open: 0, left: 5 },
      ],
    });
    expect(await books.setCover({ points: 7 })).toMatchObject({
      covers: [{ version: 2, covered: 7, open: 0 }, {}],
    });
    expect(await books.problems()).toEqual([]);
  });

  test('a first cover counts what was issued before it, and a conversion stops at it', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate({ numerator: 1, denominator: 1 });
    await books.post([
      accrue({ points: 300 }),
      burn({ points: 50 }),
      burn({ points: 20, acceptorId: 'I' }),
    ]);

    expect(await books.setCover({ points: 200 })).toMatchObject({
      covers: [{ version: 1, covered: 200, open: 280, left: -80 }],
    });
    await books.setCover({ unit: 'MILES', points: 60 });
    expect(await books.convert({ points: 61 })).toMatchObject({
      code: 'CONVERSION_ISSUER_CAP_REACHED',
    });
    expect(await books.convert({ points: 60 })).toMatchObject({ conversion: { got: 60 } });
    expect(await books.cover()).toMatchObject([
      { unit: 'ALLIANCE', open: 220, left: -20 },
      { unit: 'MILES', open: 60, left: 0 },
    ]);
    expect(await books.setCover({ points: -1 })).toMatchObject({ code: 'COVER_NEGATIVE' });
    expect(await books.problems()).toEqual([]);
  });

  test('points that pay a debt to their issuer are not open, so they may still be issued', async () => {
    await using books = await openProgrammes(engine);
    await books.post([
      accrue({ causeId: 'p1', points: 100 }),
      burn({ points: 100, acceptorId: 'I' }),
      reverse({ reversesId: 'p1', points: 100 }),
    ]);
    await books.setCover({ points: 10 });

    expect(await books.postOne(accrue({ points: 111 }))).toMatchObject({
      code: 'ISSUER_CAP_REACHED',
    });
    expect(await books.postOne(accrue({ points: 110 }))).toMatchObject({
      available: 10,
      debt: 100,
    });
    expect(await books.cover()).toMatchObject([{ open: 10, left: 0 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('two processes that race for the last points never exceed the cover', async () => {
    await using books = await openProgrammes(engine);
    await books.postOne(accrue({ walletId: 'early', points: 40 }));
    await books.setCover({ points: 200 });

    const outcomes = await Promise.all([race(books, 'one'), race(books, 'two')]);

    const codes = outcomes.flat().map(({ code }) => code);
    expect(codes.filter((code) => code === undefined || code === null)).toHaveLength(80);
    expect(codes.filter((code) => code === 'ISSUER_CAP_REACHED')).toHaveLength(40);
    expect(await books.cover()).toMatchObject([{ covered: 200, open: 200, left: 0 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a first cover that is set while two processes issue misses nothing and counts nothing twice', async () => {
    await using books = await openProgrammes(engine);

    const [, ...outcomes] = await Promise.all([
      books.setCover({ points: 100 }),
      race(books, 'one'),
      race(books, 'two'),
    ]);

    // Whatever came before the cover was issued at will, and counts.
    const issued = 2 * outcomes.flat().filter(({ status }) => status === 'ACCEPTED').length;
    const [{ open }] = await books.cover();
    expect(open).toBe(issued);
    expect(issued).toBeGreaterThanOrEqual(100);
    expect(await books.postOne(accrue({ points: 1 }))).toMatchObject({
      code: 'ISSUER_CAP_REACHED',
    });
    expect(await books.problems()).toEqual([]);
  });

  test('a cover that is taken away binds no more; what was said of it stays, and a new one counts all that is open', async () => {
    await using books = await openProgrammes(engine);
    await books.setCover({ points: 100 });
    await books.setCover({ unit: 'MILES', points: 7 });
    await books.postOne(accrue({ points: 100 }));
    expect((await books.postOne(accrue({ points: 1 }))).code).toBe('ISSUER_CAP_REACHED');
    const once = { idempotencyKey: freshKey() };

    const removed = await books.removeCover(once);
    expect(removed).toEqual({
      __typename: 'IssuerCoverRemoved',
      covers: [{ unit: 'MILES', version: 1 }],
    });
    expect(await books.removeCover(once)).toEqual(removed);
    expect(await books.removeCover()).toEqual({ __typename: 'NotFound', code: 'COVER_NOT_FOUND' });
    expect(await books.removeCover({ issuerId: 'J' })).toMatchObject({ code: 'COVER_NOT_FOUND' });
    expect((await books.postOne(accrue({ points: 500 }))).status).toBe('ACCEPTED');
    expect((await books.postOne(accrue({ unit: 'MILES', points: 8 }))).code).toBe(
      'ISSUER_CAP_REACHED',
    );
    expect(await books.problems()).toEqual([]);

    await books.setCover({ points: 601 });
    expect(await books.cover()).toMatchObject([
      { unit: 'ALLIANCE', version: 3, covered: 601, open: 600 },
      { unit: 'MILES', version: 1 },
    ]);
    expect((await books.postOne(accrue({ points: 2 }))).code).toBe('ISSUER_CAP_REACHED');
    const versions = await books.tamper(
      "SELECT version, covered, removed FROM points_cover_version WHERE unit = 'ALLIANCE' ORDER BY version",
    );
    expect(versions.map((row: object) => Object.values(row).map(Number))).toEqual([
      [1, 100, 0],
      [2, 0, 1],
      [3, 601, 0],
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('covers that are set and taken away at once, while others issue, are counted to the point', async () => {
    await using books = await openProgrammes(engine);
    await books.setCover({ points: 40 });

    await Promise.all([
      race(books, 'one'),
      books.removeCover(),
      books.setCover({ points: 90 }),
      race(books, 'two'),
      books.removeCover(),
      books.setCover({ points: 60 }),
    ]);

    expect(await books.problems()).toEqual([]);
    await books.setCover({ points: 1 });
    expect((await books.postOne(accrue({ points: 1 }))).code).toBe('ISSUER_CAP_REACHED');
    expect(await books.problems()).toEqual([]);
  });

  test('a removal that is forged, or taken back past the ledger, is found out', async () => {
    await using books = await openProgrammes(engine);
    await books.setCover({ points: 40 });
    const forge = (removed: number) =>
      books.tamper('UPDATE points_cover_version SET removed = ? WHERE version = 1', [removed]);
    await forge(1);
    expect(await books.problems()).toEqual([
      'the cover of I in ALLIANCE is not what was said last',
    ]);
    await forge(0);
    await books.removeCover();
    expect(await books.problems()).toEqual([]);

    await books.tamper('UPDATE points_cover_version SET removed = 0 WHERE version = 2');
    expect(await books.problems()).toEqual(['the cover of I in ALLIANCE is missing']);
  });

  test('without any cover a batch looks for none, and with one it costs the same for 200 commands', async () => {
    await using books = await openProgrammes(engine);
    const cost = async (count: number) => {
      const ids = Array.from({ length: count }, (_, index) => `member-${index}`);
      books.statements.length = 0;
      await books.post(ids.map((walletId) => accrue({ walletId, points: 1 })));
      return [...books.statements];
    };
    await cost(200);
    expect((await cost(200)).filter((sql) => sql.includes('points_cover'))).toEqual([]);
    await books.setCover({ points: 1_000_000 });

    const one = await cost(1);

    expect(one.filter((sql) => sql.includes('points_cover'))).toHaveLength(2);
    expect((await cost(200)).length).toBe(one.length);
    expect(await books.problems()).toEqual([]);
  });

  test('another merchant does not see how far an issuer may issue', async () => {
    await using books = await openProgrammes(engine);
    await books.setCover();

    const { errors } = await books.ask(
      '{ issuerCover(issuerId: "I") { covered } }',
      {},
      { as: asMerchant('J') },
    );

    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
