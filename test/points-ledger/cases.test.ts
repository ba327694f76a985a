import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import {
  type CaseMove,
  type CaseState,
  nextState,
} from '../../subgraphs/points-ledger/cases/domain/case-states.ts';
import { caseWording } from '../../subgraphs/points-ledger/cases/wording.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, regulator } from '../support/people.ts';
import { accrue, burn, openBooks } from './books-world.ts';
import { casesOf, HASH, openFrozen, second } from './cases-acts.ts';

test('a case goes only where its states lead', () => {
  const states: CaseState[] = ['PROPOSED', 'FREEZING', 'FROZEN', 'DEDUCTING', 'LIFTING', 'CLOSED'];
  const moves: CaseMove[] = [
    'APPROVE',
    'APPEAL',
    'PROPOSE_DEDUCTION',
    'APPROVE_DEDUCTION',
    'LIFT',
    'BOOK',
    'REFUSE',
  ];
  const able = states.map((state) => moves.filter((move) => nextState(state, move) !== null));

  expect(able).toEqual([
    ['APPROVE', 'LIFT'],
    ['BOOK', 'REFUSE'],
    ['APPEAL', 'PROPOSE_DEDUCTION', 'APPROVE_DEDUCTION', 'LIFT'],
    ['BOOK', 'REFUSE'],
    ['BOOK'],
    [],
  ]);
});

test('every reason has words in both languages', () => {
  for (const reason of [
    'FABRICATED_PURCHASES',
    'REPEATED_CLAIMS',
    'EXPLOITED_ERROR',
    'OTHER_VIOLATION',
  ]) {
    expect(Object.keys(caseWording[`CASE_REASON_${reason}`] ?? {})).toEqual(['en', 'zh-CN']);
  }
});

