import type { Day } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import { type AccrualState, expiredPoints, lotPoints, lotsOf, type Wallet } from './books.ts';
import { debtKey, type Lines, type Reversal } from './entry.ts';
import { planSpending } from './spending-plan.ts';

/** How much of one accrual is still to be found. */
export type Open = { readonly original: AccrualState; points: number };

/**
 * Takes points of one issuer back, wherever they are by now:
 * 0. from what of them has not vested;
 * 1. from the lots they came into, also when those have lapsed, and from what of them went to breakage:
 *    it makes no difference whether the run of expiry came before the return;
 * 2. from other lots of the same issuer, in the order of spending;
 * 3. from lots of other issuers, in the order of spending: the issuer accepts them, and has a claim
 *    on who issued them;
 * 4. what then is missing becomes a debt to the issuer.
 */
export function takeBack(
  wallet: Wallet,
  lines: Lines,
  originals: readonly AccrualState[],
  points: number,
  today: Day,
): { debt: number; reversals: Reversal[] } {
  return takeParts(wallet, lines, allot(originals, points), today);
}

/** The same where it is said already how much is taken of which accrual; all of one issuer and unit. */
export function takeParts(
  wallet: Wallet,
  lines: Lines,
  open: readonly Open[],
  today: Day,
): { debt: number; reversals: Reversal[] } {
  const reversals = open.map(({ original, points: part }) => ({
    accrualId: original.entryId,
    points: part,
  }));
  for (const part of open) {
    part.original.reversed += part.points;
    takeFromOwnLot(wallet, lines, part);
  }
  takeFromOtherLots(wallet, lines, open, today);
  const debt = sum(open.map((part) => part.points));
  for (const { original, points: missing } of open) {
    if (missing === 0) continue;
    const { unit, issuerId, priceClass } = original.key;
    lines.outstanding(debtKey(unit, issuerId, priceClass), missing);
    lines.owed(unit, issuerId, priceClass, missing);
  }
  return { debt, reversals };
}

/** What lapsed was never spent, so nobody owes it. */
function takeFromOwnLot(wallet: Wallet, lines: Lines, part: Open): void {
  const { key } = part.original;
  const pending = Math.min(part.points, part.original.pending);
  if (pending > 0) {
    lines.pending(key, -pending);
    lines.outstanding(key, pending);
    part.original.pending -= pending;
    if (part.original.pending === 0) part.original.vestsOn = null;
    part.points -= pending;
  }
  const left = Math.min(part.points, lotPoints(wallet, key));
  const expired = Math.min(part.points - left, expiredPoints(wallet, key));
  if (left > 0) lines.available(key, -left);
  if (expired > 0) lines.breakage(key, -expired);
  if (left + expired > 0) lines.outstanding(key, left + expired);
  part.points -= left + expired;
}

/** Which accruals are taken back: the one booked first first, each at most to what is left of it. */
function allot(originals: readonly AccrualState[], points: number): Open[] {
  let left = points;
  const open: Open[] = [];
  for (const original of originals) {
    const part = Math.min(left, original.points - original.reversed);
    if (part > 0) open.push({ original, points: part });
    left -= part;
  }
  return open;
}

function takeFromOtherLots(wallet: Wallet, lines: Lines, open: readonly Open[], today: Day): void {
  const [first] = open;
  if (first === undefined) return;
  const { unit, issuerId } = first.original.key;
  const lots = lotsOf(wallet, unit);
  const own = lots.filter(({ key }) => key.issuerId === issuerId);
  const others = lots.filter(({ key }) => key.issuerId !== issuerId);
  for (const draw of planSpending(own, missing(open), today).draws) {
    lines.available(draw.key, -draw.points);
    lines.outstanding(draw.key, draw.points);
    cover(open, draw.points);
  }
  for (const draw of planSpending(others, missing(open), today).draws) {
    lines.available(draw.key, -draw.points);
    lines.redeemed(issuerId, draw.key, draw.points);
    cover(open, draw.points);
  }
}

const missing = (open: readonly Open[]): number => sum(open.map(({ points }) => points));

function cover(open: readonly Open[], points: number): void {
  let left = points;
  for (const part of open) {
    const covered = Math.min(left, part.points);
    part.points -= covered;
    left -= covered;
  }
}
