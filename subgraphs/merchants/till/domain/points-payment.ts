import type { Defect } from '../../domain/order.ts';

/** That points paid a part of an order: what they took off is in the smallest unit of the order. */
export type PointsPayment = Readonly<{ redemptionId: string; amountMinor: number }>;

/** What rewards-catalog says of it; `billMinor` is the bill before points. */
export type ClaimedPayment = PointsPayment &
  Readonly<{ memberId: string; currency: string; billMinor: number }>;

type Asked = Readonly<{
  pointsPayment: string;
  memberId: string;
  currency: string;
  /** What is paid in money. */
  totalMinor: number;
}>;

/** Why an order is not one that these points paid a part of; null: it is. Money and points together are the bill. */
export function defectOfPayment(
  { pointsPayment, memberId, currency, totalMinor }: Asked,
  claimed: ClaimedPayment | null,
): Defect | null {
  const no = (code: string, field: string, parameters: Defect['parameters'] = {}): Defect => ({
    ...{ code, field, parameters },
  });
  if (claimed === null || claimed.redemptionId !== pointsPayment) {
    return no('POINTS_PAYMENT_UNKNOWN', 'pointsPayment');
  }
  if (claimed.memberId !== memberId) return no('POINTS_PAYMENT_OF_ANOTHER', 'memberId');
  if (claimed.currency !== currency) {
    return no('POINTS_PAYMENT_CURRENCY', 'currency', { currency: claimed.currency });
  }
  const toPay = claimed.billMinor - claimed.amountMinor;
  return totalMinor === toPay ? null : no('POINTS_PAYMENT_BILL', 'lines', { toPay });
}
