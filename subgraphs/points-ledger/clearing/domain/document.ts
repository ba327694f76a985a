import type { PaymentState, SideState, StatementState } from './states.ts';

/** A merchant as a document shows it. The name is missing while merchants is out of reach. */
export type Party = Readonly<{ id: string; name: string | null }>;

/** A statement as it is written out, with all that its reader may see and nothing else. */
export type StatementDocument = Readonly<{
  cycle: Readonly<{ number: number; firstSeq: number; lastSeq: number; closedAt: Date }>;
  merchant: Party;
  state: StatementState;
  sums: readonly Readonly<{
    currency: string;
    receivableMinor: number;
    payableMinor: number;
    feeMinor: number;
  }>[];
  lines: readonly DocumentLine[];
  payments: readonly Readonly<{
    payer: Party;
    payee: Party;
    currency: string;
    amountMinor: number;
    dueOn: string;
    state: PaymentState;
    /** After a default: how it is borne. */
    guaranteedMinor: number;
    uncoveredMinor: number;
    defaultReason: string | null;
    /** Of the payment outside, once it is made. */
    reference: string | null;
    paidOn: string | null;
  }>[];
  /** The signed note over the entries of the cycle; null until it is signed. */
  checkpoint: string | null;
  /** In the reader's language. */
  notices: readonly string[];
}>;

export type DocumentLine = Readonly<{
  number: number;
  kind: string;
  side: 'OWES' | 'OWED';
  /** Null where the reader may not know. */
  debtor: Party | null;
  creditor: Party;
  priceMinor: number;
  pricePoints: number;
  points: number;
  amountMinor: number;
  currency: string;
  burnCount: number;
  state: SideState;
  /** Why a correction is made. */
  note: string | null;
  /** What the merchant says against the line, and what was decided on that. */
  disputeReason: string | null;
  decisionNote: string | null;
  /** Empty when they are not asked for. */
  burns: readonly DocumentBurn[];
}>;

export type DocumentBurn = Readonly<{
  entryId: string;
  recordedAt: Date;
  cause: Readonly<{ kind: string; id: string }> | null;
  points: number;
  amountMinor: number;
}>;
