import { expect, test } from 'vitest';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { allowsGain } from '../../subgraphs/points-ledger/programmes/domain/gain.ts';
import { deduct, freeze } from './cases-world.ts';
import { accrue, burn, hold, merge, resolve, reverse } from './plain-commands.ts';
import { TestBooks } from './test-books.ts';

/** Refusals that no other test comes to: what cannot be counted, frozen and merged wallets, one batch. */

const MAX = Number.MAX_SAFE_INTEGER;
/** Ann and bob are family, and merchant a allows what goes to family. */
const free = { issuerId: 'merchant-a', priceClass: '0/1 CNY' } as const;
const pool = 'pool:f1';
const moved = { unit: 'ALLIANCE', causeKind: 'GIFT', causeId: 'g1', ruleVersion: null };

const transfer = (points: number, walletId = 'ann', counterWalletId = 'bob'): PointsCommand => ({
  ...{ ...moved, kind: 'TRANSFER', walletId, counterWalletId, points },
});
const contribute = (points: number, walletId = 'ann'): PointsCommand => ({
  ...{ ...moved, kind: 'CONTRIBUTE', walletId, counterWalletId: pool, points },
});
const withdraw = (points: number, counterWalletId = 'bob'): PointsCommand => ({
  ...{ ...moved, kind: 'WITHDRAW', walletId: pool, counterWalletId, points },
});
const convert = (walletId: string): PointsCommand => ({
  ...{ ...moved, kind: 'CONVERT', walletId, toUnit: 'MILES', points: 10 },
});
const spendPool = (points: number, causeId: string) =>
  burn(points, { walletId: pool, actorId: 'bob', causeId });

const codeOf = (books: TestBooks, command: PointsCommand) => books.post(command).outcome.code;

/** Posts what has to be accepted. */
function lay(books: TestBooks, ...commands: PointsCommand[]): void {
  for (const command of commands) expect(codeOf(books, command)).toBeNull();
}

test('debts that could no longer be counted are not made', () => {
  const books = new TestBooks();
  const [one, two] = [
    books.post(accrue(MAX, { ...free, causeId: 'p1' })),
    books.post(burn(MAX)),
    books.post(accrue(100, { ...free, causeId: 'p2' })),
  ].flatMap(({ entry }) => (entry?.kind === 'ACCRUE' ? [entry.id] : []));
  lay(books, burn(100), reverse(MAX, { issuerId: 'merchant-a' }), freeze());

  expect(codeOf(books, reverse(100, { issuerId: 'merchant-a', reversesId: 'p2' }))).toBe(
    'POINTS_OVERFLOW',
  );
  expect(codeOf(books, deduct({ parts: [{ accrualId: String(two), points: 100 }] }))).toBe(
    'POINTS_OVERFLOW',
  );
  expect(one).not.toBe(two);
});

test('a wallet that was merged is neither frozen nor given anything; what comes back to it goes to the other', () => {
  const books = new TestBooks();
  lay(books, accrue(100, free), accrue(50, { ...free, walletId: 'bob' }), contribute(50, 'bob'));
  books.books.registers.memberships.delete('bob');
  lay(books, merge('bob', 'ann'));

  expect(codeOf(books, freeze({ walletId: 'bob' }))).toBe('WALLET_MERGED');
  expect(codeOf(books, transfer(10))).toBe('WALLET_MERGED');
  expect(books.post(withdraw(10)).outcome).toMatchObject({ status: 'ACCEPTED', mergedInto: 'ann' });
});

test('nothing is given away out of a frozen wallet, nor spent by who is frozen', () => {
  const books = new TestBooks();
  lay(books, accrue(100, free), contribute(50), freeze());

  expect(codeOf(books, transfer(10))).toBe('WALLET_FROZEN');
  expect(codeOf(books, contribute(10))).toBe('WALLET_FROZEN');
  expect(codeOf(books, convert('ann'))).toBe('WALLET_FROZEN');
  expect(codeOf(books, burn(10, { walletId: pool, actorId: 'ann' }))).toBe('WALLET_FROZEN');
  lay(books, accrue(20, { ...free, walletId: 'bob', causeId: 'p2' }));
  lay(books, freeze({ walletId: pool, caseId: 'c2' }));
  expect(codeOf(books, contribute(10, 'bob'))).toBe('WALLET_FROZEN');
  expect(codeOf(books, withdraw(10, 'ann'))).toBe('WALLET_FROZEN');
});

test('points that the other side could no longer count stay where they are', () => {
  const books = new TestBooks();
  lay(books, accrue(20, free), accrue(MAX, { ...free, walletId: 'bob', causeId: 'p2' }));

  expect(codeOf(books, transfer(10))).toBe('POINTS_OVERFLOW');
  lay(books, contribute(MAX, 'bob'));
  expect(codeOf(books, contribute(10))).toBe('POINTS_OVERFLOW');
  lay(books, accrue(MAX, { ...free, walletId: 'bob', causeId: 'p3' }));
  expect(codeOf(books, withdraw(10))).toBe('POINTS_OVERFLOW');
});

test('what is spent and released in one batch counts towards a cap', () => {
  const books = new TestBooks();
  lay(books, accrue(300, free), contribute(300));
  // Bob may spend 100 in a month.
  lay(books, { ...hold(60), walletId: pool, actorId: 'bob' });

  expect(codeOf(books, spendPool(41, 'r2'))).toBe('SPENDING_CAP_EXCEEDED');
  lay(books, spendPool(40, 'r3'));
  expect(codeOf(books, spendPool(1, 'r4'))).toBe('SPENDING_CAP_EXCEEDED');
  lay(books, { ...resolve('RELEASE'), walletId: pool });
  expect(codeOf(books, spendPool(61, 'r5'))).toBe('SPENDING_CAP_EXCEEDED');
  lay(books, spendPool(60, 'r6'));
});

test('nothing of a pool is converted', () => {
  const books = new TestBooks();
  lay(books, accrue(100, { issuerId: 'merchant-a' }), contribute(60));

  expect(codeOf(books, convert(pool))).toBe('POOL_WALLET');
  lay(books, convert('ann'));
});

test('nothing is converted into more points than can be counted', () => {
  const books = new TestBooks();
  const miles = { ...free, unit: 'MILES', causeId: 'p2' };
  lay(books, accrue(20, { issuerId: 'merchant-b' }), accrue(MAX, miles));

  expect(codeOf(books, convert('ann'))).toBe('POINTS_OVERFLOW');
});

test('a round trip gains in whatever order its rates were set', () => {
  const at = (unit: string, toUnit: string) => ({ unit, toUnit, numerator: 1, denominator: 1 });
  const known = [at('C', 'D'), at('B', 'C'), at('A', 'B')];

  expect(allowsGain(known, { ...at('D', 'A'), numerator: 2 })).toBe(true);
  expect(allowsGain(known.toReversed(), { ...at('D', 'A'), numerator: 2 })).toBe(true);
  expect(allowsGain(known, at('D', 'A'))).toBe(false);
});
