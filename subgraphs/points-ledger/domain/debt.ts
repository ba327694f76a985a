import type { Day } from '../../../shared/calendar.ts';
import { splitByLargestRemainder, sum } from '../../../shared/quantities.ts';
import type { Debt, Wallet } from './books.ts';
import { debtKey, type Lines } from './entry.ts';
import { compareText, isSpendable, type LotAmount, type LotKey } from './lot.ts';
import { drawInOrder } from './spending-plan.ts';

/**
 * Points that come into a wallet pay what it owes first: to their own issuer, then to the others in
 * proportion. Answers how many were used up; the caller books where they came from and the rest.
 *
 * Points of J that pay a debt to I are points of J that I accepted, so J owes I for them; and the
 * points of I that had gone missing count as issued again.
 */
export function payDebts(wallet: Wallet, lines: Lines, key: LotKey, points: number): number {
  const debts = [...wallet.debts.values()]
    .filter(({ unit }) => unit === key.unit)
    .toSorted(
      (a, b) => compareText(a.issuerId, b.issuerId) || compareText(a.priceClass, b.priceClass),
    );
  if (debts.length === 0) return 0;
  const own = debts.filter(({ issuerId }) => issuerId === key.issuerId);
  const others = debts.filter(({ issuerId }) => issuerId !== key.issuerId);

  const toOwn = Math.min(points, total(own));
  for (const paid of drawDebts(own, toOwn)) {
    lines.owed(paid.unit, paid.issuerId, paid.priceClass, -paid.points);
  }
  const toOthers = Math.min(points - toOwn, total(others));
  const parts = splitByLargestRemainder(
    toOthers,
    others.map((debt) => debt.points),
  );
  for (const [index, { unit, issuerId, priceClass }] of others.entries()) {
    const paid = parts[index] ?? 0;
    if (paid === 0) continue;
    lines.redeemed(issuerId, key, paid);
    lines.owed(unit, issuerId, priceClass, -paid);
    lines.outstanding(debtKey(unit, issuerId, priceClass), -paid);
  }
  return toOwn + toOthers;
}

/** Points come into a wallet, whose debts are paid first. Answers how many that took. */
export function comeIn(
  wallet: Wallet,
  lines: Lines,
  { key, points }: LotAmount,
  today: Day,
): number {
  // What has lapsed is not hers to pay with, and what is good for one thing only pays no debt.
  const mayPay = key.useScope === '' && isSpendable(key, today);
  const paid = mayPay ? payDebts(wallet, lines, key, points) : 0;
  if (points > paid) lines.available(key, points - paid);
  return paid;
}

const total = (debts: readonly Debt[]): number => sum(debts.map(({ points }) => points));

const drawDebts = (debts: readonly Debt[], points: number): Debt[] =>
  drawInOrder(
    debts.map((debt) => ({
      key: debtKey(debt.unit, debt.issuerId, debt.priceClass),
      points: debt.points,
    })),
    points,
  ).map(({ key, points: paid }) => ({
    unit: key.unit,
    issuerId: key.issuerId,
    priceClass: key.priceClass,
    points: paid,
  }));
