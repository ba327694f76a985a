import { type Books, causeText, hasRoom, ownerOf, walletOf } from '../books.ts';
import type { Accrue, Vest } from '../command.ts';
import { mayIssue, owedTo } from '../cover.ts';
import { payDebts } from '../debt.ts';
import { type Detail, Lines } from '../entry.ts';
import { isSpendable, type LotKey } from '../lot.ts';
import { isPool } from '../registers.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/** Points enter a wallet, promised by their issuer; what does not vest at once pays no debt yet. */
export function accrue(books: Books, command: Accrue, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, issuerId, expiresOn, priceClass, points, useScope = '', vestsOn } = command;
  const key: LotKey = { unit, issuerId, expiresOn, priceClass, contributor: '', useScope };
  if (isPool(wallet.id)) return refuse('POOL_WALLET');
  if (!isSpendable(key, moment.today)) return refuse('INVALID_COMMAND');
  const isPending = vestsOn === 'ON_EVENT' || (vestsOn !== undefined && vestsOn > moment.today);
  // Points that lapse before they vest would be promised for nothing.
  if (typeof vestsOn === 'number' && vestsOn >= expiresOn) return refuse('INVALID_COMMAND');
  if (!hasRoom(wallet, key, points)) return refuse('POINTS_OVERFLOW');
  // What is good for one thing only pays no debt, nor what is pending.
  const owed = isPending || useScope !== '' ? 0 : Math.min(points, owedTo(wallet, key));
  if (!mayIssue(books, key, points - owed)) return refuse('ISSUER_CAP_REACHED');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  lines.outstanding(key, -points);
  let paid = 0;
  if (isPending) {
    lines.pending(key, points);
  } else {
    paid = useScope === '' ? payDebts(wallet, lines, key, points) : 0;
    if (points > paid) lines.available(key, points - paid);
  }
  const detail = detailOf(command, isPending);
  const accepted = accept(wallet, command, moment, { unit, points, lines, debt: paid, detail });
  const { causeKind, causeId } = command;
  const text = causeText(causeKind, causeId);
  const known = books.accruals.get(text) ?? [];
  known.push({
    entryId: moment.entryId,
    walletId: wallet.id,
    causeKind,
    causeId,
    causeLine: command.causeLine ?? '',
    key,
    points,
    pending: isPending ? points : 0,
    vestsOn: isPending && typeof vestsOn === 'number' ? vestsOn : null,
    reversed: 0,
  });
  books.accruals.set(text, known);
  return accepted;
}

function detailOf({ causeLine, vestsOn }: Accrue, isPending: boolean): Detail | null {
  const detail = {
    ...(causeLine === undefined ? {} : { causeLine }),
    ...(isPending && vestsOn !== undefined ? { vestsOn } : {}),
  };
  return Object.keys(detail).length === 0 ? null : detail;
}

/**
 * What is pending of one accrual becomes good; debts are paid first. What was promised for a day becomes good
 * on that day for everybody, and nobody's VEST makes it earlier.
 */
export function vest(books: Books, command: Vest, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const accrual = [...books.accruals.values()]
    .flat()
    .find(({ entryId }) => entryId === command.accrualId);
  if (accrual === undefined || accrual.pending === 0) return refuse('NOTHING_TO_VEST');
  if (ownerOf(books, accrual.walletId) !== wallet.id) return refuse('NOTHING_TO_VEST');
  if (accrual.vestsOn !== null && accrual.vestsOn > moment.today) return refuse('VESTS_LATER');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const { key, pending: points } = accrual;
  lines.pending(key, -points);
  const mayPay = key.useScope === '' && isSpendable(key, moment.today);
  const paid = mayPay ? payDebts(wallet, lines, key, points) : 0;
  if (points > paid) lines.available(key, points - paid);
  accrual.pending = 0;
  accrual.vestsOn = null;
  const detail = { accrualId: accrual.entryId };
  return accept(wallet, command, moment, { unit: key.unit, points, lines, debt: paid, detail });
}
