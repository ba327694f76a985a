import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { costRoundedOnce } from '../../subgraphs/points-ledger/reports/cost.ts';
import { leavingPositions } from '../../subgraphs/points-ledger/reports/leaving.ts';
import { engines } from '../support/engines.ts';
import {
  analyst,
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  operator,
  regulator,
} from '../support/people.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, reverse } from './books-world.ts';
import { openClearing } from './clearing-world.ts';
import { playOut } from './random-books.ts';
import { steps } from './random-commands.ts';

const LIABILITY = `query ($at: DateTime, $issuerId: ID) { liability(at: $at, issuerId: $issuerId) { at
  rows { issuer { id } unit expiryMonth points available held pending lapsed
    amounts { amountMinor currency } }
  breakage { issuer { id } unit expiryMonth points amounts { amountMinor currency } }
  ifLeft { merchant { id } liability { amountMinor currency } payable { amountMinor }
    receivable { amountMinor } paid { amountMinor } received { amountMinor }
    owes { amountMinor } } } }`;

const MATRIX = `query ($from: DateTime, $to: DateTime) { redemptionMatrix(from: $from, to: $to) {
  earnedAt { id } burnedAt { id } points amounts { amountMinor currency } count } }`;

type Given = Readonly<{ at?: string; issuerId?: string }>;

const told = async (books: OpenBooks, given: Given = {}, as = operator) =>
  (await books.data(LIABILITY, given, { as })).liability;

const conserved = async (books: OpenBooks) =>
  (await books.data('{ conservation { issuer { id } unit available held pending expired } }'))
    .conservation;

/** `issued by > accepted by: points, amount, entries` */
const flows = async (books: OpenBooks, as = operator, range = {}): Promise<string[]> =>
  (await books.data(MATRIX, range, { as })).redemptionMatrix.map(
    // biome-ignore lint/suspicious/noExplicitAny: what the document above asks for.
    ({ earnedAt, burnedAt, points, amounts, count }: any) =>
      `${earnedAt?.id ?? '*'} > ${burnedAt?.id ?? '*'}: ${points}, ${amounts[0]?.amountMinor}, ${count}`,
  );

const cny = (amountMinor: number) => [{ amountMinor, currency: 'CNY' }];

