import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, operator } from '../support/people.ts';
import { accrue, burn, hold, refund, resolve, reverse } from './books-world.ts';
import { contribute, type OpenSharing, openSharing, withdraw } from './sharing-world.ts';

const POOL = `... on Family { wallet { available held byUnit { unit available held }
  lots { points expiresOn contributor { id } }
  shares { member { id } unit contributed withdrawn spent expired left } } }`;

const poolOf = async (books: OpenSharing, as = asMember('ann')) => {
  const [family] = await books.entities(POOL, [{ __typename: 'Family', id: 'f1' }], { as });
  return family.wallet;
};

const share = (id: string, given: object) => ({
  member: { id },
  unit: 'ALLIANCE',
  ...{ contributed: 0, withdrawn: 0, spent: 0, expired: 0, left: 0 },
  ...given,
});

/** Dad, Mum and Kid have 4000, 3000 and 3000 points and one family. */
async function openFamily(...[engine]: Parameters<typeof openSharing>) {
  const books = await openSharing(engine);
  await books.programme();
  await books.family('f1', 'ann', 'bob', 'kid');
  await books.post([
    accrue({ points: 4000, expiresOn: '2027-03-01' }),
    accrue({ walletId: 'bob', points: 3000, expiresOn: '2027-01-01' }),
    accrue({ walletId: 'kid', points: 3000, expiresOn: '2027-02-01' }),
  ]);
  return books;
}

const poolAll = (books: OpenSharing) =>
  books.post([
    contribute({ points: 4000 }),
    contribute({ walletId: 'bob', points: 3000 }),
    contribute({ walletId: 'kid', points: 3000 }),
  ]);

const fromPool = { walletId: 'pool:f1', actorId: 'ann' };

