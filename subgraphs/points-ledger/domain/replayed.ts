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

export const originOf = (
  { id, seq, walletId, causeKind, causeId }: SealedEntry,
  lot: LotAmount,
): Origin => ({ entryId: id, seq, walletId, causeKind, causeId, lot });

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
