import { dayOf } from '../../../shared/calendar.ts';
import { debtText } from './books.ts';
import type { Entry, Posting } from './entry.ts';
import { type LotAmount, lotText } from './lot.ts';
import { claimAmount, isClaimable } from './price.ts';
import type { PlacedEntry } from './seal.ts';

type Balances = { version: number; units: Map<string, Record<Field, number>> };
type Field = 'available' | 'held' | 'debt';

const fieldOf = { AVAILABLE: 'available', HELD: 'held', DEBT: 'debt' } as const;

/**
 * The books made again from nothing but the journal, one entry after the other. It shares no code
 * with `apply` that decides anything, so that a mistake there does not excuse itself here.
 */
export class Replay {
  readonly problems: string[] = [];
  readonly wallets = new Map<string, Balances>();
  /** By wallet and `lotText`. */
  readonly lots = new Map<string, number>();
  /** By wallet and `debtText`. */
  readonly debts = new Map<string, number>();
  /** By wallet and `lotText`: what lapsed and was not taken back since. */
  readonly expired = new Map<string, number>();
  /** By hold and `lotText`: what is still set aside. */
  readonly heldLots = new Map<string, number>();
  readonly holds = new Map<string, Readonly<{ walletId: string; text: string }>>();
  readonly accruals = new Map<string, { points: number; reversed: number; terms: string }>();
  postings = 0;

