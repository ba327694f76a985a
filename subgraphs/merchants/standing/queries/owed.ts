import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { NewPosting } from '../../commands/posting-rows.ts';

/** How long the points of a rule for a purchase were owed before they were issued. */
export type Waited = Readonly<{ purchaseId: string; ruleId: string; days: number }>;

export async function waitedOf(
  reader: Pick<EntityManager, 'query'>,
  purchaseIds: readonly string[],
): Promise<Waited[]> {
  const rows = await reader.query<{ purchase_id: string; rule_id: string; days: unknown }[]>(
    `SELECT purchase_id, rule_id, MAX(waited_days) AS days FROM merchants_posting
     WHERE purchase_id IN (${placeholders(purchaseIds.length)}) AND waited_days > 0
     GROUP BY purchase_id, rule_id`,
    [...purchaseIds],
  );
  return rows.map((row) => ({
    purchaseId: row.purchase_id,
    ruleId: row.rule_id,
    days: toSafeInteger(row.days),
  }));
}

/** Postings that take back what is still owed are owed as well: they follow what they take back. */
export async function owedLike(
  manager: Pick<EntityManager, 'query'>,
  postings: readonly NewPosting[],
): Promise<readonly NewPosting[]> {
  if (postings.length === 0) return postings;
  const ids = [...new Set(postings.map(({ purchaseId }) => purchaseId))];
  const rows = await manager.query<Record<'purchase_id' | 'rule_id' | 'owed_by', string>[]>(
    `SELECT DISTINCT purchase_id, rule_id, owed_by FROM merchants_posting
     WHERE purchase_id IN (${placeholders(ids.length)}) AND owed_by IS NOT NULL`,
    ids,
  );
  const owed = new Map(rows.map((row) => [`${row.purchase_id} ${row.rule_id}`, row.owed_by]));
  return postings.map((posting) => ({
    ...posting,
    owedBy: owed.get(`${posting.purchaseId} ${posting.ruleId}`) ?? null,
  }));
}
