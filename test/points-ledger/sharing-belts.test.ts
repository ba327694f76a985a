import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../shared/graphql/context.ts';
import { followFamilies } from '../../subgraphs/points-ledger/sharing/follow-families.ts';
import { type Engine, engines } from '../support/engines.ts';
import { asMember, operator } from '../support/people.ts';
import { accrue, burn, hold, merchants, resolve, reverse } from './books-world.ts';
import { meeting } from './interposed.ts';
import { contribute, members, type OpenSharing, openSharing, transfer } from './sharing-world.ts';
import { name, secret } from './signed-books.ts';

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

  test('what is released from a pool makes room under a cap again', async () => {
    await using books = await openFamily(engine);
    await books.mutate('setSpendingCap', 'SetSpendingCapInput', { ...cap, points: 100 });
    const together = { walletId: 'pool:f1', actorId: 'ann' };
    await books.postOne(hold({ ...together, points: 60 }));
    expect((await books.postOne(burn({ ...together, points: 41 }))).code).toBe(
      'SPENDING_CAP_EXCEEDED',
    );

    await books.postOne(resolve('RELEASE', { walletId: 'pool:f1' }));

    expect((await books.postOne(burn({ ...together, points: 100 }))).status).toBe('ACCEPTED');
  });

  test('what comes back to a pool later follows who left, each time', async () => {
    await using books = await openFamily(engine);
    await books.postOne(hold({ walletId: 'pool:f1', actorId: 'bob', points: 40 }));
    await books.leave('f1', 'ann');
    expect(await books.wallet()).toMatchObject({ available: 160 });

    await books.postOne(resolve('RELEASE', { walletId: 'pool:f1' }));
    await books.settle();

    expect(await books.wallet()).toMatchObject({ available: 200 });
    expect(await books.problems()).toEqual([]);
  });

  test('nobody is registered where the issuer asks for something else', async () => {
    await using books = await openFamily(engine);

    expect(await books.transferee('cat')).toMatchObject({ code: 'NOT_TRANSFERABLE' });
  });

  test('no proof tells who gave points that the other one owed some', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongdui-checkpoints-'));
    await using books = await openSharing(engine, { checkpoint: { secret, name, folder } });
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    const [, , , , given] = await books.post([
      accrue(),
      accrue({ walletId: 'bob', causeId: 'p1' }),
      burn({ walletId: 'bob' }),
      reverse({ walletId: 'bob', reversesId: 'p1', points: 60 }),
      transfer(),
    ]);
    await books.settle();
    const proofFor = async (id: string) =>
      (
        await books.data(
          'query ($id: ID!) { proof(entryId: $id) { entryId } }',
          { id: given?.entryId },
          { as: asMember(id) },
        )
      ).proof;

    expect(await proofFor('ann')).toBeNull();
    expect(await proofFor('bob')).toEqual({ entryId: given?.entryId });
    rmSync(folder, { recursive: true });
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
