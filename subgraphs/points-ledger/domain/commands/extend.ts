import { sum } from '../../../../shared/quantities.ts';
import { type Books, hasRoom, walletOf } from '../books.ts';
import type { Extend } from '../command.ts';
import { comeIn } from '../debt.ts';
import { Lines } from '../entry.ts';
import { compareLots, type LotAmount } from '../lot.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/** Points are good for longer, those that lapsed as well; never for a shorter time (S17). */
export function extend(books: Books, command: Extend, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, toExpiresOn } = command;
  if (toExpiresOn <= command.expiresOn) return refuse('SHORTENS_EXPIRY');
  if (toExpiresOn <= moment.today) return refuse('INVALID_COMMAND');
  const lots = matching(wallet.lots, command);
  const lapsed = matching(wallet.expired, command);
  if (lots.length + lapsed.length === 0) return refuse('NOTHING_TO_EXTEND');
  // What had lapsed counts again.
  const back = lapsed.reduce((all, lot) => all + lot.points, 0);
  if (lapsed.some(({ key }) => !hasRoom(wallet, key, back))) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  let paid = 0;
  for (const { key, points } of lots) {
    lines.available(key, -points);
    paid += comeIn(
      wallet,
      lines,
      { key: { ...key, expiresOn: toExpiresOn }, points },
      moment.today,
    );
  }
  for (const { key, points } of lapsed) {
    lines.breakage(key, -points);
    paid += comeIn(
      wallet,
      lines,
      { key: { ...key, expiresOn: toExpiresOn }, points },
      moment.today,
    );
  }
  const points = sum([...lots, ...lapsed].map((lot) => lot.points));
  return accept(wallet, command, moment, { unit, points, lines, debt: paid });
}

const matching = (
  lots: ReadonlyMap<string, LotAmount>,
  { unit, issuerId, expiresOn }: Extend,
): LotAmount[] =>
  [...lots.values()]
    .filter(
      ({ key }) => key.unit === unit && key.issuerId === issuerId && key.expiresOn === expiresOn,
    )
    .toSorted((a, b) => compareLots(a.key, b.key));
