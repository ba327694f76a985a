import type { NewEvent } from '../../../shared/feeds/event.ts';

/** Events of `merchantsFeed`. Their payloads are plain JSON and only ever gain fields. */
type EventLine = Readonly<{
  number: number;
  sku: string | null;
  quantity: number;
  returnedQuantity: number;
  certificateNumber: string | null;
  behaviour: string | null;
  amountMinor: number;
}>;

type EventPurchase = Readonly<{
  id: string;
  memberId: string;
  merchantId: string;
  orderNumber: string;
  purchasedAt: Date;
  currency: string;
  totalMinor: number;
  pointsPaymentId: string | null;
  pointsPaidMinor: number;
}>;

/** `qualifyingPoints` count for tiers and cannot be spent. */
type UnitPoints = Readonly<{ unit: string; points: number; qualifyingPoints: number }>;

export const purchaseRecorded = (
  purchase: EventPurchase,
  lines: readonly EventLine[],
  awards: readonly UnitPoints[],
): NewEvent => ({
  kind: 'purchase.recorded',
  payload: {
    ...parties(purchase),
    orderNumber: purchase.orderNumber,
    currency: purchase.currency,
    totalMinor: purchase.totalMinor,
    lines: lines.map(lineOf),
    awards: awards.map(pointsOf),
    ...(purchase.pointsPaymentId === null
      ? {}
      : {
          pointsPayment: {
            redemptionId: purchase.pointsPaymentId,
            amountMinor: purchase.pointsPaidMinor,
          },
        }),
  },
});

/** Awards that were worked out after the purchase was recorded, less what had come back by then. Once. */
export const purchaseAwarded = (
  purchase: EventPurchase,
  awards: readonly UnitPoints[],
): NewEvent => ({
  kind: 'purchase.awarded',
  payload: { ...parties(purchase), awards: awards.map(pointsOf) },
});

/** `lines` are all lines of the purchase as they are after the return. */
export const purchaseReturned = (
  returnId: string,
  purchase: EventPurchase,
  lines: readonly EventLine[],
  reversed: readonly UnitPoints[],
): NewEvent => ({
  kind: 'purchase.returned',
  payload: {
    returnId,
    ...parties(purchase),
    lines: lines.map(lineOf),
    reversed: reversed.map(pointsOf),
  },
});

/**
 * `lines` are all lines of the purchase after the change; those up to `lastLine` that are missing were replaced. Of `given` and
 * `reversed` either may be empty.
 */
export const purchaseAmended = (
  amendmentId: string,
  purchase: EventPurchase,
  { lines, lastLine }: Readonly<{ lines: readonly EventLine[]; lastLine: number }>,
  { given, reversed }: Readonly<{ given: readonly UnitPoints[]; reversed: readonly UnitPoints[] }>,
): NewEvent => ({
  kind: 'purchase.amended',
  payload: {
    amendmentId,
    ...parties(purchase),
    orderNumber: purchase.orderNumber,
    totalMinor: purchase.totalMinor,
    lines: lines.map(lineOf),
    lastLine,
    given: given.map(pointsOf),
    reversed: reversed.map(pointsOf),
  },
});

/** Its lines came back before, by a `purchase.returned`, unless nothing was left of them. */
export const purchaseCancelled = (purchase: EventPurchase): NewEvent => ({
  kind: 'purchase.cancelled',
  payload: parties(purchase),
});

export const merchantSuspended = (merchantId: string): NewEvent => ({
  kind: 'merchant.suspended',
  payload: { merchantId },
});

const parties = ({ id, memberId, merchantId, purchasedAt }: EventPurchase) => ({
  purchaseId: id,
  memberId,
  merchantId,
  purchasedAt: purchasedAt.toISOString(),
});

const lineOf = (line: EventLine) => ({
  number: line.number,
  sku: line.sku,
  quantity: line.quantity,
  returnedQuantity: line.returnedQuantity,
  certificateNumber: line.certificateNumber,
  behaviour: line.behaviour,
  amountMinor: line.amountMinor,
});

const pointsOf = ({ unit, points, qualifyingPoints }: UnitPoints) => ({
  unit,
  points,
  qualifyingPoints,
});
