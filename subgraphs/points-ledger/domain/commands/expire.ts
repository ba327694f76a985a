import { sum } from '../../../../shared/quantities.ts';
import { type Books, expiredPoints, lotsOf, walletOf } from '../books.ts';
import type { Expire } from '../command.ts';
import { Lines } from '../entry.ts';
import { compareLots, isSpendable } from '../lot.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/**
 * What of a wallet and unit has lapsed goes to its issuers. Nothing lapses for good while a case freezes the
 * wallet: should it prove unfounded, lost time is given back (S38).
 */
export function expire(books: Books, command: Expire, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, day } = command;
  // On the calendar of the books that day has not come: its lots are good.
  if (day > moment.today) return refuse('INVALID_COMMAND');
  if (wallet.freezes > 0) return refuse('WALLET_FROZEN');
  const lapsed = lotsOf(wallet, unit)
    .filter(({ key }) => !isSpendable(key, day))
    .toSorted((a, b) => compareLots(a.key, b.key));
  if (lapsed.length === 0) return refuse('NOTHING_TO_EXPIRE');
  // Points that are given back to a lapsed lot lapse a second time.
  const isCountable = lapsed.every(({ key, points }) =>
    Number.isSafeInteger(expiredPoints(wallet, key) + points),
  );
  if (!isCountable) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const { key, points } of lapsed) {
    lines.available(key, -points);
    lines.breakage(key, points);
  }
  const points = sum(lapsed.map((lot) => lot.points));
  return accept(wallet, command, moment, { unit, points, lines });
}
