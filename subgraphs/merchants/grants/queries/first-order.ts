import type { EntityManager } from 'typeorm';

/** An order, as its merchant numbers it. */
export type FirstOrder = Readonly<{ merchantId: string; orderNumber: string }>;

/** The first order of a member in the alliance, whatever became of it; null: she has made none. */
export async function firstOrderOf(
  reader: Pick<EntityManager, 'query'>,
  memberId: string,
): Promise<FirstOrder | null> {
  const [first] = await reader.query<FirstOrder[]>(
    `SELECT merchant_id AS merchantId, order_number AS orderNumber FROM merchants_purchase
     WHERE member_id = ? ORDER BY purchased_ms, id LIMIT 1`,
    [memberId],
  );
  return first ?? null;
}
