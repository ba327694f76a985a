import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, operator } from '../support/people.ts';
import { accrue, burn, extend, hold, refund, resolve, reverse } from './books-world.ts';
import { openProgrammes } from './convert-world.ts';
import { mergeNow, openMerges } from './merges-world.ts';
import { contribute, transfer, withdraw } from './sharing-world.ts';
import { ofWallet } from './statement-world.ts';

const POST = `mutation ($commands: [PointsCommandInput!]!) { postPoints(commands: $commands) {
  status code entryId debt available mergedInto } }`;

const TRACE = `query ($purchaseId: ID, $redemptionId: ID) {
  trace(purchaseId: $purchaseId, redemptionId: $redemptionId) { strands {
    points purchase { id } steps { kind account member { id } merchant { id } } } } }`;

/** Eve's account was merged into ann's. What comes under her name is posted with the answer's own words. */
async function openMerged(
  engine: (typeof engines)[number],
  before: Parameters<typeof accrue>[0][],
) {
  const books = await openMerges(engine);
  const first = await books.post(before.map((given) => accrue({ walletId: 'eve', ...given })));
  return Object.assign(books, {
    first,
    late: async (command: object) => {
      const as = { as: { ...operator, subject: 'service:merchants', roles: ['SERVICE' as const] } };
      const given = { ...command, walletId: 'eve' };
      const { postPoints } = await books.data(POST, { commands: [given] }, as);
      return postPoints[0];
    },
  });
}

const FORWARDED = { status: 'ACCEPTED', mergedInto: 'ann' };

