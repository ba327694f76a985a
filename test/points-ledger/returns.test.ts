import { expect, test } from 'vitest';
import { isoDay } from '../../shared/calendar.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { Replay } from '../../subgraphs/points-ledger/domain/replay.ts';
import { type Done, TestBooks } from './test-books.ts';

const NEVER = 99991231;
/** A lot that expires then is good today, and only today. */
const TOMORROW = 20261123;
const common = { walletId: 'ann', unit: 'ALLIANCE', ruleVersion: null };

const accrue = (issuerId: string, points: number, causeId: string, expiresOn = NEVER) =>
  ({
    ...common,
    kind: 'ACCRUE',
    causeKind: 'PURCHASE',
    causeId,
    issuerId,
    points,
    expiresOn,
    priceClass: '80/100 CNY',
  }) satisfies PointsCommand;
const burn = (points: number) =>
  ({
    ...common,
    kind: 'BURN',
    causeKind: 'REDEMPTION',
    causeId: 'r1',
    points,
    acceptorId: 'B',
  }) satisfies PointsCommand;
const reverse = (issuerId: string, points: number, reversesId: string) =>
  ({
    ...common,
    kind: 'REVERSE',
    causeKind: 'RETURN',
    causeId: 'x1',
    issuerId,
    points,
    reversesId,
  }) satisfies PointsCommand;

/** `AVAILABLE ann/I +100`: account, owner, issuer, points. */
const linesOf = ({ entry }: Done): string[] =>
  (entry?.postings ?? []).map(({ account, ownerId, key, amount, claim }) => {
    const owes = claim === null ? '' : `, owed ${claim.amountMinor}`;
    return `${account} ${ownerId}/${key.issuerId} ${amount > 0 ? '+' : ''}${amount}${owes}`;
  });

function balance(books: TestBooks) {
  const state = books.books.wallets.get('ann')?.units.get('ALLIANCE');
  return state && { available: state.available, held: state.held, debt: state.debt };
}

test('the example of the README: spent points that are returned are owed, and paid by the next accrual', () => {
  const books = new TestBooks();

  expect(linesOf(books.post(accrue('I', 100, 'p1')))).toEqual([
    'OUTSTANDING I/I -100',
    'AVAILABLE ann/I +100',
  ]);
  expect(linesOf(books.post(burn(100)))).toEqual([
    'AVAILABLE ann/I -100',
    'REDEEMED B/I +100, owed 80',
  ]);
  const returned = books.post(reverse('I', 100, 'p1'));
  expect(linesOf(returned)).toEqual(['OUTSTANDING I/I +100', 'DEBT ann/I -100']);
  expect(returned.outcome).toMatchObject({ available: 0, debt: 100 });
  const next = books.post(accrue('J', 150, 'p2'));
  expect(linesOf(next)).toEqual([
    'OUTSTANDING J/J -150',
    'REDEEMED I/J +100, owed 80',
    'DEBT ann/I +100',
    'OUTSTANDING I/I -100',
    'AVAILABLE ann/J +50',
  ]);
  expect(next.outcome).toMatchObject({ points: 150, available: 50, debt: 100 });
  expect(balance(books)).toEqual({ available: 50, held: 0, debt: 0 });
});

test('the example of Capillary: a spent purchase is returned from the other one, then becomes debt', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'bill 1', 20270101));
  books.post(accrue('I', 150, 'bill 2', 20270201));
  books.post(burn(110));

  books.post(reverse('I', 100, 'bill 1'));
  expect(balance(books)).toEqual({ available: 40, held: 0, debt: 0 });
  books.post(reverse('I', 150, 'bill 2'));
  expect(balance(books)).toEqual({ available: 0, held: 0, debt: 110 });
  books.post(accrue('I', 500, 'bill 3', 20270301));
  expect(balance(books)).toEqual({ available: 390, held: 0, debt: 0 });
});

test('points are taken back from their own lot first, whatever expires earlier', () => {
  const books = new TestBooks();
  books.post(accrue('J', 100, 'p1', 20261201));
  books.post(accrue('I', 100, 'p2', 20261201));
  books.post(accrue('I', 100, 'p3', 20270101));

  const back = books.post(reverse('I', 100, 'p3'));

  expect(linesOf(back)).toEqual(['AVAILABLE ann/I -100', 'OUTSTANDING I/I +100']);
  expect(back.entry?.postings[0]?.key.expiresOn).toBe(20270101);
});

test('then from other lots of the issuer, then from those of others, who owe it for them', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1', 20261130));
  books.post(burn(100));
  books.post(accrue('J', 50, 'p2', 20261201));
  books.post(accrue('I', 30, 'p3', 20270101));

  const back = books.post(reverse('I', 100, 'p1'));

  expect(linesOf(back)).toEqual([
    'AVAILABLE ann/I -30',
    'OUTSTANDING I/I +30',
    'AVAILABLE ann/J -50',
    'REDEEMED I/J +50, owed 40',
    'OUTSTANDING I/I +20',
    'DEBT ann/I -20',
  ]);
  expect(back.outcome).toMatchObject({ available: 0, debt: 20 });
});

