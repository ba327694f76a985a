import { addMonths, dayOf, isoDay } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import { pointsFor } from './earn.ts';
import { type Order, orNull } from './order.ts';
import type { PointsCommand } from './points-command.ts';

/** What of a merchant's contract goes with each point that it issues. */
export type Issuer = Readonly<{
  id: string;
  priceMinor: number;
  pricePoints: number;
  currency: string;
}>;

/** What of a programme decides the points of a purchase. */
export type EarningProgramme = Readonly<{
  id: string;
  unit: string;
  earnPoints: number;
  earnMinor: number;
  currency: string;
  expiryMonths: number | null;
  version: string;
}>;

export type Awarded<Programme> = Readonly<{ programme: Programme; points: number }>;

/** What one order may award over all programmes: nine hundred thousand such orders fit into a wallet. */
export const ORDER_POINTS_MAX = 10_000_000_000;

/**
 * What each programme in the currency of the order awards for a total, or null when all of it together
 * is more than `ORDER_POINTS_MAX`.
 */
export function awardsFor<Programme extends EarningProgramme>(
  total: number,
  currency: string,
  programmes: readonly Programme[],
): Awarded<Programme>[] | null {
  return orNull(() => {
    const awards = programmes
      .filter((programme) => programme.currency === currency)
      .map((programme) => ({ programme, points: pointsFor(total, programme) }));
    return sum(awards.map(({ points }) => points)) > ORDER_POINTS_MAX ? null : awards;
  });
}

export const ruleVersion = ({ id, version }: Pick<EarningProgramme, 'id' | 'version'>): string =>
  `${id}@${version}`;

type Accrual = Readonly<{
  purchaseId: string;
  memberId: string;
  issuer: Issuer;
  programme: EarningProgramme;
  points: number;
  /** When it is recorded: from here the points' life counts, not from the day of the purchase. */
  at: Date;
}>;

/** What the ledger is told about an award. The price of the contract is frozen on the points. */
export function accrueCommand({
  purchaseId,
  memberId,
  issuer,
  programme,
  points,
  at,
}: Accrual): PointsCommand {
  const { expiryMonths } = programme;
  return {
    key: `purchase:${purchaseId}:${programme.id}`,
    kind: 'ACCRUE',
    walletId: memberId,
    unit: programme.unit,
    points,
    issuerId: issuer.id,
    priceMinor: issuer.priceMinor,
    pricePoints: issuer.pricePoints,
    priceCurrency: issuer.currency,
    expiresOn: expiryMonths === null ? null : isoDay(addMonths(dayOf(at), expiryMonths)),
    causeKind: 'PURCHASE',
    causeId: purchaseId,
    ruleVersion: ruleVersion(programme),
  };
}

type Reversal = Readonly<{
  returnId: string;
  purchaseId: string;
  memberId: string;
  issuerId: string;
  programme: EarningProgramme;
  points: number;
}>;

/** What the ledger is told about points that a return takes back. */
export const reverseCommand = (reversal: Reversal): PointsCommand => ({
  key: `return:${reversal.returnId}:${reversal.programme.id}`,
  kind: 'REVERSE',
  walletId: reversal.memberId,
  unit: reversal.programme.unit,
  points: reversal.points,
  issuerId: reversal.issuerId,
  reversesId: reversal.purchaseId,
  causeKind: 'RETURN',
  causeId: reversal.returnId,
  ruleVersion: ruleVersion(reversal.programme),
});

/**
 * What makes two recordings of one order number the same order: the day, the currency, and the goods
 * with what was paid for them. Not the second of the purchase, which tills and exports disagree on.
 */
export const contentOf = ({ currency, purchasedAt, lines }: Order): unknown => [
  currency,
  dayOf(purchasedAt),
  lines.map(({ sku, quantity, amountMinor }) => [sku, quantity, amountMinor]),
];