describe.each(engines)('on $name', (engine) => {
  test('a purchase that is posted late and its return reach the other account, and say for whom they were', async () => {
    await using books = await openMerged(engine, []);
    await mergeNow(books, 'eve', 'ann');

    const accrued = await books.late(accrue({ causeId: 'p1', points: 40 }));
    const returned = await books.late(reverse({ reversesId: 'p1', points: 10 }));

    expect([accrued, returned]).toMatchObject([
      { ...FORWARDED, available: 40 },
      { ...FORWARDED, available: 30, debt: 0 },
    ]);
    const named = await ofWallet(
      books,
      'statement(first: 9) { nodes { kind addressedTo { id } counterpart { id } } }',
    );
    expect(named.statement.nodes).toEqual([
      { kind: 'MERGE', addressedTo: null, counterpart: { id: 'eve' } },
      { kind: 'ACCRUE', addressedTo: { id: 'eve' }, counterpart: null },
      { kind: 'REVERSE', addressedTo: { id: 'eve' }, counterpart: null },
    ]);
    const { journalEntry } = await books.data(
      'query ($id: ID!) { journalEntry(id: $id) { member { id } addressedTo { id } } }',
      { id: accrued.entryId },
      { as: asMember('ann') },
    );
    expect(journalEntry).toEqual({ member: { id: 'ann' }, addressedTo: { id: 'eve' } });
    expect(await books.problems()).toEqual([]);
  });

  test('a return of what one account bought is found in the other: in its lot, in breakage, elsewhere, as debt', async () => {
    await using books = await openMerged(engine, [
      { causeId: 'p1', points: 100 },
      { causeId: 'p2', points: 60, expiresOn: '2026-11-23' },
    ]);
    await books.post([
      accrue({ causeId: 'p3', points: 30, issuerId: 'J' }),
      accrue({ walletId: 'bob', causeId: 'p4', points: 9 }),
    ]);
    books.clock.set('2026-11-23T02:00:00Z');
    await books.settle();
    await mergeNow(books, 'eve', 'ann');
    await books.postOne(burn({ points: 90 }));

    // What lapsed before the merge was never spent, so nobody owes it.
    expect(await books.late(reverse({ reversesId: 'p2', points: 60 }))).toMatchObject({ debt: 0 });
    // 40 of I and J are left of 130; the rest of what comes back is owed.
    expect(await books.late(reverse({ reversesId: 'p1', points: 100 }))).toMatchObject({
      ...{ ...FORWARDED, debt: 60 },
    });
    expect(await books.late(reverse({ reversesId: 'p4', points: 1 }))).toMatchObject({
      ...{ code: 'NOTHING_TO_REVERSE', mergedInto: 'ann' },
    });
    expect(await books.wallet()).toMatchObject({ available: 0, debt: 60 });
    const { conservation } = await books.data('{ conservation { issuer { id } expired balance } }');
    expect(conservation).toEqual([
      { issuer: { id: 'I' }, expired: 0, balance: 0 },
      { issuer: { id: 'J' }, expired: 0, balance: 0 },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('what was pending vests in the other account, by its day or when it is said', async () => {
    await using books = await openMerged(engine, [
      { causeId: 'p1', points: 50, vestsOn: '2026-12-01' },
      { causeId: 'p2', points: 20, vestsOnEvent: true },
      { causeId: 'p3', points: 8, vestsOnEvent: true },
    ]);
    await mergeNow(books, 'eve', 'ann');
    expect(await ofWallet(books, 'available pending')).toEqual({ available: 0, pending: 78 });

    const vest = { ...resolve('RELEASE'), kind: 'VEST', accrualId: books.first[1]?.entryId };
    expect(await books.late(vest)).toMatchObject({ ...FORWARDED, available: 20 });
    // Both names are good: the other account may be asked for by its own.
    expect(await books.postOne(reverse({ reversesId: 'p3', points: 8 }))).toMatchObject({
      ...{ status: 'ACCEPTED', debt: 0 },
    });
    books.clock.set('2026-12-01T02:00:00Z');
    await books.settle();

    expect(await ofWallet(books, 'available pending')).toEqual({ available: 70, pending: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('what was burnt comes back to the other account, what is extended is extended there, what lapses lapses', async () => {
    await using books = await openMerged(engine, [{ causeId: 'p1', expiresOn: '2026-12-24' }]);
    await books.post([
      burn({ walletId: 'eve', causeId: 'r1', points: 30 }),
      accrue({ walletId: 'eve', points: 5, expiresOn: '2026-11-25' }),
    ]);
    await mergeNow(books, 'eve', 'ann');

    const back = await books.late(refund({ refundsId: 'r1', points: 30 }));
    expect(back).toMatchObject({ ...FORWARDED, available: 105 });
    const longer = { expiresOn: '2026-12-24', toExpiresOn: '2027-06-30' };
    expect(await books.late(extend(longer))).toMatchObject(FORWARDED);
    books.clock.set('2026-11-24T03:00:00Z');
    await books.settle();
    books.clock.set('2026-11-25T02:00:00Z');
    await books.settle();

    expect(await books.wallet()).toMatchObject({
      lots: [{ points: 100, expiresOn: '2027-06-30' }],
      available: 100,
    });
    // The notice goes to the account that has the points.
    expect(await books.told('points.expiring')).toEqual([
      expect.objectContaining({ walletId: 'ann', points: 5, days: 1 }),
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('what a member put into a pool comes back to the other account, also long after', async () => {
    await using books = await openMerged(engine, [{ causeId: 'p1' }]);
    await books.programme();
    await books.family('f1', 'eve', 'bob');
    await books.post([
      contribute({ walletId: 'eve', points: 100 }),
      burn({ walletId: 'pool:f1', actorId: 'bob', points: 60, causeId: 'r1' }),
      hold({ walletId: 'pool:f1', actorId: 'bob', points: 25, holdId: 'h1' }),
    ]);
    expect(await mergeNow(books, 'eve', 'ann')).toMatchObject({ code: 'IN_FAMILY' });
    await books.leave('f1', 'eve');
    expect(await mergeNow(books, 'eve', 'ann')).toMatchObject({ status: 'ACCEPTED' });
    expect(await books.wallet()).toMatchObject({ available: 15 });
    expect(await books.postOne(withdraw({ counterWalletId: 'eve' }))).toMatchObject({
      code: 'NOTHING_TO_WITHDRAW',
    });

    await books.post([
      refund({ walletId: 'pool:f1', refundsId: 'r1', points: 60 }),
      resolve('RELEASE', { walletId: 'pool:f1', holdId: 'h1' }),
    ]);
    await books.settle();

    expect(await books.wallet()).toMatchObject({ available: 100 });
    const rows = await books.database.reader.query(
      "SELECT detail FROM points_journal_entry WHERE kind = 'WITHDRAW' ORDER BY seq",
    );
    expect(rows.map((row: { detail: string | null }) => JSON.parse(row.detail ?? 'null'))).toEqual([
      // The first while she still had her account.
      ...[null, { addressedTo: 'eve' }],
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('who would spend, give or set aside what was merged is sent to the other account', async () => {
    await using books = await openMerges(engine);
    await books.programme();
    await books.post([accrue({ walletId: 'eve' }), accrue({ walletId: 'bob' })]);
    await books.post([hold({ walletId: 'eve', holdId: 'h0', points: 1 })]);
    await books.post([resolve('RELEASE', { walletId: 'eve', holdId: 'h0' })]);
    await mergeNow(books, 'eve', 'ann');
    const of = { walletId: 'eve' };

    const outcomes = await books.post([
      burn({ ...of, points: 1 }),
      hold({ ...of, holdId: 'h1', points: 1 }),
      transfer({ ...of, points: 1 }),
      transfer({ walletId: 'bob', counterWalletId: 'eve', points: 1 }),
      contribute({ ...of, points: 1 }),
      resolve('CAPTURE', { ...of, holdId: 'h0' }),
    ]);

    expect(outcomes.map(({ code }) => code)).toEqual([
      ...['WALLET_MERGED', 'WALLET_MERGED', 'WALLET_MERGED', 'WALLET_MERGED', 'NOT_IN_FAMILY'],
      'HOLD_RESOLVED',
    ]);
    const gift = {
      memberId: 'bob',
      toMemberId: 'eve',
      unit: 'ALLIANCE',
      points: 1,
    };
    expect(await books.asks('transferPoints', gift)).toMatchObject({
      ...{ __typename: 'WalletNotUsable', code: 'WALLET_MERGED' },
    });
    expect(await books.problems()).toEqual([]);
  });

  test('nothing of an account that was merged is converted', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate({ numerator: 1, denominator: 3 });
    await books.postOne(accrue({ walletId: 'eve' }));
    await mergeNow(books, 'eve', 'ann');

    expect(await books.convert({ memberId: 'eve', points: 3 })).toMatchObject({
      code: 'CONVERSION_WALLET_MERGED',
    });
    expect(await books.convert({ memberId: 'ann', points: 3 })).toMatchObject({
      __typename: 'PointsConverted',
    });
    expect(await books.problems()).toEqual([]);
  });

  test('a trace goes through a merge, from the purchase of the one to what the other paid with it, and back', async () => {
    await using books = await openMerged(engine, [{ causeId: 'p1', points: 70 }]);
    await books.post([accrue({ causeId: 'p2', points: 20 })]);
    await mergeNow(books, 'eve', 'ann');
    await books.postOne(burn({ causeId: 'r1', points: 80 }));

    const ways = async (subject: Record<string, string>) => {
      const { trace } = await books.data(TRACE, subject);
      return trace.strands.map(
        // biome-ignore lint/suspicious/noExplicitAny: what the document above asks for.
        ({ points, purchase, steps }: any) =>
          `${points} of ${purchase.id}: ${steps
            // biome-ignore lint/suspicious/noExplicitAny: as above.
            .map(({ kind, member, merchant }: any) => `${kind} ${(member ?? merchant).id}`)
            .join(' > ')}`,
      );
    };
    expect(await ways({ purchaseId: 'p1' })).toEqual(['70 of p1: ACCRUE eve > MERGE ann > BURN B']);
    expect(await ways({ redemptionId: 'r1' })).toEqual([
      '70 of p1: ACCRUE eve > MERGE ann > BURN B',
      '10 of p2: ACCRUE ann > BURN B',
    ]);
  });
});
