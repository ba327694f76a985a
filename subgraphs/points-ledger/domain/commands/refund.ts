import { addDays, addMonths, type Day } from '../../../../shared/calendar.ts';
import { splitByLargestRemainder, sum } from '../../../../shared/quantities.ts';
import { type Books, type BurnState, causeText, hasRoom, ownerOf, walletOf } from '../books.ts';
import type { Refund } from '../command.ts';
import { comeIn } from '../debt.ts';
import { Lines, type Reversal } from '../entry.ts';
import { isSpendable } from '../lot.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/**
 * Points that were burnt for a redemption go back to their own lots, never more than were burnt, and the
 * acceptor's claim on them is undone. A part is that of the lots that lapse last, so a fee that is kept is of
 * those that lapse first (TV10); of lots of one expiry all alike, as when they were burnt. A lot that has
 * lapsed meanwhile is extended, unless the programme's terms let it lapse (R6); when the merchant is at
 * fault, they may be good for some months more at least (TV11). Debts are paid first.
 */
export function refund(books: Books, command: Refund, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, points } = command;
  const burnt = (books.burns.get(causeText('REDEMPTION', command.refundsId)) ?? []).filter(
    ({ walletId, key }) => ownerOf(books, walletId) === wallet.id && key.unit === unit,
  );
  if (burnt.length === 0) return refuse('NOTHING_TO_REFUND');
  const open = sum(burnt.map((part) => part.points - part.refunded));
  if (points > open) return refuse('REFUND_EXCEEDS');
  if (burnt.some(({ key }) => !hasRoom(wallet, key, points))) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const given = new Map<string, number>();
  let paid = 0;
  for (const [part, back] of share(burnt, points)) {
    part.refunded += back;
    given.set(part.entryId, (given.get(part.entryId) ?? 0) + back);
    lines.redeemed(part.acceptorId, part.key, -back);
    const key = { ...part.key, expiresOn: expiryOfRefund(part, command, moment.today) };
    paid += comeIn(wallet, lines, { key, points: back }, moment.today);
  }
  const reversals = [...given].map(
    ([accrualId, refunded]): Reversal => ({ accrualId, points: refunded }),
  );
  return accept(wallet, command, moment, { unit, points, lines, debt: paid, reversals });
}

/** How much goes back of each part of what was burnt: in the order of the books, the last first. */
function share(burnt: readonly BurnState[], points: number): [BurnState, number][] {
  const shares = new Map<BurnState, number>();
  const byExpiry = [...Map.groupBy(burnt, ({ key }) => key.expiresOn)].toSorted(
    ([a], [b]) => b - a,
  );
  let left = points;
  for (const [, parts] of byExpiry) {
    const open = parts.map((part) => part.points - part.refunded);
    const taken = Math.min(left, sum(open));
    for (const [index, back] of splitByLargestRemainder(taken, open).entries()) {
      const part = parts[index];
      if (part !== undefined && back > 0) shares.set(part, back);
    }
    left -= taken;
  }
  return burnt.toReversed().flatMap((part): [BurnState, number][] => {
    const back = shares.get(part);
    return back === undefined ? [] : [[part, back]];
  });
}

/** When points that go back lapse. Those that have lapsed already and are not extended do in the next run. */
function expiryOfRefund({ key }: BurnState, command: Refund, today: Day): Day {
  const { extendDays, goodForMonths } = command;
  const isLapsed = !isSpendable(key, today);
  const expiresOn = isLapsed && extendDays !== null ? addDays(today, extendDays) : key.expiresOn;
  if (goodForMonths === undefined) return expiresOn;
  return Math.max(expiresOn, addMonths(today, goodForMonths));
}
