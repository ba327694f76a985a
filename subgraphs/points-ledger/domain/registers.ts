import type { Day } from '../../../shared/calendar.ts';
import type { LotKey } from './lot.ts';

/** Who may be given points of a programme: nobody, one's family, or those whom a member has registered. */
export type TransferRule = 'NONE' | 'FAMILY' | 'REGISTERED';

/** What the issuer of a unit allows. One that said nothing allows no transfer (S37). */
export type Programme = Readonly<{
  transfer: TransferRule;
  /** For how many days somebody must have been family or registered before points may go to her (TV12). */
  effectiveAfterDays: number;
  /** Grows with each change. */
  version: number;
}>;

/** A member belongs to one family at a time. */
export type Membership = Readonly<{ poolId: string; since: Day }>;

/** How many points of a unit a member may spend from a pool in a calendar month, and what she has. */
export type SpendingCap = { readonly points: number; readonly spent: Map<Month, number> };

/** 202611 is November 2026, on the alliance's calendar. */
export type Month = number;

export const monthOf = (day: Day): Month => Math.floor(day / 100);

/**
 * What decides commands and does not follow from the journal. Read with the wallets of a batch, under their
 * locks; changed by commands of their own.
 */
export type Registers = {
  /** By `programmeText`. */
  readonly programmes: Map<string, Programme>;
  /** By member. */
  readonly memberships: Map<string, Membership>;
  /** By `transfereeText`: since when. */
  readonly transferees: Map<string, Day>;
  /** By `capText`. A member without a cap may spend all there is. */
  readonly caps: Map<string, SpendingCap>;
  /** Wallets against which a case is open, whether it froze them yet or not. Read for MERGE. */
  readonly openCases: Set<string>;
};

export const emptyRegisters = (): Registers => ({
  programmes: new Map(),
  memberships: new Map(),
  transferees: new Map(),
  caps: new Map(),
  openCases: new Set(),
});

export const programmeText = ({ issuerId, unit }: Pick<LotKey, 'issuerId' | 'unit'>): string =>
  `${unit}\n${issuerId}`;

export const transfereeText = (
  walletId: string,
  otherId: string,
  programme: Pick<LotKey, 'issuerId' | 'unit'>,
): string => `${walletId}\n${otherId}\n${programmeText(programme)}`;

export const capText = (poolId: string, memberId: string, unit: string): string =>
  `${poolId}\n${memberId}\n${unit}`;

const POOL = 'pool:';

/** The wallet of a family. */
export const poolOf = (familyId: string): string => `${POOL}${familyId}`;

/** Whether a wallet is a family's and not a member's. */
export const isPool = (walletId: string): boolean => walletId.startsWith(POOL);

export const familyOf = (poolId: string): string => poolId.slice(POOL.length);