describe.each(engines)('on $name', (engine) => {
  test('S38: without evidence no freeze is even proposed', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());

    for (const without of [
      { evidenceHash: null },
      { evidenceHash: '' },
      { evidenceNote: null },
      { evidenceNote: '  ' },
    ]) {
      expect(await cases.propose(entryId, without)).toMatchObject({
        __typename: 'EvidenceNeeded',
        code: 'EVIDENCE_NEEDED',
      });
    }
    const wrong = [
      { evidenceHash: 'not a hash' },
      { reason: ' ' },
      { basis: '' },
      { days: 0 },
      { days: 31 },
      { accrualIds: [] },
      { accrualIds: ['nothing'] },
      { memberId: 'bob' },
    ];
    for (const given of wrong) {
      expect((await cases.propose(entryId, given)).__typename).toBe('InvalidInput');
    }
    const { pointsCases } = await books.data('{ pointsCases(first: 1) { totalCount } }');
    expect(pointsCases.totalCount).toBe(0);
  });

  test('S38: nothing is frozen before a second person approves', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());
    const { case: proposed } = await cases.propose(entryId);
    expect(proposed).toMatchObject({ state: 'PROPOSED', proposedBy: 'operator:test' });
    expect(await cases.wallet()).toMatchObject({ available: 100, frozen: 0, cases: [] });

    const alone = await cases.ask('approveFreeze', { caseId: proposed.id });
    expect(alone).toMatchObject({ __typename: 'SecondPersonNeeded', code: 'SECOND_PERSON_NEEDED' });
    expect((await books.postOne(burn({ points: 1 }))).status).toBe('ACCEPTED');

    const key = { idempotencyKey: freshKey(), caseId: proposed.id };
    const both = await cases.ask('approveFreeze', key, second);
    expect(both.case).toMatchObject({ state: 'FROZEN', approvedBy: 'operator:second' });
    expect(await cases.ask('approveFreeze', key, second)).toEqual(both);
    expect(await cases.wallet()).toMatchObject({ available: 0, frozen: 99 });
    expect((await books.postOne(burn({ points: 1 }))).code).toBe('WALLET_FROZEN');
    expect((await cases.ask('approveFreeze', { caseId: proposed.id }, second)).__typename).toBe(
      'CaseNotReady',
    );
    expect(await books.problems()).toEqual([]);
  });

  test('S38: the member is told, sees reason, rule, evidence and deadline, and no name', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);

    expect(await cases.events()).toEqual([
      [
        'points.frozen',
        {
          caseId,
          walletId: 'ann',
          reasonCode: 'FABRICATED_PURCHASES',
          deadline: '2026-12-02',
          appeal: 'appealFreeze',
        },
      ],
    ]);
    const { cases: own } = await cases.wallet();
    expect(own).toEqual([
      expect.objectContaining({
        id: caseId,
        state: 'FROZEN',
        reasonText: 'Points for purchases that did not take place.',
        reason: 'The till was closed when order 17 was rung up.',
        basis: 'Rule 4: points are for purchases that took place.',
        clauseId: 'rule-4',
        evidenceHash: HASH,
        deadline: '2026-12-02',
        accruals: [{ id: accrualId }],
        howToAppeal: expect.stringContaining('before 2026-12-02'),
        // For those who decide only.
        evidenceNote: null,
        proposedBy: null,
        approvedBy: null,
      }),
    ]);
    const [chinese] = (await cases.wallet(asMember('ann'), 'zh-CN')).cases;
    expect(chinese).toMatchObject({
      reasonText: '以虚构交易（刷单）获取积分。',
      howToAppeal: expect.stringContaining('申诉'),
    });
  });

  test('a case is seen by its member once it froze, by those who see all, and by nobody else', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());
    const { id } = (await cases.propose(entryId)).case;
    const see = async (as: Caller) =>
      (
        await books.ask(
          'query ($id: ID!) { pointsCase(id: $id) { id evidenceNote } }',
          { id },
          { as },
        )
      ).data?.pointsCase ?? null;

    expect(await see(asMember('ann'))).toBeNull();
    expect(await see(regulator)).toEqual({ id, evidenceNote: 'safe 3, folder 17' });
    await cases.ask('approveFreeze', { caseId: id }, second);

    expect(await see(asMember('ann'))).toEqual({ id, evidenceNote: null });
    expect(await see(asMember('bob'))).toBeNull();
    expect(await see(asMerchant('I'))).toBeNull();
    const list = await books.ask(
      '{ pointsCases(first: 5) { nodes { id } } }',
      {},
      {
        as: asMember('ann'),
      },
    );
    expect(list.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { pointsCases } = await books.data(
      '{ pointsCases(first: 5, filter: { state: { eq: FROZEN } }) { nodes { id } totalCount } }',
      {},
      { as: regulator },
    );
    expect(pointsCases).toEqual({ nodes: [{ id }], totalCount: 1 });
    for (const name of ['approveFreeze', 'liftFreeze']) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const note = name === 'liftFreeze' ? { note: 'mine' } : {};
      const { errors } = await books.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
        { input: { idempotencyKey: freshKey(), caseId: id, ...note } },
        { as: asMember('ann') },
      );
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });

  test('S38: a case that is closed unfounded is lifted, and the lost days are given back', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId } = await openFrozen(books, { days: 30 });
    books.clock.set('2026-12-01T02:00:00Z');

    const lifted = await cases.ask('liftFreeze', { caseId, note: 'The till was open.' });
    expect(lifted.case).toMatchObject({
      state: 'CLOSED',
      outcome: 'UNFOUNDED',
      daysGivenBack: 9,
      note: 'The till was open.',
    });
    expect(await cases.wallet()).toMatchObject({
      available: 100,
      frozen: 0,
      lots: [{ points: 100, expiresOn: '2027-01-03' }],
    });
    expect((await cases.events()).at(-1)).toEqual([
      'points.unfrozen',
      { caseId, walletId: 'ann', outcome: 'UNFOUNDED', days: 9 },
    ]);
    expect((await cases.ask('liftFreeze', { caseId, note: 'again' })).code).toBe('CASE_NOT_READY');
    expect(await books.problems()).toEqual([]);
  });

  test('S38: the member appeals once, before the deadline, and nobody else for her', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId } = await openFrozen(books);
    const appeal = (text: string, as = asMember('ann')) =>
      cases.ask('appealFreeze', { caseId, text }, as);

    expect((await appeal('Not mine', asMember('bob'))).__typename).toBe('NotFound');
    expect((await appeal(' ')).__typename).toBe('InvalidInput');
    expect((await appeal('x'.repeat(1001))).__typename).toBe('InvalidInput');
    expect((await appeal('I was there.')).case).toMatchObject({ appeal: 'I was there.' });
    expect((await appeal('And again.')).code).toBe('CASE_APPEALED');

    const later = await openBooks(engine);
    await using _ = later;
    const frozen = await openFrozen(later);
    later.clock.set('2026-12-02T02:00:00Z');
    expect(
      (
        await frozen.cases.ask(
          'appealFreeze',
          { caseId: frozen.caseId, text: 'Late' },
          asMember('ann'),
        )
      ).code,
    ).toBe('CASE_PAST_DEADLINE');
  });

  test('S38: a case that nobody decides ends by itself: a wallet does not stay frozen by neglect', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    const { case: idle } = await cases.propose(accrualId);
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 10 }] });
    // The last moment before the deadline in Shanghai.
    books.clock.set('2026-12-01T15:59:59Z');
    await books.settle();
    expect(await cases.wallet()).toMatchObject({ frozen: 100 });

    books.clock.set('2026-12-01T16:00:00Z');
    expect((await cases.ask('approveFreeze', { caseId: idle.id }, second)).code).toBe(
      'CASE_PAST_DEADLINE',
    );
    await books.settle();
    const wallet = await cases.wallet();
    expect(wallet).toMatchObject({
      available: 100,
      frozen: 0,
      lots: [{ expiresOn: '2027-01-04' }],
      cases: [
        {
          id: caseId,
          state: 'CLOSED',
          outcome: 'UNFOUNDED',
          daysGivenBack: 10,
          note: 'The deadline passed, so the freeze ended by itself.',
        },
      ],
    });
    const { pointsCase } = await books.data(
      'query ($id: ID!) { pointsCase(id: $id) { state outcome } }',
      { id: idle.id },
    );
    expect(pointsCase).toEqual({ state: 'CLOSED', outcome: 'DROPPED' });
    expect(await books.problems()).toEqual([]);
  });

  test('S38: nobody is frozen again on the same evidence', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    const again = { evidenceHash: HASH.toUpperCase() };
    const open = await cases.propose(accrualId, again);
    await cases.ask('liftFreeze', { caseId, note: 'No.' });
    const ended = await cases.propose(accrualId, again);
    const fresh = { evidenceHash: 'f'.repeat(64) };
    const { case: dropped } = await cases.propose(accrualId, fresh);
    await cases.ask('liftFreeze', { caseId: dropped.id, note: 'Not complete yet.' });

    for (const refused of [open, ended]) {
      expect(refused).toMatchObject({ __typename: 'InvalidInput', code: 'EVIDENCE_USED' });
    }
    // What was dropped before it froze anything may be proposed again.
    expect((await cases.propose(accrualId, fresh)).__typename).toBe('PointsCaseChanged');
  });

  test('two cases: the wallet is free when the last of them is lifted', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    const { case: other } = await cases.propose(accrualId, { days: 30 });
    await cases.ask('approveFreeze', { caseId: other.id }, second);

    await cases.ask('liftFreeze', { caseId, note: 'No.' });
    expect((await books.postOne(burn({ points: 1 }))).code).toBe('WALLET_FROZEN');
    await cases.ask('liftFreeze', { caseId: other.id, note: 'No.' });
    expect((await books.postOne(burn({ points: 1 }))).status).toBe('ACCEPTED');
  });
});
