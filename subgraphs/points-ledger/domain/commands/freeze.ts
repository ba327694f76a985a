import { sum } from '../../../../shared/quantities.ts';
import { type AccrualState, type Books, type FreezeState, ownerOf, walletOf } from '../books.ts';
import type { Deduct, Freeze, Lift } from '../command.ts';
import { comeIn } from '../debt.ts';
import { Lines } from '../entry.ts';
import { daysToGiveBack, longerBy } from '../frozen-days.ts';
import { compareLots } from '../lot.ts';
import { type Open, takeParts } from '../take-back.ts';
import { type Applied, accept, type Moment, refuse } from './accept.ts';

/** These concern all units of a wallet. */
const NO_UNIT = '';

/** From now on nothing leaves the wallet by the will of its owner. The entry has no lines (S38). */
export function freeze(books: Books, command: Freeze, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { caseId, evidenceHash } = command;
  if (wallet.mergedInto !== null) return refuse('WALLET_MERGED');
  if (books.freezes.has(caseId)) return refuse('FREEZE_EXISTS');

  // From here on the command must succeed.
  const open = freezesOf(books, wallet.id).find(({ liftedOn }) => liftedOn === null);
  books.freezes.set(caseId, {
    caseId,
    walletId: wallet.id,
    evidenceHash,
    placedEntryId: moment.entryId,
    placedOn: moment.today,
    frozenSince: open?.frozenSince ?? moment.today,
    liftedEntryId: null,
    liftedOn: null,
    outcome: null,
  });
  wallet.freezes += 1;
  return accept(wallet, command, moment, {
    unit: NO_UNIT,
    points: 0,
    lines: new Lines(wallet),
    detail: { caseId, evidenceHash },
  });
}

/**
 * The case freezes the wallet no longer; others may go on to. When it was unfounded, all that was good when
 * the wallet was frozen is good for as many days longer as it lay frozen for nothing, also what lapsed
 * meanwhile (S38). Points that came in meanwhile get the same days: lots do not say when they came, and
 * what is in doubt is read in favour of the member (R5). What is set aside or pending was not frozen.
 */
export function lift(books: Books, command: Lift, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { caseId, outcome } = command;
  const placed = books.freezes.get(caseId);
  if (!isOpen(placed, command.walletId)) return refuse('FREEZE_NOT_OPEN');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const days =
    outcome === 'UNFOUNDED' ? daysToGiveBack(freezesOf(books, wallet.id), placed, moment.today) : 0;
  let paid = 0;
  if (days > 0) {
    // What had lapsed before stays lapsed, whether its run has come or not.
    const frozen = [...wallet.lots.values()]
      .filter(({ key }) => key.expiresOn > placed.frozenSince)
      .toSorted((a, b) => compareLots(a.key, b.key))
      .map(({ key, points }) => ({ key, points, longer: longerBy(key, days) }))
      .filter(({ key, longer }) => longer.expiresOn > key.expiresOn);
    // All leave before any comes: one lot may become what another was.
    for (const { key, points } of frozen) lines.available(key, -points);
    for (const { longer: key, points } of frozen) {
      paid += comeIn(wallet, lines, { key, points }, moment.today);
    }
  }
  placed.liftedEntryId = moment.entryId;
  placed.liftedOn = moment.today;
  placed.outcome = outcome;
  wallet.freezes -= 1;
  return accept(wallet, command, moment, {
    unit: NO_UNIT,
    points: 0,
    lines,
    debt: paid,
    detail: { caseId, outcome, days },
  });
}

/**
 * Takes back what named accruals brought, while the case's freeze is open: never more than is left of each.
 * What was spent already is found as after a return, and what is missing becomes debt.
 */
export function deduct(books: Books, command: Deduct, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { caseId, unit } = command;
  if (!isOpen(books.freezes.get(caseId), wallet.id)) return refuse('FREEZE_NOT_OPEN');
  const ids = new Set(command.parts.map(({ accrualId }) => accrualId));
  const isPlain = ids.size > 0 && ids.size === command.parts.length;
  if (!isPlain || command.parts.some(({ points }) => points < 1)) return refuse('INVALID_COMMAND');
  const known = new Map([...books.accruals.values()].flat().map((one) => [one.entryId, one]));
  const open: Open[] = [];
  for (const { accrualId, points } of command.parts) {
    const original = known.get(accrualId);
    if (original === undefined || !isOf(books, original, command))
      return refuse('NOTHING_TO_DEDUCT');
    if (points > original.points - original.reversed) return refuse('DEDUCTION_EXCEEDS');
    open.push({ original, points });
  }
  const total = open.reduce((all, part) => all + BigInt(part.points), 0n);
  const owed = wallet.units.get(unit)?.debt ?? 0;
  if (BigInt(owed) + total > BigInt(Number.MAX_SAFE_INTEGER)) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const points = Number(total);
  const taken = Map.groupBy(open, ({ original }) => original.key.issuerId)
    .values()
    .map((parts) => takeParts(wallet, lines, parts, moment.today))
    .toArray();
  return accept(wallet, command, moment, {
    unit,
    points,
    lines,
    debt: sum(taken.map(({ debt }) => debt)),
    reversals: taken.flatMap(({ reversals }) => reversals),
    detail: { caseId },
  });
}

const freezesOf = ({ freezes }: Books, walletId: string): FreezeState[] =>
  [...freezes.values()].filter((one) => one.walletId === walletId);

/** The freeze of another wallet is not told apart from one that does not exist. */
const isOpen = (placed: FreezeState | undefined, walletId: string): placed is FreezeState =>
  placed !== undefined && placed.walletId === walletId && placed.liftedOn === null;

const isOf = (books: Books, { walletId, key }: AccrualState, command: Deduct): boolean =>
  ownerOf(books, walletId) === command.walletId && key.unit === command.unit;
