import { type EntityManager, In } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { type MergeRow, PointsMerge } from './entities/merge.ts';

/** A wallet that was merged, and into which. */
type Merged = Readonly<{ walletId: string; intoId: string }>;

/** The batched reads of merges. */
export const createMergeLoaders = (reader: EntityManager) => ({
  mergeById: batchByKey<MergeRow>(
    ({ id }) => id,
    (ids) => reader.findBy(PointsMerge, { id: In(ids) }),
  ),
  /** Null for a wallet that was not merged. */
  mergedWallet: batchByKey<Merged>(
    ({ walletId }) => walletId,
    (ids) => readMerged(reader, ids),
  ),
});

async function readMerged(reader: EntityManager, ids: string[]): Promise<Merged[]> {
  const rows = await reader.query<Record<string, string>[]>(
    `SELECT id, merged_into FROM points_wallet
     WHERE id IN (${placeholders(ids.length)}) AND merged_into IS NOT NULL`,
    ids,
  );
  return rows.map((row) => ({ walletId: String(row.id), intoId: String(row.merged_into) }));
}
