import type { Day } from '../../../shared/calendar.ts';
import type { PriceClass } from './price.ts';

/**
 * What may be asked of the books. Checked for form already (`readCommand`). Nobody but the ledger
 * itself asks for EXPIRE.
 */
export type PointsCommand = Accrue | Burn | Hold | Capture | Release | Reverse | Expire;

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
  }>;

/** Points leave a wallet for value at `acceptorId`, in one step. */
export type Burn = Common &
  Readonly<{ kind: 'BURN'; unit: string; points: number; acceptorId: string }>;

/** Points are set aside, so that the capture cannot fail for want of them. */
export type Hold = Common &
  Readonly<{
    kind: 'HOLD';
    unit: string;
    points: number;
    acceptorId: string;
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
  }>;

/** What of a wallet and unit has lapsed goes to its issuers. */
export type Expire = Common &
  Readonly<{
    kind: 'EXPIRE';
    unit: string;
    /** The business day of the run: lots whose first day without use is this one or earlier. */
    day: Day;
  }>;

export type RefusalCode =
  | 'INSUFFICIENT_POINTS'
  | 'HOLD_NOT_FOUND'
  | 'HOLD_RESOLVED'
  | 'HOLD_EXPIRED'
  | 'NOTHING_TO_REVERSE'
  | 'REVERSAL_EXCEEDS'
  | 'NOTHING_TO_EXPIRE'
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
  /** REVERSE: what became debt. ACCRUE and RELEASE: what paid debt. */
  debt: number | null;
}>;

/** A command that broke for no reason of its own. Nothing is remembered: it may be tried again. */
export type Failure = Readonly<Record<Exclude<keyof Outcome, 'status' | 'code'>, null>> &
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
