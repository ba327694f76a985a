import { type Day, dayOf } from '../../../shared/calendar.ts';
import { debtText, type UnitState } from './books.ts';
import type { AccountKind, Entry, Posting } from './entry.ts';
import { type LotAmount, type LotKey, lotText } from './lot.ts';
import { claimAmount, isClaimable } from './price.ts';
import { ReplayFreezes } from './replay-freezes.ts';
import type { PlacedEntry } from './seal.ts';

type Balances = {
  version: number;
  freezes: number;
  mergedInto: string | null;
  units: Map<string, UnitState>;
};

const fieldOf = {
  AVAILABLE: 'available',
  PENDING: 'pending',
  HELD: 'held',
  DEBT: 'debt',
} as const;

type Burnt = {
  readonly acceptorId: string;
  readonly lot: LotAmount;
  readonly terms: string;
  refunded: number;
};

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
  readonly accruals = new Map<
    string,
    { points: number; reversed: number; pending: number; vestsOn: Day | null; terms: string }
  >();
  /** By entry and line. */
  readonly burns = new Map<string, Burnt>();
  readonly freezes = new ReplayFreezes();
  postings = 0;

  add(entry: PlacedEntry): void {
    this.#change(entry.walletId, entry.walletVersion, entry.seq);
    if (entry.counterWalletId !== null) {
      this.#change(entry.counterWalletId, entry.counterVersion, entry.seq);
    }
    for (const problem of this.freezes.follow(entry)) {
      this.problems.push(`entry ${entry.seq}: ${problem}`);
    }
    this.#wallet(entry.walletId).freezes = this.freezes.countOf(entry.walletId);
    for (const posting of entry.postings) this.#post(entry, posting);
    this.#checkBalanced(entry);
    this.#checkExpiry(entry);
    this.#followHold(entry);
    if (entry.kind === 'ACCRUE') this.#addAccrual(entry);
    if (entry.kind === 'VEST') this.#vest(entry);
    if (entry.kind === 'BURN' || entry.kind === 'CAPTURE') this.#addBurns(entry);
    if (entry.kind === 'REFUND') this.#refund(entry);
    else this.#takeBack(entry);
  }

  #wallet(id: string): Balances {
    let wallet = this.wallets.get(id);
    if (wallet === undefined) {
      wallet = { version: 0, freezes: 0, mergedInto: null, units: new Map() };
      this.wallets.set(id, wallet);
    }
    return wallet;
  }

  #change(id: string, version: number | null, seq: number): void {
    const wallet = this.#wallet(id);
    wallet.version += 1;
    this.#check(
      version === wallet.version,
      `entry ${seq}: version ${version} of wallet ${id} should be ${wallet.version}`,
    );
  }

  #takeBack({ seq, postings, reversals }: PlacedEntry): void {
    // What had not vested is taken first, of each accrual in its turn.
    let vested = -sumOf(postings, 'PENDING');
    for (const { accrualId, points } of reversals) {
      const accrual = this.accruals.get(accrualId);
      if (accrual !== undefined) {
        accrual.reversed += points;
        const pending = Math.min(vested, accrual.pending, points);
        accrual.pending -= pending;
        if (accrual.pending === 0) accrual.vestsOn = null;
        vested -= pending;
      }
      this.#check(
        accrual !== undefined && accrual.reversed <= accrual.points,
        `entry ${seq}: takes back more than accrual ${accrualId} brought`,
      );
    }
  }

  #vest({ seq, walletId, postings, detail }: PlacedEntry): void {
    const id = String(detail?.accrualId);
    const accrual = this.accruals.get(id);
    const points = -sumOf(postings, 'PENDING');
    this.#check(
      accrual !== undefined && accrual.pending === points,
      `entry ${seq}: ${points} of accrual ${id} in ${walletId} are not what was pending`,
    );
    if (accrual === undefined) return;
    accrual.pending = 0;
    accrual.vestsOn = null;
  }

  #addBurns(entry: PlacedEntry): void {
    const burnt = entry.postings.filter(({ account }) => account === 'REDEEMED');
    for (const [line, { key, amount, ownerId }] of burnt.entries()) {
      const lot = { key, points: amount };
      const terms = burnTerms({ ...entry, acceptorId: ownerId, lot });
      this.burns.set(`${entry.id}\n${line}`, { acceptorId: ownerId, lot, terms, refunded: 0 });
    }
  }

  /** Each line that a merchant gives back is found among what the entry says was burnt. */
  #refund({ seq, postings, reversals }: PlacedEntry): void {
    const given = postings.filter(({ account, amount }) => account === 'REDEEMED' && amount < 0);
    let next = 0;
    for (const { accrualId: burnId, points } of reversals) {
      let left = points;
      while (left > 0 && next < given.length) {
        const { ownerId, key, amount = 0 } = given[next] ?? {};
        next += 1;
        left += amount;
        const burn = this.#burnOf(burnId, ownerId, key);
        if (burn !== undefined) burn.refunded -= amount;
        this.#check(
          burn !== undefined && burn.refunded <= burn.lot.points,
          `entry ${seq}: gives back more than ${burnId} burnt`,
        );
      }
      this.#check(left === 0, `entry ${seq}: does not give ${points} back of ${burnId}`);
    }
    const isAll = next === given.length && reversals.length > 0;
    this.#check(isAll, `entry ${seq}: gives back what nobody burnt`);
  }

  #burnOf(id: string, acceptorId: string | undefined, key: LotKey | undefined): Burnt | undefined {
    for (let line = 0; ; line += 1) {
      const burn = this.burns.get(`${id}\n${line}`);
      if (burn === undefined || key === undefined) return undefined;
      if (burn.acceptorId === acceptorId && lotText(burn.lot.key) === lotText(key)) return burn;
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
    const { causeLine, vestsOn } = entry.detail ?? {};
    const terms = accrualTerms({
      ...entry,
      causeLine: String(causeLine ?? ''),
      lot: { key: issued.key, points },
    });
    const pending = sumOf(entry.postings, 'PENDING');
    this.accruals.set(entry.id, {
      points,
      reversed: 0,
      pending,
      vestsOn: pending > 0 && typeof vestsOn === 'number' ? vestsOn : null,
      terms,
    });
  }

  #post(entry: PlacedEntry, posting: Posting): void {
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
    const isOwn = ownerId === entry.walletId || ownerId === entry.counterWalletId;
    this.#check(isOwn, `entry ${entry.seq}: posts to another wallet`);
    const wallet = this.#wallet(ownerId);
    const unit = wallet.units.get(key.unit) ?? { available: 0, pending: 0, held: 0, debt: 0 };
    wallet.units.set(key.unit, unit);
    const sign = account === 'DEBT' ? -1 : 1;
    unit[fieldOf[account]] += sign * amount;
    const balance = sign * unit[fieldOf[account]];
    this.#check(
      posting.balanceAfter === balance,
      `entry ${entry.seq}: ${account} of ${ownerId} is ${posting.balanceAfter}, should be ${balance}`,
    );
    // What is pending is kept by accrual.
    if (account === 'PENDING') return;
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
    const today = dayOf(new Date(recordedMs));
    const isDue = lapsed.every(({ key, amount }) => amount > 0 && key.expiresOn <= today);
    if (kind !== 'EXPIRE') {
      const mayBeBack = kind === 'REVERSE' || kind === 'EXTEND' || kind === 'DEDUCT';
      const isBack = mayBeBack && lapsed.every(({ amount }) => amount < 0);
      this.#check(lapsed.length === 0 || isBack, `entry ${seq}: ${kind} lets points lapse`);
      return;
    }
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
export const accrualTerms = (accrual: Origin & Readonly<{ causeLine: string }>): string =>
  `${originTerms(accrual)} ${accrual.causeLine}`;

/** What of a burn decides how it is given back. */
export const burnTerms = (burn: Origin & Readonly<{ acceptorId: string }>): string =>
  `${originTerms(burn)} ${burn.acceptorId}`;

type Origin = Pick<PlacedEntry, 'seq' | 'walletId' | 'causeKind' | 'causeId'> &
  Readonly<{ lot: LotAmount }>;

const originTerms = ({ seq, walletId, causeKind, causeId, lot }: Origin): string =>
  `${lot.points}: ${seq} ${walletId} ${causeKind} ${causeId} ${lotText(lot.key)}`;

const sumOf = (postings: readonly Posting[], wanted: AccountKind): number =>
  postings.reduce((all, { account, amount }) => (account === wanted ? all + amount : all), 0);

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
