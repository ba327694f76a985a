import { describe, expect, test } from 'vitest';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, operator } from '../support/people.ts';
import { accrue, burn, merchants, reverse } from './books-world.ts';
import { openSharing, transfer } from './sharing-world.ts';

describe.each(engines)('on $name', (engine) => {
  test('S37: points of an issuer that said nothing cannot be passed on', async () => {
    await using books = await openSharing(engine);
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue());

    expect(await books.postOne(transfer())).toMatchObject({
      status: 'REFUSED',
      code: 'NOT_TRANSFERABLE',
      available: 0,
      missing: 100,
    });
    await books.programme({ transfer: 'NONE' });
    expect(await books.postOne(transfer())).toMatchObject({ code: 'NOT_TRANSFERABLE' });
    await books.programme({ transfer: 'FAMILY', unit: 'MILES' });
    expect(await books.postOne(transfer())).toMatchObject({ code: 'NOT_TRANSFERABLE' });
    expect(await books.wallet()).toMatchObject({ available: 100 });
  });

  test('S36: where the issuer allows it, points go to family and to nobody else, and stay what they are', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.family('f2', 'cat');
    await books.post([
      accrue({ points: 70, expiresOn: '2027-03-01', priceMinor: 33 }),
      accrue({ points: 50, expiresOn: '2027-01-01' }),
    ]);

    for (const stranger of ['cat', 'dan']) {
      const refused = await books.postOne(transfer({ counterWalletId: stranger, points: 10 }));
      expect(refused).toMatchObject({ status: 'REFUSED', code: 'NOT_FAMILY' });
    }
    const before = await books.lots('ann');
    expect(await books.postOne(transfer({ points: 80 }))).toMatchObject({
      status: 'ACCEPTED',
      points: 80,
      available: 40,
    });

    const [soon, late] = before;
    expect(await books.lots('bob')).toEqual([
      { ...soon, points: 50 },
      { ...late, points: 30 },
    ]);
    expect(await books.lots('ann')).toEqual([{ ...late, points: 40 }]);
    // What Bob then spends is owed by the issuer at the price of the day it was earned.
    await books.postOne(burn({ walletId: 'bob', points: 80 }));
    const { clearingPositions } = await books.data(
      '{ clearingPositions { merchant { id } net { amountMinor } } }',
    );
    expect(clearingPositions).toEqual([
      { merchant: { id: 'B' }, net: { amountMinor: 50 } },
      { merchant: { id: 'I' }, net: { amountMinor: -50 } },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('only points of issuers that allow it move, in the order of spending', async () => {
    await using books = await openSharing(engine);
    await books.programme({ issuerId: 'J' });
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue({ points: 100, expiresOn: '2026-12-01' }),
      accrue({ points: 60, issuerId: 'J' }),
    ]);

    expect(await books.postOne(transfer({ points: 61 }))).toMatchObject({
      code: 'INSUFFICIENT_POINTS',
      available: 60,
      missing: 1,
    });
    expect(await books.postOne(transfer({ points: 60 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.lots('bob')).toMatchObject([{ issuer_id: 'J', points: 60 }]);
    expect(await books.lots('ann')).toMatchObject([{ issuer_id: 'I', points: 100 }]);
  });

  test('TV12: at most eight transferees, each from the sixtieth day after she was registered', async () => {
    await using books = await openSharing(engine);
    await books.programme({ transfer: 'REGISTERED', effectiveAfterDays: 60, transfereesMax: 8 });
    await books.postOne(accrue());
    const others = Array.from({ length: 8 }, (_, index) => `other-${index}`);
    for (const other of others) {
      expect(await books.transferee(other)).toMatchObject({ __typename: 'TransfereeRegistered' });
    }
    expect(await books.transferee('ninth')).toMatchObject({
      __typename: 'TransfereesFull',
      message: 'At most 8 members can be registered for these points. Remove one first.',
    });
    // Who is registered already is no ninth.
    expect(await books.transferee('other-7')).toMatchObject({ __typename: 'TransfereeRegistered' });
    const to = (counterWalletId: string) => books.postOne(transfer({ counterWalletId, points: 1 }));

    expect(await to('ninth')).toMatchObject({ code: 'NOT_TRANSFEREE' });
    expect(await to('other-0')).toMatchObject({ code: 'TRANSFEREE_NOT_YET' });
    books.clock.set('2027-01-20T15:59:00Z');
    expect(await to('other-0')).toMatchObject({ code: 'TRANSFEREE_NOT_YET' });
    books.clock.set('2027-01-20T16:01:00Z');
    expect(await to('other-0')).toMatchObject({ status: 'ACCEPTED' });

    // Taking somebody off the list makes room; being put on it again begins anew.
    const off = { walletId: 'ann', otherId: 'other-0', issuerId: 'I', unit: 'ALLIANCE' };
    await books.mutate('removeTransferee', 'TransfereeInput', off, { as: membersOwn });
    expect(await to('other-0')).toMatchObject({ code: 'NOT_TRANSFEREE' });
    expect(await books.transferee('other-0')).toMatchObject({ __typename: 'TransfereeRegistered' });
    expect(await to('other-0')).toMatchObject({ code: 'TRANSFEREE_NOT_YET' });
    expect(await to('other-1')).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.problems()).toEqual([]);
  });

  test('a programme may ask for some days in the family, counted from when both belong to it', async () => {
    await using books = await openSharing(engine);
    await books.programme({ effectiveAfterDays: 7 });
    await books.family('f1', 'ann');
    await books.postOne(accrue());
    books.clock.set('2026-11-25T02:00:00Z');
    await books.family('f1', 'bob');
    books.clock.set('2026-12-01T15:00:00Z');
    expect(await books.postOne(transfer())).toMatchObject({ code: 'TRANSFEREE_NOT_YET' });
    books.clock.set('2026-12-01T17:00:00Z');
    expect(await books.postOne(transfer())).toMatchObject({ status: 'ACCEPTED' });
  });

  test('who left the family is none any more, also when the events come twice', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue());
    await books.leave('f1', 'bob');
    await books.happensAgain();
    expect(await books.postOne(transfer())).toMatchObject({ code: 'NOT_FAMILY' });
    await books.family('f1', 'bob');
    expect(await books.postOne(transfer())).toMatchObject({ status: 'ACCEPTED' });
  });

  test('points that come in pay debts first, as any do', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue({ walletId: 'bob', causeId: 'p1', issuerId: 'J', points: 60 }),
      burn({ walletId: 'bob', points: 60 }),
      reverse({ walletId: 'bob', reversesId: 'p1', issuerId: 'J', points: 60 }),
      accrue(),
    ]);

    expect(await books.postOne(transfer())).toMatchObject({ status: 'ACCEPTED', debt: 60 });
    expect(await books.wallet('bob')).toMatchObject({ available: 40, debt: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('a transfer that cannot be is refused, each with a code of its own, and changes nothing', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue());
    const before = await bookRows(books);
    const refused = [
      ['to herself', { counterWalletId: 'ann' }, 'TRANSFER_TO_SELF'],
      ['to a pool', { counterWalletId: 'pool:f1' }, 'POOL_WALLET'],
      ['out of a pool', { walletId: 'pool:f1' }, 'POOL_WALLET'],
      ['of more than there is', { points: 101 }, 'INSUFFICIENT_POINTS'],
      ['of nothing', { points: 0 }, 'INVALID_COMMAND'],
      ['of less than nothing', { points: -1 }, 'INVALID_COMMAND'],
      ['of an unknown number', { points: null }, 'INVALID_COMMAND'],
      ['to nobody', { counterWalletId: null }, 'INVALID_COMMAND'],
      ['of no unit', { unit: '' }, 'INVALID_COMMAND'],
      ['of points that are not there', { unit: 'MILES' }, 'INSUFFICIENT_POINTS'],
      [
        'out of an empty wallet',
        { walletId: 'bob', counterWalletId: 'ann' },
        'INSUFFICIENT_POINTS',
      ],
    ] as const;
    for (const [, given, code] of refused) {
      expect(await books.postOne(transfer(given))).toMatchObject({ status: 'REFUSED', code });
    }
    expect(await bookRows(books)).toEqual(before);
    expect(await books.problems()).toEqual([]);
  });

  test('neither lapsed points nor those that are good for one thing only move', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue({ points: 30, expiresOn: '2026-11-23' }),
      accrue({ points: 40, useScope: 'reward:cake' }),
      accrue({ points: 50 }),
    ]);
    books.clock.set('2026-11-23T02:00:00Z');

    expect(await books.postOne(transfer({ points: 51 }))).toMatchObject({ available: 50 });
    expect(await books.postOne(transfer({ points: 50 }))).toMatchObject({ status: 'ACCEPTED' });
  });

  test('a key is answered once; with other input it is refused', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue());
    const command = transfer({ points: 10 });
    const first = await books.postOne(command);
    expect(await books.postOne(command)).toEqual(first);
    expect(await books.postOne({ ...command, counterWalletId: 'cat' })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await books.wallet()).toMatchObject({ available: 90 });
  });

  test('a member gives points herself, and nobody does it for her', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue());
    const idempotencyKey = freshKey();
    const input = { idempotencyKey, memberId: 'ann', toMemberId: 'bob', points: 30 };

    const given = await books.asks('transferPoints', input);
    expect(given).toEqual({
      __typename: 'PointsTransferred',
      points: 30,
      entry: { kind: 'TRANSFER' },
    });
    expect(await books.asks('transferPoints', input)).toEqual(given);
    expect(await books.wallet('bob')).toMatchObject({ available: 30 });
    const asked = (more: object) =>
      books.asks('transferPoints', { ...input, idempotencyKey: freshKey(), ...more });
    expect(await asked({ points: 71 })).toMatchObject({
      __typename: 'TooFewPoints',
      available: 70,
      missing: 1,
    });
    expect(await asked({ toMemberId: 'eve' })).toMatchObject({ __typename: 'NotFamily' });
    expect(await asked({ toMemberId: 'ann' })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'toMemberId',
    });
    expect(await asked({ points: 0 })).toMatchObject({ __typename: 'InvalidInput' });

    const mutation = `mutation ($input: TransferPointsInput!) { transferPoints(input: $input) { __typename } }`;
    for (const as of [operator, asMember('bob'), asMerchant('I'), merchants]) {
      const { errors } = await books.ask(mutation, { input }, { as });
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { errors } = await books.ask(
      mutation,
      { input: { ...input, points: 31 } },
      { as: asMember('ann') },
    );
    expect(errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('after two hundred entries of a day no more is moved by hand until tomorrow', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue({ points: 5000 }));
    await books.post(Array.from({ length: 198 }, () => transfer({ points: 1 })));
    const input = {
      ...{ idempotencyKey: freshKey(), memberId: 'ann', toMemberId: 'bob' },
      ...{ unit: 'ALLIANCE', points: 1 },
    };

    const last = await books.asks('transferPoints', input);
    const next = { ...input, idempotencyKey: freshKey() };
    const refusals = [
      await books.asks('transferPoints', next),
      await books.asks('contributeToFamilyPool', {
        ...{ idempotencyKey: freshKey(), memberId: 'ann', familyId: 'f1' },
        ...{ unit: 'ALLIANCE', points: 1 },
      }),
    ];

    expect(last).toMatchObject({ __typename: 'PointsTransferred' });
    for (const refused of refusals) {
      expect(refused).toMatchObject({ __typename: 'TooManyMoves', code: 'TOO_MANY_MOVES' });
    }
    // What was answered is answered again, and whoever lets points go otherwise is not kept from it.
    expect(await books.asks('transferPoints', input)).toEqual(last);
    expect(await books.postOne(burn({ points: 1 }))).toMatchObject({ status: 'ACCEPTED' });
    books.clock.advanceDays(1);
    expect(await books.asks('transferPoints', next)).toMatchObject({
      __typename: 'PointsTransferred',
    });
    expect(await books.problems()).toEqual([]);
  });

  test('only the operator and merchants say what an issuer allows, and only members who is registered', async () => {
    await using books = await openSharing(engine);
    const programme = { issuerId: 'I', unit: 'ALLIANCE', transfer: 'REGISTERED' };
    const set = (as = operator, more = {}) =>
      books.mutate(
        'setPointsProgramme',
        'SetPointsProgrammeInput',
        { ...programme, ...more },
        { as },
      );
    await expect(set(asMerchant('I'))).rejects.toThrow('FORBIDDEN');
    await expect(set(membersOwn)).rejects.toThrow('FORBIDDEN');
    expect(await set(merchants)).toMatchObject({ __typename: 'PointsProgrammeSet' });
    expect(await set(operator, { effectiveAfterDays: -1 })).toMatchObject({
      code: 'OUT_OF_BOUNDS',
    });
    const other = { walletId: 'ann', otherId: 'bob', issuerId: 'I', unit: 'ALLIANCE' };
    await expect(
      books.mutate('registerTransferee', 'TransfereeInput', other, { as: merchants }),
    ).rejects.toThrow('FORBIDDEN');
    expect(await books.transferee('ann')).toMatchObject({ code: 'NOT_ANOTHER_MEMBER' });
    expect(await books.transferee('bob', { issuerId: 'J' })).toMatchObject({
      code: 'NOT_TRANSFERABLE',
    });
  });

  test('two processes that move points to and fro lose none, and none waits for the other forever', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([accrue({ points: 5000 }), accrue({ walletId: 'bob', points: 5000 })]);
    const ledgers = [createLedger(books.frame, { batchMax: 3 }), createLedger(books.frame)];
    books.statements.length = 0;

    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const [walletId, counterWalletId] = index % 2 === 0 ? ['ann', 'bob'] : ['bob', 'ann'];
        const command = {
          kind: 'TRANSFER' as const,
          ...{ walletId, counterWalletId, unit: 'ALLIANCE', points: 10 + index },
          ...{ causeKind: 'GIFT', causeId: 'g', ruleVersion: null },
        };
        const request = { scope: 's', key: `k${index}`, requestHash: `h${index}`, command };
        return ledgers[index % 2]?.post([request]);
      }),
    );

    expect(outcomes.flat().map((outcome) => outcome?.status)).toEqual(Array(60).fill('ACCEPTED'));
    expect(books.statements).not.toContain('ROLLBACK');
    // Bob gave one more than Ann thirty times.
    expect(await books.wallet('ann')).toMatchObject({ available: 5030 });
    expect(await books.wallet('bob')).toMatchObject({ available: 4970 });
    expect(await books.problems()).toEqual([]);
  });

  test('a batch of transfers costs the same statements for one and for a hundred', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    const pairs = Array.from(
      { length: 100 },
      (_, index) => [`from-${index}`, `to-${index}`] as const,
    );
    const joined = pairs.flatMap(([from, to], index) =>
      [from, to].map((memberId) => ['family.joined', { familyId: `f${index}`, memberId }] as const),
    );
    books.queue('members', joined);
    await books.settle();
    await books.post(pairs.map(([walletId]) => accrue({ walletId })));
    await books.post(
      pairs.map(([walletId, to]) => transfer({ walletId, counterWalletId: to, points: 1 })),
    );
    const cost = async (some: typeof pairs) => {
      books.statements.length = 0;
      const outcomes = await books.post(
        some.map(([walletId, to]) => transfer({ walletId, counterWalletId: to, points: 1 })),
      );
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['ACCEPTED']));
      return books.statements.length;
    };

    const one = await cost(pairs.slice(0, 1));
    expect(await cost(pairs)).toBe(one);
    expect(one).toBeLessThanOrEqual(29);
  });
});

const membersOwn = {
  ...operator,
  subject: 'service:members',
  roles: ['PUBLIC', 'SERVICE'] as const,
};

/** All but the memory of commands and the chain. */
async function bookRows(books: Awaited<ReturnType<typeof openSharing>>) {
  const tables = ['journal_entry', 'posting', 'wallet_unit', 'lot', 'debt', 'accrual', 'burn'];
  return Promise.all(
    tables.map((table) => books.database.reader.query(`SELECT * FROM points_${table}`)),
  );
}