describe.each(engines)('on $name', (engine) => {
  test('TV9: three members pool 4000, 3000 and 3000, and a reward of 10000 is redeemed from it', async () => {
    await using books = await openFamily(engine);
    const outcomes = await poolAll(books);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(3).fill('ACCEPTED'));
    expect(await poolOf(books)).toMatchObject({
      available: 10_000,
      lots: [
        { points: 3000, expiresOn: '2027-01-01', contributor: { id: 'bob' } },
        { points: 3000, expiresOn: '2027-02-01', contributor: { id: 'kid' } },
        { points: 4000, expiresOn: '2027-03-01', contributor: { id: 'ann' } },
      ],
    });
    expect(await books.wallet('bob')).toMatchObject({ available: 0 });

    expect(await books.postOne(burn({ ...fromPool, points: 10_001 }))).toMatchObject({
      code: 'INSUFFICIENT_POINTS',
      missing: 1,
    });
    const spent = await books.postOne(burn({ ...fromPool, points: 10_000, causeId: 'r1' }));
    expect(spent).toMatchObject({ status: 'ACCEPTED', available: 0 });
    // What expires first went first, and of each part it is known whose it was.
    const redemption = { __typename: 'Redemption', id: 'r1' };
    const seen = async (as = asMember('kid')) =>
      (
        await books.entities(
          '... on Redemption { burns { points contributor { id } } }',
          [redemption],
          { as },
        )
      )[0].burns;
    expect(await seen()).toEqual([
      { points: 3000, contributor: { id: 'bob' } },
      { points: 3000, contributor: { id: 'kid' } },
      { points: 4000, contributor: { id: 'ann' } },
    ]);
    expect(await seen(asMember('eve'))).toBeNull();
    expect((await poolOf(books)).shares).toEqual([
      share('ann', { contributed: 4000, spent: 4000 }),
      share('bob', { contributed: 3000, spent: 3000 }),
      share('kid', { contributed: 3000, spent: 3000 }),
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('of one expiry and issuer all who pooled pay alike', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([accrue({ points: 300 }), accrue({ walletId: 'bob', points: 100 })]);
    await books.post([
      contribute({ points: 300 }),
      contribute({ walletId: 'bob', points: 100 }),
      burn({ ...fromPool, points: 40 }),
    ]);
    expect(await books.lots('pool:f1')).toMatchObject([
      { contributor: 'ann', points: 270 },
      { contributor: 'bob', points: 90 },
    ]);
  });

  test('S35: who leaves gets what nobody spent of hers, and nothing else', async () => {
    await using books = await openFamily(engine);
    await poolAll(books);
    await books.post([
      burn({ ...fromPool, points: 3500 }),
      hold({ ...fromPool, holdId: 'h', points: 500, holdMinutes: 24 * 60 }),
    ]);
    // Bob's 3000 are spent, of Kid's 500, and 500 more are set aside.
    await books.leave('f1', 'kid');

    expect(await books.lots('kid')).toMatchObject([
      { expires_on: 20270201, contributor: '', points: 2000 },
    ]);
    expect(await poolOf(books)).toMatchObject({ available: 4000, held: 500 });
    // What was set aside and is given back was hers as well: it follows her.
    await books.postOne(resolve('RELEASE', { walletId: 'pool:f1', holdId: 'h' }));
    await books.settle();
    expect(await books.wallet('kid')).toMatchObject({ available: 2500 });
    await books.leave('f1', 'bob');
    expect(await books.wallet('bob')).toMatchObject({ available: 0 });
    expect((await poolOf(books)).shares).toEqual([
      share('ann', { contributed: 4000, left: 4000 }),
      share('bob', { contributed: 3000, spent: 3000 }),
      share('kid', { contributed: 3000, withdrawn: 2500, spent: 500 }),
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('a redemption that is given up goes back to whose points it was, also when she has left', async () => {
    await using books = await openFamily(engine);
    await poolAll(books);
    await books.postOne(burn({ ...fromPool, points: 5000, causeId: 'r1' }));
    await books.leave('f1', 'bob');
    const back = { walletId: 'pool:f1', refundsId: 'r1' };
    expect(await books.postOne(refund({ ...back, points: 2500 }))).toMatchObject({
      status: 'ACCEPTED',
    });
    await books.settle();

    // Of Kid's 2000 all, of Bob's 3000 five hundred: what was burnt last comes back first.
    expect(await books.lots('pool:f1')).toMatchObject([
      { contributor: 'kid', points: 3000 },
      { contributor: 'ann', points: 4000 },
    ]);
    expect(await books.lots('bob')).toMatchObject([{ contributor: '', points: 500 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a member takes back what she put there, and never what others did', async () => {
    await using books = await openFamily(engine);
    await poolAll(books);
    expect(await books.postOne(withdraw({ points: 4001 }))).toMatchObject({
      code: 'INSUFFICIENT_POINTS',
      available: 4000,
      missing: 1,
    });
    expect(await books.postOne(withdraw({ points: 1500 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.lots('ann')).toMatchObject([
      { expires_on: 20270301, contributor: '', points: 1500 },
    ]);
    expect(await books.postOne(withdraw())).toMatchObject({ status: 'ACCEPTED', points: 2500 });
    expect(await books.postOne(withdraw())).toMatchObject({ code: 'NOTHING_TO_WITHDRAW' });
    expect(await books.postOne(withdraw({ counterWalletId: 'eve' }))).toMatchObject({
      code: 'NOTHING_TO_WITHDRAW',
    });
    expect(await books.wallet('ann')).toMatchObject({ available: 4000 });
  });

  test('points that come back from the pool pay debts first', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue({ causeId: 'p1' }),
      contribute({ points: 100 }),
      reverse({ reversesId: 'p1', points: 70 }),
    ]);
    expect(await books.wallet()).toMatchObject({ available: 0, debt: 70 });
    expect(await books.postOne(withdraw())).toMatchObject({ status: 'ACCEPTED', debt: 70 });
    expect(await books.wallet()).toMatchObject({ available: 30, debt: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('only members of the family pool and spend, and what cannot be changes nothing', async () => {
    await using books = await openFamily(engine);
    await books.family('f2', 'eve');
    await books.post([accrue({ walletId: 'eve' }), accrue({ issuerId: 'J', unit: 'MILES' })]);
    await books.postOne(contribute({ points: 1000 }));
    const before = await books.lots('pool:f1');
    const refused = [
      [contribute({ walletId: 'eve', points: 10 }), 'NOT_IN_FAMILY'],
      [contribute({ counterWalletId: 'pool:f2', points: 10 }), 'NOT_IN_FAMILY'],
      [contribute({ counterWalletId: 'bob', points: 10 }), 'POOL_WALLET'],
      [contribute({ walletId: 'pool:f1', points: 10 }), 'POOL_WALLET'],
      [contribute({ unit: 'MILES', points: 10 }), 'NOT_TRANSFERABLE'],
      [contribute({ points: 3001 }), 'INSUFFICIENT_POINTS'],
      [withdraw({ walletId: 'bob' }), 'POOL_WALLET'],
      [withdraw({ counterWalletId: 'pool:f1' }), 'POOL_WALLET'],
      [withdraw({ points: 0 }), 'INVALID_COMMAND'],
      [burn({ walletId: 'pool:f1', points: 10 }), 'NOT_IN_FAMILY'],
      [burn({ walletId: 'pool:f1', actorId: 'eve', points: 10 }), 'NOT_IN_FAMILY'],
      [hold({ walletId: 'pool:f1', actorId: 'eve', points: 10 }), 'NOT_IN_FAMILY'],
      [accrue({ walletId: 'pool:f1' }), 'POOL_WALLET'],
    ] as const;
    for (const [command, code] of refused) {
      expect(await books.postOne(command)).toMatchObject({ status: 'REFUSED', code });
    }
    expect(await books.lots('pool:f1')).toEqual(before);
    expect(await books.problems()).toEqual([]);
  });

  test('P11: nobody spends more than her cap in a calendar month; what is released makes room again', async () => {
    await using books = await openFamily(engine);
    await poolAll(books);
    const cap = (points: number | null) =>
      books.mutate('setSpendingCap', 'SetSpendingCapInput', {
        ...{ familyId: 'f1', memberId: 'kid', points },
      });
    const kid = { walletId: 'pool:f1', actorId: 'kid' };
    await books.postOne(burn({ ...kid, points: 100 }));
    expect(await cap(-1)).toMatchObject({ __typename: 'InvalidInput', code: 'CAP_NEGATIVE' });
    expect(await cap(500)).toMatchObject({ __typename: 'SpendingCapSet' });

    // What she spent before counts, and in one batch as in several.
    expect(
      (
        await books.post([
          burn({ ...kid, points: 401 }),
          hold({ ...kid, points: 300, holdId: 'h1', holdMinutes: 60 }),
          burn({ ...kid, points: 101 }),
          resolve('RELEASE', { walletId: 'pool:f1', holdId: 'h1' }),
          burn({ ...kid, points: 400 }),
          burn({ ...kid, points: 1 }),
          burn({ ...fromPool, points: 700 }),
        ])
      ).map(({ code }) => code),
    ).toEqual([
      'SPENDING_CAP_EXCEEDED',
      null,
      'SPENDING_CAP_EXCEEDED',
      null,
      null,
      'SPENDING_CAP_EXCEEDED',
      null,
    ]);
    expect(await books.postOne(burn({ ...kid, points: 1 }))).toMatchObject({
      code: 'SPENDING_CAP_EXCEEDED',
    });
    // The month is that of the alliance's calendar.
    books.clock.set('2026-11-30T15:59:00Z');
    expect(await books.postOne(burn({ ...kid, points: 1 }))).toMatchObject({
      code: 'SPENDING_CAP_EXCEEDED',
    });
    books.clock.set('2026-11-30T16:01:00Z');
    expect(await books.postOne(burn({ ...kid, points: 500 }))).toMatchObject({
      status: 'ACCEPTED',
    });
    expect(await books.postOne(burn({ ...kid, points: 1 }))).toMatchObject({
      code: 'SPENDING_CAP_EXCEEDED',
    });
    await cap(null);
    expect(await books.postOne(burn({ ...kid, points: 1 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.problems()).toEqual([]);
  });

  test('points of a pool lapse as any, with notices before', async () => {
    await using books = await openFamily(engine);
    await poolAll(books);
    books.clock.set('2027-01-01T16:01:00Z');
    await books.settle();

    expect(await poolOf(books)).toMatchObject({ available: 7000 });
    expect((await poolOf(books)).shares).toContainEqual(
      share('bob', { contributed: 3000, expired: 3000 }),
    );
    const { pointsLedgerFeed } = await books.data(
      '{ pointsLedgerFeed(after: 0, first: 100) { kind payload } }',
      {},
      { as: asService },
    );
    const notices = pointsLedgerFeed
      .filter(({ kind }: { kind: string }) => kind === 'points.expiring')
      .map(({ payload }: { payload: string }) => JSON.parse(payload))
      .filter(({ walletId }: { walletId: string }) => walletId === 'pool:f1');
    expect(notices).toMatchObject([{ points: 3000, expiresOn: '2027-02-01' }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a member pools and takes back herself; her family sees the pool and nobody else does', async () => {
    await using books = await openFamily(engine);
    const own = { memberId: 'ann', familyId: 'f1' };
    expect(await books.asks('contributeToFamilyPool', { ...own, points: 4000 })).toMatchObject({
      __typename: 'PointsContributed',
      points: 4000,
      entry: { kind: 'CONTRIBUTE' },
    });
    expect(await books.asks('withdrawFromFamilyPool', { ...own, points: 1000 })).toMatchObject({
      __typename: 'PointsWithdrawn',
      points: 1000,
    });
    expect(
      await books.asks('contributeToFamilyPool', { memberId: 'eve', familyId: 'f1', points: 1 }),
    ).toMatchObject({ __typename: 'NotOfThisFamily' });
    expect(
      await books.asks('withdrawFromFamilyPool', { memberId: 'bob', familyId: 'f1' }),
    ).toMatchObject({ __typename: 'TooFewPoints', code: 'MOVE_NOTHING_TO_WITHDRAW' });

    for (const as of [asMember('kid'), operator]) {
      expect(await poolOf(books, as)).toMatchObject({
        available: 3000,
        shares: [share('ann', { contributed: 4000, withdrawn: 1000, left: 3000 })],
      });
    }
    for (const as of [asMember('eve'), asMerchant('I')]) {
      const { data, errors } = await books.ask(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { wallet { available } } } }',
        { r: [{ __typename: 'Family', id: 'f1' }] },
        { as },
      );
      expect(data._entities).toEqual([{ wallet: null }]);
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { errors } = await books.ask(
      `mutation ($input: WithdrawFromFamilyPoolInput!) {
        withdrawFromFamilyPool(input: $input) { __typename } }`,
      { input: { idempotencyKey: freshKey(), ...own } },
      { as: asMember('bob') },
    );
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('who gives points does not learn what the other one owed', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue({ walletId: 'bob', causeId: 'p1' }),
      burn({ walletId: 'bob' }),
      reverse({ walletId: 'bob', reversesId: 'p1', points: 60 }),
      accrue(),
    ]);
    const given = { memberId: 'ann', toMemberId: 'bob', points: 100 };
    await books.asks('transferPoints', given);
    const list = async (id: string) => {
      const { journalEntries } = await books.data(
        `{ journalEntries(first: 10, filter: { kind: { eq: TRANSFER } }) { nodes {
          member { id } counterpart { id } postings { account ownerId points } } } }`,
        {},
        { as: asMember(id) },
      );
      return journalEntries.nodes;
    };
    const both = { member: { id: 'ann' }, counterpart: { id: 'bob' } };
    expect(await list('ann')).toEqual([
      { ...both, postings: [{ account: 'AVAILABLE', ownerId: 'ann', points: -100 }] },
    ]);
    expect(await list('bob')).toEqual([
      {
        ...both,
        postings: [
          { account: 'DEBT', ownerId: 'bob', points: 60 },
          { account: 'AVAILABLE', ownerId: 'bob', points: 40 },
        ],
      },
    ]);
    expect(await list('eve')).toEqual([]);
  });
});

const asService = { ...operator, subject: 'service:test', roles: ['PUBLIC', 'SERVICE'] as const };
