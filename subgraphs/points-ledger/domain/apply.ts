import { assert, unreachable } from '../../../shared/assert.ts';
import type { Day } from '../../../shared/calendar.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import { type Books, causeText, type HoldState, lotsOf, type Wallet, walletOf } from './books.ts';
import type {
  Accrue,
  Burn,
  Capture,
  Expire,
  Hold,
  Outcome,
  PointsCommand,
  Release,
  Reverse,
} from './command.ts';
import { refusal } from './command.ts';
import { payDebts } from './debt.ts';
import { type Entry, Lines, type Posting, type Reversal } from './entry.ts';
import { compareLots, isSpendable, type LotKey } from './lot.ts';
import { isClaimable } from './price.ts';
import { planSpending, spendable } from './spending-plan.ts';
import { takeBack } from './take-back.ts';

/** When a command is applied, and the id that its entry gets when it is accepted. */
export type Moment = Readonly<{ atMs: number; today: Day; entryId: string }>;

export type Applied = Readonly<{ outcome: Outcome; entry: Entry | null }>;

/**
 * The rules of the books. Changes `books` in place when the command is accepted; a refused command
 * leaves them as they were. Touches nothing else, so that the same commands give the same books.
 */
export function apply(books: Books, command: PointsCommand, moment: Moment): Applied {
  const { kind } = command;
  switch (kind) {
    case 'ACCRUE':
      return accrue(books, command, moment);
    case 'BURN':
      return burn(books, command, moment);
    case 'HOLD':
      return hold(books, command, moment);
    case 'CAPTURE':
      return capture(books, command, moment);
    case 'RELEASE':
      return release(books, command, moment);
    case 'REVERSE':
      return reverse(books, command, moment);
    case 'EXPIRE':
      return expire(books, command, moment);
    default:
      return unreachable(kind);
  }
}

function accrue(books: Books, command: Accrue, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, issuerId, expiresOn, priceClass, points } = command;
  const key: LotKey = { unit, issuerId, expiresOn, priceClass, contributor: '', useScope: '' };
  if (!isSpendable(key, moment.today)) return refuse('INVALID_COMMAND');
  const state = wallet.units.get(unit);
  const total = BigInt(state?.available ?? 0) + BigInt(state?.held ?? 0) + BigInt(points);
  if (total > BigInt(Number.MAX_SAFE_INTEGER) || !isClaimable(Number(total), priceClass)) {
    return refuse('POINTS_OVERFLOW');
  }

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  lines.outstanding(key, -points);
  const paid = payDebts(wallet, lines, key, points);
  if (points > paid) lines.available(key, points - paid);
  const accepted = accept(wallet, command, moment, { unit, points, lines, debt: paid });
  const text = causeText(command.causeKind, command.causeId);
  const known = books.accruals.get(text) ?? [];
  const { causeKind, causeId } = command;
  known.push({
    entryId: moment.entryId,
    walletId: wallet.id,
    causeKind,
    causeId,
    key,
    points,
    reversed: 0,
  });
  books.accruals.set(text, known);
  return accepted;
}

function burn(books: Books, command: Burn, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, points } = command;
  const plan = planSpending(lotsOf(wallet, unit), points, moment.today);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.redeemed(command.acceptorId, draw.key, draw.points);
  }
  return accept(wallet, command, moment, { unit, points, lines, acceptorId: command.acceptorId });
}

function hold(books: Books, command: Hold, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, points, holdId, acceptorId } = command;
  if (books.holds.has(holdId)) return refuse('INVALID_COMMAND');
  const plan = planSpending(lotsOf(wallet, unit), points, moment.today);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.held(draw.key, draw.points);
  }
  const expiresMs = toSafeInteger(moment.atMs + command.holdMinutes * 60_000);
  books.holds.set(holdId, {
    id: holdId,
    walletId: wallet.id,
    acceptorId,
    unit,
    points,
    lots: plan.draws,
    expiresMs,
    state: 'PLACED',
  });
  const holdExpiresMs = expiresMs;
  return accept(wallet, command, moment, {
    unit,
    points,
    lines,
    holdId,
    acceptorId,
    holdExpiresMs,
  });
}

