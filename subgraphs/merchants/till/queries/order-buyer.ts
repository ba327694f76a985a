import type { EntityManager } from 'typeorm';

/** The member who bought by an order, as the merchant numbers it; null: no such order is recorded. */
export async function orderBuyer(
  reader: Pick<EntityManager, 'query'>,
  { merchantId, orderNumber }: Readonly<{ merchantId: string; orderNumber: string }>,
): Promise<string | null> {
  const [order] = await reader.query<{ member_id: string }[]>(
    'SELECT member_id FROM merchants_purchase WHERE merchant_id = ? AND order_number = ?',
    [merchantId, orderNumber],
  );
  return order?.member_id ?? null;
}
