import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { analyst, anonymous, asMember, asMerchant, operator } from '../support/people.ts';
import { accrue, burn, hold, openBooks } from './books-world.ts';

const WALLET = '... on Member { wallet { available held debt } }';

describe.each(engines)('on $name', (engine) => {
  test('a wallet shows each unit, and its lots in the order of spending', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 10 }),
      accrue({ points: 20, issuerId: 'J', expiresOn: '2027-01-01' }),
      accrue({ points: 30, unit: 'MILES', expiresOn: '2026-12-01' }),
      hold({ points: 5 }),
    ]);

    expect(await books.wallet()).toEqual({
      available: 25,
      held: 5,
      debt: 0,
      byUnit: [
        { unit: 'ALLIANCE', available: 25, held: 5, debt: 0 },
        { unit: 'MILES', available: 30, held: 0, debt: 0 },
      ],
      lots: [
        { unit: 'ALLIANCE', points: 15, expiresOn: '2027-01-01', issuer: { id: 'J' } },
        { unit: 'ALLIANCE', points: 10, expiresOn: null, issuer: { id: 'I' } },
        { unit: 'MILES', points: 30, expiresOn: '2026-12-01', issuer: { id: 'I' } },
      ],
    });
  });

  test('points vanish from the wallet on the day they expire', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ expiresOn: '2026-12-01' }));

    books.clock.set('2026-11-30T15:59:59Z');
    expect(await books.wallet()).toMatchObject({ available: 100 });
    // In Shanghai the first of December begins.
    books.clock.set('2026-11-30T16:00:00Z');
    expect(await books.wallet()).toMatchObject({ available: 0, lots: [] });
    expect(await books.postOne(burn())).toMatchObject({
      code: 'INSUFFICIENT_POINTS',
      missing: 100,
    });
  });

  test('S59 a wallet shows what lapses soon, by unit, issuer and day', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 10, expiresOn: '2026-12-22' }),
      accrue({ points: 20, expiresOn: '2026-12-22', priceMinor: 33 }),
      accrue({ points: 30, expiresOn: '2026-12-01', issuerId: 'J' }),
      accrue({ points: 40, expiresOn: '2026-12-01', unit: 'GREEN' }),
      accrue({ points: 50, expiresOn: '2026-12-23' }),
      accrue({ points: 60 }),
    ]);
    const soon = async (given = '', as = asMember('ann')) => {
      const [member] = await books.entities(
        `... on Member { wallet { expiringSoon${given} { unit points expiresOn issuer { id } } } }`,
        [{ __typename: 'Member', id: 'ann' }],
        { as },
      );
      return member.wallet.expiringSoon;
    };

    const first = { unit: 'ALLIANCE', points: 30, expiresOn: '2026-12-01', issuer: { id: 'J' } };
    const green = { unit: 'GREEN', points: 40, expiresOn: '2026-12-01', issuer: { id: 'I' } };
    const month = { unit: 'ALLIANCE', points: 30, expiresOn: '2026-12-22', issuer: { id: 'I' } };
    expect(await soon()).toEqual([first, month, green]);
    expect(await soon('(days: 9)')).toEqual([first, green]);
    expect(await soon('(days: 8)', operator)).toEqual([]);
    expect(await soon('(days: 3660)')).toHaveLength(4);
    // What has lapsed is not soon any more.
    books.clock.set('2026-11-30T16:00:00Z');
    expect(await soon()).toMatchObject([{ points: 30, issuer: { id: 'I' } }, { points: 50 }]);
  });

  test.each([0, -1, 3661])('no wallet looks %i days ahead', async (days) => {
    await using books = await openBooks(engine);
    const { errors } = await books.ask(
      `query { _entities(representations: [{ __typename: "Member", id: "ann" }]) {
        ... on Member { wallet { expiringSoon(days: ${days}) { points } } } } }`,
    );

    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('a member who never had points has a wallet of zeros', async () => {
    await using books = await openBooks(engine);

    expect(await books.wallet('new')).toMatchObject({ available: 0, held: 0, debt: 0, lots: [] });
  });

  test.each([
    ['another member', asMember('bob')],
    ['a merchant', asMerchant('I')],
    ['an analyst', analyst],
    ['nobody in particular', anonymous],
  ])('a wallet is not for %s', async (_, as) => {
    await using books = await openBooks(engine);
    const { data, errors } = await books.ask(
      `query { _entities(representations: [{ __typename: "Member", id: "ann" }]) { ${WALLET} } }`,
      {},
      { as },
    );

    expect(data._entities).toEqual([{ wallet: null }]);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
  });
});
