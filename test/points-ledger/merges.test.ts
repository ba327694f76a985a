import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, freshKey, operator, regulator } from '../support/people.ts';
import { accrue, burn, hold, refund, reverse } from './books-world.ts';
import { casesOf } from './cases-acts.ts';
import { mergeNow, type OpenMerges, openMerges, second } from './merges-world.ts';
import { contribute } from './sharing-world.ts';
import { balanceAt, ofWallet, page } from './statement-world.ts';

const TOTALS = `{ conservation { issuer { id } unit issued available held pending redeemed expired debt balance }
  clearingPositions { merchant { id } receivable { amountMinor } payable { amountMinor } }
  liability { rows { issuer { id } unit expiryMonth points available pending lapsed amounts { amountMinor } }
    breakage { issuer { id } points } } }`;

/** Eve has 80 points of I, 30 of J for a cake, 50 pending and 20 that lapsed; ann has 100 of J. */
async function openTwo(...[engine]: Parameters<typeof openMerges>) {
  const books = await openMerges(engine);
  await books.post([
    accrue({ walletId: 'eve', causeId: 'p1', expiresOn: '2027-06-30' }),
    burn({ walletId: 'eve', causeId: 'r1', points: 20 }),
    accrue({ walletId: 'eve', causeId: 'p2', points: 30, issuerId: 'J', useScope: 'reward:cake' }),
    accrue({ walletId: 'eve', causeId: 'p3', points: 50, vestsOn: '2026-12-01' }),
    accrue({ walletId: 'eve', causeId: 'p4', points: 20, expiresOn: '2026-11-23' }),
    accrue({ walletId: 'eve', causeId: 'p5', points: 5, unit: 'MILES', expiresOn: '2026-11-24' }),
    accrue({ causeId: 'p6', issuerId: 'J' }),
  ]);
  books.clock.set('2026-11-23T02:00:00Z');
  await books.settle();
  return books;
}

const merged = async (books: OpenMerges, given: object = {}) => {
  const { merge } = await books.propose(given);
  return books.approve(merge.id);
};