test('points that lapsed unspent are taken back from where they lie, and not owed', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1', 20261123));
  books.pass(5);

  expect(books.post(reverse('I', 100, 'p1')).outcome).toMatchObject({ debt: 0 });
  expect(balance(books)).toEqual({ available: 0, held: 0, debt: 0 });
});

const expire = (day: number) =>
  ({
    ...common,
    kind: 'EXPIRE',
    causeKind: 'EXPIRY',
    causeId: isoDay(day),
    day,
  }) satisfies PointsCommand;

test('S6 points that lapse fall to their issuer, lot by lot, and what is good or never expires stays', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1', TOMORROW));
  books.post(accrue('J', 50, 'p2', TOMORROW));
  books.post(accrue('I', 7, 'p3', 20261124));
  books.post(accrue('I', 5, 'p4'));
  expect(books.post(expire(20261122)).outcome.code).toBe('NOTHING_TO_EXPIRE');
  expect(books.post(expire(TOMORROW)).outcome.code).toBe('INVALID_COMMAND');
  books.pass(1);

  const lapsed = books.post(expire(TOMORROW));

  expect(lapsed.outcome).toMatchObject({ status: 'ACCEPTED', points: 150, available: 12 });
  expect(linesOf(lapsed)).toEqual([
    'AVAILABLE ann/I -100',
    'BREAKAGE I/I +100',
    'AVAILABLE ann/J -50',
    'BREAKAGE J/J +50',
  ]);
  expect(books.post(expire(TOMORROW)).outcome.code).toBe('NOTHING_TO_EXPIRE');
  expect(balance(books)).toEqual({ available: 12, held: 0, debt: 0 });
});

test.each([
  ['on their day', 0, {}, []],
  ['a day before', -1, {}, ['entry 2: lets points lapse that are good']],
  ['other than it says', 0, { points: 99 }, ['entry 2: lets 100 points lapse, says 99']],
  ['by a burn', 0, { kind: 'BURN' as const }, ['entry 2: BURN lets points lapse']],
])('S6 the journal shows points that lapsed %s', (_, days, edit, problems) => {
  const books = new TestBooks();
  const accrued = books.post(accrue('I', 100, 'p1', TOMORROW)).entry;
  books.pass(1);
  const expired = books.post(expire(TOMORROW)).entry;
  if (accrued === null || expired === null) throw new Error('both are accepted');
  const replay = new Replay();

  replay.add({ ...accrued, seq: 1, recordedMs: 0 });
  replay.add({ ...expired, ...edit, seq: 2, recordedMs: books.atMs + days * 24 * 60 * 60 * 1000 });

  expect(replay.problems).toEqual(problems);
});

test('S17 points that never expire outlive every run, also when their issuer grants later ones for a term', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1'));
  books.post(accrue('I', 30, 'p2', 20271122));
  books.pass(365 * 1000);

  expect(books.post(expire(books.today)).outcome).toMatchObject({ points: 30, available: 100 });
  expect(books.post(burn(100)).outcome.status).toBe('ACCEPTED');
});

test('points that lapsed leave room for others', () => {
  const books = new TestBooks();
  const many = { ...accrue('I', Number.MAX_SAFE_INTEGER, 'p1', TOMORROW), priceClass: '0/1 CNY' };
  books.post(many);
  books.pass(1);
  expect(books.post(accrue('I', 1, 'p2')).outcome.code).toBe('POINTS_OVERFLOW');

  books.post(expire(TOMORROW));

  expect(books.post(accrue('I', 1, 'p2')).outcome.status).toBe('ACCEPTED');
});

test('points that were held when their lot lapsed are captured, or come back and lapse in the next run', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1', TOMORROW));
  const placed = { ...burn(40), kind: 'HOLD', holdMinutes: 4 * 24 * 60 } as const;
  books.post({ ...placed, holdId: 'h1' });
  books.post({ ...placed, holdId: 'h2' });
  books.pass(1);
  const { points: _, unit: __, acceptorId: ___, ...resolved } = burn(40);

  expect(books.post(expire(TOMORROW)).outcome).toMatchObject({ points: 20 });
  expect(balance(books)).toEqual({ available: 0, held: 80, debt: 0 });
  const captured = books.post({ ...resolved, kind: 'CAPTURE', holdId: 'h1' });
  expect(captured.outcome).toMatchObject({ status: 'ACCEPTED', points: 40 });
  const released = books.post({ ...resolved, kind: 'RELEASE', holdId: 'h2' });
  expect(released.outcome).toMatchObject({ points: 40, available: 0 });
  books.pass(1);
  expect(books.post(expire(20261124)).outcome).toMatchObject({ points: 40 });
  expect(balance(books)).toEqual({ available: 0, held: 0, debt: 0 });
});

