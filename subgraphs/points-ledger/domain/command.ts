import type { Day } from '../../../shared/calendar.ts';
import type { PriceClass } from './price.ts';
import { isPool } from './registers.ts';

/**
 * What may be asked of the books. Checked for form already (`readCommand`). Nobody but the ledger
 * itself asks for CONVERT, EXPIRE, FREEZE, LIFT, DEDUCT and MERGE. What is optional is left out and not null:
 * commands are compared by their text,
 * and one that was answered before there was such a thing must still be the same.
 */
export type PointsCommand =
  | Accrue
  | Vest
  | Burn
  | Hold
  | Capture
  | Release
  | Reverse
  | Refund
  | Extend
  | Convert
  | Expire
  | Freeze
  | Lift
  | Deduct
  | Transfer
  | Contribute
  | Withdraw
  | Merge;

/** The wallets that a command may change: all are locked before it is applied. */
export function walletsOf(command: PointsCommand): string[] {
  const { walletId } = command;
  if ('counterWalletId' in command) return [walletId, command.counterWalletId];
  // Who spends from a family's pool may be frozen herself.
  const actorId = 'actorId' in command ? command.actorId : undefined;
  return actorId !== undefined && isPool(walletId) ? [walletId, actorId] : [walletId];
}

type Common = Readonly<{
  /** The member whose points these are. */
  walletId: string;
  causeKind: string;
  causeId: string;
  ruleVersion: string | null;
}>;

/** Points enter a wallet, promised by their issuer. */
export type Accrue = Common &
  Readonly<{
    kind: 'ACCRUE';
    unit: string;
    points: number;
    issuerId: string;
    expiresOn: Day;
    priceClass: PriceClass;
    /** What alone the points are good for; without it: everything. */
    useScope?: string;
    /** Which line of the cause brought them, so that it can be taken back by itself. */
    causeLine?: string;
    /** Until then the points are pending; ON_EVENT: until a VEST says so; without it: not at all. */
    vestsOn?: Day | 'ON_EVENT';
  }>;

/** What is still pending of an accrual can be spent from now on. */
export type Vest = Common & Readonly<{ kind: 'VEST'; accrualId: string }>;

/** What points are to pay for, and who decides to spend them. */
type Spending = Readonly<{
  unit: string;
  points: number;
  acceptorId: string;
  /** Points that are good for one thing only pay as well when that is among these. */
  scopes?: readonly string[];
  /** Who spends, when that is not the member whose wallet it is. */
  actorId?: string;
}>;

/** Points leave a wallet for value at `acceptorId`, in one step. */
export type Burn = Common & Spending & Readonly<{ kind: 'BURN' }>;

/** Points are set aside, so that the capture cannot fail for want of them. */
export type Hold = Common &
  Spending &
  Readonly<{
    kind: 'HOLD';
    holdId: string;
    holdMinutes: number;
  }>;

/** What was set aside is burnt, all of it. */
export type Capture = Common & Readonly<{ kind: 'CAPTURE'; holdId: string }>;

/** What was set aside goes back to its lots. */
export type Release = Common & Readonly<{ kind: 'RELEASE'; holdId: string }>;

/** Some or all of an earlier accrual is taken back. */
export type Reverse = Common &
  Readonly<{
    kind: 'REVERSE';
    unit: string;
    points: number;
    issuerId: string;
    /** The purchase whose accrual it was. */
    reversesId: string;
    /** The line of the purchase; without it: any of them. */
    causeLine?: string;
  }>;

/** Some or all of what was burnt for a redemption goes back to its lots, what lapses last first. */
export type Refund = Common &
  Readonly<{
    kind: 'REFUND';
    unit: string;
    points: number;
    /** The redemption that they paid for. */
    refundsId: string;
    /**
     * For how many days from now points are good whose lot has lapsed meanwhile; null: those lapse, which
     * the terms of the programme must have said (R6).
     */
    extendDays: number | null;
    /** For how many months from now all that goes back is good at least, when the merchant is at fault (TV11). */
    goodForMonths?: number;
  }>;

/** Points of one issuer and day of expiry are good for longer, also when they have lapsed. */
export type Extend = Common &
  Readonly<{
    kind: 'EXTEND';
    unit: string;
    issuerId: string;
    expiresOn: Day;
    toExpiresOn: Day;
  }>;

/** Points become points of another unit of the same issuer, as far as its rate divides them. */
export type Convert = Common &
  Readonly<{ kind: 'CONVERT'; unit: string; points: number; toUnit: string }>;

/** What of a wallet and unit has lapsed goes to its issuers. */
export type Expire = Common &
  Readonly<{
    kind: 'EXPIRE';
    unit: string;
    /** The business day of the run: lots whose first day without use is this one or earlier. */
    day: Day;
  }>;

