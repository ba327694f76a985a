import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import type { NewEvent } from '../../../shared/feeds/event.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Order, OrderedLine } from '../domain/order.ts';
import { purchaseRecorded } from '../domain/purchase-events.ts';
import { type Awarded, accrueCommand, contentOf } from '../domain/recorded-purchase.ts';
import type { AwardRow } from '../entities/award.ts';
import type { MerchantRow } from '../entities/merchant.ts';
import type { ProgrammeRow } from '../entities/programme.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import type { PurchaseLineRow } from '../entities/purchase-line.ts';
import { insertPostings, type NewPosting } from './posting-rows.ts';

/** A purchase with all that is recorded of it. */
export type NewPurchase = Readonly<{
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
  awards: readonly Awarded<ProgrammeRow>[];
}>;

type Buyer = Readonly<{ memberId: string; customerKey: string | null }>;

/** The rows of an order. `total` is the sum of its lines. */
export function newPurchase(
  { at, newId }: Pick<Work, 'at' | 'newId'>,
  merchantId: string,
  { memberId, customerKey }: Buyer,
  order: Order,
  { total, awards }: Readonly<{ total: number; awards: readonly Awarded<ProgrammeRow>[] }>,
): NewPurchase {
  const id = newId();
  const { orderNumber, currency, purchasedAt } = order;
  return {
    row: {
      id,
      merchantId,
      memberId,
      orderNumber,
      customerKey,
      contentHash: contentHash(order),
      currency,
      totalMinor: total,
      returnedMinor: 0,
      purchasedAt,
      recordedAt: at,
    },
    lines: order.lines.map((line: OrderedLine, index) => ({
      ...line,
      purchaseId: id,
      number: index + 1,
      returnedQuantity: 0,
    })),
    awards,
  };
}

export const contentHash = (order: Order): string => sha256(canonicalJson(contentOf(order)));

/** Who holds an order number. */
export type Holder = Readonly<Pick<PurchaseRow, 'id' | 'memberId' | 'contentHash' | 'customerKey'>>;

/**
 * Claims the order numbers of purchases and answers who holds each of them now. Of two recordings
 * of one number the second waits here for the first, then finds it.
 */
export async function claimOrderNumbers(
  { manager, dialect }: Work,
  merchantId: string,
  rows: readonly PurchaseRow[],
): Promise<Map<string, Holder>> {
  // In one order of the keys, so that two imports of the same orders do not lock crosswise.
  const ordered = rows.toSorted((a, b) => (a.orderNumber < b.orderNumber ? -1 : 1));
  await insertRows(manager, 'merchants_purchase', PURCHASE_COLUMNS, ordered.map(purchaseValues), {
    ending: dialect.onDuplicateKeep(['merchant_id', 'order_number']),
  });
  return holdersOf(
    manager,
    merchantId,
    rows.map(({ orderNumber }) => orderNumber),
  );
}

export async function holdersOf(
  manager: Pick<Work['manager'], 'query'>,
  merchantId: string,
  orderNumbers: readonly string[],
): Promise<Map<string, Holder>> {
  if (orderNumbers.length === 0) return new Map();
  type Found = Record<'id' | 'member_id' | 'order_number' | 'content_hash', string> & {
    customer_key: string | null;
  };
  const rows = await manager.query<Found[]>(
    `SELECT id, member_id, order_number, content_hash, customer_key FROM merchants_purchase
     WHERE merchant_id = ? AND order_number IN (${placeholders(orderNumbers.length)})`,
    [merchantId, ...orderNumbers],
  );
  return new Map(
    rows.map((row) => [
      row.order_number,
      {
        id: row.id,
        memberId: row.member_id,
        contentHash: row.content_hash,
        customerKey: row.customer_key,
      },
    ]),
  );
}

/** Writes lines, awards and postings of purchases whose rows are there. Answers the events. */
export async function insertDetails(
  work: Work,
  merchant: MerchantRow,
  purchases: readonly NewPurchase[],
): Promise<NewEvent[]> {
  const lines = purchases.flatMap((purchase) => purchase.lines);
  await insertRows(work.manager, 'merchants_purchase_line', LINE_COLUMNS, lines.map(lineValues));
  const awards = purchases.flatMap(awardRows);
  await insertRows(work.manager, 'merchants_award', AWARD_COLUMNS, awards.map(awardValues));
  await insertPostings(
    work,
    purchases.flatMap((purchase) => accruals(work, merchant, purchase)),
  );
  return purchases.map((purchase) =>
    purchaseRecorded(
      purchase.row,
      purchase.lines,
      purchase.awards.map(({ programme, points }) => ({ unit: programme.unit, points })),
    ),
  );
}

export const awardRows = ({ row, awards }: NewPurchase): AwardRow[] =>
  awards.map(({ programme, points }) => ({
    purchaseId: row.id,
    programmeId: programme.id,
    points,
    reversedPoints: 0,
  }));

/** An award of no points is none of the ledger's business. */
function accruals({ at }: Work, issuer: MerchantRow, { row, awards }: NewPurchase): NewPosting[] {
  return awards
    .filter(({ points }) => points > 0)
    .map(({ programme, points }, index) => ({
      purchaseId: row.id,
      position: index + 1,
      programmeId: programme.id,
      command: accrueCommand({
        purchaseId: row.id,
        memberId: row.memberId,
        issuer,
        programme,
        points,
        at,
      }),
    }));
}

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
];

export const AWARD_COLUMNS = ['purchase_id', 'programme_id', 'points', 'reversed_points'];

export const awardValues = (row: AwardRow): unknown[] => [
  row.purchaseId,
  row.programmeId,
  row.points,
  row.reversedPoints,
];
