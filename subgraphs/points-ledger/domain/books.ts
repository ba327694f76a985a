import { assert } from '../../../shared/assert.ts';
import type { Day } from '../../../shared/calendar.ts';
import type { Rate } from './conversion.ts';
import type { Cover } from './cover.ts';
import { type LotAmount, type LotKey, lotText } from './lot.ts';
import { isClaimable, type PriceClass } from './price.ts';
import { emptyRegisters, type Month, type Registers } from './registers.ts';

/** The part of the books that a batch of commands is about. Changed in place by `apply`. */
export type Books = {
  wallets: Map<string, Wallet>;
  holds: Map<string, HoldState>;
  /** By `causeText`. In the order of the books. */
  accruals: Map<string, AccrualState[]>;
  /** By `causeText`. In the order of the books. */
  burns: Map<string, BurnState[]>;
  /** By case: those of the wallets that are frozen, lifted or deducted from. In the order of the books. */
  freezes: Map<string, FreezeState>;
  /** Into which others wallets were merged that the commands concern, and that are not among `wallets`. */
  merged: Map<string, string>;
  registers: Registers;
  /** By `rateText`, all versions. Read only for commands that need it; no command changes it. */
  rates: Map<string, readonly Rate[]>;
  /** By `coverText`. Of issuers that may not issue at will. */
  covers: Map<string, Cover>;
};

/** What a member has. The wallet is what is locked, and what has a version. */
export type Wallet = {
  readonly id: string;
  /** Grows by one with each entry. */
  version: number;
  /** How many cases freeze it at the moment. */
  freezes: number;
  /** The wallet that all of it went to, when the accounts of one member were merged. */
  mergedInto: string | null;
  readonly units: Map<string, UnitState>;
  /** What can be taken, by `lotText`. A lot that is used up is gone. */
  readonly lots: Map<string, LotAmount>;
  /** What is owed to issuers after returns, by `debtText`. A debt that is paid is gone. */
  readonly debts: Map<string, Debt>;
  /** What lapsed and is the issuers' now, by `lotText`. Read only for commands that need it. */
  readonly expired: Map<string, LotAmount>;
  /** What has not vested, by `lotText`. Read only for MERGE; without that it has only what changed. */
  readonly pending: Map<string, LotAmount>;
};

/** `available` counts lapsed lots too: they stay there until EXPIRE or REVERSE moves them. */
export type UnitState = { available: number; pending: number; held: number; debt: number };

export type Debt = Readonly<{
  unit: string;
  issuerId: string;
  priceClass: PriceClass;
  points: number;
}>;

export type HoldState = {
  readonly id: string;
  readonly walletId: string;
  readonly acceptorId: string;
  readonly unit: string;
  readonly points: number;
  readonly lots: readonly LotAmount[];
  /** From this instant on it cannot be captured. Milliseconds since 1970. */
  readonly expiresMs: number;
  /** Who set it aside from a family's pool, and in which month; else null. */
  readonly actorId: string | null;
  readonly month: Month | null;
  state: 'PLACED' | 'CAPTURED' | 'RELEASED';
};

/** Points that were accrued, and how many of them have been taken back since. */
export type AccrualState = {
  readonly entryId: string;
  readonly walletId: string;
  readonly causeKind: string;
  readonly causeId: string;
  /** Which line of the cause brought them; empty when it is not told apart. */
  readonly causeLine: string;
  readonly key: LotKey;
  readonly points: number;
  /** What of it has not vested yet. */
  pending: number;
  /** The day on which what is pending vests by itself; null: when it is said, or nothing is. */
  vestsOn: Day | null;
  reversed: number;
};

/** Points of one lot that were burnt by one entry, and how many of them were given back since. */
export type BurnState = {
  readonly entryId: string;
  readonly line: number;
  readonly walletId: string;
  readonly causeKind: string;
  readonly causeId: string;
  readonly acceptorId: string;
  readonly key: LotKey;
  readonly points: number;
  refunded: number;
};

/** What one case froze. */
export type FreezeState = {
  readonly caseId: string;
  readonly walletId: string;
  readonly evidenceHash: string;
  readonly placedEntryId: string;
  readonly placedOn: Day;
  /** Since when the wallet is frozen without a break, by this case or others. */
  readonly frozenSince: Day;
  liftedEntryId: string | null;
  liftedOn: Day | null;
  outcome: 'UNFOUNDED' | 'PROVEN' | null;
};

export const emptyBooks = (): Books => ({
  wallets: new Map(),
  holds: new Map(),
  accruals: new Map(),
  burns: new Map(),
  freezes: new Map(),
  merged: new Map(),
  registers: emptyRegisters(),
  rates: new Map(),
  covers: new Map(),
});

export const emptyWallet = (id: string): Wallet => ({
  id,
  version: 0,
  freezes: 0,
  mergedInto: null,
  units: new Map(),
  lots: new Map(),
  debts: new Map(),
  expired: new Map(),
  pending: new Map(),
});

export const causeText = (kind: string, id: string): string => `${kind}\n${id}`;

export const debtText = (debt: Omit<Debt, 'points'>): string =>
  `${debt.unit}\n${debt.issuerId}\n${debt.priceClass}`;

export function walletOf(books: Books, id: string): Wallet {
  const wallet = books.wallets.get(id);
  assert(wallet !== undefined, 'the wallets of a batch are read before it is applied');
  return wallet;
}

/**
 * Whose everything of a wallet is by now: its own, or that of the one that it was merged into. A wallet that
 * others were merged into is never merged itself, so one step is enough.
 */
export const ownerOf = ({ wallets, merged }: Books, walletId: string): string =>
  wallets.get(walletId)?.mergedInto ?? merged.get(walletId) ?? walletId;

export function unitOf(wallet: Wallet, unit: string): UnitState {
  let state = wallet.units.get(unit);
  if (state === undefined) {
    state = { available: 0, pending: 0, held: 0, debt: 0 };
    wallet.units.set(unit, state);
  }
  return state;
}

/** Whether so many more points fit into what can be counted, and into a claim on them. */
export function hasRoom(wallet: Wallet, { unit, priceClass }: LotKey, points: number): boolean {
  const { available = 0, pending = 0, held = 0 } = wallet.units.get(unit) ?? {};
  const total = BigInt(available) + BigInt(pending) + BigInt(held) + BigInt(points);
  return total <= BigInt(Number.MAX_SAFE_INTEGER) && isClaimable(Number(total), priceClass);
}

export const lotsOf = (wallet: Wallet, unit: string): LotAmount[] =>
  [...wallet.lots.values()].filter(({ key }) => key.unit === unit);

export const lotPoints = (wallet: Wallet, key: LotKey): number =>
  wallet.lots.get(lotText(key))?.points ?? 0;

export const expiredPoints = (wallet: Wallet, key: LotKey): number =>
  wallet.expired.get(lotText(key))?.points ?? 0;
