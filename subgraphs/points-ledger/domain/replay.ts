import { debtText } from './books.ts';
import { type LotKey, lotText } from './lot.ts';
import { conversionProblem } from './replay-conversion.ts';
import { expiryProblem } from './replay-expiry.ts';
import { ReplayFreezes } from './replay-freezes.ts';
import { imbalances, merchantProblem } from './replay-lines.ts';
import { addressProblem, lapsedOf, leftOf, mergeProblem } from './replay-merges.ts';
import { moveProblem } from './replay-moves.ts';
import {
  type Accrued,
  type Balances,
  type Burnt,
  fieldOf,
  type Held,
  heldBy,
  openAccounts,
  type Posting,
  Sums,
  sumOf,
} from './replayed.ts';
import type { SealedEntry } from './seal.ts';

/**
 * The books made again from nothing but the journal, one entry after the other. It shares no code
 * with `apply` that decides anything, so that a mistake there does not excuse itself here.
 */
export class Replay {
  readonly problems: string[] = [];
  readonly wallets = new Map<string, Balances>();
  /** By wallet and `lotText`. */
  readonly lots = new Sums();
  /** By wallet and `debtText`. */
  readonly debts = new Sums();
  /** By wallet and `lotText`: what lapsed and was not taken back since. */
  readonly expired = new Sums();
  /** By hold and `lotText`: what is still set aside. */
  readonly heldLots = new Sums();
  readonly holds = new Map<string, Held>();
  readonly accruals = new Map<string, Accrued>();
  /** By entry, in the order of its lines. */
  readonly burns = new Map<string, Burnt[]>();
  /** By issuer and unit: what is in wallets or was accepted by others. */
  readonly open = new Sums();
  readonly freezes = new ReplayFreezes();
  /** The balances after each line of the newest entry; null for a merchant's. */
  balances: (number | null)[] = [];
  postings = 0;
  reversals = 0;
  /** The texts of keys: many lines share one. */
  readonly #texts = new WeakMap<LotKey, string>();

  add(entry: SealedEntry): void {
    this.balances = [];
    this.reversals += entry.reversals.length;
    this.#change(entry.walletId, entry.walletVersion, entry.seq);
    if (entry.counterWalletId !== null) {
      this.#change(entry.counterWalletId, entry.counterVersion, entry.seq);
    }
    for (const problem of this.freezes.follow(entry)) {
      this.problems.push(`entry ${entry.seq}: ${problem}`);
    }
    this.#wallet(entry.walletId).freezes = this.freezes.countOf(entry.walletId);
    for (const posting of entry.postings) this.#post(entry, posting);
    for (const off of imbalances(entry)) this.problems.push(`entry ${entry.seq}: ${off}`);
    const expiry = expiryProblem(entry);
    this.#check(expiry === null, () => `entry ${entry.seq}: ${expiry}`);
    this.#followHold(entry);
    const problem = moveProblem(entry);
    this.#check(problem === null, () => `entry ${entry.seq}: ${problem}`);
    const misconverted = entry.kind === 'CONVERT' ? conversionProblem(entry) : null;
    this.#check(misconverted === null, () => `entry ${entry.seq}: ${misconverted}`);
    if (entry.kind === 'MERGE') this.#merge(entry);
    const misaddressed = addressProblem(entry, this.wallets);
    this.#check(misaddressed === null, () => `entry ${entry.seq}: ${misaddressed}`);
    if (entry.kind === 'ACCRUE') this.#addAccrual(entry);
    if (entry.kind === 'VEST') this.#vest(entry);
    if (entry.kind === 'BURN' || entry.kind === 'CAPTURE') this.#addBurns(entry);
    if (entry.kind === 'REFUND') this.#refund(entry);
    else this.#takeBack(entry);
  }

