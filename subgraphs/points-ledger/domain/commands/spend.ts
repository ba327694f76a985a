import { toSafeInteger } from '../../../../shared/quantities.ts';
import { type Books, causeText, type HoldState, lotsOf, type Wallet, walletOf } from '../books.ts';
import type { Burn, Capture, Hold, Release } from '../command.ts';
import { payDebts } from '../debt.ts';
import { Lines } from '../entry.ts';
import { isSpendable, type LotAmount } from '../lot.ts';
import { isPool, monthOf } from '../registers.ts';
import { planSpending, type SpendingOrder } from '../spending-plan.ts';
import { type Applied, accept, type Moment, refuse, refuseUse } from './accept.ts';
import { countAsSpent, refuseFromPool } from './pool.ts';

/** Points leave a wallet for value at a merchant, in one step. */
export function burn(books: Books, command: Burn, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, points, acceptorId, actorId = null } = command;
  const refused = refuseUse(wallet) ?? refuseFromPool(books, command, moment);
  if (refused !== null) return refuse(refused);
  const plan = planOf(wallet, command, moment);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.redeemed(acceptorId, draw.key, draw.points);
  }
  remember(books, command, { ...moment, acceptorId, burnt: plan.draws });
  countAsSpent(books, { ...command, actorId, month: monthOf(moment.today) });
  return accept(wallet, command, moment, { unit, points, lines, acceptorId, actorId });
}

/** Points are set aside, so that the capture cannot fail for want of them. */
export function hold(books: Books, command: Hold, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, points, holdId, acceptorId, actorId = null } = command;
  if (books.holds.has(holdId)) return refuse('INVALID_COMMAND');
  const refused = refuseUse(wallet) ?? refuseFromPool(books, command, moment);
  if (refused !== null) return refuse(refused);
  const plan = planOf(wallet, command, moment);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.held(draw.key, draw.points);
  }
  const expiresMs = toSafeInteger(moment.atMs + command.holdMinutes * 60_000);
  const isShared = isPool(wallet.id);
  const placed: HoldState = {
    id: holdId,
    walletId: wallet.id,
    acceptorId,
    unit,
    points,
    lots: plan.draws,
    expiresMs,
    actorId: isShared ? actorId : null,
    month: isShared ? monthOf(moment.today) : null,
    state: 'PLACED',
  };
  books.holds.set(holdId, placed);
  countAsSpent(books, placed);
  const holdExpiresMs = expiresMs;
  return accept(wallet, command, moment, {
    unit,
    points,
    lines,
    holdId,
    acceptorId,
    holdExpiresMs,
    actorId,
  });
}

/** What was set aside is burnt, also when the wallet was frozen since: the acceptor was promised it. */
export function capture(books: Books, command: Capture, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const placed = books.holds.get(command.holdId);
  const refused = refuseHold(placed, wallet);
  if (refused !== null || placed === undefined) return refuse(refused ?? 'HOLD_NOT_FOUND');
  // A lot may have expired since: the points were good when they were set aside.
  if (moment.atMs >= placed.expiresMs) return refuse('HOLD_EXPIRED');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const lot of placed.lots) {
    lines.held(lot.key, -lot.points);
    lines.redeemed(placed.acceptorId, lot.key, lot.points);
  }
  placed.state = 'CAPTURED';
  const { unit, points, id: holdId, acceptorId, lots: burnt } = placed;
  remember(books, command, { ...moment, acceptorId, burnt });
  return accept(wallet, command, moment, { unit, points, lines, holdId, acceptorId });
}

/** What was set aside goes back to its lots; debts are paid first. */
export function release(books: Books, command: Release, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const placed = books.holds.get(command.holdId);
  const refused = refuseHold(placed, wallet);
  if (refused !== null || placed === undefined) return refuse(refused ?? 'HOLD_NOT_FOUND');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  let debt = 0;
  for (const { key, points } of placed.lots) {
    lines.held(key, -points);
    // Whoever owes has nothing to spend; points that lapsed meanwhile are not hers to pay with.
    const mayPay = key.useScope === '' && isSpendable(key, moment.today);
    const paid = mayPay ? payDebts(wallet, lines, key, points) : 0;
    if (points > paid) lines.available(key, points - paid);
    debt += paid;
  }
  placed.state = 'RELEASED';
  countAsSpent(books, { ...placed, points: 0 - placed.points });
  const { unit, points, id: holdId } = placed;
  return accept(wallet, command, moment, { unit, points, lines, holdId, debt });
}

function refuseHold(
  placed: HoldState | undefined,
  wallet: Wallet,
): 'HOLD_NOT_FOUND' | 'HOLD_RESOLVED' | null {
  // Another member's hold is not told apart from one that does not exist.
  if (placed === undefined || placed.walletId !== wallet.id) return 'HOLD_NOT_FOUND';
  return placed.state === 'PLACED' ? null : 'HOLD_RESOLVED';
}

const planOf = (
  wallet: Wallet,
  { unit, points, scopes = [] }: Burn | Hold,
  { today }: Moment,
): SpendingOrder => planSpending(lotsOf(wallet, unit), points, today, scopes);

type Burnt = Readonly<{ entryId: string; acceptorId: string; burnt: readonly LotAmount[] }>;

/** So that it can be given back later. */
function remember(
  books: Books,
  { walletId, causeKind, causeId }: Burn | Capture,
  { entryId, acceptorId, burnt }: Burnt,
): void {
  const text = causeText(causeKind, causeId);
  const known = books.burns.get(text) ?? [];
  for (const [line, { key, points }] of burnt.entries()) {
    const refunded = 0;
    known.push({ entryId, line, walletId, causeKind, causeId, acceptorId, key, points, refunded });
  }
  books.burns.set(text, known);
}
