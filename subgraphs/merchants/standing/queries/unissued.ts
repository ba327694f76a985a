import type { EntityManager } from 'typeorm';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import type { Obstacle } from '../domain/issuing.ts';

/** A purchase that was recorded without points, and what stood in their way. */
export type Unissued = Readonly<{ purchaseId: string; obstacle: Obstacle }>;

export async function unissuedOf(
  reader: Pick<EntityManager, 'query'>,
  purchaseIds: readonly string[],
): Promise<Unissued[]> {
  if (purchaseIds.length === 0) return [];
  const rows = await reader.query<{ purchase_id: string; obstacle: string }[]>(
    `SELECT purchase_id, obstacle FROM merchants_unissued
     WHERE purchase_id IN (${placeholders(purchaseIds.length)})`,
    [...purchaseIds],
  );
  return rows.map((row) => ({ purchaseId: row.purchase_id, obstacle: JSON.parse(row.obstacle) }));
}

/** Keeps why purchases got no points. */
export const insertUnissued = (
  manager: EntityManager,
  purchases: readonly Unissued[],
): Promise<void> =>
  insertRows(
    manager,
    'merchants_unissued',
    ['purchase_id', 'obstacle'],
    purchases.map(({ purchaseId, obstacle }) => [purchaseId, JSON.stringify(obstacle)]),
  );
