import type { EntityManager } from 'typeorm';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { placeholders } from '../../../../shared/database/rows.ts';

/**
 * What registers say of a wallet changes under its lock, so that no batch of commands is half before and half
 * after it. In the order of ids, as batches do. A wallet that is not there yet has no points to move.
 */
export async function lockWallets(
  { manager, dialect }: Readonly<{ manager: EntityManager; dialect: Dialect }>,
  ids: readonly string[],
): Promise<void> {
  const inOrder = [...new Set(ids)].toSorted();
  await manager.query(
    `SELECT id FROM points_wallet WHERE id IN (${placeholders(inOrder.length)})
     ORDER BY id ${dialect.forUpdate}`,
    inOrder,
  );
}
