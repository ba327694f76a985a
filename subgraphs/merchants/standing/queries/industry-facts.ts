import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';

/** What merchants have stated for their trades. */
export type IndustryFact = Readonly<{ merchantId: string; name: string; value: string }>;

export async function industryFactsOf(
  reader: Pick<EntityManager, 'query'>,
  merchantIds: readonly string[],
): Promise<IndustryFact[]> {
  if (merchantIds.length === 0) return [];
  const rows = await reader.query<{ merchant_id: string; name: string; fact: string }[]>(
    `SELECT merchant_id, name, fact FROM merchants_industry_fact
     WHERE merchant_id IN (${placeholders(merchantIds.length)}) ORDER BY merchant_id, name`,
    [...merchantIds],
  );
  return rows.map((row) => ({ merchantId: row.merchant_id, name: row.name, value: row.fact }));
}
