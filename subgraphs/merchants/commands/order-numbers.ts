import type { SharedWork } from '../../../shared/commands/run-together.ts';
import { insertNewRows, placeholders } from '../../../shared/database/rows.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import { PURCHASE_COLUMNS, PURCHASE_MAY_LACK, purchaseValues } from './purchase-columns.ts';

/** Who holds an order number. */
export type Holder = Readonly<Pick<PurchaseRow, 'id' | 'memberId' | 'contentHash' | 'customerKey'>>;

/**
 * Claims the order numbers of purchases and answers who holds each of them now. Of two recordings
 * of one number the second waits here for the first, then finds it.
 */
export async function claimOrderNumbers(
  { manager, dialect }: SharedWork,
  rows: readonly PurchaseRow[],
): Promise<Map<string, Holder>> {
  // In one order of the keys, so that two imports of the same orders do not lock crosswise.
  const ordered = rows.toSorted((a, b) => (numberText(a) < numberText(b) ? -1 : 1));
  const areNew = await insertNewRows(
    manager,
    'merchants_purchase',
    PURCHASE_COLUMNS,
    ordered.map(purchaseValues),
    {
      ending: dialect.onDuplicateKeep(['merchant_id', 'order_number']),
      mayLack: PURCHASE_MAY_LACK,
    },
  );
  return areNew ? new Map(rows.map((row) => [numberText(row), row])) : holdersOf(manager, rows);
}

type Numbered = Pick<PurchaseRow, 'merchantId' | 'orderNumber'>;

/** An order number with whose it is: purchases are found by it among those who hold numbers. */
export const numberText = ({ merchantId, orderNumber }: Numbered): string =>
  `${merchantId}\n${orderNumber}`;

/** Who holds one number. */
export const holderOf = async (
  manager: Pick<SharedWork['manager'], 'query'>,
  asked: Numbered,
): Promise<Holder | undefined> => (await holdersOf(manager, [asked])).get(numberText(asked));

export async function holdersOf(
  manager: Pick<SharedWork['manager'], 'query'>,
  asked: readonly Numbered[],
): Promise<Map<string, Holder>> {
  if (asked.length === 0) return new Map();
  const merchantIds = [...new Set(asked.map(({ merchantId }) => merchantId))];
  const orderNumbers = asked.map(({ orderNumber }) => orderNumber);
  type Found = Record<
    'id' | 'merchant_id' | 'member_id' | 'order_number' | 'content_hash',
    string
  > & { customer_key: string | null };
  const rows = await manager.query<Found[]>(
    `SELECT id, merchant_id, member_id, order_number, content_hash, customer_key
     FROM merchants_purchase WHERE merchant_id IN (${placeholders(merchantIds.length)})
       AND order_number IN (${placeholders(orderNumbers.length)})`,
    [...merchantIds, ...orderNumbers],
  );
  return new Map(
    rows.map((row) => [
      numberText({ merchantId: row.merchant_id, orderNumber: row.order_number }),
      {
        id: row.id,
        memberId: row.member_id,
        contentHash: row.content_hash,
        customerKey: row.customer_key,
      },
    ]),
  );
}