function capture(books: Books, command: Capture, moment: Moment): Applied {
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
  const { unit, points, id: holdId, acceptorId } = placed;
  return accept(wallet, command, moment, { unit, points, lines, holdId, acceptorId });
}

function release(books: Books, command: Release, moment: Moment): Applied {
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
    const paid = isSpendable(key, moment.today) ? payDebts(wallet, lines, key, points) : 0;
    if (points > paid) lines.available(key, points - paid);
    debt += paid;
  }
  placed.state = 'RELEASED';
  const { unit, points, id: holdId } = placed;
  return accept(wallet, command, moment, { unit, points, lines, holdId, debt });
}

function reverse(books: Books, command: Reverse, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, issuerId, points } = command;
  const originals = (books.accruals.get(causeText('PURCHASE', command.reversesId)) ?? []).filter(
    ({ walletId, key }) => walletId === wallet.id && key.unit === unit && key.issuerId === issuerId,
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

function expire(books: Books, command: Expire, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, day } = command;
  // On the calendar of the books that day has not come: its lots are good.
  if (day > moment.today) return refuse('INVALID_COMMAND');
  const lapsed = lotsOf(wallet, unit)
    .filter(({ key }) => !isSpendable(key, day))
    .toSorted((a, b) => compareLots(a.key, b.key));
  if (lapsed.length === 0) return refuse('NOTHING_TO_EXPIRE');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const { key, points } of lapsed) {
    lines.available(key, -points);
    lines.breakage(key, points);
  }
  const points = sum(lapsed.map((lot) => lot.points));
  return accept(wallet, command, moment, { unit, points, lines });
}

function refuseHold(
  placed: HoldState | undefined,
  wallet: Wallet,
): 'HOLD_NOT_FOUND' | 'HOLD_RESOLVED' | null {
  // Another member's hold is not told apart from one that does not exist.
  if (placed === undefined || placed.walletId !== wallet.id) return 'HOLD_NOT_FOUND';
  return placed.state === 'PLACED' ? null : 'HOLD_RESOLVED';
}

const refuse = (...args: Parameters<typeof refusal>): Applied => ({
  outcome: refusal(...args),
  entry: null,
});

type Written = Readonly<{
  unit: string;
  points: number;
  lines: Lines;
  holdId?: string;
  acceptorId?: string;
  holdExpiresMs?: number;
  debt?: number;
  reversals?: readonly Reversal[];
}>;

function accept(
  wallet: Wallet,
  command: PointsCommand,
  { entryId, today }: Moment,
  written: Written,
): Applied {
  const { unit, points, lines, holdId, debt, reversals } = written;
  assertBalanced(lines.postings);
  wallet.version += 1;
  const available = spendable(lotsOf(wallet, unit), today);
  const { kind, walletId, causeKind, causeId, ruleVersion } = command;
  return {
    outcome: {
      status: 'ACCEPTED',
      code: null,
      entryId,
      points,
      available,
      missing: null,
      debt: debt ?? null,
    },
    entry: {
      id: entryId,
      kind,
      walletId,
      walletVersion: wallet.version,
      unit,
      points,
      causeKind,
      causeId,
      ruleVersion,
      reversesId: kind === 'REVERSE' ? command.reversesId : null,
      holdId: holdId ?? null,
      acceptorId: written.acceptorId ?? null,
      holdExpiresMs: written.holdExpiresMs ?? null,
      postings: lines.postings,
      reversals: reversals ?? [],
    },
  };
}

/** Nothing is made from nothing: the lines of an entry add up to zero for each issuer and unit. */
export function assertBalanced(postings: readonly Posting[]): void {
  const sums = new Map<string, number>();
  for (const { key, amount } of postings) {
    const text = `${key.unit}\n${key.issuerId}`;
    sums.set(text, toSafeInteger((sums.get(text) ?? 0) + amount));
  }
  for (const [text, total] of sums) assert(total === 0, `an entry is off by ${total}: ${text}`);
}
