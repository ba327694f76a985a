import { dayOf, isoDay, NEVER } from '../../../shared/calendar.ts';
import { lifeOf } from '../rules/domain/points-life.ts';
import type { RuleTerms } from '../rules/domain/terms.ts';
import type { Order } from './order.ts';
import type { PointsCommand } from './points-command.ts';

/** What of a merchant's contract goes with each point that it issues. */
export type Issuer = Readonly<{
  id: string;
  priceMinor: number;
  pricePoints: number;
  currency: string;
}>;

/** A version of a rule, as postings name it. */
type PostedRule = Readonly<{
  ruleVersion: string;
  programme: Readonly<{ unit: string }>;
  terms: RuleTerms;
}>;

type Accrual = Readonly<{
  purchaseId: string;
  memberId: string;
  /** The seller, or the sponsor of the rule: whose points they are at whose price. */
  issuer: Issuer;
  rule: PostedRule;
  points: number;
  /** When the purchase was recorded: from here the points' life counts, not from the day of the purchase. */
  at: Date;
  /** What has happened to the purchase: nothing waits for that any more. */
  happened?: ReadonlySet<string> | undefined;
}>;

/** What the ledger is told about an award. */
export const accrueCommand = ({
  purchaseId,
  rule,
  happened,
  ...accrual
}: Accrual): PointsCommand => ({
  key: `purchase:${purchaseId}:${rule.ruleVersion}`,
  ...issuedPoints({ ...accrual, rule, happened }),
  causeKind: 'PURCHASE',
  causeId: purchaseId,
  causeLine: rule.ruleVersion,
});

/**
 * What the ledger is told of points that a member gets by a version of a rule, whatever for. The price of the
 * contract is frozen on them, and they live from `at`.
 */
export function issuedPoints({
  memberId,
  issuer,
  rule: { ruleVersion, programme, terms },
  points,
  at,
  happened,
}: Omit<Accrual, 'purchaseId'>): Omit<PointsCommand, 'key' | 'causeKind' | 'causeId'> {
  const { vestsOn, vestsOnEvent, expiresOn } = lifeOf(terms, at);
  const isWaiting = vestsOnEvent !== null && happened?.has(vestsOnEvent) !== true;
  return {
    kind: 'ACCRUE',
    walletId: memberId,
    unit: programme.unit,
    points,
    issuerId: issuer.id,
    priceMinor: issuer.priceMinor,
    pricePoints: issuer.pricePoints,
    priceCurrency: issuer.currency,
    expiresOn: expiresOn === NEVER ? null : isoDay(expiresOn),
    ...(vestsOn === null ? {} : { vestsOn: isoDay(vestsOn) }),
    ...(isWaiting ? { vestsOnEvent: true } : {}),
    ...(terms.useScope === null ? {} : { useScope: terms.useScope }),
    ruleVersion,
  };
}

type Reversal = Readonly<{
  returnId: string;
  purchaseId: string;
  memberId: string;
  issuerId: string;
  causeLine: string | null;
  rule: PostedRule;
  points: number;
}>;

/** What the ledger is told about points that a return takes back. */
export const reverseCommand = ({ rule, causeLine, ...reversal }: Reversal): PointsCommand => ({
  key: `return:${reversal.returnId}:${rule.ruleVersion}`,
  kind: 'REVERSE',
  walletId: reversal.memberId,
  unit: rule.programme.unit,
  points: reversal.points,
  issuerId: reversal.issuerId,
  reversesId: reversal.purchaseId,
  ...(causeLine === null ? {} : { causeLine }),
  causeKind: 'RETURN',
  causeId: reversal.returnId,
  ruleVersion: rule.ruleVersion,
});

/**
 * What makes two recordings of one order number the same order: the day, the currency, and the goods
 * with what was paid for them. Not the second of the purchase, which tills and exports disagree on.
 */
export const contentOf = ({ currency, purchasedAt, lines, pointsPayment }: Order): unknown => [
  currency,
  dayOf(purchasedAt),
  lines.map(({ sku, quantity, amountMinor }) => [sku, quantity, amountMinor]),
  ...(pointsPayment === undefined ? [] : [pointsPayment.redemptionId]),
];