  add(entry: PlacedEntry): void {
    const wallet = this.wallets.get(entry.walletId) ?? { version: 0, units: new Map() };
    this.wallets.set(entry.walletId, wallet);
    wallet.version += 1;
    this.#check(
      entry.walletVersion === wallet.version,
      `entry ${entry.seq}: version ${entry.walletVersion} of wallet ${entry.walletId} should be ${wallet.version}`,
    );
    for (const posting of entry.postings) this.#post(entry, wallet, posting);
    this.#checkBalanced(entry);
    this.#checkExpiry(entry);
    this.#followHold(entry);
    if (entry.kind === 'ACCRUE') this.#addAccrual(entry);
    for (const { accrualId, points } of entry.reversals) {
      const accrual = this.accruals.get(accrualId);
      if (accrual !== undefined) accrual.reversed += points;
      this.#check(
        accrual !== undefined && accrual.reversed <= accrual.points,
        `entry ${entry.seq}: takes back more than accrual ${accrualId} brought`,
      );
    }
  }

  #addAccrual(entry: PlacedEntry): void {
    const [issued] = entry.postings;
    const { points } = entry;
    this.#check(
      issued?.account === 'OUTSTANDING' && issued.amount === -points,
      `entry ${entry.seq}: does not issue its ${points} points`,
    );
    if (issued === undefined) return;
    const terms = accrualTerms({ ...entry, lot: { key: issued.key, points } });
    this.accruals.set(entry.id, { points, reversed: 0, terms });
  }

  #post(entry: PlacedEntry, wallet: Balances, posting: Posting): void {
    this.postings += 1;
    const { account, key, amount, ownerId } = posting;
    if (account === 'BREAKAGE') {
      const left = add(this.expired, `${entry.walletId}\n${lotText(key)}`, amount);
      this.#check(left >= 0, `entry ${entry.seq}: takes back more than lapsed`);
    }
    if (account === 'OUTSTANDING' || account === 'REDEEMED' || account === 'BREAKAGE') {
      this.#checkMerchant(entry, posting);
      return;
    }
    this.#check(ownerId === entry.walletId, `entry ${entry.seq}: posts to another wallet`);
    const unit = wallet.units.get(key.unit) ?? { available: 0, held: 0, debt: 0 };
    wallet.units.set(key.unit, unit);
    const sign = account === 'DEBT' ? -1 : 1;
    unit[fieldOf[account]] += sign * amount;
    const balance = sign * unit[fieldOf[account]];
    this.#check(
      posting.balanceAfter === balance,
      `entry ${entry.seq}: ${account} of ${ownerId} is ${posting.balanceAfter}, should be ${balance}`,
    );
    const [sums, text] =
      account === 'AVAILABLE'
        ? [this.lots, lotText(key)]
        : account === 'HELD'
          ? [this.heldLots, lotText(key)]
          : [this.debts, debtText(key)];
    const owner = account === 'HELD' ? entry.holdId : ownerId;
    const left = add(sums, `${owner}\n${text}`, sign * amount);
    this.#check(left >= 0, `entry ${entry.seq}: ${account} of ${ownerId} falls below zero`);
  }

  #checkMerchant({ seq }: PlacedEntry, posting: Posting): void {
    const { account, key, amount, ownerId, claim, balanceAfter } = posting;
    this.#check(balanceAfter === null, `entry ${seq}: a merchant's account keeps no balance`);
    const isClaim = account === 'REDEEMED' && ownerId !== key.issuerId;
    const isPriced = isClaim && isClaimable(amount, key.priceClass);
    const due = isPriced ? claimAmount(amount, key.priceClass) : null;
    this.#check(
      claim?.amountMinor === due?.amountMinor && claim?.currency === due?.currency,
      `entry ${seq}: the claim of ${ownerId} on ${key.issuerId} is not ${amount} at ${key.priceClass}`,
    );
    this.#check(
      account === 'REDEEMED' || ownerId === key.issuerId,
      `entry ${seq}: ${ownerId} issues points of ${key.issuerId}`,
    );
  }

  /** Points go to breakage by EXPIRE alone, all that it says, and none before their day. */
  #checkExpiry({ seq, kind, points, postings, recordedMs }: PlacedEntry): void {
    const lapsed = postings.filter(({ account }) => account === 'BREAKAGE');
    if (kind !== 'EXPIRE') {
      const isBack = kind === 'REVERSE' && lapsed.every(({ amount }) => amount < 0);
      this.#check(lapsed.length === 0 || isBack, `entry ${seq}: ${kind} lets points lapse`);
      return;
    }
    const today = dayOf(new Date(recordedMs));
    const isDue = lapsed.every(({ key, amount }) => amount > 0 && key.expiresOn <= today);
    const taken = lapsed.reduce((all, { amount }) => all + amount, 0);
    const isPlain = postings.every(
      ({ account }) => account === 'AVAILABLE' || account === 'BREAKAGE',
    );
    this.#check(isDue && isPlain, `entry ${seq}: lets points lapse that are good`);
    this.#check(taken === points, `entry ${seq}: lets ${taken} points lapse, says ${points}`);
  }

  #checkBalanced(entry: Entry & Readonly<{ seq: number }>): void {
    const sums = new Map<string, number>();
    for (const { key, amount } of entry.postings) {
      add(sums, `${key.unit} of ${key.issuerId}`, amount);
    }
    for (const [what, total] of sums) {
      this.#check(false, `entry ${entry.seq}: ${what} is off by ${total}`);
    }
  }

  #followHold(entry: PlacedEntry): void {
    const { kind, holdId, walletId } = entry;
    if (holdId === null) return;
    const state = { HOLD: 'PLACED', CAPTURE: 'CAPTURED', RELEASE: 'RELEASED' }[String(kind)];
    const known = this.holds.get(holdId);
    const isOpen = known?.text.startsWith('PLACED') === true && known.walletId === walletId;
    this.#check(
      kind === 'HOLD' ? known === undefined : isOpen,
      `entry ${entry.seq}: hold ${holdId} is not open`,
    );
    const [, terms = ''] = known?.text.split('\n', 2) ?? [];
    const text = kind === 'HOLD' ? holdTerms(entry) : terms;
    this.holds.set(holdId, { walletId, text: `${state}\n${text}` });
  }

  #check(isRight: boolean, problem: string): void {
    if (!isRight) this.problems.push(problem);
  }
}

/** What of an accrual decides how it is taken back. */
export const accrualTerms = (
  accrual: Pick<PlacedEntry, 'seq' | 'walletId' | 'causeKind' | 'causeId'> &
    Readonly<{ lot: LotAmount }>,
): string => {
  const { seq, walletId, causeKind, causeId, lot } = accrual;
  return `${lot.points}: ${seq} ${walletId} ${causeKind} ${causeId} ${lotText(lot.key)}`;
};

/** What was agreed when a hold was placed. */
export const holdTerms = (
  hold: Readonly<{
    acceptorId: string | null;
    unit: string;
    points: number;
    holdExpiresMs: number | null;
  }>,
): string => `${hold.acceptorId} ${hold.unit} ${hold.points} ${hold.holdExpiresMs}`;

/** Adds to a sum, and forgets one that is zero. Answers the new sum. */
function add(sums: Map<string, number>, text: string, amount: number): number {
  const total = (sums.get(text) ?? 0) + amount;
  if (total === 0) sums.delete(text);
  else sums.set(text, total);
  return total;
}
