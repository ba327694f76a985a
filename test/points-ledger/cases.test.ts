import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { decideDueCases } from '../../subgraphs/points-ledger/cases/commands/drive-cases.ts';
import {
  type CaseMove,
  type CaseState,
  nextState,
} from '../../subgraphs/points-ledger/cases/domain/case-states.ts';
import { caseWording } from '../../subgraphs/points-ledger/cases/wording.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, operator, regulator } from '../support/people.ts';
import { accrue, burn, type OpenBooks, openBooks, reverse, rewards } from './books-world.ts';

const second: Caller = { ...operator, subject: 'operator:second' };
const HASH = 'ab'.repeat(32);

const CASE = `id state outcome reasonCode reasonText reason basis clauseId evidenceHash evidenceNote
  deadline frozenAt howToAppeal appeal note daysGivenBack refusal proposedBy approvedBy closedBy
  accruals { id } deductions { number state points unit refusal proposedBy entry { kind } }`;

type Given = Readonly<Record<string, unknown>>;

/** What people do with cases, each as an operation of the graph. */
function casesOf(books: OpenBooks) {
  const ask = async (
    name: string,
    input: Given,
    as: Caller = operator,
    locale: 'en' | 'zh-CN' = 'en',
  ) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await books.data(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
        ... on PointsCaseChanged { case { ${CASE} } } ... on Refusal { code message } } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      { as, locale },
    );
    return data[name];
  };
  return {
    ask,
    propose: (accrualId: string | null, given: Given = {}, as = operator) =>
      ask(
        'freezePoints',
        {
          memberId: 'ann',
          reasonCode: 'FABRICATED_PURCHASES',
          reason: 'The till was closed when order 17 was rung up.',
          basis: 'Rule 4: points are for purchases that took place.',
          clauseId: 'rule-4',
          evidenceHash: HASH,
          evidenceNote: 'safe 3, folder 17',
          accrualIds: [accrualId],
          days: 10,
          ...given,
        },
        as,
      ),
    wallet: async (as: Caller = asMember('ann'), locale: 'en' | 'zh-CN' = 'en') => {
      const [member] = await books.entities(
        `... on Member { wallet { available frozen debt cases { ${CASE} } lots { points expiresOn } } }`,
        [{ __typename: 'Member', id: 'ann' }],
        { as, locale },
      );
      return member.wallet;
    },
    events: async () => {
      const { pointsLedgerFeed } = await books.data(
        '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
        {},
        { as: rewards },
      );
      return pointsLedgerFeed
        .filter(({ kind }: { kind: string }) => !kind.startsWith('points.posted'))
        .map(({ kind, payload }: { kind: string; payload: string }) => [kind, JSON.parse(payload)]);
    },
  };
}

