import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { accrue, burn, merchants, refund } from './books-world.ts';
import { contribute, type OpenSharing, openSharing } from './sharing-world.ts';

const REDEEMERS = `query ($input: RedeemersInput!) { redeemersByGroup(input: $input) {
  members across flows { earnedIn redeemedIn members } } }`;

const groups = [
  { name: 'RAIL', merchantIds: ['I', 'J'] },
  { name: 'HOTEL', merchantIds: ['B'] },
  { name: 'BANK', merchantIds: [] },
];

const redeemers = async (books: OpenSharing, range: Record<string, unknown> = {}) => {
  const all = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  const input = { ...all, groups, ...range };
  return (await books.data(REDEEMERS, { input }, { as: merchants })).redeemersByGroup;
};

describe.each(engines)('who redeemed across groups of merchants, on $name', (engine) => {
  test('each member counts once, as whose points they were, and not for what was given back', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      ...['ann', 'bob', 'cat', 'dan', 'eve'].map((walletId) => accrue({ walletId, points: 500 })),
      contribute({ points: 100 }),
      // Bob spends what Ann put into the pool.
      burn({ walletId: 'pool:f1', actorId: 'bob' }),
      burn({ walletId: 'cat', causeId: 'r1' }),
      burn({ walletId: 'cat', acceptorId: 'J' }),
      burn({ walletId: 'dan', causeId: 'r2' }),
      // To a merchant of no group, and within one.
      burn({ walletId: 'eve', acceptorId: 'X' }),
      burn({ walletId: 'eve', acceptorId: 'I' }),
      refund({ walletId: 'dan', refundsId: 'r2' }),
      refund({ walletId: 'cat', refundsId: 'r1', points: 40 }),
    ]);

    expect(await redeemers(books)).toEqual({
      members: 3,
      across: 2,
      flows: [
        { earnedIn: 'RAIL', redeemedIn: 'HOTEL', members: 2 },
        { earnedIn: 'RAIL', redeemedIn: 'RAIL', members: 2 },
      ],
    });
    expect(await redeemers(books, { to: books.clock.now().toISOString() })).toEqual({
      members: 0,
      across: 0,
      flows: [],
    });
    expect(await redeemers(books, { groups: [] })).toEqual({ members: 3, across: 0, flows: [] });
    const merchantIds = Array.from({ length: 10_001 }, (_, index) => `m${index}`);
    const many = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z', groups };
    const { errors } = await books.ask(
      REDEEMERS,
      { input: { ...many, groups: [{ name: 'RAIL', merchantIds }] } },
      { as: merchants },
    );
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