  #wallet(id: string): Balances {
    let wallet = this.wallets.get(id);
    if (wallet === undefined) {
      wallet = { version: 0, freezes: 0, mergedInto: null, lapsed: 0, units: new Map() };
      this.wallets.set(id, wallet);
    }
    return wallet;
  }

  #change(id: string, version: number | null, seq: number): void {
    const wallet = this.#wallet(id);
    wallet.version += 1;
    this.#check(
      version === wallet.version,
      () => `entry ${seq}: version ${version} of wallet ${id} should be ${wallet.version}`,
    );
    this.#check(wallet.mergedInto === null, () => `entry ${seq}: wallet ${id} was merged`);
  }

  /** Nothing is left of the one wallet, and it never comes back. */
  #merge(entry: SealedEntry): void {
    const wallet = this.#wallet(entry.walletId);
    const problem = mergeProblem(entry, this.freezes) ?? leftOf(wallet);
    this.#check(problem === null, () => `entry ${entry.seq}: ${problem}`);
    wallet.mergedInto = entry.counterWalletId;
  }

  #takeBack({ seq, postings, reversals }: SealedEntry): void {
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
        accrual !== undefined && accrual.reversed <= accrual.lot.points,
        () => `entry ${seq}: takes back more than accrual ${accrualId} brought`,
      );
    }
  }

  #vest({ seq, walletId, postings, detail }: SealedEntry): void {
    const id = String(detail?.accrualId);
    const accrual = this.accruals.get(id);
    const points = -sumOf(postings, 'PENDING');
    this.#check(
      accrual !== undefined && accrual.pending === points,
      () => `entry ${seq}: ${points} of accrual ${id} in ${walletId} are not what was pending`,
    );
    if (accrual === undefined) return;
    accrual.pending = 0;
    accrual.vestsOn = null;
  }

  #addBurns(entry: SealedEntry): void {
    const { id, seq, walletId, causeKind, causeId } = entry;
    const burnt: Burnt[] = [];
    for (const { account, key, amount, ownerId } of entry.postings) {
      if (account !== 'REDEEMED') continue;
      burnt.push({
        entryId: id,
        seq,
        walletId,
        causeKind,
        causeId,
        lot: { key, points: amount },
        line: burnt.length,
        acceptorId: ownerId,
        refunded: 0,
      });
    }
    this.burns.set(id, burnt);
  }

  /** Each line that a merchant gives back is found among what the entry says was burnt. */
  #refund({ seq, postings, reversals }: SealedEntry): void {
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
          () => `entry ${seq}: gives back more than ${burnId} burnt`,
        );
      }
      this.#check(left === 0, () => `entry ${seq}: does not give ${points} back of ${burnId}`);
    }
    const isAll = next === given.length && reversals.length > 0;
    this.#check(isAll, () => `entry ${seq}: gives back what nobody burnt`);
  }

  #burnOf(id: string, acceptorId: string | undefined, key: LotKey | undefined): Burnt | undefined {
    if (key === undefined) return undefined;
    return this.burns
      .get(id)
      ?.find((burn) => burn.acceptorId === acceptorId && lotText(burn.lot.key) === lotText(key));
  }

  #addAccrual(entry: SealedEntry): void {
    const [issued] = entry.postings;
    const { points } = entry;
    this.#check(
      issued?.account === 'OUTSTANDING' && issued.amount === -points,
      () => `entry ${entry.seq}: does not issue its ${points} points`,
    );
    if (issued === undefined) return;
    const { causeLine, vestsOn } = entry.detail ?? {};
    const pending = sumOf(entry.postings, 'PENDING');
    const { id, seq, walletId, causeKind, causeId } = entry;
    this.accruals.set(id, {
      entryId: id,
      seq,
      walletId,
      causeKind,
      causeId,
      lot: { key: issued.key, points },
      causeLine: String(causeLine ?? ''),
      reversed: 0,
      pending,
      vestsOn: pending > 0 && typeof vestsOn === 'number' ? vestsOn : null,
    });
  }

  #post(entry: SealedEntry, posting: Posting): void {
    this.postings += 1;
    const { account, key, amount, ownerId } = posting;
    const isOut = openAccounts.has(account) || (account === 'REDEEMED' && ownerId !== key.issuerId);
    if (isOut) this.open.add(key.issuerId, key.unit, amount);
    if (account === 'BREAKAGE') {
      const lapsedIn = lapsedOf(entry, amount);
      this.#wallet(lapsedIn).lapsed += amount;
      const left = this.expired.add(lapsedIn, this.#textOf(key), amount);
      this.#check(left >= 0, () => `entry ${entry.seq}: takes back more than lapsed`);
    }
    if (account === 'OUTSTANDING' || account === 'REDEEMED' || account === 'BREAKAGE') {
      this.balances.push(null);
      const wrong = merchantProblem(posting);
      this.#check(wrong === null, () => `entry ${entry.seq}: ${wrong}`);
      return;
    }
    const isOwn = ownerId === entry.walletId || ownerId === entry.counterWalletId;
    this.#check(isOwn, () => `entry ${entry.seq}: posts to another wallet`);
    const wallet = this.#wallet(ownerId);
    const unit = wallet.units.get(key.unit) ?? { available: 0, pending: 0, held: 0, debt: 0 };
    wallet.units.set(key.unit, unit);
    const sign = account === 'DEBT' ? -1 : 1;
    unit[fieldOf[account]] += sign * amount;
    const balance = sign * unit[fieldOf[account]];
    this.balances.push(balance);
    const { balanceAfter = balance } = posting;
    this.#check(
      balanceAfter === balance,
      () =>
        `entry ${entry.seq}: ${account} of ${ownerId} is ${posting.balanceAfter}, should be ${balance}`,
    );
    // What is pending is kept by accrual.
    if (account === 'PENDING') return;
    const [sums, text] =
      account === 'AVAILABLE'
        ? [this.lots, this.#textOf(key)]
        : account === 'HELD'
          ? [this.heldLots, this.#textOf(key)]
          : [this.debts, debtText(key)];
    const owner = account === 'HELD' ? String(entry.holdId) : ownerId;
    const left = sums.add(owner, text, sign * amount);
    this.#check(left >= 0, () => `entry ${entry.seq}: ${account} of ${ownerId} falls below zero`);
  }

  #followHold(entry: SealedEntry): void {
    const { kind, holdId, walletId } = entry;
    if (holdId === null) return;
    const known = this.holds.get(holdId);
    if (kind === 'HOLD') {
      this.#check(known === undefined, () => `entry ${entry.seq}: hold ${holdId} is there already`);
      this.holds.set(holdId, heldBy(entry));
      return;
    }
    const isOpen = known?.state === 'PLACED' && known.walletId === walletId;
    this.#check(isOpen, () => `entry ${entry.seq}: hold ${holdId} is not open`);
    if (known === undefined) return;
    known.state = { CAPTURE: 'CAPTURED', RELEASE: 'RELEASED' }[String(kind)] ?? 'PLACED';
    const isEmpty = known.lots.every(({ key }) => this.heldLots.get(holdId, lotText(key)) === 0);
    this.#check(isEmpty, () => `entry ${entry.seq}: leaves something of hold ${holdId}`);
  }

  #textOf(key: LotKey): string {
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = lotText(key);
      this.#texts.set(key, text);
    }
    return text;
  }

  /** A text is made only when it is needed: there are many checks for each entry. */
  #check(isRight: boolean, problem: () => string): void {
    if (!isRight) this.problems.push(problem());
  }
}