/** A case freezes the wallet: nothing leaves it by the will of its owner (S38). */
export type Freeze = Common &
  Readonly<{
    kind: 'FREEZE';
    caseId: string;
    /** SHA-256 of the evidence, hexadecimal. */
    evidenceHash: string;
  }>;

/** A case freezes the wallet no longer. One that was unfounded gives the lost time back. */
export type Lift = Common &
  Readonly<{ kind: 'LIFT'; caseId: string; outcome: 'UNFOUNDED' | 'PROVEN' }>;

/** Points that a case proved to have been gained wrongly are taken back. */
export type Deduct = Common &
  Readonly<{
    kind: 'DEDUCT';
    caseId: string;
    unit: string;
    /** How much of which accrual; each accrual once. */
    parts: readonly Readonly<{ accrualId: string; points: number }>[];
  }>;

/** Points go to another member whom their issuer's rule allows. */
export type Transfer = Common &
  Readonly<{ kind: 'TRANSFER'; counterWalletId: string; unit: string; points: number }>;

/** A member puts points into the pool of her family (`counterWalletId`). */
export type Contribute = Common &
  Readonly<{ kind: 'CONTRIBUTE'; counterWalletId: string; unit: string; points: number }>;

/** Points go back from a pool to the member who put them there. */
export type Withdraw = Common &
  Readonly<{
    kind: 'WITHDRAW';
    counterWalletId: string;
    unit: string;
    /** Without it: all that she has there. */
    points?: number;
  }>;

/** All of one account becomes that of another one (`counterWalletId`) of the same person, for ever. */
export type Merge = Common & Readonly<{ kind: 'MERGE'; counterWalletId: string }>;

export type RefusalCode =
  | 'INSUFFICIENT_POINTS'
  | 'HOLD_NOT_FOUND'
  | 'HOLD_RESOLVED'
  | 'HOLD_EXPIRED'
  | 'NOTHING_TO_REVERSE'
  | 'REVERSAL_EXCEEDS'
  | 'NOTHING_TO_VEST'
  | 'VESTS_LATER'
  | 'NOTHING_TO_REFUND'
  | 'REFUND_EXCEEDS'
  | 'NOTHING_TO_EXTEND'
  | 'SHORTENS_EXPIRY'
  | 'NO_CONVERSION_RATE'
  | 'NOTHING_TO_CONVERT'
  | 'NOTHING_TO_EXPIRE'
  | 'ISSUER_CAP_REACHED'
  | 'FREEZE_EXISTS'
  | 'FREEZE_NOT_OPEN'
  | 'NOTHING_TO_DEDUCT'
  | 'DEDUCTION_EXCEEDS'
  | 'NOT_TRANSFERABLE'
  | 'NOT_FAMILY'
  | 'NOT_TRANSFEREE'
  | 'TRANSFEREE_NOT_YET'
  | 'TRANSFER_TO_SELF'
  | 'POOL_WALLET'
  | 'NOT_IN_FAMILY'
  | 'SPENDING_CAP_EXCEEDED'
  | 'NOTHING_TO_WITHDRAW'
  | 'WALLET_FROZEN'
  | 'WALLET_MERGED'
  | 'HAS_MERGED'
  | 'MERGE_INTO_SELF'
  | 'HOLD_OPEN'
  | 'IN_FAMILY'
  | 'POINTS_OVERFLOW'
  | 'INVALID_COMMAND'
  | 'IDEMPOTENCY_KEY_REUSED';

/** What is answered and remembered under the key. Plain JSON. */
export type Outcome = Readonly<{
  status: 'ACCEPTED' | 'REFUSED';
  code: RefusalCode | null;
  entryId: string | null;
  points: number | null;
  /** What can be spent of the unit after this. */
  available: number | null;
  missing: number | null;
  /** REVERSE: what became debt. Of points that came in: what paid debt. */
  debt: number | null;
  /** Whose wallet it acted on, when the account that it named was merged into that one; else left out. */
  mergedInto?: string;
}>;

/** A command that broke for no reason of its own. Nothing is remembered: it may be tried again. */
export type Failure = Readonly<
  Record<Exclude<keyof Outcome, 'status' | 'code' | 'mergedInto'>, null>
> &
  Readonly<{ status: 'FAILED'; code: 'INTERNAL' }>;

export const failure: Failure = {
  status: 'FAILED',
  code: 'INTERNAL',
  entryId: null,
  points: null,
  available: null,
  missing: null,
  debt: null,
};

export const refusal = (
  code: RefusalCode,
  more: Readonly<{ available?: number; missing?: number }> = {},
): Outcome => ({
  status: 'REFUSED',
  code,
  entryId: null,
  points: null,
  available: more.available ?? null,
  missing: more.missing ?? null,
  debt: null,
});
