import type { Day } from '../../../../shared/calendar.ts';
import { type Books, hasRoom, lotsOf, type Wallet, walletOf } from '../books.ts';
import type { Merge, RefusalCode } from '../command.ts';
import { comeIn, payDebts } from '../debt.ts';
import { debtKey, Lines } from '../entry.ts';
import { compareLots, compareText, type LotAmount, type LotKey } from '../lot.ts';
import { isPool } from '../registers.ts';
import { spendableLots } from '../spending-plan.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/** It concerns all units of both wallets. */
const NO_UNIT = '';

/**
 * All that one account has, waits for or owes is another one's from now on, unchanged: issuer, expiry, price
 * and scope stay, and so does what each issuer owes. What lapsed of it goes along, so that a return finds it.
 * Then what can be paid is: first what the one owed, out of the other's points in the order of spending, then
 * what the other owed, out of the points that come in. Only one of the two has points and only one owes any in
 * each unit, as nobody has points to spend while owing some.
 */
export function merge(books: Books, command: Merge, moment: Moment): Applied {
  const refused = refuseMerge(books, command);
  if (refused !== null) return refuse(refused);
  const wallet = walletOf(books, command.walletId);
  const other = walletOf(books, command.counterWalletId);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const there = lines.in(other);
  moveDebts(wallet, lines, there);
  for (const { key, points } of inOrder(wallet.pending.values())) {
    lines.pending(key, -points);
    there.pending(key, points);
  }
  for (const { key, points } of inOrder(wallet.expired.values())) {
    lines.breakage(key, -points);
    there.breakage(key, points);
  }
  let debt = payOutOfOwn(other, there, moment.today);
  for (const lot of inOrder(wallet.lots.values())) {
    lines.available(lot.key, -lot.points);
    debt += comeIn(other, there, lot, moment.today);
  }
  wallet.mergedInto = other.id;
  return accept(wallet, command, moment, {
    unit: NO_UNIT,
    points: 0,
    lines,
    counterWallet: other,
    debt,
  });
}

function refuseMerge(books: Books, { walletId, counterWalletId }: Merge): RefusalCode | null {
  if (walletId === counterWalletId) return 'MERGE_INTO_SELF';
  if (isPool(walletId) || isPool(counterWalletId)) return 'POOL_WALLET';
  const wallet = walletOf(books, walletId);
  const other = walletOf(books, counterWalletId);
  if (wallet.mergedInto !== null || other.mergedInto !== null) return 'WALLET_MERGED';
  // Where points went is found in one step, whoever asks: nobody follows a chain that grows meanwhile.
  const isTarget =
    books.wallets.values().some(({ mergedInto }) => mergedInto === walletId) ||
    books.merged.values().some((id) => id === walletId);
  if (isTarget) return 'HAS_MERGED';
  if (wallet.freezes > 0 || other.freezes > 0) return 'WALLET_FROZEN';
  if (books.registers.openCases.has(walletId)) return 'WALLET_FROZEN';
  if (wallet.units.values().some(({ held }) => held > 0)) return 'HOLD_OPEN';
  if (books.registers.memberships.has(walletId)) return 'IN_FAMILY';
  if (!isCountable(wallet, other)) return 'POINTS_OVERFLOW';
  return null;
}

/** Whether the other wallet can count what comes in, and a claim on it can. */
function isCountable(wallet: Wallet, other: Wallet): boolean {
  for (const [unit, { available, pending, debt }] of wallet.units) {
    const points = available + pending;
    const keys = [...wallet.lots.values(), ...wallet.pending.values()].map(({ key }) => key);
    const hasSpace = keys.every((key) => key.unit !== unit || hasRoom(other, key, points));
    const owed = debt + (other.units.get(unit)?.debt ?? 0);
    if (!hasSpace || !Number.isSafeInteger(points) || !Number.isSafeInteger(owed)) return false;
  }
  return wallet.expired
    .entries()
    .every(([text, { points }]) =>
      Number.isSafeInteger(points + (other.expired.get(text)?.points ?? 0)),
    );
}

function moveDebts(wallet: Wallet, lines: Lines, there: Lines): void {
  const debts = [...wallet.debts.values()].map(({ unit, issuerId, priceClass, points }) => ({
    key: debtKey(unit, issuerId, priceClass),
    points,
  }));
  for (const { key, points } of inOrder(debts)) {
    lines.owed(key.unit, key.issuerId, key.priceClass, -points);
    there.owed(key.unit, key.issuerId, key.priceClass, points);
  }
}

/** Points that are there pay debts that come in, as if they came in themselves. Answers how many. */
function payOutOfOwn(other: Wallet, there: Lines, today: Day): number {
  const units = new Set([...other.debts.values()].map(({ unit }) => unit));
  let all = 0;
  for (const unit of [...units].toSorted(compareText)) {
    for (const { key, points } of inOrder(spendableLots(lotsOf(other, unit), today))) {
      const paid = payDebts(other, there, key, points);
      if (paid > 0) there.available(key, -paid);
      all += paid;
    }
  }
  return all;
}

/** Unit by unit, in the order of spending. A copy: what is moved is changed meanwhile. */
const inOrder = (lots: Iterable<LotAmount>): LotAmount[] =>
  [...lots].toSorted(({ key: a }, { key: b }) => compareUnits(a, b) || compareLots(a, b));

const compareUnits = (a: LotKey, b: LotKey): number => compareText(a.unit, b.unit);