/** Ann has 100 points that lapse on 25 December, and a case about them freezes her wallet. */
async function openFrozen(books: OpenBooks, given: Given = {}) {
  const cases = casesOf(books);
  const { entryId } = await books.postOne(accrue({ causeId: 'p1', expiresOn: '2026-12-25' }));
  const proposed = await cases.propose(entryId, given);
  const caseId = proposed.case.id as string;
  const approved = await cases.ask('approveFreeze', { caseId }, second);
  return { cases, caseId, accrualId: String(entryId), approved };
}

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

  test('S38: only what the proven events brought is deducted, and by two persons', async () => {
    await using books = await openBooks(engine);
    const other = await books.postOne(accrue({ causeId: 'p0' }));
    const { cases, caseId, accrualId } = await openFrozen(books);
    await books.postOne(reverse({ reversesId: 'p1', points: 30 }));
    const deduct = (points: number, id = accrualId) =>
      cases.ask('deductPoints', { caseId, parts: [{ accrualId: id, points }] });

    expect(await deduct(71)).toMatchObject({
      __typename: 'DeductionExceeds',
      message: expect.stringContaining('70 points'),
    });
    expect((await deduct(10, String(other.entryId))).code).toBe('ACCRUAL_NOT_IN_CASE');
    expect((await deduct(0)).__typename).toBe('InvalidInput');
    expect((await cases.ask('deductPoints', { caseId, parts: [] })).code).toBe('PARTS_NEEDED');
    await deduct(20);
    const { case: proposed } = await deduct(50);
    expect(proposed.deductions).toMatchObject([{ number: 2, points: 50, state: 'PROPOSED' }]);
    expect((await cases.wallet()).cases[0].deductions).toEqual([]);

    const approve = (number: number, as: Caller) =>
      cases.ask('approveDeduction', { caseId, number }, as);
    expect((await approve(2, operator)).__typename).toBe('SecondPersonNeeded');
    // The first was withdrawn by the second.
    expect((await approve(1, second)).code).toBe('DEDUCTION_NOT_FOUND');
    const { case: taken } = await approve(2, second);
    expect(taken).toMatchObject({
      state: 'FROZEN',
      deductions: [{ state: 'BOOKED', entry: { kind: 'DEDUCT' } }],
    });
    expect((await cases.events()).at(-1)).toEqual([
      'points.deducted',
      { caseId, walletId: 'ann', unit: 'ALLIANCE', points: 50, debt: 0 },
    ]);
    expect((await deduct(21)).__typename).toBe('DeductionExceeds');

    books.clock.advanceDays(3);
    const { case: closed } = await cases.ask('liftFreeze', { caseId, note: 'Deducted.' });
    expect(closed).toMatchObject({ state: 'CLOSED', outcome: 'PROVEN', daysGivenBack: 0 });
    expect(await cases.wallet()).toMatchObject({ available: 120 });
    expect((await deduct(1)).code).toBe('CASE_NOT_READY');
    expect(await books.problems()).toEqual([]);
  });

  test('a return that comes between proposal and approval is not taken twice', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 100 }] });
    await books.postOne(reverse({ reversesId: 'p1', points: 40 }));

    const { case: found } = await cases.ask('approveDeduction', { caseId, number: 1 }, second);
    expect(found).toMatchObject({
      state: 'FROZEN',
      deductions: [{ state: 'REFUSED', refusal: 'DEDUCTION_EXCEEDS' }],
    });
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 60 }] });
    const { case: again } = await cases.ask('approveDeduction', { caseId, number: 2 }, second);
    expect(again.deductions[1]).toMatchObject({ state: 'BOOKED' });
    expect(await cases.wallet()).toMatchObject({ available: 0, frozen: 0, debt: 0 });
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

  test('what was deducted until the deadline is a decision, so no days are given back', async () => {
    await using books = await openBooks(engine);
    const { cases, caseId, accrualId } = await openFrozen(books);
    await cases.ask('deductPoints', { caseId, parts: [{ accrualId, points: 10 }] });
    await cases.ask('approveDeduction', { caseId, number: 1 }, second);
    books.clock.set('2026-12-05T02:00:00Z');
    await books.settle();

    expect((await cases.wallet()).cases).toMatchObject([{ outcome: 'PROVEN', daysGivenBack: 0 }]);
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

  test('two persons who decide at once: one decision, one entry', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());
    const { id: caseId } = (await cases.propose(entryId)).case;
    const third = { ...operator, subject: 'operator:third' };
    const answers = await Promise.all([
      cases.ask('approveFreeze', { caseId }, second),
      cases.ask('approveFreeze', { caseId }, third),
      cases.ask('approveFreeze', { caseId }, second),
    ]);

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'CaseNotReady',
      'CaseNotReady',
      'PointsCaseChanged',
    ]);
    await books.settle();
    expect(await countOf(books, 'FREEZE')).toBe(1);
    expect(await books.problems()).toEqual([]);
  });

  test('a crash between decision, books and case is made good by the worker, and nothing done twice', async () => {
    await using books = await openBooks(engine);
    const cases = casesOf(books);
    const { entryId } = await books.postOne(accrue());
    const { id: caseId } = (await cases.propose(entryId)).case;
    // Another one that can never go on does not stand in its way.
    const { id: other } = (await cases.propose(entryId)).case;
    await books.tamper("UPDATE points_case SET state = 'LIFTING', id = '0' WHERE id = ?", [other]);
    const worker = decideDueCases(books.frame, createLedger(books.frame));
    const broken = decideDueCases(books.frame, {
      ...createLedger(books.frame),
      post: () => Promise.reject(new Error('killed before the books')),
    });
    const killedAfter = decideDueCases(
      {
        ...books.frame,
        database: new Proxy(books.frame.database, {
          get: (database, name) => {
            if (name === 'transaction') {
              return () => Promise.reject(new Error('killed after the books'));
            }
            const value = Reflect.get(database, name, database);
            return typeof value === 'function' ? value.bind(database) : value;
          },
        }),
      },
      createLedger(books.frame),
    );
    // As the command leaves it, when the process is killed right after its commit.
    const step = async (state: string, more = '') =>
      books.tamper(`UPDATE points_case SET state = ? ${more} WHERE id = ?`, [state, caseId]);
    const stateNow = async () =>
      (await books.data('query ($id: ID!) { pointsCase(id: $id) { state } }', { id: caseId }))
        .pointsCase.state;

    for (const [begun, more, kind, done] of [
      ['FREEZING', ", approved_by = 'operator:second'", 'FREEZE', 'FROZEN'],
      ['DEDUCTING', '', 'DEDUCT', 'FROZEN'],
      ['LIFTING', ", outcome = 'PROVEN'", 'LIFT', 'CLOSED'],
    ] as const) {
      if (begun === 'DEDUCTING') {
        await cases.ask('deductPoints', { caseId, parts: [{ accrualId: entryId, points: 60 }] });
        await books.tamper("UPDATE points_case_deduction SET state = 'APPROVED'");
      }
      await step(begun, more);
      await expect(broken.step()).rejects.toThrow();
      expect([await stateNow(), await countOf(books, kind)]).toEqual([begun, 0]);
      await expect(killedAfter.step()).rejects.toThrow();
      expect([await stateNow(), await countOf(books, kind)]).toEqual([begun, 1]);
      for (let again = 0; again < 2; again += 1) {
        await expect(worker.step()).rejects.toThrow('a freeze is lifted for a reason');
      }
      expect([await stateNow(), await countOf(books, kind)]).toEqual([done, 1]);
    }
    expect(await cases.wallet()).toMatchObject({ available: 40, frozen: 0 });
    const told = (await cases.events()).map(([kind]: [string]) => kind);
    expect(told).toEqual(['points.frozen', 'points.deducted', 'points.unfrozen']);
    expect(await books.problems()).toEqual([]);
  });
});

const countOf = async (books: OpenBooks, kind: string) =>
  Number(
    (
      await books.database.reader.query(
        'SELECT COUNT(*) AS n FROM points_journal_entry WHERE kind = ?',
        [kind],
      )
    )[0].n,
  );
