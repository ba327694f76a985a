import { addDays } from '../../../../shared/calendar.ts';
import { sum } from '../../../../shared/quantities.ts';
import { type Books, type BurnState, causeText, hasRoom, walletOf } from '../books.ts';
import type { Refund } from '../command.ts';
import { payDebts } from '../debt.ts';
import { Lines, type Reversal } from '../entry.ts';
import { isSpendable, type LotKey } from '../lot.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/**
 * Points that were burnt for a redemption go back to their own lots, never more than were burnt, and the
 * acceptor's claim on them is undone. What was burnt last goes back first: a part that is kept as a fee is
 * the part that would have lapsed first (TV10). A lot that has lapsed meanwhile is extended, unless the
 * programme's terms let it lapse (R6, TV11). Debts are paid first.
 */
export function refund(books: Books, command: Refund, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, points, extendDays } = command;
  if (wallet.mergedInto !== null) return refuse('WALLET_MERGED');
  const burnt = (books.burns.get(causeText('REDEMPTION', command.refundsId)) ?? []).filter(
    ({ walletId, key }) => walletId === wallet.id && key.unit === unit,
  );
  if (burnt.length === 0) return refuse('NOTHING_TO_REFUND');
  const open = sum(burnt.map((part) => part.points - part.refunded));
  if (points > open) return refuse('REFUND_EXCEEDS');
  if (burnt.some(({ key }) => !hasRoom(wallet, key, points))) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const given = new Map<string, number>();
  let [left, paid] = [points, 0];
  for (const part of burnt.toReversed()) {
    const back = Math.min(left, part.points - part.refunded);
    if (back === 0) continue;
    left -= back;
    part.refunded += back;
    given.set(part.entryId, (given.get(part.entryId) ?? 0) + back);
    lines.redeemed(part.acceptorId, part.key, -back);
    const key = keyOfRefund(part, moment, extendDays);
    const mayPay = key.useScope === '' && isSpendable(key, moment.today);
    const used = mayPay ? payDebts(wallet, lines, key, back) : 0;
    if (back > used) lines.available(key, back - used);
    paid += used;
  }
  const reversals = [...given].map(
    ([accrualId, refunded]): Reversal => ({ accrualId, points: refunded }),
  );
  return accept(wallet, command, moment, { unit, points, lines, debt: paid, reversals });
}

/** The lot that points go back to. One that has lapsed and is not extended lapses in the next run. */
function keyOfRefund({ key }: BurnState, { today }: Moment, extendDays: number | null): LotKey {
  if (isSpendable(key, today) || extendDays === null) return key;
  return { ...key, expiresOn: addDays(today, extendDays) };
}