describe.each(engines)('on $name', (engine) => {
  test('what issuers owe is told by issuer, unit and month of expiry, rounded once', async () => {
    await using books = await openBooks(engine);
    await books.post([
      // Half a fen, twice: one fen together, and two if each were rounded.
      accrue({ points: 1, priceMinor: 1, pricePoints: 2, expiresOn: '2027-03-01' }),
      accrue({ points: 1, priceMinor: 2, pricePoints: 4, expiresOn: '2027-03-31' }),
      accrue({ points: 100, expiresOn: '2027-04-01' }),
      accrue({ points: 30, priceCurrency: 'HKD', expiresOn: '2027-04-02', walletId: 'bob' }),
      accrue({ points: 50 }),
      accrue({ points: 7, unit: 'MILES', issuerId: 'J' }),
      hold({ points: 2 }),
    ]);

    const { rows, breakage } = await told(books);

    const common = { issuer: { id: 'I' }, unit: 'ALLIANCE', held: 0, pending: 0, lapsed: 0 };
    expect(rows).toEqual([
      {
        ...common,
        ...{ expiryMonth: '2027-03', points: 2, available: 0, held: 2, amounts: cny(1) },
      },
      {
        ...common,
        ...{ expiryMonth: '2027-04', points: 130, available: 130 },
        amounts: [...cny(80), { amountMinor: 24, currency: 'HKD' }],
      },
      { ...common, expiryMonth: null, points: 50, available: 50, amounts: cny(40) },
      {
        ...{ ...common, issuer: { id: 'J' }, unit: 'MILES', expiryMonth: null },
        ...{ points: 7, available: 7, amounts: cny(6) },
      },
    ]);
    expect(breakage).toEqual([]);
  });

  test('points whose day has come cost nothing, first as lapsed, then as breakage', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 100, expiresOn: '2026-11-23', causeId: 'p1' }),
      hold({ points: 10, holdMinutes: 3 * 24 * 60 }),
    ]);
    books.clock.set('2026-11-22T16:00:00Z');

    const row = { expiryMonth: '2026-11', points: 10, held: 10, available: 0, amounts: cny(8) };
    const before = await told(books);
    expect(before.rows).toMatchObject([{ ...row, lapsed: 90 }]);
    expect(before.ifLeft).toMatchObject([{ liability: { amountMinor: 8 } }]);
    await books.settle();
    await books.postOne(reverse({ reversesId: 'p1', points: 40 }));
    const after = await told(books);
    expect(after.rows).toMatchObject([{ ...row, lapsed: 0 }]);
    expect(after.breakage).toEqual([
      {
        ...{ issuer: { id: 'I' }, unit: 'ALLIANCE', expiryMonth: '2026-11' },
        ...{ points: 50, amounts: cny(40) },
      },
    ]);
    // On the day before, all of it was owed.
    expect((await told(books, { at: '2026-11-22T15:59:59.999Z' })).rows).toMatchObject([
      { points: 100, available: 90, held: 10, lapsed: 0, amounts: cny(80) },
    ]);
  });

  test('at every instant of any history, what is told adds up to the conservation of that time', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        await using books = await openBooks(engine);
        const history: { at: string; conservation: Rows }[] = [];
        await playOut(books, sequence, async (at) => {
          history.push({ at: at.toISOString(), conservation: await conserved(books) });
        });

        for (const { at, conservation } of history) {
          const { rows, breakage } = await told(books, { at });
          expect(addedUp(rows, breakage)).toEqual(
            conservation
              .map(({ available, pending, ...row }) => ({ ...row, inWallets: available + pending }))
              // What was all taken back or spent is not told.
              .filter(({ inWallets, held, expired }) => inWallets + held + expired > 0),
          );
        }
      }),
      { numRuns: 4 },
    );
  });

  test('if it left, a merchant owes its open points and what others accepted, less what it is owed', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 100 }),
      accrue({ points: 60, issuerId: 'B', walletId: 'bob' }),
      burn({ points: 70 }),
      // I accepts points of B, and both accept some of their own.
      burn({ points: 25, walletId: 'bob', acceptorId: 'I' }),
      burn({ points: 5, walletId: 'bob', acceptorId: 'B' }),
      burn({ points: 10, acceptorId: 'I' }),
    ]);
    const position = (id: string, parts: [number, number, number, number]) => {
      const [liability, payable, receivable, owes] = parts;
      return {
        merchant: { id },
        liability: { amountMinor: liability, currency: 'CNY' },
        payable: { amountMinor: payable },
        receivable: { amountMinor: receivable },
        ...{ paid: { amountMinor: 0 }, received: { amountMinor: 0 } },
        owes: { amountMinor: owes },
      };
    };
    const [of, others] = [position('B', [24, 20, 56, -12]), position('I', [16, 56, 20, 52])];

    expect((await told(books)).ifLeft).toEqual([of, others]);
    expect((await told(books, { issuerId: 'B' })).ifLeft).toEqual([of]);
    expect((await told(books, {}, asMerchant('I'))).ifLeft).toEqual([others]);
    const { clearingPositions } = await books.data(
      '{ clearingPositions { payable { amountMinor } receivable { amountMinor } } }',
    );
    expect(clearingPositions).toEqual(
      [of, others].map(({ payable, receivable }) => ({ payable, receivable })),
    );
  });

  test('what was corrected and paid outside is owed no more, from the instant on when it was recorded', async () => {
    await using books = await openClearing(engine);
    await books.redeem([['I', 'B', 100]]);
    const { cycle } = await books.close();
    const [{ id: paymentId, amount }] = cycle.payments;
    const owed = async (at: string) => {
      const { ifLeft } = await told(books, { at });
      // biome-ignore lint/suspicious/noExplicitAny: what the document above asks for.
      return ifLeft.map(({ merchant, paid, received, owes }: any) => [
        ...[merchant.id, paid.amountMinor, received.amountMinor, owes.amountMinor],
      ]);
    };

    const act = async (name: string, given: object) => {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { done: ${name}(input: $input) { __typename } }`;
      const input = { idempotencyKey: freshKey(), ...given };
      return (await books.data(document, { input })).done;
    };

    books.clock.set('2026-11-23T02:00:00Z');
    const paidOn = '2026-11-23';
    const recorded = { paymentId, merchantId: 'B', reference: 'transfer 7', amount, paidOn };
    expect(await act('recordSettlement', recorded)).toEqual({ __typename: 'SettlementRecorded' });
    books.clock.set('2026-11-24T02:00:00Z');
    // biome-ignore lint/suspicious/noExplicitAny: what closing answers.
    const own = cycle.statements.find(({ merchant }: any) => merchant.id === 'I');
    const lineId = own.lines[0].id;
    const dispute = { statementId: own.id, lineId, merchantId: 'I', reason: 'A quarter too many' };
    await act('disputeClearingLine', dispute);
    const right = { amountMinor: 60, currency: 'CNY' };
    const decision = { lineId, decision: 'CORRECT', amount: right, note: 'Agreed' };
    await act('resolveClearingDispute', decision);

    const before = [
      ['B', 0, 0, -80],
      ['I', 0, 0, 80],
    ];
    const paid = [
      ['B', 0, 80, 0],
      ['I', 80, 0, 0],
    ];
    const corrected = [
      ['B', 0, 80, 20],
      ['I', 80, 0, -20],
    ];
    expect(await owed('2026-11-23T01:59:59.999Z')).toEqual(before);
    expect(await owed('2026-11-23T02:00:00Z')).toEqual(paid);
    expect(await owed('2026-11-24T02:00:00Z')).toEqual(corrected);
  });

  test('the matrix tells where points were earned and where they were spent, in a time', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 100 }),
      accrue({ points: 100, issuerId: 'J' }),
      accrue({ points: 40, issuerId: 'B', walletId: 'bob' }),
      burn({ points: 60, acceptorId: 'B' }),
      burn({ points: 40, acceptorId: 'J' }),
    ]);
    books.clock.set('2026-11-23T02:00:00Z');
    await books.post([
      burn({ points: 40, walletId: 'bob', acceptorId: 'B' }),
      burn({ points: 20, acceptorId: 'B' }),
    ]);

    // Both issuers pay alike, as their lots expire alike.
    const all = ['B > B: 40, 32, 1', 'I > B: 40, 32, 2', 'I > J: 20, 16, 1'];
    expect(await flows(books)).toEqual([...all, 'J > B: 40, 32, 2', 'J > J: 20, 16, 1']);
    expect(await flows(books, regulator, { from: '2026-11-23T02:00:00Z' })).toEqual([
      'B > B: 40, 32, 1',
      'I > B: 10, 8, 1',
      'J > B: 10, 8, 1',
    ]);
    expect(await flows(books, regulator, { to: '2026-11-23T02:00:00Z' })).toEqual([
      'I > B: 30, 24, 1',
      'I > J: 20, 16, 1',
      'J > B: 30, 24, 1',
      'J > J: 20, 16, 1',
    ]);
    // Who the others are would tell B where else its customers shop.
    expect(await flows(books, asMerchant('B'))).toEqual(['B > B: 40, 32, 1', '* > B: 80, 64, 2']);
    expect(await flows(books, asMerchant('J'))).toEqual([
      '* > J: 20, 16, 1',
      'J > *: 40, 32, 2',
      'J > J: 20, 16, 1',
    ]);
    expect(await flows(books, asMerchant('K'))).toEqual([]);
  });

  test.each([
    ['another merchant', asMerchant('K'), 'FORBIDDEN'],
    ['a member', asMember('ann'), 'FORBIDDEN'],
    ['an analyst', analyst, 'FORBIDDEN'],
    ['nobody in particular', anonymous, 'UNAUTHENTICATED'],
  ])('what a merchant owes is not for %s', async (_, as, code) => {
    await using books = await openBooks(engine);
    const asked = await books.ask(LIABILITY, { issuerId: 'I' }, { as });
    const field = await books.ask(
      `{ _entities(representations: [{ __typename: "Merchant", id: "I" }]) {
        ... on Merchant { liability { at } } } }`,
      {},
      { as },
    );

    expect(asked.errors).toMatchObject([{ extensions: { code } }]);
    expect(field.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(field.data._entities).toEqual([{ liability: null }]);
  });

  test('a merchant is told of itself, and of now at the latest', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), accrue({ issuerId: 'J' })]);
    const as = asMerchant('J');

    const given = { at: '2099-01-01T00:00:00Z', issuerId: 'J' };
    expect(await told(books, given, as)).toMatchObject({
      at: '2026-11-22T02:00:00.000Z',
      rows: [{ issuer: { id: 'J' }, points: 100 }],
    });
    expect((await told(books, {}, as)).rows).toHaveLength(1);
    expect((await told(books, { at: '2026-11-22T01:59:59Z' }, as)).rows).toEqual([]);
  });

  test('forty merchants cost the same statements as one', async () => {
    await using books = await openBooks(engine);
    const ids = Array.from({ length: 40 }, (_, n) => `merchant-${n}`);
    await books.post(ids.map((issuerId) => accrue({ issuerId })));
    const cost = async (some: string[]) => {
      books.statements.length = 0;
      const found = await books.entities(
        '... on Merchant { liability { rows { points } breakage { points } ifLeft { owes { amountMinor } } } }',
        some.map((id) => ({ __typename: 'Merchant', id })),
      );
      for (const { liability } of found) expect(liability.rows).toEqual([{ points: 100 }]);
      return books.statements.length;
    };

    expect(await cost(ids)).toBe(await cost(ids.slice(0, 1)));
    expect(await cost(ids)).toBe(5);
  });
});

test('the cost of points is exact until it is rounded once for each currency', () => {
  const thirds = Array.from({ length: 5 }, () => ({ points: 1, priceClass: '1/3 CNY' }));

  expect(costRoundedOnce(thirds)).toEqual(cny(2));
  expect(costRoundedOnce([{ points: -1, priceClass: '1/2 CNY' }])).toEqual(cny(-1));
  const large = { points: Number.MAX_SAFE_INTEGER, priceClass: '1/1 CNY' };
  expect(() => costRoundedOnce([large, { points: 1, priceClass: '1/1 CNY' }])).toThrow('safe');
});

// biome-ignore lint/suspicious/noExplicitAny: rows of the documents above.
type Rows = any[];

/** By issuer and unit, as conservation has them. */
function addedUp(rows: Rows, breakage: Rows) {
  const heads = [...rows, ...breakage].map(({ issuer, unit }) => `${issuer.id}\n${unit}`);
  return [...new Set(heads)].toSorted().map((head) => {
    const [id, unit] = head.split('\n');
    const of = (some: Rows, field: string) =>
      sum(
        some
          .filter((row) => row.issuer.id === id && row.unit === unit)
          .map((row) => row[field] as number),
      );
    return {
      issuer: { id },
      unit,
      // What has lapsed may be either.
      inWallets: of(rows, 'available') + of(rows, 'pending') + of(rows, 'lapsed'),
      held: of(rows, 'held'),
      expired: of(breakage, 'points'),
    };
  });
}

test('what one merchant would owe is told whatever the others come to', () => {
  const of = (debtorId: string, creditorId: string, amountMinor: number) => ({
    ...{ kind: 'PAYMENT' as const, debtorId, creditorId, amountMinor, currency: 'CNY' },
  });
  const facts = {
    ...{ at: new Date('2026-11-22T00:00:00Z'), open: [], accepted: [] },
    settled: [
      of('A', 'B', Number.MAX_SAFE_INTEGER),
      of('A', 'B', Number.MAX_SAFE_INTEGER),
      of('C', 'B', 5),
    ],
  };

  expect(leavingPositions(facts, 'C')).toMatchObject([{ merchantId: 'C', paid: 5, owes: -5 }]);
  expect(() => leavingPositions(facts)).toThrow();
});
