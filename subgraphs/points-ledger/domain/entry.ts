import { assert } from '../../../shared/assert.ts';
import { NEVER } from '../../../shared/calendar.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { debtText, expiredPoints, lotPoints, unitOf, type Wallet } from './books.ts';
import type { PointsCommand } from './command.ts';
import { type LotKey, lotText } from './lot.ts';
import { claimAmount, type Money, type PriceClass } from './price.ts';

export type AccountKind =
  | 'OUTSTANDING'
  | 'AVAILABLE'
  | 'PENDING'
  | 'HELD'
  | 'DEBT'
  | 'REDEEMED'
  | 'BREAKAGE';

/** Whether an account is a merchant's. Those keep no balance, so that nobody waits for another. */
export const isMerchants = (account: AccountKind): boolean =>
  account === 'OUTSTANDING' || account === 'REDEEMED' || account === 'BREAKAGE';

/** One signed line of an entry. */
export type Posting = Readonly<{
  account: AccountKind;
  /** The merchant for OUTSTANDING, REDEEMED and BREAKAGE; else the wallet, which may be the other one. */
  ownerId: string;
  key: LotKey;
  amount: number;
  /** The balance of this account and unit of the wallet after this line; null for a merchant's. */
  balanceAfter: number | null;
  /** What the issuer owes the acceptor for this line; null where nobody owes anybody. */
  claim: Money | null;
}>;

/** One event in the books. */
export type Entry = Readonly<{
  id: string;
  kind: PointsCommand['kind'];
  walletId: string;
  /** The wallet's version after it. */
  walletVersion: number;
  /** Where points went to or came from, when that is another wallet, and its version after it. */
  counterWalletId: string | null;
  counterVersion: number | null;
  /** Who acted, when that is not the member whose wallet it is: who spends from a family's pool. */
  actorId: string | null;
  unit: string;
  points: number;
  causeKind: string;
  causeId: string;
  ruleVersion: string | null;
  reversesId: string | null;
  holdId: string | null;
  /** BURN, HOLD, CAPTURE: who accepts the points. */
  acceptorId: string | null;
  /** HOLD: from when on it cannot be captured. Milliseconds since 1970. */
  holdExpiresMs: number | null;
  postings: readonly Posting[];
  /** REVERSE: how much was taken back of which accrual. REFUND: given back of which burn. */
  reversals: readonly Reversal[];
  /** What else was decided, by kind (see the commands). Sealed with the rest. */
  detail: Detail | null;
}>;

/** `accrualId` is the entry whose points these were: an accrual, or for REFUND a burn. */
export type Reversal = Readonly<{ accrualId: string; points: number }>;

/** Plain facts by name. */
export type Detail = Readonly<Record<string, string | number | null>>;

/** The lines of an entry in the making. Each changes the wallet as it is written, so they agree. */
export class Lines {
  readonly postings: Posting[];
  readonly #wallet: Wallet;

  constructor(wallet: Wallet, postings: Posting[] = []) {
    this.#wallet = wallet;
    this.postings = postings;
  }

  /** Lines of another wallet in the same entry. */
  in(wallet: Wallet): Lines {
    return new Lines(wallet, this.postings);
  }

  outstanding(key: LotKey, amount: number): void {
    this.#merchant('OUTSTANDING', key.issuerId, key, amount, null);
  }

  /**
   * The acceptor took points, or with a minus gave them back; when another merchant issued them, that one
   * owes for them.
   */
  redeemed(acceptorId: string, key: LotKey, amount: number): void {
    const isOwn = acceptorId === key.issuerId;
    const claim = isOwn ? null : claimAmount(amount, key.priceClass);
    this.#merchant('REDEEMED', acceptorId, key, amount, claim);
  }

  /** Points that lapsed fall to who issued them; a return takes them from there. */
  breakage(key: LotKey, amount: number): void {
    const points = expiredPoints(this.#wallet, key) + amount;
    assert(points >= 0, 'no more is taken from breakage than lapsed');
    if (points === 0) this.#wallet.expired.delete(lotText(key));
    else this.#wallet.expired.set(lotText(key), { key, points });
    this.#merchant('BREAKAGE', key.issuerId, key, amount, null);
  }

  available(key: LotKey, amount: number): void {
    const points = lotPoints(this.#wallet, key) + amount;
    assert(points >= 0, 'a lot is never overdrawn');
    if (points === 0) this.#wallet.lots.delete(lotText(key));
    else this.#wallet.lots.set(lotText(key), { key, points });
    this.#member('AVAILABLE', key, amount);
  }

  held(key: LotKey, amount: number): void {
    this.#member('HELD', key, amount);
  }

  /** Granted, and not to be spent before it vests. */
  pending(key: LotKey, amount: number): void {
    const points = (this.#wallet.pending.get(lotText(key))?.points ?? 0) + amount;
    if (points === 0) this.#wallet.pending.delete(lotText(key));
    else this.#wallet.pending.set(lotText(key), { key, points });
    this.#member('PENDING', key, amount);
  }

  /** `amount` above zero is owed from now on, below zero it is paid. */
  owed(unit: string, issuerId: string, priceClass: PriceClass, amount: number): void {
    const text = debtText({ unit, issuerId, priceClass });
    const points = (this.#wallet.debts.get(text)?.points ?? 0) + amount;
    assert(points >= 0, 'no more debt is paid than there is');
    if (points === 0) this.#wallet.debts.delete(text);
    else this.#wallet.debts.set(text, { unit, issuerId, priceClass, points });
    // In the books a debt is a negative balance of the member.
    this.#member('DEBT', debtKey(unit, issuerId, priceClass), -amount);
  }

  #merchant(
    account: AccountKind,
    ownerId: string,
    key: LotKey,
    amount: number,
    claim: Money | null,
  ): void {
    this.postings.push({ account, ownerId, key, amount, balanceAfter: null, claim });
  }

  #member(account: keyof typeof fields, key: LotKey, amount: number): void {
    const state = unitOf(this.#wallet, key.unit);
    const field = fields[account];
    const sign = account === 'DEBT' ? -1 : 1;
    state[field] = toSafeInteger(state[field] + sign * amount);
    assert(state[field] >= 0, `${field} is never negative`);
    const balanceAfter = account === 'DEBT' ? 0 - state[field] : state[field];
    this.postings.push({
      account,
      ownerId: this.#wallet.id,
      key,
      amount,
      balanceAfter,
      claim: null,
    });
  }
}

const fields = {
  AVAILABLE: 'available',
  PENDING: 'pending',
  HELD: 'held',
  DEBT: 'debt',
} as const;

/** A debt is of no lot: what matters is to whom it is owed and at which price. */
export const debtKey = (unit: string, issuerId: string, priceClass: PriceClass): LotKey => ({
  unit,
  issuerId,
  expiresOn: NEVER,
  priceClass,
  contributor: '',
  useScope: '',
});
