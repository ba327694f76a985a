import { describe, expect, test } from 'vitest';
import type { Frame } from '../../shared/graphql/context.ts';
import { followFamilies } from '../../subgraphs/points-ledger/sharing/follow-families.ts';
import { type Engine, engines } from '../support/engines.ts';
import { asMember, operator } from '../support/people.ts';
import { accrue, burn, merchants } from './books-world.ts';
import { meeting } from './interposed.ts';
import { contribute, members, type OpenSharing, openSharing, transfer } from './sharing-world.ts';

/** Ann and bob are family and have 200 points each; a pool has 100 of them. */
async function openFamily(engine: Engine, given: object = {}): Promise<OpenSharing> {
  const books = await openSharing(engine);
  await books.programme(given);
  await books.family('f1', 'ann', 'bob');
  await books.post([accrue({ points: 200 }), accrue({ walletId: 'bob', points: 200 })]);
  await books.post([contribute()]);
  return books;
}

const other = { walletId: 'ann', otherId: 'bob', issuerId: 'I', unit: 'ALLIANCE' };
const cap = { familyId: 'f1', memberId: 'ann', unit: 'ALLIANCE', points: 1 };
const setCap = (books: OpenSharing, as = operator) =>
  books.mutate('setSpendingCap', 'SetSpendingCapInput', cap, { as });

/** What is booked by what a register says, and how that register is changed. */
const changes = [
  ['who leaves', {}, () => transfer(), (books: OpenSharing) => books.leave('f1', 'bob')],
  [
    'a cap',
    {},
    () => burn({ walletId: 'pool:f1', actorId: 'ann', points: 50 }),
    (books: OpenSharing) => setCap(books),
  ],
  [
    'who is struck off',
    { transfer: 'REGISTERED' },
    () => transfer(),
    (books: OpenSharing) =>
      books.mutate('removeTransferee', 'TransfereeInput', other, { as: members }),
  ],
] as const;

describe.each(engines)('on $name', (engine) => {
  test('events of families that come again page by page make nobody family again', async () => {
    await using books = await openFamily(engine);
    await books.leave('f1', 'bob');
    await books.tamper('DELETE FROM frame_feed_cursor');
    const joined = {
      ...{ position: 2, kind: 'family.joined', at: '2026-11-22T02:00:00.000Z' },
      payload: JSON.stringify({ familyId: 'f1', memberId: 'bob' }),
    };
    // Nothing but the feed is asked of what the worker is given.
    const peers = { ask: async () => ({ membersFeed: [joined] }) };
    const frame = { ...books.frame, peers } as unknown as Frame;

    await followFamilies(frame).step();

    expect(await books.postOne(transfer())).toMatchObject({ code: 'NOT_FAMILY' });
  });

  test('nobody but members and the operator sets a cap', async () => {
    await using books = await openFamily(engine);
    for (const as of [merchants, asMember('ann')]) {
      await expect(setCap(books, as)).rejects.toThrow('FORBIDDEN');
    }
    expect(await setCap(books, members)).toMatchObject({ __typename: 'SpendingCapSet' });
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test.each(changes)(
    'a batch that reads registers is before a change of them or after it: %s',
    async (_, rule, command, change) => {
      await using books = await openFamily(engine, rule);
      await books.transferee('bob');

      // Held when it has read the registers.
      const met = await meeting(
        books.database.reader,
        /^SELECT .* FROM points_chain_head/,
        () => books.postOne(command()),
        () => change(books),
      );

      expect(met).toMatchObject({ first: { status: 'ACCEPTED' }, hasWaited: true });
      expect((await books.postOne(command())).status).toBe('REFUSED');
      expect(await books.problems()).toEqual([]);
    },
  );

  test('of two who are registered at once for the last place one is', async () => {
    await using books = await openFamily(engine, { transfer: 'REGISTERED', transfereesMax: 1 });

    const met = await meeting(
      books.database.reader,
      /^INSERT INTO points_transferee/,
      () => books.transferee('cat'),
      () => books.transferee('dan'),
    );

    expect(met).toMatchObject({
      first: { __typename: 'TransfereeRegistered' },
      second: { __typename: 'TransfereesFull' },
    });
  });
});