test('points that have expired are taken back from breakage, and nobody owes or gets anything', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1', TOMORROW));
  books.post(accrue('J', 50, 'p2'));
  books.pass(1);
  books.post(expire(TOMORROW));

  const part = books.post(reverse('I', 60, 'p1'));

  expect(linesOf(part)).toEqual(['BREAKAGE I/I -60', 'OUTSTANDING I/I +60']);
  expect(part.outcome).toMatchObject({ debt: 0, available: 50 });
  expect(linesOf(books.post(reverse('I', 40, 'p1')))).toEqual([
    'BREAKAGE I/I -40',
    'OUTSTANDING I/I +40',
  ]);
  expect(books.post(reverse('I', 1, 'p1')).outcome.code).toBe('REVERSAL_EXCEEDS');
  expect(books.books.wallets.get('ann')?.expired.size).toBe(0);
});

test('of points that were spent in part before the rest expired, only the part that was spent is owed', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1', TOMORROW));
  books.post(burn(70));
  books.pass(1);
  books.post(expire(TOMORROW));

  expect(books.post(reverse('I', 100, 'p1')).outcome).toMatchObject({ debt: 70 });
  expect(balance(books)).toEqual({ available: 0, held: 0, debt: 70 });
});

test('lapsed points of other purchases do not pay for a return', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1'));
  books.post(burn(100));
  books.post(accrue('I', 100, 'p2', 20261123));
  books.pass(5);

  expect(books.post(reverse('I', 100, 'p1')).outcome).toMatchObject({ debt: 100 });
  expect(balance(books)).toEqual({ available: 100, held: 0, debt: 100 });
});

test('a debt is paid to its own issuer first, then to the others in proportion', () => {
  const books = new TestBooks();
  books.post(accrue('I', 30, 'p1'));
  books.post(accrue('J', 20, 'p2'));
  books.post(accrue('K', 10, 'p3'));
  books.post(burn(60));
  books.post(reverse('I', 30, 'p1'));
  books.post(reverse('J', 20, 'p2'));
  books.post(reverse('K', 10, 'p3'));

  const next = books.post(accrue('K', 35, 'next'));

  expect(next.outcome).toMatchObject({ available: 0, debt: 35 });
  expect(linesOf(next)).toEqual([
    'OUTSTANDING K/K -35',
    'DEBT ann/K +10',
    'REDEEMED I/K +15, owed 12',
    'DEBT ann/I +15',
    'OUTSTANDING I/I -15',
    'REDEEMED J/K +10, owed 8',
    'DEBT ann/J +10',
    'OUTSTANDING J/J -10',
  ]);
});

test('points that a hold gives back pay a debt that arose meanwhile', () => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1'));
  const placed = { ...burn(100), kind: 'HOLD', holdId: 'h1', holdMinutes: 10 } as const;
  books.post(placed);
  books.post(reverse('I', 100, 'p1'));
  expect(balance(books)).toEqual({ available: 0, held: 100, debt: 100 });

  const { walletId, causeKind, causeId, ruleVersion } = placed;
  const release = {
    kind: 'RELEASE',
    walletId,
    causeKind,
    causeId,
    ruleVersion,
    holdId: 'h1',
  } as const;
  expect(books.post(release).outcome).toMatchObject({ points: 100, debt: 100, available: 0 });
  expect(balance(books)).toEqual({ available: 0, held: 0, debt: 0 });
});

test.each([
  // what is taken back one after the other, how the last one ends
  [[100], 'ACCEPTED'],
  [[60, 40], 'ACCEPTED'],
  [[60, 41], 'REVERSAL_EXCEEDS'],
  [[101], 'REVERSAL_EXCEEDS'],
  [[100, 1], 'REVERSAL_EXCEEDS'],
])('of 100 points, taking back %j is %s', (parts, expected) => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1'));

  const outcomes = parts.map((points) => books.post(reverse('I', points, 'p1')).outcome);

  expect(outcomes.at(-1)?.code ?? 'ACCEPTED').toBe(expected);
});

test.each([
  ['another purchase', reverse('I', 10, 'p2')],
  ['another issuer', reverse('J', 10, 'p1')],
  ['another unit', { ...reverse('I', 10, 'p1'), unit: 'MILES' }],
  ['another member', { ...reverse('I', 10, 'p1'), walletId: 'bob' }],
])('there is nothing to take back of %s', (_, command) => {
  const books = new TestBooks();
  books.post(accrue('I', 100, 'p1'));

  expect(books.post(command).outcome.code).toBe('NOTHING_TO_REVERSE');
});