describe.each(engines)('on $name', (engine) => {
  test('an account becomes another one by two people: all of it, and nothing changes for who issued it', async () => {
    await using books = await openTwo(engine);
    const before = await books.data(TOTALS);
    const { merge: proposed } = await books.propose();
    expect(proposed).toMatchObject({ state: 'PROPOSED', entry: null, approvedBy: null });
    expect(await books.approve(proposed.id, operator)).toMatchObject({
      code: 'SECOND_PERSON_NEEDED',
    });
    expect(await books.wallet('eve')).toMatchObject({ available: 80 });

    const { merge } = await books.approve(proposed.id);

    expect(merge).toMatchObject({
      ...{ state: 'BOOKED', refusal: null, from: { id: 'eve' }, into: { id: 'ann' } },
      ...{ proposedBy: 'operator:test', approvedBy: 'operator:second' },
      evidence: 'file 2026-118: both passports are hers',
      entry: { kind: 'MERGE', causeKind: 'MERGE', causeId: merge.id, member: { id: 'eve' } },
    });
    expect(
      await ofWallet(books, 'available pending debt mergedInto { id } lots { points }'),
    ).toEqual({
      ...{ available: 180, pending: 50, debt: 0, mergedInto: null },
      lots: [{ points: 80 }, { points: 30 }, { points: 100 }, { points: 5 }],
    });
    expect(
      await ofWallet(books, 'available pending mergedInto { id } lots { points }', {
        memberId: 'eve',
      }),
    ).toEqual({ available: 0, pending: 0, mergedInto: { id: 'ann' }, lots: [] });
    expect(await books.data(TOTALS)).toEqual(before);
    expect(await books.told('points.merged')).toEqual([
      { mergeId: merge.id, walletId: 'eve', intoId: 'ann', entryId: merge.entry.id, debt: 0 },
    ]);
    expect(await books.approve(merge.id)).toMatchObject({ __typename: 'MergeNotReady' });
    expect(await books.problems()).toEqual([]);
  });

  test('the statement of the one ends with the merge, that of the other begins its share there', async () => {
    await using books = await openTwo(engine);
    books.clock.set('2026-11-23T03:00:00Z');
    await merged(books);
    books.clock.set('2026-11-23T04:00:00Z');
    await books.postOne(accrue({ walletId: 'eve', causeId: 'late', points: 7 }));

    const ended = await page(books, 'last: 2', { memberId: 'eve' });
    expect(ended.nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['EXPIRE', 'MERGE']);
    const changes = Object.fromEntries(
      ended.nodes[1].changes.map((one: { unit: string }) => [one.unit, one]),
    );
    expect(changes).toMatchObject({
      ALLIANCE: { points: -160, balance: 0, after: { available: 0, pending: 0 } },
      MILES: { points: -5, balance: 0 },
    });
    const own = await page(books, 'last: 2');
    expect(own.nodes).toMatchObject([
      {
        kind: 'MERGE',
        changes: [
          { points: 160, balance: 260 },
          { points: 5, balance: 5 },
        ],
      },
      { kind: 'ACCRUE', causeId: 'late', changes: [{ points: 7, balance: 267 }] },
    ]);
    const none = { available: 0, pending: 0, held: 0, debt: 0 };
    expect(await balanceAt(books, '2026-11-23T02:30:00Z', 'eve')).toContainEqual({
      ...{ ...none, unit: 'ALLIANCE', available: 110, pending: 50 },
    });
    for (const left of await balanceAt(books, '2026-11-23T03:30:00Z', 'eve')) {
      expect(left).toMatchObject(none);
    }
    expect(await balanceAt(books, '2026-11-23T03:30:00Z')).toContainEqual({
      ...{ ...none, unit: 'ALLIANCE', available: 210, pending: 50 },
    });
  });

  test('what one of them owes, the points of the other pay; points for one thing only do not', async () => {
    await using books = await openMerges(engine);
    const owing = (walletId: string, purchase: string) => [
      accrue({ walletId, causeId: purchase }),
      burn({ walletId }),
      reverse({ walletId, reversesId: purchase }),
    ];
    await books.post([
      // Eve owes I 100; ann has 60 of J and 70 for a cake. Bob owes I 100; dan has 130 of I.
      ...owing('eve', 'p1'),
      accrue({ points: 60, issuerId: 'J' }),
      accrue({ points: 70, useScope: 'reward:cake' }),
      ...owing('bob', 'p2'),
      accrue({ walletId: 'dan', points: 130, causeId: 'p3' }),
    ]);
    const owed = async () => {
      const { clearingPositions } = await books.data(
        '{ clearingPositions { merchant { id } net { amountMinor } } }',
      );
      return Object.fromEntries(
        clearingPositions.map((one: { merchant: { id: string }; net: { amountMinor: number } }) => [
          one.merchant.id,
          one.net.amountMinor,
        ]),
      );
    };
    expect(await owed()).toEqual({ B: 160, I: -160 });

    expect(await mergeNow(books, 'eve', 'ann')).toMatchObject({ debt: 60 });
    expect(await books.wallet()).toMatchObject({ available: 0, debt: 40, lots: [{ points: 70 }] });
    // I accepted 60 points of J in place of its own.
    expect(await owed()).toEqual({ B: 160, I: -112, J: -48 });

    expect(await mergeNow(books, 'dan', 'bob')).toMatchObject({ debt: 100 });
    expect(await books.wallet('bob')).toMatchObject({ available: 30, debt: 0 });
    expect(await owed()).toEqual({ B: 160, I: -112, J: -48 });
    expect(await books.problems()).toEqual([]);
  });

  test('an account of which the books know nothing is merged, and what comes for it arrives', async () => {
    await using books = await openMerges(engine);
    expect(await mergeNow(books, 'new', 'other')).toMatchObject({ status: 'ACCEPTED', debt: 0 });

    await books.postOne(accrue({ walletId: 'new', points: 10 }));

    expect(await books.wallet('other')).toMatchObject({ available: 10 });
    expect(await books.wallet('new')).toMatchObject({ available: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('what stands against a merge is named in both languages, and the books are as they were', async () => {
    await using books = await openMerges(engine);
    await books.programme();
    await books.family('f1', 'kid');
    const [accrued] = await books.post([
      accrue({ walletId: 'case', causeId: 'p1' }),
      accrue({ walletId: 'held' }),
      hold({ walletId: 'held', points: 1 }),
      accrue({ walletId: 'kid' }),
      contribute({ walletId: 'kid', points: 40 }),
      accrue({ walletId: 'rich', points: Number.MAX_SAFE_INTEGER }),
      accrue({ walletId: 'some', points: 1 }),
      accrue({ walletId: 'cold' }),
    ]);
    await casesOf(books).propose(String(accrued?.entryId), { memberId: 'case' });
    await books.tamper("UPDATE points_wallet SET freezes = 1 WHERE id = 'cold'");
    await mergeNow(books, 'old', 'ann');
    const before = await books.state();

    for (const [from, into, code] of [
      ['held', 'ann', 'HOLD_OPEN'],
      ['case', 'ann', 'WALLET_FROZEN'],
      ['cold', 'ann', 'WALLET_FROZEN'],
      ['some', 'cold', 'WALLET_FROZEN'],
      ['ann', 'some', 'HAS_MERGED'],
      ['kid', 'ann', 'IN_FAMILY'],
      ['rich', 'some', 'POINTS_OVERFLOW'],
    ] as const) {
      const { merge } = await books.propose({ fromMemberId: from, intoMemberId: into });
      const key = freshKey();
      const refused = await books.approve(merge.id, second, 'en', key);
      expect([from, refused]).toEqual([
        from,
        { __typename: 'MergeRefused', code: `MERGE_${code}`, message: expect.any(String) },
      ]);
      // Whoever asks again hears the same, in her language.
      const again = await books.approve(merge.id, second, 'zh-CN', key);
      expect(again).toMatchObject({
        code: `MERGE_${code}`,
        message: expect.stringMatching(/账户/),
      });
    }
    for (const [from, into] of [
      ['old', 'some'],
      ['some', 'old'],
    ]) {
      expect(await books.propose({ fromMemberId: from, intoMemberId: into })).toMatchObject({
        code: 'MERGE_WALLET_MERGED',
      });
      expect(await mergeNow(books, String(from), String(into))).toMatchObject({
        code: 'WALLET_MERGED',
      });
    }
    expect(await mergeNow(books, 'some', 'some')).toMatchObject({ code: 'MERGE_INTO_SELF' });
    expect(await mergeNow(books, 'some', 'pool:f1')).toMatchObject({ code: 'POOL_WALLET' });
    expect(await mergeNow(books, 'pool:f1', 'some')).toMatchObject({ code: 'POOL_WALLET' });
    for (const wrong of [
      { intoMemberId: 'eve' },
      { intoMemberId: 'pool:f1' },
      { fromMemberId: '' },
      { reason: ' ' },
      { evidence: '' },
    ]) {
      expect((await books.propose(wrong)).__typename).toBe('InvalidInput');
    }
    expect((await books.approve('none')).__typename).toBe('NotFound');
    expect(await books.state()).toEqual(before);
    await books.tamper("UPDATE points_wallet SET freezes = 0 WHERE id = 'cold'");
    expect(await books.problems()).toEqual([]);
  });

  test('what a crash left between approval and books is booked and told of once', async () => {
    await using books = await openTwo(engine);
    const { merge } = await books.propose();
    const left = (state: string) =>
      books.tamper('UPDATE points_merge SET state = ?, approved_by = ? WHERE id = ?', [
        ...[state, 'operator:second', merge.id],
      ]);
    await left('APPROVED');
    await books.settle();
    // Killed after the books had it, before that was written down: the event is of the same transaction.
    await left('APPROVED');
    await books.tamper("DELETE FROM frame_feed_event WHERE kind = 'points.merged'");
    await books.settle();
    await books.settle();

    expect(await books.told('points.merged')).toHaveLength(1);
    expect(await books.wallet()).toMatchObject({ available: 180 });
    const { pointsMerges } = await books.data(
      '{ pointsMerges(first: 5, filter: { state: { eq: BOOKED } }) { nodes { id entry { kind } } } }',
      {},
      { as: regulator },
    );
    expect(pointsMerges.nodes).toEqual([{ id: merge.id, entry: { kind: 'MERGE' } }]);
    expect(await books.problems()).toEqual([]);
  });

  test('the tables refuse a merge by one person, or of one account', async () => {
    await using books = await openMerges(engine);
    await books.propose();
    for (const sql of [
      'UPDATE points_merge SET approved_by = proposed_by',
      'UPDATE points_merge SET into_id = wallet_id',
      "UPDATE points_merge SET state = 'LOST'",
    ]) {
      await expect(books.tamper(sql)).rejects.toThrow(/CHECK|CONSTRAINT/i);
    }
  });

  test('only those who run the alliance make accounts one or see that it is proposed', async () => {
    await using books = await openMerges(engine);
    const { merge } = await books.propose();
    for (const as of [asMember('ann'), regulator]) {
      const { errors } = await books.ask(
        'mutation ($input: ApproveMergeInput!) { approveMerge(input: $input) { __typename } }',
        { input: { idempotencyKey: freshKey(), mergeId: merge.id } },
        { as },
      );
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { errors } = await books.ask(
      'query ($id: ID!) { pointsMerge(id: $id) { id } }',
      { id: merge.id },
      { as: asMember('ann') },
    );
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('a case is against the account that goes on, also for what the other one had gained', async () => {
    await using books = await openMerges(engine);
    const accrued = await books.postOne(accrue({ walletId: 'eve', causeId: 'p1' }));
    await mergeNow(books, 'eve', 'ann');
    const { propose, ask } = casesOf(books);
    const accrualId = String(accrued.entryId);

    expect(await propose(accrualId, { memberId: 'eve' })).toMatchObject({ code: 'MEMBER_MERGED' });
    const { case: opened } = await propose(accrualId);
    const caseId = opened.id;
    await ask('approveFreeze', { caseId }, second);
    await ask('deductPoints', { caseId, parts: [{ accrualId, points: 100 }] });
    await ask('approveDeduction', { caseId, number: 1 }, second);

    expect(await ofWallet(books, 'available frozen debt')).toEqual({
      ...{ available: 0, frozen: 0, debt: 0 },
    });
    expect(await books.postOne(refund({ walletId: 'eve', refundsId: 'none' }))).toMatchObject({
      code: 'NOTHING_TO_REFUND',
    });
    expect(await books.problems()).toEqual([]);
  });
});
