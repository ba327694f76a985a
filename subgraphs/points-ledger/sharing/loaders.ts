import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { batchManyByKey } from '../../../shared/graphql/batch.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';

type Row = Record<string, string>;

/** What one member has to do with a pool: put there, taken back, spent by the family, lapsed, and left. */
export type FamilyShareRow = Readonly<{
  poolId: string;
  memberId: string;
  unit: string;
  contributed: number;
  withdrawn: number;
  spent: number;
  expired: number;
  left: number;
}>;

export const createSharingLoaders = (reader: EntityManager) => ({
  poolsByMember: batchManyByKey<Readonly<{ memberId: string; poolId: string }>>(
    ({ memberId }) => memberId,
    (ids) => readPools(reader, ids),
  ),
  sharesByPool: batchManyByKey<FamilyShareRow>(
    ({ poolId }) => poolId,
    (ids) => readShares(reader, ids),
  ),
});

async function readPools(reader: EntityManager, ids: string[]) {
  const rows = await reader.query<Row[]>(
    `SELECT member_id, pool_id FROM points_family_member
     WHERE member_id IN (${placeholders(ids.length)}) AND left_ms IS NULL`,
    ids,
  );
  return rows.map((row) => ({ memberId: String(row.member_id), poolId: String(row.pool_id) }));
}

/** Adds up all entries of the pools, by whose points they moved. */
async function readShares(reader: EntityManager, ids: string[]): Promise<FamilyShareRow[]> {
  const part = (wallet: 'wallet_id' | 'counter_wallet_id') => `
    SELECT entry.${wallet} AS pool_id, entry.kind, posting.contributor, posting.unit, posting.account,
      posting.amount
    FROM points_journal_entry entry JOIN points_posting posting ON posting.seq = entry.seq
    WHERE entry.${wallet} IN (${placeholders(ids.length)}) AND posting.contributor <> ''`;
  const of = (condition: string) => `SUM(CASE WHEN ${condition} THEN amount ELSE 0 END)`;
  const rows = await reader.query<Row[]>(
    `SELECT pool_id, contributor, unit,
       ${of("kind = 'CONTRIBUTE' AND account = 'AVAILABLE'")} AS contributed,
       ${of("kind = 'WITHDRAW' AND account = 'AVAILABLE'")} AS withdrawn,
       ${of("account = 'REDEEMED'")} AS spent, ${of("account = 'BREAKAGE'")} AS expired,
       ${of("account IN ('AVAILABLE', 'HELD')")} AS unspent
     FROM (${part('wallet_id')} UNION ALL ${part('counter_wallet_id')}) AS moved
     GROUP BY pool_id, contributor, unit ORDER BY pool_id, unit, contributor`,
    [...ids, ...ids],
  );
  return rows.map((row) => ({
    poolId: String(row.pool_id),
    memberId: String(row.contributor),
    unit: String(row.unit),
    contributed: toSafeInteger(row.contributed),
    // In the books of the pool what goes out is negative.
    withdrawn: sum([0, -toSafeInteger(row.withdrawn)]),
    spent: toSafeInteger(row.spent),
    expired: toSafeInteger(row.expired),
    left: toSafeInteger(row.unspent),
  }));
}
