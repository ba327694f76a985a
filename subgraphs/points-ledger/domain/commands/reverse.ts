import { sum } from '../../../../shared/quantities.ts';
import { type Books, causeText, ownerOf, walletOf } from '../books.ts';
import type { Reverse } from '../command.ts';
import { Lines } from '../entry.ts';
import { takeBack } from '../take-back.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/** What points are given for that can come back: a purchase, or the grant for a green act or a referral. */
const REVERSIBLE = ['PURCHASE', 'GREEN_ACT', 'REFERRAL'] as const;

/** Some or all of what a purchase brought is taken back; a frozen wallet does not keep it. */
export function reverse(books: Books, command: Reverse, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, issuerId, points, causeLine } = command;
  // Their ids are never the same.
  const accruals = REVERSIBLE.flatMap(
    (causeKind) => books.accruals.get(causeText(causeKind, command.reversesId)) ?? [],
  );
  const originals = accruals.filter(
    (accrual) =>
      ownerOf(books, accrual.walletId) === wallet.id &&
      accrual.key.unit === unit &&
      accrual.key.issuerId === issuerId &&
      (causeLine === undefined || accrual.causeLine === causeLine),
  );
  if (originals.length === 0) return refuse('NOTHING_TO_REVERSE');
  const open = sum(originals.map((original) => original.points - original.reversed));
  if (points > open) return refuse('REVERSAL_EXCEEDS');
  const owed = wallet.units.get(unit)?.debt ?? 0;
  if (BigInt(owed) + BigInt(points) > BigInt(Number.MAX_SAFE_INTEGER)) {
    return refuse('POINTS_OVERFLOW');
  }

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const { debt, reversals } = takeBack(wallet, lines, originals, points, moment.today);
  return accept(wallet, command, moment, { unit, points, lines, debt, reversals });
}
