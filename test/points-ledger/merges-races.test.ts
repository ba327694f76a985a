import { describe, expect, test } from 'vitest';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, type OpenBooks, openBooks, reverse } from './books-world.ts';
import { casesOf } from './cases-acts.ts';
import { type Between, interposed, meeting } from './interposed.ts';
import { mergeNow, mergeRequest } from './merges-world.ts';
import { requestOf } from './requests.ts';

/** Another process over the same database. */
const processOf = ({ frame }: OpenBooks) => createLedger(frame);

const isLock = (sql: string) => /FROM points_wallet\s.*FOR UPDATE/s.test(sql);

/** Lets a transaction come as far as its COMMIT, and says so; it commits when it is let go on. */
function heldBack() {
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const between: Between = async ({ sql, send }) => {
    if (sql === 'COMMIT') {
      reached.resolve();
      await goOn.promise;
    }
    return send();
  };
  return { between, reached: reached.promise, goOn: goOn.resolve };
}

describe.each(engines)('on $name', (engine) => {
  test('a command that waits while its account is merged reaches the other one, whichever name comes first', async () => {
    for (const [from, into] of [
      ['ann', 'zoe'],
      ['zoe', 'ann'],
    ] as const) {
      await using books = await openBooks(engine);
      await books.postOne(accrue({ walletId: from, causeId: 'p1', points: 50 }));
      const { between, reached, goOn } = heldBack();
      const merging = interposed(between, () => processOf(books).post([mergeRequest(from, into)]));
      await reached;

      // They find the lock taken, and what they find under it is no more what it was.
      const waiting = [
        accrue({ walletId: from, points: 30 }),
        reverse({ walletId: from, reversesId: 'p1', points: 20 }),
        burn({ walletId: from, points: 1 }),
        burn({ walletId: into, points: 1 }),
      ].map((command) => processOf(books).post([requestOf(command)]));
      await new Promise((wake) => setTimeout(wake, 50));
      goOn();

      expect(await merging).toMatchObject([{ status: 'ACCEPTED' }]);
      expect((await Promise.all(waiting)).flat()).toMatchObject([
        { status: 'ACCEPTED', mergedInto: into },
        { status: 'ACCEPTED', mergedInto: into, debt: 0 },
        { status: 'REFUSED', code: 'WALLET_MERGED' },
        { status: 'ACCEPTED' },
      ]);
      expect(await books.wallet(into)).toMatchObject({ available: 59 });
      expect(await books.wallet(from)).toMatchObject({ available: 0 });
      expect(await books.problems()).toEqual([]);
    }
  });

  test('commands before and after a merge in one batch find the account where it is by then', async () => {
    await using books = await openBooks(engine);
    const eves = (points: number, causeId: string) =>
      requestOf(accrue({ walletId: 'eve', points, causeId }));

    const outcomes = await processOf(books).post([
      ...[eves(10, 'p1'), requestOf(burn({ walletId: 'eve', points: 4 }))],
      mergeRequest('eve', 'ann'),
      ...[eves(20, 'p2'), requestOf(burn({ walletId: 'eve', points: 4 }))],
      requestOf(reverse({ walletId: 'eve', reversesId: 'p1', points: 10 })),
      requestOf(burn({ points: 16 })),
      mergeRequest('bob', 'eve'),
      mergeRequest('ann', 'bob'),
    ]);

    const told = outcomes.map((outcome) =>
      'mergedInto' in outcome ? outcome : { ...outcome, mergedInto: 'itself' },
    );
    expect(told.map(({ code, mergedInto }) => code ?? mergedInto)).toEqual([
      ...[
        'itself',
        'itself',
        'itself',
        'ann',
        'WALLET_MERGED',
        'ann',
        'itself',
        'WALLET_MERGED',
        'HAS_MERGED',
      ],
    ]);
    expect(await books.wallet()).toMatchObject({ available: 0, debt: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('of two merges in opposite directions, and of two into different accounts, one is done', async () => {
    await using books = await openBooks(engine);
    await books.post(['ann', 'bob', 'cat', 'dan'].map((walletId) => accrue({ walletId })));
    const both = (one: readonly [string, string], other: readonly [string, string]) =>
      Promise.all([one, other].map((pair) => processOf(books).post([mergeRequest(...pair)])));

    const opposite = (await both(['ann', 'bob'], ['bob', 'ann'])).flat();
    const apart = (await both(['cat', 'dan'], ['cat', 'eve'])).flat();

    for (const outcomes of [opposite, apart]) {
      expect(outcomes.map(({ code }) => code).toSorted()).toEqual(
        [null, 'WALLET_MERGED'].toSorted(),
      );
    }
    expect(await books.problems()).toEqual([]);
  });

  test('three processes that post for two accounts while these become one lose nothing and wait for nobody', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ walletId: 'zoe' }), accrue()]);
    const processes = [processOf(books), processOf(books), processOf(books)];
    const accruals = Array.from({ length: 30 }, (_, index) => ({
      ...{ walletId: index % 2 === 0 ? 'zoe' : 'ann', points: 1 },
    }));

    const told = await Promise.all([
      ...accruals.map((given, index) => {
        const both = [accrue(given), accrue({ ...given, walletId: 'ann' })];
        return processes[index % 3]?.post(both.map(requestOf));
      }),
      mergeNow(books, 'zoe', 'ann').then((outcome) => [outcome]),
    ]);

    expect(told.flat().map((outcome) => outcome?.status)).toEqual(Array(61).fill('ACCEPTED'));
    expect(await books.wallet()).toMatchObject({ available: 260 });
    expect(await books.wallet('zoe')).toMatchObject({ available: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('what was merged is locked with the other account in the order of ids, in a transaction begun anew', async () => {
    await using books = await openBooks(engine);
    await mergeNow(books, 'zoe', 'ann');
    const locked: unknown[] = [];
    books.statements.length = 0;

    await interposed(
      ({ sql, parameters, send }) => {
        if (isLock(sql) || /FROM points_wallet\s+WHERE id IN .* ORDER BY id/s.test(sql)) {
          locked.push(parameters);
        }
        return send();
      },
      () => processOf(books).post([requestOf(accrue({ walletId: 'zoe', points: 5 }))]),
    );

    expect(locked).toEqual([['zoe'], ['ann', 'zoe']]);
    expect(books.statements.filter((sql) => sql === 'ROLLBACK')).toHaveLength(1);
    expect(await books.wallet()).toMatchObject({ available: 5 });
  });

  test('a wallet that was merged behind the lock undoes the whole batch', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), accrue({ walletId: 'bob' })]);
    let isDone = false;

    const [outcome] = await interposed(
      async ({ sql, runner, send }) => {
        if (sql.trimStart().startsWith('UPDATE points_wallet SET version') && !isDone) {
          isDone = true;
          await runner.query("UPDATE points_wallet SET merged_into = 'bob' WHERE id = 'ann'");
        }
        return send();
      },
      () => processOf(books).post([requestOf(accrue({ points: 5 }))]),
    );

    expect(outcome).toMatchObject({ status: 'FAILED' });
    expect(await books.wallet()).toMatchObject({ available: 100 });
    expect(await books.problems()).toEqual([]);
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('a case that is opened while its account is merged has to be against the other one', async () => {
    await using books = await openBooks(engine);
    const { entryId } = await books.postOne(accrue({ walletId: 'eve' }));
    const { propose } = casesOf(books);

    const met = await meeting(
      books.database.reader,
      /^COMMIT/,
      () => processOf(books).post([mergeRequest('eve', 'ann')]),
      () => propose(entryId, { memberId: 'eve' }),
    );

    expect(met).toMatchObject({
      first: [{ status: 'ACCEPTED' }],
      second: { __typename: 'InvalidInput', code: 'MEMBER_MERGED' },
      hasWaited: true,
    });
    expect(await propose(entryId)).toMatchObject({ __typename: 'PointsCaseChanged' });
  });
});
