/**
 * The key under which a command is tried once more after the ledger refused it: a refusal is remembered,
 * so under the same key it stays refused. Never for one whose outcome is not known.
 */
export const nextKey = (key: string, attempt: number): string =>
  `${key.split(':').slice(0, 3).join(':')}:${attempt}`;

/** What the ledger is asked to post (`PointsCommandInput` of points-ledger). */
export type PointsCommand = Readonly<{
  key: string;
  kind: 'ACCRUE' | 'REVERSE' | 'VEST';
  walletId: string;
  unit: string;
  points: number;
  issuerId: string;
  causeKind:
    | 'PURCHASE'
    | 'RETURN'
    | 'AMENDMENT'
    | 'PURCHASE_EVENT'
    | 'ENGAGEMENT'
    | 'APPRECIATION'
    | 'GREEN_ACT'
    | 'GREEN_ACT_REVOKED'
    | 'REFERRAL'
    | 'REFERRAL_REFUNDED';
  causeId: string;
  ruleVersion: string;
  priceMinor?: number;
  pricePoints?: number;
  priceCurrency?: string;
  /** `YYYY-MM-DD`, or null for points that never expire. */
  expiresOn?: string | null;
  useScope?: string;
  /** `YYYY-MM-DD`: until then they are pending. */
  vestsOn?: string;
  vestsOnEvent?: true;
  /** Tells the accruals of one purchase apart: the version of the rule. */
  causeLine?: string;
  /** REVERSE: the purchase, or the grant for a green act or a referral, whose accrual is taken back. */
  reversesId?: string;
  /** VEST: which posting of the purchase brought the points. The ledger's name for it is asked when it is posted. */
  accrualPosition?: number;
}>;
