import type { AwardRow } from '../entities/award.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import type { PurchaseLineRow } from '../entities/purchase-line.ts';

export const PURCHASE_COLUMNS = [
  'id',
  'merchant_id',
  'member_id',
  'order_number',
  'customer_key',
  'content_hash',
  'currency',
  'total_minor',
  'returned_minor',
  'purchased_ms',
  'recorded_ms',
  'store_id',
  'channel',
  'region',
  'payment_instrument',
  'tier',
  'points_payment_id',
  'points_paid_minor',
];

/** What few merchants know of an order. */
export const PURCHASE_MAY_LACK = [
  'customer_key',
  'store_id',
  'channel',
  'region',
  'payment_instrument',
  'tier',
  'points_payment_id',
];

export const purchaseValues = (row: PurchaseRow): unknown[] => [
  row.id,
  row.merchantId,
  row.memberId,
  row.orderNumber,
  row.customerKey,
  row.contentHash,
  row.currency,
  row.totalMinor,
  row.returnedMinor,
  row.purchasedAt.getTime(),
  row.recordedAt.getTime(),
  row.storeId,
  row.channel,
  row.region,
  row.paymentInstrument,
  row.tier,
  row.pointsPaymentId,
  row.pointsPaidMinor,
];

export const LINE_COLUMNS = [
  'purchase_id',
  'line_number',
  'sku',
  'description',
  'category',
  'quantity',
  'returned_quantity',
  'amount_minor',
  'certificate_number',
  'behaviour',
  'used_from',
  'used_until',
  'is_green',
];

export const LINE_MAY_LACK = [
  'sku',
  'description',
  'category',
  'certificate_number',
  'behaviour',
  'used_from',
  'used_until',
];

export const lineValues = (row: PurchaseLineRow): unknown[] => [
  row.purchaseId,
  row.number,
  row.sku,
  row.description,
  row.category,
  row.quantity,
  row.returnedQuantity,
  row.amountMinor,
  row.certificateNumber,
  row.behaviour,
  row.usedFrom,
  row.usedUntil,
  row.isGreen === null ? null : Number(row.isGreen),
];

export const AWARD_COLUMNS = [
  'purchase_id',
  'rule_id',
  'programme_id',
  'points',
  'qualifying_points',
  'reversed_points',
  'room',
  'line_numbers',
  'cause_line',
  'is_late',
];

export const AWARD_MAY_LACK = ['room', 'line_numbers'];

export const awardValues = (row: AwardRow): unknown[] => [
  row.purchaseId,
  row.ruleId,
  row.programmeId,
  row.points,
  row.qualifyingPoints,
  row.reversedPoints,
  row.room,
  row.lineNumbers === null ? null : JSON.stringify(row.lineNumbers),
  row.causeLine,
  Number(row.isLate),
];
