import { type Day, dayOf } from '../../../shared/calendar.ts';
import type { UnitState } from './books.ts';
import type { AccountKind } from './entry.ts';
import type { LotAmount } from './lot.ts';
import { isPool } from './registers.ts';
import type { SealedEntry } from './seal.ts';

export type Balances = {
  version: number;
  freezes: number;
  mergedInto: string | null;
  /** What lapsed of it and was not taken back since, of all units. */
  lapsed: number;
  units: Map<string, UnitState>;
};

export const fieldOf = {
  AVAILABLE: 'available',
  PENDING: 'pending',
  HELD: 'held',
  DEBT: 'debt',
} as const;

/** What is there is still to be given something for. */
export const openAccounts: ReadonlySet<AccountKind> = new Set(['AVAILABLE', 'PENDING', 'HELD']);

export type Posting = SealedEntry['postings'][number];

/** Where points came from or went to: what decides how they are taken or given back. */
type Origin = Readonly<{
  entryId: string;
  seq: number;
  walletId: string;
  causeKind: string;
  causeId: string;
  lot: LotAmount;
}>;

export type Accrued = Origin & { readonly causeLine: string } & {
  reversed: number;
  pending: number;
  vestsOn: Day | null;
};

export type Burnt = Origin & { readonly line: number; readonly acceptorId: string } & {
  refunded: number;
};

export type Held = {
  readonly walletId: string;
  readonly acceptorId: string | null;
  readonly unit: string;
  readonly points: number;
  readonly expiresMs: number | null;
  /** Of a family's pool: who set it aside, and in which month; that is what counts towards her cap. */
  readonly actorId: string | null;
  readonly month: number | null;
  readonly lots: readonly LotAmount[];
  state: string;
};

/** What was agreed when a hold was placed. */
export const heldBy = (entry: SealedEntry): Held => ({
  walletId: entry.walletId,
  acceptorId: entry.acceptorId,
  unit: entry.unit,
  points: entry.points,
  expiresMs: entry.holdExpiresMs,
  actorId: isPool(entry.walletId) ? entry.actorId : null,
  month: isPool(entry.walletId) ? Math.floor(dayOf(new Date(entry.recordedMs)) / 100) : null,
  lots: entry.postings.flatMap(({ account, key, amount }) =>
    account === 'HELD' ? [{ key, points: amount }] : [],
  ),
  state: 'PLACED',
});

export const sumOf = (postings: readonly Posting[], wanted: AccountKind): number =>
  postings.reduce((all, { account, amount }) => (account === wanted ? all + amount : all), 0);

/** Adds to a sum, and forgets one that is zero. Answers the new sum. */
export function add(sums: Map<string, number>, text: string, amount: number): number {
  const total = (sums.get(text) ?? 0) + amount;
  if (total === 0) sums.delete(text);
  else sums.set(text, total);
  return total;
}

/** Sums that are not zero, by who has them and what they are of: both texts are at hand, and none is made. */
export class Sums {
  readonly #all = new Map<string, Map<string, number>>();

  add(owner: string, text: string, amount: number): number {
    let own = this.#all.get(owner);
    if (own === undefined) {
      own = new Map();
      this.#all.set(owner, own);
    }
    const total = add(own, text, amount);
    if (own.size === 0) this.#all.delete(owner);
    return total;
  }

  get(owner: string, text: string): number {
    return this.#all.get(owner)?.get(text) ?? 0;
  }

  /** `owner` and `text` with a line feed between them, and the sum. */
  *entries(): Generator<[string, number]> {
    for (const [owner, own] of this.#all) {
      for (const [text, total] of own) yield [`${owner}\n${text}`, total];
    }
  }
}
